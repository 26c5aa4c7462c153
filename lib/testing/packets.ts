import type { EndpointService } from "../aws/endpoints";
import { isKind, isRelationEdge } from "../model/build";
import type { Model, ModelEdge, ModelNode } from "../model/model";
import {
  capacityOf,
  chosenContainer,
  clusterOf,
  isFargate,
  launchOf,
  networkModeOf,
  type Placement,
  placementsOf,
  taskDefinitionOf,
} from "../model/queries";
import type { Stack } from "../stack/stack";
import { att, type Properties, targetOf, type Value } from "../stack/value";
import { plain } from "./stack-faults";

/**
 * What every drawn connection sends and which rules of security groups admit it, worked out from the drawing and the raw
 * rules, one port at a time, with none of the code of `lib/network`: the judge of its laws.
 */

interface Side {
  groups: string[];
  /** Where its packets come from, where that is no matter of its groups alone. */
  cidrs: string[];
  /** A range that holds all of its addresses. */
  within?: string;
}
export interface Sent {
  from: Side;
  to: Side;
  protocol: string;
  ports: number[];
}

const groupOfNode = (stack: Stack, node: ModelNode): string[] =>
  Object.values(stack.resources).flatMap((resource) =>
    resource.type === "AWS::EC2::SecurityGroup" &&
    resource.id.startsWith(node.logicalId) &&
    resource.origins[""]?.some((origin) => origin.node === node.id)
      ? [resource.id]
      : [],
  );

/** The group of single tasks that a RunTask edge starts in a network of their own. */
const groupOfEdge = (stack: Stack, edge: ModelEdge): string[] =>
  Object.values(stack.resources).flatMap((resource) =>
    resource.type === "AWS::EC2::SecurityGroup" && resource.origins[""]?.some((origin) => origin.edge === edge.id)
      ? [resource.id]
      : [],
  );

const onOwnInterface = (service: ModelNode<"service">): boolean => {
  const definition = taskDefinitionOf(service as ModelNode);
  return isFargate(launchOf(service)) || (definition !== undefined && networkModeOf(definition) === "awsvpc");
};

function sidesOfService(stack: Stack, node: ModelNode): Side[] {
  if (!isKind(node, "service")) return [];
  if (onOwnInterface(node)) return [{ groups: groupOfNode(stack, node), cidrs: [] }];
  const used = capacityOf(node).map(({ provider }) => provider as ModelNode);
  const all =
    used.length > 0 ? used : (clusterOf(node)?.children ?? []).filter((child) => child.kind === "asgCapacityProvider");
  return all.map((provider) => ({ groups: groupOfNode(stack, provider), cidrs: [] }));
}

/** Ports of a service for an edge: first, middle and last of what must be open. */
function portsOfService(
  node: ModelNode,
  props: { container?: string | undefined; containerPort?: number | undefined },
  /** In bridge mode the proxy of Service Connect takes a port of its own. */
  proxied = false,
) {
  const definition = taskDefinitionOf(node);
  const container = definition && chosenContainer(definition, props.container);
  const mapping = container?.portMappings.find(
    ({ containerPort }) => props.containerPort === undefined || containerPort === props.containerPort,
  );
  const port = mapping?.containerPort;
  if (!isKind(node, "service") || !mapping || port === undefined) return undefined;
  if (onOwnInterface(node) || networkModeOf(definition as ModelNode<"taskDefinition">) === "host") return [port];
  return mapping.hostPort && !proxied ? [mapping.hostPort] : [32768, 50000, 65535];
}

/** How a range of addresses is told apart: its text, or what the template says instead. */
const rangeKey = (value: Value | undefined): string =>
  typeof value === "string" ? value : JSON.stringify(plain(value ?? null));

/** Where the packets of a load balancer come from: its own subnets, or the clients whom it hides not. */
function addressesOf(model: Model, stack: Stack, balancer: ModelNode): { own: string[]; clients: string[] } {
  const resource = Object.values(stack.resources).find(
    ({ type, origins }) => /LoadBalancer$/.test(type) && origins[""]?.some(({ node }) => node === balancer.id),
  );
  const subnets = (Array.isArray(resource?.properties.Subnets) ? resource.properties.Subnets : []) as Value[];
  const clients = model.edges.flatMap(({ from, to }) =>
    to === balancer && isKind(from, "internet") ? from.props.cidrs : [],
  );
  return { own: subnets.map((subnet) => rangeKey(att(targetOf(subnet) as string, "CidrBlock"))), clients };
}

/**
 * What a load balancer sends to its targets: traffic, and health checks over TCP. A Network Load Balancer without a group
 * shows clients' addresses to instances, to Application Load Balancers and over UDP.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#client-ip-preservation
 */
function sentByBalancer(model: Model, stack: Stack, edge: ModelEdge<"forward">): Sent[] | undefined {
  const { from, to, props } = edge;
  if (props.targetProtocol !== undefined) return undefined;
  const addresses = addressesOf(model, stack, from);
  // A rule for the load balancer's group admits its packets, and so does one for the addresses that they bear.
  const groups = groupOfNode(stack, from);
  const own = { groups, cidrs: addresses.own };
  const clients = from.kind === "nlb" ? { groups, cidrs: addresses.clients } : own;
  const [listener] = (from.props as { listeners: readonly { protocol: string }[] }).listeners;
  const spoken = from.kind === "nlb" ? (listener?.protocol ?? "TCP") : "TCP";
  const data = spoken === "TCP_UDP" ? ["tcp", "udp"] : [spoken === "UDP" ? "udp" : "tcp"];
  if (to.kind === "alb") {
    const [behind] = (to.props as { listeners: readonly { port: number }[] }).listeners;
    const side = { groups: groupOfNode(stack, to), cidrs: [] };
    if (!behind) return undefined;
    return [clients, own].map((one) => ({
      from: one,
      to: side,
      protocol: "tcp",
      ports: [behind.port],
    }));
  }
  const ports = isKind(to, "service") ? portsOfService(to, props) : undefined;
  if (!ports || !isKind(to, "service")) return undefined;
  const shown = !onOwnInterface(to) || spoken !== "TCP" ? clients : own;
  const checked = props.healthCheck.port === undefined ? ports : [Number(props.healthCheck.port)];
  return sidesOfService(stack, to).flatMap((side) => [
    ...data.map((protocol) => ({ from: shown, to: side, protocol, ports })),
    ...(from.kind === "clb" ? [] : [{ from: own, to: side, protocol: "tcp", ports: checked }]),
  ]);
}

/** Where the tasks of a place send from; with `agent` whoever fetches their images and secrets. */
function sidesOfPlace(stack: Stack, place: Placement, agent = false): Side[] {
  const { service, edge, taskDefinition: definition, cluster } = place;
  const own = networkModeOf(definition) === "awsvpc" || isFargate(place.launch);
  if (!own || (agent && !isFargate(place.launch))) {
    if (service) {
      const used = capacityOf(service).map(({ provider }) => provider as ModelNode);
      if (used.length > 0) return used.map((provider) => ({ groups: groupOfNode(stack, provider), cidrs: [] }));
    }
    const near = (cluster?.children ?? []).filter((child) => child.kind === "asgCapacityProvider");
    return near.map((provider) => ({ groups: groupOfNode(stack, provider), cidrs: [] }));
  }
  if (service) return sidesOfService(stack, service as ModelNode);
  const start = edge as ModelEdge;
  if (start.to.kind === "service") return sidesOfService(stack, start.to);
  // One group for all its starts in one network; any of them may carry the origin.
  const all = (definition as ModelNode).in.filter(({ relation }) => relation === "runTask");
  return [{ groups: all.flatMap((one) => groupOfEdge(stack, one)), cidrs: [] }];
}

/**
 * The interface endpoints that calls along an edge go through where the VPC has them, by the page of each service;
 * undefined for an edge that asks nothing of AWS. Layers of images, and what is in a bucket, are in Amazon S3, which a
 * route leads to. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
 */
function askedOf({
  relation,
  to,
}: ModelEdge): { services: readonly (EndpointService | "route")[]; agent: boolean } | undefined {
  const secrets = to.kind === "ssmParameter" ? (["ssm"] as const) : (["secretsmanager"] as const);
  if (relation === "pull") {
    const services = to.kind === "ecrRepository" ? (["ecr.api", "ecr.dkr", "route"] as const) : (["route"] as const);
    return { services, agent: true };
  }
  if (relation === "inject" || relation === "credentials") return { services: secrets, agent: true };
  if (relation === "read") return { services: secrets, agent: false };
  if (relation === "environmentFile") return { services: ["route"], agent: true };
  if (relation === "access") return { services: ["route"], agent: false };
  if (relation === "send" || relation === "poll") return { services: ["sqs"], agent: false };
  if (relation === "publish") return { services: ["sns"], agent: false };
  return undefined;
}

/** HTTPS to AWS along an edge: to the endpoints of a new VPC, else to addresses outside it. */
export function askedAlong(model: Model, stack: Stack, edge: ModelEdge): Sent[] | undefined {
  const asked = askedOf(edge);
  const definition = edge.relation === "poll" ? taskDefinitionOf(edge.to) : edge.from;
  if (!asked || !isKind(definition, "taskDefinition")) return undefined;
  const places = placementsOf(model, definition).filter(
    ({ service }) => edge.relation !== "poll" || (service as ModelNode | undefined) === edge.to,
  );
  return places.flatMap((place) => {
    const vpc = place.cluster?.parent;
    if (!isKind(vpc, "vpc")) return [];
    // Endpoints of an existing VPC are not made here, and nobody knows what they say.
    const interfaceEndpoints = vpc.props.source === "new" ? vpc.props.interfaceEndpoints : [];
    const targets = asked.services.map((service): Side => {
      const through = (interfaceEndpoints as readonly string[]).includes(service);
      const group = `${vpc.logicalId}EndpointSecurityGroup`;
      return through ? { groups: [group], cidrs: [] } : { groups: [], cidrs: ["the internet"] };
    });
    return sidesOfPlace(stack, place, asked.agent).flatMap((from) =>
      targets.map((to) => ({
        from: { ...from, within: rangeKey(att(vpc.logicalId, "CidrBlock")) },
        to,
        protocol: "tcp",
        ports: [443],
      })),
    );
  });
}

/** What an edge sends; undefined for what this check leaves to the tests of single cases. */
export function sentAlong(model: Model, stack: Stack, edge: ModelEdge): Sent[] | undefined {
  const { from, to } = edge;
  if (isRelationEdge(edge, "request")) {
    if (!isKind(from, "internet")) return undefined;
    const listeners = (to.props as { listeners?: readonly { port: number; protocol: string }[] }).listeners ?? [];
    const side = { groups: groupOfNode(stack, to), cidrs: [] };
    return listeners.flatMap(({ port, protocol }) =>
      (protocol === "TCP_UDP" ? ["tcp", "udp"] : [protocol === "UDP" ? "udp" : "tcp"]).map((transport) => ({
        from: { groups: [], cidrs: from.props.cidrs },
        to: side,
        protocol: transport,
        ports: [port],
      })),
    );
  }
  if (isRelationEdge(edge, "forward")) return sentByBalancer(model, stack, edge);
  if (isRelationEdge(edge, "call")) {
    const ports = portsOfService(to, edge.props, true);
    if (!ports) return undefined;
    return sidesOfService(stack, from).flatMap((sender) =>
      sidesOfService(stack, to).map((side) => ({ from: sender, to: side, protocol: "tcp", ports })),
    );
  }
  if (isRelationEdge(edge, "mount")) {
    if (!isKind(from, "taskDefinition")) return undefined;
    const side = { groups: groupOfNode(stack, to), cidrs: [] };
    const senders = placementsOf(model, from).flatMap((place) => sidesOfPlace(stack, place));
    return senders.map((sender) => ({ from: sender, to: side, protocol: "tcp", ports: [2049] }));
  }
  return undefined;
}

export interface Rule {
  at: { resource: string; property?: "SecurityGroupIngress" | "SecurityGroupEgress"; index?: number; implicit?: true };
  group: string;
  direction: "in" | "out";
  value: Properties;
}

/** What EC2 adds to a group whose egress nobody wrote: a rule like any other. */
const everythingOut: Properties = { CidrIp: "0.0.0.0/0", IpProtocol: "-1" };
/** Matches no packet, and keeps EC2 from adding it. */
const nothingOut: Properties = { CidrIp: "255.255.255.255/32", FromPort: 252, IpProtocol: "icmp", ToPort: 86 };

export function allRules(stack: Stack): Rule[] {
  const hasEgress = new Set(
    Object.values(stack.resources).flatMap(({ type, properties }) =>
      type === "AWS::EC2::SecurityGroupEgress" ? [targetOf(properties.GroupId)] : [],
    ),
  );
  return Object.values(stack.resources).flatMap((resource): Rule[] => {
    const { id, type, properties } = resource;
    if (type === "AWS::EC2::SecurityGroup") {
      const written = (["SecurityGroupIngress", "SecurityGroupEgress"] as const).flatMap((property) =>
        ((properties[property] ?? []) as Properties[]).map((value, index) => ({
          at: { resource: id, property, index },
          group: id,
          direction: property === "SecurityGroupIngress" ? ("in" as const) : ("out" as const),
          value,
        })),
      );
      return properties.SecurityGroupEgress === undefined && !hasEgress.has(id)
        ? [...written, { at: { resource: id, implicit: true }, group: id, direction: "out", value: everythingOut }]
        : written;
    }
    if (type !== "AWS::EC2::SecurityGroupIngress" && type !== "AWS::EC2::SecurityGroupEgress") return [];
    const direction = type === "AWS::EC2::SecurityGroupIngress" ? "in" : "out";
    return [{ at: { resource: id }, group: targetOf(properties.GroupId) as string, direction, value: properties }];
  });
}

/** Removes a rule. A group keeps one egress rule that matches nothing: with none at all EC2 would let everything out. */
export function without(stack: Stack, { at }: Rule): Stack {
  const resources = { ...stack.resources };
  const resource = resources[at.resource];
  if (!resource) throw new Error(`${at.resource} is gone`);
  if (at.implicit) {
    const properties = { ...resource.properties, SecurityGroupEgress: [nothingOut] };
    return { ...stack, resources: { ...resources, [at.resource]: { ...resource, properties } } };
  }
  if (at.property === undefined) {
    delete resources[at.resource];
    return { ...stack, resources };
  }
  const list = (resource.properties[at.property] as Value[]).filter((_, index) => index !== at.index);
  if (at.property === "SecurityGroupEgress" && list.length === 0) {
    list.push(nothingOut);
  }
  resources[at.resource] = { ...resource, properties: { ...resource.properties, [at.property]: list } };
  return { ...stack, resources };
}

export function admitted(rules: readonly Rule[], { from, to, protocol, ports }: Sent): boolean {
  const leaves = from.groups.length === 0 || ports.every((port) => matched(rules, "out", from, to, protocol, port));
  // Without a group nothing filters.
  const arrives = to.groups.length === 0 || ports.every((port) => matched(rules, "in", to, from, protocol, port));
  return leaves && arrives;
}

/** Peers here are groups of the stack, or clients by range: a rule for a range must say just that range, or all. */
function matched(
  rules: readonly Rule[],
  direction: "in" | "out",
  self: Side,
  other: Side,
  protocol: string,
  port: number,
) {
  const mine = rules.filter((rule) => rule.direction === direction && self.groups.includes(rule.group));
  const lets = ({ value }: Rule, peer: { group?: string; cidr?: string }): boolean => {
    const proto = value.IpProtocol === "-1" || value.IpProtocol === protocol;
    const inPorts = value.IpProtocol === "-1" || (Number(value.FromPort) <= port && port <= Number(value.ToPort));
    const group = targetOf(value.SourceSecurityGroupId ?? value.DestinationSecurityGroupId);
    const all = value.CidrIp === "0.0.0.0/0" || (other.within !== undefined && rangeKey(value.CidrIp) === other.within);
    return (
      proto &&
      inPorts &&
      (all || (peer.group !== undefined ? group === peer.group : rangeKey(value.CidrIp) === peer.cidr))
    );
  };
  // One of its groups is enough for a sender; every range of clients counts.
  const byGroup = other.groups.some((group) => mine.some((rule) => lets(rule, { group })));
  const byRange = other.cidrs.every((cidr) => mine.some((rule) => lets(rule, { cidr })));
  return byGroup || (byRange && (other.cidrs.length > 0 || other.groups.length === 0));
}

/** Puts a rule back into a stack that lacks it, where it was. */
export function withRule(stack: Stack, { at, value }: Rule, whole: Stack): Stack {
  const resources = { ...stack.resources };
  const before = whole.resources[at.resource];
  if (!before) throw new Error(`${at.resource} never was`);
  if (at.property === undefined || at.index === undefined) resources[at.resource] = before;
  else {
    const now = resources[at.resource]?.properties[at.property] as Value[];
    const list = now.filter(
      (rule) => rule !== nothingOut || (before.properties[at.property as string] as Value[]).includes(rule),
    );
    list.splice(at.index, 0, value);
    resources[at.resource] = { ...before, properties: { ...before.properties, [at.property]: list } };
  }
  return { ...stack, resources };
}

/** The same stack with every default egress left to EC2. */
export function implicit(stack: Stack): Stack {
  const resources = Object.entries(stack.resources).map(([id, resource]) => {
    const [rule, ...more] = (resource.properties.SecurityGroupEgress ?? []) as Properties[];
    if (more.length > 0 || rule?.IpProtocol !== "-1" || rule.CidrIp !== "0.0.0.0/0") return [id, resource] as const;
    const { SecurityGroupEgress: _, ...properties } = resource.properties;
    return [id, { ...resource, properties }] as const;
  });
  return { ...stack, resources: Object.fromEntries(resources) };
}
