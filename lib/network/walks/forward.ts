import { isKind } from "../../model/build";
import type { ModelEdge } from "../../model/model";
import type { Resource } from "../../stack/stack";
import type { Value } from "../../stack/value";
import type { Hop } from "../flow";
import { type End, type Packet, portText } from "../groups";
import { between, plainHop, vpcHop, type Way } from "../hops";
import { balancerInterfaces, type Interfaces, type Network } from "../interfaces";
import { at, itemsOf, keyOf, numberOf } from "../lookup";
import { endsOf, type Place, possibleDynamicRanges, type TaskPort, taskPort } from "../places";
import { balancerOf, clientsEnd, listenersOf, packetOf, protocolsOf, unknownHop } from "./request";
import type { Trip, Walk } from "./walk";

/** Load balancer → tasks, or → the Application Load Balancer behind a Network Load Balancer. */
export const walkForward: Walk = (trip, edge) => {
  const { network } = trip;
  const balancer = balancerOf(network, edge.from.id);
  if (!balancer)
    return [unknownHop(edge.from.name, edge.to.name, `${edge.from.name} is not part of what the design creates.`)];
  if (balancer.type === "AWS::ElasticLoadBalancing::LoadBalancer") return walkClassic(trip, edge, balancer);
  const group = targetGroupOf(network, edge);
  if (!group) return [unknownHop(edge.from.name, edge.to.name, `${edge.to.name} has no port to forward to yet.`)];
  const listener = listenerHop(network, balancer, group);
  return [
    listener,
    ...(isKind(edge.to, "service") ? toTasks(trip, edge, balancer, group) : toBalancer(trip, edge, balancer, group)),
  ];
};

/** The target group that an edge means. */
const targetGroupOf = (network: Network, edge: ModelEdge): Resource | undefined =>
  network.lookup.ofEdge("AWS::ElasticLoadBalancingV2::TargetGroup", edge.id)[0];

/** All target groups that an action sends to. */
function targetsOf(action: Value): string[] {
  const weighted = itemsOf(at(action, "ForwardConfig", "TargetGroups")) ?? [];
  return [at(action, "TargetGroupArn"), ...weighted.map((item) => at(item, "TargetGroupArn"))].flatMap((value) =>
    value === undefined ? [] : [keyOf(value)],
  );
}

const leadsTo = (actions: Value | undefined, group: string): boolean =>
  (itemsOf(actions) ?? []).some((action) => targetsOf(action).includes(group));

/** Whether a listener of the load balancer, or a rule of one, forwards to the target group. */
function listenerHop(network: Network, balancer: Resource, group: Resource): Hop {
  const listeners = listenersOf(network, balancer);
  const found = listeners.find(
    ({ resource }) =>
      leadsTo(resource.properties.DefaultActions, group.id) ||
      network.lookup
        .where("AWS::ElasticLoadBalancingV2::ListenerRule", "ListenerArn", resource.id)
        .some((rule) => leadsTo(rule.properties.Actions, group.id)),
  );
  return plainHop("listener", {
    at: `${balancer.id} → ${group.id}`,
    resource: found?.resource.id ?? balancer.id,
    port: found ? portText(found.packet) : "tcp",
    verdict: found ? "open" : "blocked",
    why: found
      ? `The listener on port ${found.packet.ports.from} forwards to ${group.id}.`
      : `No listener of ${balancer.id} forwards to ${group.id}, so it gets no traffic.`,
  });
}

function toTasks({ network, places }: Trip, edge: ModelEdge, balancer: Resource, group: Resource): Hop[] {
  const service = network.lookup.ofNode("AWS::ECS::Service", edge.to.id)[0];
  const place = service && places.ofService(service.id);
  const entry = (itemsOf(service?.properties.LoadBalancers) ?? []).find((item) => {
    const arn = at(item, "TargetGroupArn");
    return arn !== undefined && keyOf(arn) === group.id;
  });
  const port = place && taskPort(place, at(entry, "ContainerName"), at(entry, "ContainerPort"));
  if (!service || !place || entry === undefined || !port) {
    return [unknownHop(group.id, edge.to.name, `No container port of ${edge.to.name} is registered with ${group.id}.`)];
  }
  const wanted = place.own ? "ip" : "instance";
  const type = group.properties.TargetType ?? "instance";
  const target = plainHop("target", {
    at: `${group.id} → ${service.id}`,
    resource: group.id,
    port: portText(port),
    // No page of AWS says that targets by address never work for tasks that share the instance's interface.
    verdict: type === wanted ? "open" : type === "ip" ? "unknowable" : "blocked",
    why:
      type === wanted
        ? `${service.id} registers its tasks with ${group.id} by ${wanted === "ip" ? "address" : "instance and host port"}.`
        : `${group.id} registers targets of type ${String(type)}, but the tasks of ${service.id} need ${wanted}.`,
  });
  return [target, ...packetsTo(network, edge, balancer, group, place, port)];
}

/** Traffic and health checks, from the load balancer's groups or from the addresses that arrive, to each set of targets. */
function packetsTo(
  network: Network,
  edge: ModelEdge,
  balancer: Resource,
  group: Resource,
  place: Place,
  port: TaskPort,
): Hop[] {
  const from = balancerInterfaces(network, balancer);
  const ends = endsOf(place);
  if (ends.length === 0) {
    return [
      unknownHop(
        group.id,
        place.name,
        `The instances that run ${place.name} are not part of this design.`,
        portText(port),
      ),
    ];
  }
  const sender = senderOf(edge, balancer, group, from);
  const packets = dataPackets(group, port);
  const way: Way = port.dynamic ? { perhaps: possibleDynamicRanges } : {};
  const health = healthPacket(group, port);
  const sameAsData = sender === from && packets.some((packet) => portText(packet) === portText(health));
  return ends.flatMap((end) => [
    ...optional(vpcHop(network, from, end, portText(port))),
    ...packets.flatMap((packet) => between(network, sender, end, packet, way)),
    ...(sameAsData ? [] : between(network, from, end, health, { ...way, traffic: "health" })),
  ]);
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
function senderOf(edge: ModelEdge, balancer: Resource, group: Resource, own: Interfaces): End {
  if (balancer.properties.Type !== "network" || !preservesClients(group)) return own;
  const cidrs = edge.from.in.flatMap((item) => (isKind(item.from, "internet") ? item.from.props.cidrs : []));
  return { ...clientsEnd(edge.from.name, cidrs), groups: own.groups };
}

function preservesClients(group: Resource): boolean {
  const { TargetType, Protocol, TargetGroupAttributes } = group.properties;
  const attribute = (itemsOf(TargetGroupAttributes) ?? []).find(
    (item) => at(item, "Key") === "preserve_client_ip.enabled",
  );
  if (attribute !== undefined) return at(attribute, "Value") === "true";
  return TargetType !== "ip" || Protocol === "UDP" || Protocol === "TCP_UDP";
}

function toBalancer({ network }: Trip, edge: ModelEdge, balancer: Resource, group: Resource): Hop[] {
  const target = balancerOf(network, edge.to.id);
  const port = numberOf(group.properties.Port);
  if (!target || port === undefined)
    return [unknownHop(group.id, edge.to.name, `${edge.to.name} is not part of what the design creates.`)];
  const packet = packetOf("TCP", port);
  const from = balancerInterfaces(network, balancer);
  const to = balancerInterfaces(network, target);
  const listens = listenersOf(network, target).some((item) => portText(item.packet) === portText(packet));
  const sender = senderOf(edge, balancer, group, from);
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

/** A Classic Load Balancer registers instances, and reaches each on the listener's instance port. */
function walkClassic({ network, places }: Trip, edge: ModelEdge, balancer: Resource): Hop[] {
  const service = network.lookup.ofNode("AWS::ECS::Service", edge.to.id)[0];
  const place = service && places.ofService(service.id);
  const entry = (itemsOf(service?.properties.LoadBalancers) ?? []).find((item) => {
    const name = at(item, "LoadBalancerName");
    return name !== undefined && keyOf(name) === balancer.id;
  });
  const port = place && taskPort(place, at(entry, "ContainerName"), at(entry, "ContainerPort"));
  if (!service || !place || !port || port.dynamic) {
    return [unknownHop(balancer.id, edge.to.name, `${edge.to.name} offers ${balancer.id} no fixed host port.`)];
  }
  const from = balancerInterfaces(network, balancer);
  const listens = (itemsOf(balancer.properties.Listeners) ?? []).some(
    (item) => numberOf(at(item, "InstancePort")) === port.ports.from,
  );
  const packet: Packet = { protocol: "tcp", ports: port.ports };
  return [
    plainHop("listener", {
      at: `${balancer.id} → ${service.id}`,
      resource: balancer.id,
      port: portText(packet),
      verdict: listens ? "open" : "blocked",
      why: listens
        ? `A listener of ${balancer.id} forwards to instance port ${port.ports.from}.`
        : `No listener of ${balancer.id} forwards to instance port ${port.ports.from}.`,
    }),
    ...place.instances.flatMap((end) => [
      ...optional(vpcHop(network, from, end, portText(packet))),
      ...between(network, from, end, packet),
    ]),
  ];
}

const optional = <T>(item: T | undefined): T[] => (item === undefined ? [] : [item]);
