import { list } from "../core/text";
import type { Resource } from "../stack/stack";
import { targetOf } from "../stack/value";
import { type Asked, askedText, fits, isBalancer, packetOf, placesAt, unique } from "./asked";
import type { Hop } from "./flow";
import { type Packet, portText } from "./groups";
import { plainHop } from "./hops";
import { at, itemsOf, keyOf, type Lookup, numberOf } from "./lookup";
import { clientsOf } from "./outside";
import { partyOf } from "./parties";
import type { TaskPort } from "./places";
import { classicHops, classicPackets } from "./walks/classic";
import { entranceHops, type Forward, forwardHops, instanceHops, packetsOf, sentTo } from "./walks/forward";
import { groupsBehind, noEntrance, targetsUnread } from "./walks/listeners";
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
  if (balancer.type === "AWS::ElasticLoadBalancing::LoadBalancer") return fromClassic(ground, balancer, target, asked);
  const { network } = ground;
  const groups = groupsBehind(network, balancer);
  const clients = balancer.properties.Scheme === "internal" ? undefined : clientsOf(balancer);
  const services = servicesAt(ground, target);
  const others: Packet[] = [];
  const hopsOf = (sent: Sent): readonly Hop[] => {
    if ("hops" in sent) return sent.hops;
    others.push(...sent.others);
    return [];
  };
  const forward = (one: Forward): readonly Hop[] => {
    const packets = packetsOf(ground, one);
    const asks = !packets || packets.some((packet) => fits(asked, packet));
    return hopsOf(asks ? { hops: forwardHops(ground, one) } : { others: packets });
  };
  const ways = groups.flatMap((group) => {
    const registered = services.filter((service) => registeredWith(network.lookup, group.id).includes(service));
    const way = { balancer, group, target, name: target.id, clients };
    if (registered.length > 0)
      return registered.flatMap((service) => forward({ ...way, target: service, name: service.id }));
    if (isBalancer(target) && targetIds(group).includes(target.id)) return forward(way);
    return hopsOf(toInstances(ground, way, asked));
  });
  if (ways.length > 0) return unique(ways);
  if (others.length > 0) return [sendsOthers(balancer, target, others, asked)];
  const waiting = network.lookup
    .of("AWS::ElasticLoadBalancingV2::TargetGroup")
    .find(({ id }) => services.some((service) => registeredWith(network.lookup, id).includes(service)));
  if (waiting) return [noEntrance(network, balancer, waiting)];
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

function sendsOthers(balancer: Resource, target: Resource, others: readonly Packet[], asked: Asked): Hop {
  const sent = list([...new Set(others.map(portText))]);
  return plainHop("target", {
    at: `${balancer.id} → ${target.id}`,
    resource: balancer.id,
    port: askedText(asked),
    verdict: "blocked",
    why: `${balancer.id} sends ${sent} to ${target.id}, and nothing else.`,
  });
}

/** A Classic Load Balancer sends to the instance ports of its listeners only. */
function fromClassic(ground: Ground, balancer: Resource, target: Resource, asked: Asked): readonly Hop[] {
  const packets = classicPackets(balancer);
  if (packets && packets.length > 0 && !packets.some((packet) => fits(asked, packet)))
    return [sendsOthers(balancer, target, packets, asked)];
  return classicHops(ground, balancer, target, target.id);
}

/** What a way to targets comes to: its hops, or packets that are none of those asked about. */
type Sent = { hops: readonly Hop[] } | { others: readonly Packet[] };

/** Instances of an Auto Scaling group, or single ones, that a target group registers. */
function toInstances(ground: Ground, forward: Forward, asked: Asked): Sent {
  const { group, target, balancer } = forward;
  const grouped = itemsOf(target?.properties.TargetGroupARNs)?.map(keyOf).includes(group.id) ?? false;
  const single = (itemsOf(group.properties.Targets) ?? []).find((item) => targetOf(at(item, "Id")) === target?.id);
  if (!target || (!grouped && single === undefined)) return { hops: [] };
  if (group.properties.TargetType === "lambda") {
    const why = `${balancer.id} calls ${target.id} through the API of AWS Lambda, where no group filters.`;
    const called = plainHop("target", {
      at: `${group.id} → ${target.id}`,
      resource: group.id,
      port: "tcp/443",
      verdict: "open",
      why,
    });
    return { hops: [...entranceHops(ground, forward), called] };
  }
  const party = partyOf(ground, target);
  const port = numberOf(at(single, "Port") ?? group.properties.Port);
  if ("why" in party || port === undefined) {
    const why = `The port of ${group.id} is known only when the template is deployed.`;
    return { hops: [unknownHop(balancer.id, target.id, why)] };
  }
  const packet: TaskPort = { ...packetOf({ port }, port), dynamic: false };
  const sent = sentTo(group, packet);
  if (!sent.some((one) => fits(asked, one))) return { others: sent };
  return { hops: instanceHops(ground, forward, party.ends, packet) };
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

/** The services that register their tasks with each target group, read once for a stack. */
const known = new WeakMap<Lookup, ReadonlyMap<string, readonly Resource[]>>();

/** The services that register their tasks with a target group. */
export function registeredWith(lookup: Lookup, group: string): readonly Resource[] {
  let services = known.get(lookup);
  if (!services) {
    const found = new Map<string, Resource[]>();
    for (const service of lookup.of("AWS::ECS::Service")) {
      for (const item of itemsOf(service.properties.LoadBalancers) ?? []) {
        const id = targetOf(at(item, "TargetGroupArn"));
        const list = id === undefined ? undefined : found.get(id);
        if (list && !list.includes(service)) list.push(service);
        else if (id !== undefined && !list) found.set(id, [service]);
      }
    }
    services = found;
    known.set(lookup, services);
  }
  return services.get(group) ?? [];
}
