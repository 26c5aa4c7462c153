import type { Resource } from "../stack/stack";
import { targetOf } from "../stack/value";
import { type Asked, isBalancer, packetOf, placesAt, unique } from "./asked";
import type { Hop } from "./flow";
import { plainHop } from "./hops";
import { balancerInterfaces } from "./interfaces";
import { at, itemsOf, keyOf, numberOf } from "./lookup";
import { clientsOf } from "./outside";
import { partyOf } from "./parties";
import type { TaskPort } from "./places";
import { joined } from "./walks/call";
import { classicHops } from "./walks/classic";
import { type Forward, forwardHops, groupsBehind, targetsUnread } from "./walks/forward";
import { unknownHop } from "./walks/request";
import type { Ground } from "./walks/walk";

/** A load balancer calls nobody else. */
export const neverOpens = (balancer: Resource, to: string): Hop =>
  plainHop("target", {
    at: `${balancer.id} → ${to}`,
    resource: balancer.id,
    port: "tcp",
    verdict: "blocked",
    why: `${balancer.id} opens connections to its targets only.`,
  });

/** A load balancer → a target of one of its target groups. */
export function fromBalancer(ground: Ground, balancer: Resource, target: Resource, asked: Asked): readonly Hop[] {
  if (balancer.type === "AWS::ElasticLoadBalancing::LoadBalancer")
    return classicHops(ground, balancer, target, target.id);
  const { network } = ground;
  const groups = groupsBehind(network, balancer);
  const clients = clientsOf(balancer).addresses?.map(({ text }) => text) ?? [];
  const cidrs = balancer.properties.Scheme === "internal" ? [] : clients;
  const services = servicesAt(ground, target);
  const ways = groups.flatMap((group) => {
    const registered = services.filter((service) => registers(service, group));
    if (registered.length > 0) {
      return registered.flatMap((service) =>
        forwardHops(ground, { balancer, group, target: service, name: service.id, clients: cidrs }),
      );
    }
    if (isBalancer(target) && targetIds(group).includes(target.id)) {
      return forwardHops(ground, { balancer, group, target, name: target.id, clients: cidrs });
    }
    return toInstances(ground, { balancer, group, target, name: target.id, clients: cidrs }, asked);
  });
  if (ways.length > 0) return unique(ways);
  const unread = targetsUnread(network, balancer);
  return [
    plainHop("listener", {
      at: `${balancer.id} → ${target.id}`,
      resource: balancer.id,
      port: "tcp",
      verdict: unread ? "unknowable" : "blocked",
      why: unread
        ? `Where the listeners of ${balancer.id} forward to is known only when the template is deployed.`
        : `No listener of ${balancer.id} forwards to a target group that ${target.id} is registered with.`,
    }),
  ];
}

/** Instances of an Auto Scaling group, or single ones, that a target group registers. */
function toInstances(ground: Ground, forward: Forward, asked: Asked): Hop[] {
  const { group, target, balancer } = forward;
  if (!target) return [];
  const grouped = itemsOf(target.properties.TargetGroupARNs)?.map(keyOf).includes(group.id);
  if (!grouped && !targetIds(group).includes(target.id)) return [];
  const party = partyOf(ground, target);
  const port = numberOf(group.properties.Port);
  if ("why" in party || port === undefined)
    return [unknownHop(balancer.id, target.id, `The port of ${group.id} is known only when the template is deployed.`)];
  const packet: TaskPort = { ...packetOf({ ...asked, port }, port), dynamic: false };
  return party.ends.flatMap((end) => joined(ground.network, balancerInterfaces(ground.network, balancer), end, packet));
}

/** Resources that a target group names itself. */
export const targetIds = (group: Resource): string[] =>
  (itemsOf(group.properties.Targets) ?? []).flatMap((item) => {
    const id = targetOf(at(item, "Id"));
    return id === undefined ? [] : [id];
  });

const servicesAt = (ground: Ground, target: Resource): Resource[] =>
  target.type === "AWS::ECS::Service"
    ? [target]
    : placesAt(ground, target).flatMap(({ resource }) => (resource.type === "AWS::ECS::Service" ? [resource] : []));

/** True for a service that registers its tasks with a target group. */
export const registers = (service: Resource, group: Resource): boolean =>
  (itemsOf(service.properties.LoadBalancers) ?? []).some((item) => targetOf(at(item, "TargetGroupArn")) === group.id);
