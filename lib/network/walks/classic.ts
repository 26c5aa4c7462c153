import type { Resource } from "../../stack/stack";
import { vpcHop } from "../crossing";
import type { Hop } from "../flow";
import { type Packet, portText } from "../groups";
import { between, plainHop } from "../hops";
import { balancerInterfaces, type Interfaces } from "../interfaces";
import { at, itemsOf, keyOf, numberOf } from "../lookup";
import { partyOf } from "../parties";
import { taskPort } from "../places";
import { neverHop, packetOf, unknownHop } from "./request";
import type { Ground } from "./walk";

const names = (list: readonly unknown[] | undefined, id: string): boolean =>
  list?.some((item) => keyOf(item as never) === id) ?? false;

/** The ports of instances that the listeners of a Classic Load Balancer send to. */
const instancePorts = (balancer: Resource): number[] =>
  (itemsOf(balancer.properties.Listeners) ?? []).flatMap((item) => numberOf(at(item, "InstancePort")) ?? []);

/**
 * Where its health checks go: "HTTP:8080/ping"; without any to the instance port of its first listener.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-healthchecks.html
 */
function healthPort(balancer: Resource): number | undefined {
  const target = at(balancer.properties.HealthCheck, "Target");
  if (target === undefined) return instancePorts(balancer)[0];
  return typeof target === "string" ? numberOf(/^[A-Za-z]+:(\d+)/.exec(target)?.[1]) : undefined;
}

/** All that a Classic Load Balancer sends: traffic and health checks; undefined where nobody can say. */
export function classicPackets(balancer: Resource): readonly Packet[] | undefined {
  const ports = instancePorts(balancer);
  const written = itemsOf(balancer.properties.Listeners)?.length ?? 0;
  const health = healthPort(balancer);
  if (ports.length < written || health === undefined) return undefined;
  return [...new Set([...ports, health])].map((port) => packetOf("TCP", port));
}

/** A Classic Load Balancer registers instances, and reaches each on the listener's instance port. */
export function classicHops(ground: Ground, balancer: Resource, target: Resource | undefined, name: string): Hop[] {
  if (target && target.type !== "AWS::ECS::Service") return registeredHops(ground, balancer, target);
  const place = target && ground.places.ofService(target.id);
  if (place?.apart !== undefined) return [neverHop(balancer.id, name, place.apart)];
  const entry = (itemsOf(target?.properties.LoadBalancers) ?? []).find((item) => {
    const named = at(item, "LoadBalancerName");
    return named !== undefined && keyOf(named) === balancer.id;
  });
  const port = place && taskPort(place, at(entry, "ContainerName"), at(entry, "ContainerPort"));
  if (!target || !place || !port || port.dynamic) {
    return [unknownHop(balancer.id, name, `${name} offers ${balancer.id} no fixed host port.`)];
  }
  const listens = instancePorts(balancer).includes(port.ports.from);
  const packet: Packet = { protocol: "tcp", ports: port.ports };
  return [
    plainHop("listener", {
      at: `${balancer.id} → ${target.id}`,
      resource: balancer.id,
      port: portText(packet),
      verdict: listens ? "open" : "blocked",
      why: listens
        ? `A listener of ${balancer.id} forwards to instance port ${port.ports.from}.`
        : `No listener of ${balancer.id} forwards to instance port ${port.ports.from}.`,
    }),
    ...toInstances(ground, balancer, place.instances, [port.ports.from]),
  ];
}

/** To instances that an Auto Scaling group registers, or that the load balancer names. */
function registeredHops(ground: Ground, balancer: Resource, target: Resource): Hop[] {
  const registered =
    names(itemsOf(target.properties.LoadBalancerNames), balancer.id) ||
    names(itemsOf(balancer.properties.Instances), target.id);
  const hop = (verdict: Hop["verdict"], why: string): Hop =>
    plainHop("target", { at: `${balancer.id} → ${target.id}`, resource: balancer.id, port: "tcp", verdict, why });
  const open = [target.properties.LoadBalancerNames, balancer.properties.Instances].some(
    (value) => value !== undefined && !itemsOf(value),
  );
  if (!registered && open)
    return [hop("unknowable", `What ${balancer.id} has registered is known only when the template is deployed.`)];
  if (!registered) return [hop("blocked", `${target.id} is not registered with ${balancer.id}.`)];
  const party = partyOf(ground, target);
  if ("why" in party) return [unknownHop(balancer.id, target.id, party.why)];
  return [
    hop("open", `${target.id} is registered with ${balancer.id}.`),
    ...toInstances(ground, balancer, party.ends, instancePorts(balancer)),
  ];
}

function toInstances(
  { network }: Ground,
  balancer: Resource,
  ends: readonly Interfaces[],
  ports: readonly number[],
): Hop[] {
  const from = balancerInterfaces(network, balancer);
  const health = healthPort(balancer);
  return ends.flatMap((end) => {
    const apart = vpcHop(network, from, end, "tcp");
    const data = ports.flatMap((port) => between(network, from, end, packetOf("TCP", port)));
    const checks =
      health === undefined
        ? [unknownHop(balancer.id, end.name, `Where the health checks of ${balancer.id} go, its target does not say.`)]
        : ports.includes(health)
          ? []
          : between(network, from, end, packetOf("TCP", health), { traffic: "health" });
    return [...(apart ? [apart] : []), ...data, ...checks];
  });
}
