import { isKind } from "../../model/build";
import type { ModelEdge } from "../../model/model";
import type { Resource } from "../../stack/stack";
import type { Value } from "../../stack/value";
import { vpcHop } from "../crossing";
import type { Hop } from "../flow";
import { type End, type Packet, portText } from "../groups";
import { between, plainHop, type Way } from "../hops";
import { balancerInterfaces, type Interfaces, type Network, ofIpv6 } from "../interfaces";
import { at, booleanOf, isOpen, itemsOf, keyOf, numberOf, textOf } from "../lookup";
import { outwards } from "../outside";
import { endsOf, hostOf, type Place, possibleDynamicRanges, type TaskPort, taskPort } from "../places";
import { classicHops } from "./classic";
import { listenerHops } from "./listeners";
import { balancerOf, clientsEnd, listenersOf, neverHop, packetOf, protocolsOf, unknownHop } from "./request";
import type { Ground, Walk } from "./walk";

/** Load balancer → tasks, or → the Application Load Balancer behind a Network Load Balancer. */
export const walkForward: Walk = (trip, edge) => {
  const { network } = trip;
  const balancer = balancerOf(network, edge.from.id);
  if (!balancer)
    return [unknownHop(edge.from.name, edge.to.name, `${edge.from.name} is not part of what the design creates.`)];
  if (balancer.type === "AWS::ElasticLoadBalancing::LoadBalancer") {
    return classicHops(trip, balancer, network.lookup.ofNode("AWS::ECS::Service", edge.to.id)[0], edge.to.name);
  }
  const group = targetGroupOf(network, edge);
  if (!group) return [unknownHop(edge.from.name, edge.to.name, `${edge.to.name} has no port to forward to yet.`)];
  const clients = edge.from.in.flatMap((item) => (isKind(item.from, "internet") ? item.from.props.cidrs : []));
  const target = isKind(edge.to, "service")
    ? network.lookup.ofNode("AWS::ECS::Service", edge.to.id)[0]
    : balancerOf(network, edge.to.id);
  const known = clients.length > 0 ? clientsEnd(edge.from.name, clients) : undefined;
  return forwardHops(trip, { balancer, group, target, name: edge.to.name, clients: known });
};

/** A way through a target group. */
export interface Forward {
  balancer: Resource;
  group: Resource;
  /** A service or a load balancer; undefined where what was drawn creates neither. */
  target: Resource | undefined;
  /** What the target is called. */
  name: string;
  /** The clients outside AWS; undefined: not known. */
  clients: End | undefined;
}

/** Load balancer → one target of a target group: listener or rule, target group, groups of both sides. */
export function forwardHops(ground: Ground, forward: Forward): Hop[] {
  const { group, target } = forward;
  const entrance = entranceHops(ground, forward);
  const balanced = target?.type.startsWith("AWS::ElasticLoadBalancing") ?? group.properties.TargetType === "alb";
  return [...entrance, ...(balanced ? toBalancer(ground, forward) : toTasks(ground, forward))];
}

/** The listener and its rule; where that authenticates users, the way to who knows them as well. */
export function entranceHops({ network }: Ground, { balancer, group, target }: Forward): Hop[] {
  const { hops, authenticates } = listenerHops(network, balancer, group, isShifting(target));
  if (!authenticates) return hops;
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
  const end = { ...balancerInterfaces(network, balancer), publicAddress: balancer.properties.Scheme !== "internal" };
  const out = outwards({ network }, end, packetOf("TCP", 443));
  return [...hops, ...out.map((hop) => ({ ...hop, why: `To authenticate users: ${hop.why}` }))];
}

/** True for a service whose deployments move requests from one target group to another. */
const isShifting = (service: Resource | undefined): boolean => {
  const { DeploymentController, DeploymentConfiguration } = service?.properties ?? {};
  const [controller, strategy] = [at(DeploymentController, "Type"), at(DeploymentConfiguration, "Strategy")];
  return (controller ?? "ECS") !== "ECS" || (strategy ?? "ROLLING") !== "ROLLING";
};

/** The target group that an edge means. */
const targetGroupOf = (network: Network, edge: ModelEdge): Resource | undefined =>
  network.lookup.ofEdge("AWS::ElasticLoadBalancingV2::TargetGroup", edge.id)[0];

/** The port of the tasks that a service registers with a target group. */
function registeredPort({ places }: Ground, { group, target: service }: Forward) {
  const entry = (itemsOf(service?.properties.LoadBalancers) ?? []).find((item) => {
    const arn = at(item, "TargetGroupArn");
    return arn !== undefined && keyOf(arn) === group.id;
  });
  const place = service && places.ofService(service.id);
  return { entry, port: place && taskPort(place, at(entry, "ContainerName"), at(entry, "ContainerPort")) };
}

/**
 * All that the load balancer sends along a way, traffic and health checks, on the container port too where a host port
 * stands for it; undefined where nobody can say.
 */
export function packetsOf(ground: Ground, forward: Forward): readonly Packet[] | undefined {
  const { entry, port } = registeredPort(ground, forward);
  if (!port) {
    const number = forward.target?.type === "AWS::ECS::Service" ? undefined : numberOf(forward.group.properties.Port);
    return number === undefined ? undefined : [packetOf("TCP", number)];
  }
  const inside = numberOf(at(entry, "ContainerPort"));
  const named = inside === undefined ? [] : [{ ...port, ports: { from: inside, to: inside } }];
  return [...sentTo(forward.group, port), ...named];
}

function toTasks(ground: Ground, forward: Forward): Hop[] {
  const { network, places } = ground;
  const { group, target: service, name } = forward;
  const place = service && places.ofService(service.id);
  if (place?.apart !== undefined) return [neverHop(group.id, name, place.apart)];
  if (place?.unknown !== undefined) return [unknownHop(group.id, name, place.unknown)];
  const { entry, port } = registeredPort(ground, forward);
  if (!service || !place || entry === undefined || !port) {
    return [unknownHop(group.id, name, `No container port of ${name} is registered with ${group.id}.`)];
  }
  const wanted = place.own ? "ip" : "instance";
  const type = group.properties.TargetType ?? "instance";
  const wrong = type === "ip" || typeof type !== "string" ? "unknowable" : "blocked";
  const target = plainHop("target", {
    at: `${group.id} → ${service.id}`,
    resource: group.id,
    port: portText(port),
    // No page of AWS says that targets by address never work for tasks that share the instance's interface.
    verdict: type === wanted ? "open" : wrong,
    why:
      type === wanted
        ? `${service.id} registers its tasks with ${group.id} by ${doorText(place, port, entry)}.`
        : `${group.id} registers targets of ${typeof type !== "string" ? "a type that only the deployment knows" : `type ${String(type)}`}, but the tasks of ${service.id} need ${wanted}.`,
  });
  const ends = endsOf(place);
  if (ends.length === 0) {
    const why = `The instances that run ${place.name} are not part of this design.`;
    return [target, unknownHop(group.id, place.name, why, portText(port))];
  }
  return [target, ...packetsTo(network, forward, ends, port)];
}

/** By what a target group knows a task, and the container port that this leads to. */
function doorText(place: Place, { ports, dynamic }: TaskPort, entry: Value): string {
  const inside = numberOf(at(entry, "ContainerPort"));
  const name = textOf(at(entry, "ContainerName"));
  const container = `port ${inside}${name === undefined || name.startsWith("$") ? "" : ` of ${name}`}`;
  if (place.own) return `address, on ${container}`;
  if (!dynamic) return `instance and host port ${ports.from}, which leads to ${container}`;
  return `instance and a host port that Docker takes from ${ports.from}-${ports.to} on ${hostOf(place)}, and that leads to ${container}`;
}

/** Load balancer → instances that a target group holds, on its port or on one of their own. */
export const instanceHops = (ground: Ground, forward: Forward, ends: readonly Interfaces[], port: TaskPort): Hop[] => [
  ...entranceHops(ground, forward),
  ...packetsTo(ground.network, forward, ends, port),
];

/** All that a load balancer sends to a port of its targets: traffic and health checks. */
export const sentTo = (group: Resource, port: TaskPort): readonly Packet[] => [
  ...dataPackets(group, port),
  healthPacket(group, port),
];

/** Traffic and health checks, from the load balancer's groups or from the addresses that arrive, to each set of targets. */
function packetsTo(network: Network, forward: Forward, ends: readonly Interfaces[], port: TaskPort): Hop[] {
  const { balancer, group } = forward;
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-ip-address-type
  const six = group.properties.IpAddressType === "ipv6";
  const asSent = <E extends Interfaces>(end: E): E => (six ? ofIpv6(network, end) : end);
  const from = asSent(balancerInterfaces(network, balancer));
  const sender = senderOf(forward, from);
  const packets = dataPackets(group, port);
  const way: Way = port.dynamic ? { perhaps: possibleDynamicRanges } : {};
  const health = healthPacket(group, port);
  const sameAsData = sender === from && packets.some((packet) => portText(packet) === portText(health));
  // Where a health check goes whose port nobody knows, nobody knows.
  const unsure = isOpen(group.properties.HealthCheckPort)
    ? [
        unknownHop(
          group.id,
          group.id,
          `The port of the health checks of ${group.id} is known only when the template is deployed.`,
        ),
      ]
    : [];
  return ends
    .map(asSent)
    .flatMap((end) => [
      ...unsure,
      ...optional(zoneHop(network, balancer, from, end, portText(port))),
      ...optional(vpcHop(network, from, end, portText(port))),
      ...packets.flatMap((packet) => between(network, sender, end, packet, way)),
      ...(sameAsData ? [] : between(network, from, end, health, { ...way, traffic: "health" })),
    ]);
}

/**
 * Targets in a zone that the load balancer has no subnet in get no traffic; undefined where all have one, or nobody knows.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html#availability-zones
 */
function zoneHop(
  network: Network,
  balancer: Resource,
  from: Interfaces,
  to: Interfaces,
  port: string,
): Hop | undefined {
  const zoneOf = (key: string) => network.routes.subnet(key)?.zone;
  const served = from.subnets?.map(zoneOf);
  const zones = to.subnets?.map(zoneOf);
  if (!served || !zones || from.vpc !== to.vpc || [...served, ...zones].includes(undefined)) return undefined;
  // Zones named in two ways may be the same.
  if (new Set([...served, ...zones].map((zone) => zone?.startsWith("{"))).size > 1) return undefined;
  const without = to.subnets?.find((_, index) => !served.includes(zones[index]));
  if (without === undefined) return undefined;
  return plainHop("target", {
    at: `${balancer.id} → ${to.name}`,
    resource: balancer.id,
    port,
    verdict: "blocked",
    why: `${without} is in a zone where ${balancer.id} has no subnet, and targets there get no traffic. Give ${balancer.id} a subnet in that zone.`,
  });
}

const dataPackets = (group: Resource, { ports }: TaskPort): Packet[] =>
  protocolsOf(group.properties.Protocol).map((protocol) => ({ ...packetOf(protocol, 0), ports }));

/** Health checks travel over TCP; to the traffic port unless another is given. */
function healthPacket(group: Resource, port: TaskPort): Packet {
  const own = numberOf(group.properties.HealthCheckPort);
  // With random host ports a fixed health check port means nothing; LB-016 says so.
  return { protocol: "tcp", ports: own === undefined || port.dynamic ? port.ports : { from: own, to: own } };
}

/**
 * Whom the targets see: the load balancer, or with its groups but from their own addresses the clients, where a Network
 * Load Balancer preserves these.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#client-ip-preservation
 */
function senderOf({ balancer, group, clients }: Forward, own: Interfaces): End {
  if (balancer.properties.Type !== "network" || !preservesClients(group)) return own;
  return { ...(clients ?? { addresses: undefined }), name: own.name, groups: own.groups };
}

function preservesClients(group: Resource): boolean {
  const { TargetType, Protocol, TargetGroupAttributes } = group.properties;
  const attribute = (itemsOf(TargetGroupAttributes) ?? []).find(
    (item) => at(item, "Key") === "preserve_client_ip.enabled",
  );
  // With UDP it cannot be switched off.
  if (protocolsOf(Protocol).includes("UDP")) return true;
  return attribute === undefined ? TargetType !== "ip" : booleanOf(at(attribute, "Value")) === true;
}

function toBalancer({ network }: Ground, forward: Forward): Hop[] {
  const { balancer, group, target, name } = forward;
  const port = numberOf(group.properties.Port);
  if (!target || port === undefined)
    return [unknownHop(group.id, name, `${name} is not part of what the design creates.`)];
  const packet = packetOf("TCP", port);
  const from = balancerInterfaces(network, balancer);
  const to = balancerInterfaces(network, target);
  const listens = listenersOf(network, target).some((item) => portText(item.packet) === portText(packet));
  const sender = senderOf(forward, from);
  return [
    plainHop("target", {
      at: `${group.id} → ${target.id}`,
      resource: target.id,
      port: portText(packet),
      verdict: listens ? "open" : "blocked",
      why: listens ? `${target.id} listens on port ${port}.` : `${target.id} has no listener on port ${port}.`,
    }),
    ...optional(vpcHop(network, from, to, portText(packet))),
    ...between(network, sender, to, packet),
    ...(sender === from ? [] : between(network, from, to, packet, { traffic: "health" })),
  ];
}

const optional = <T>(item: T | undefined): T[] => (item === undefined ? [] : [item]);
