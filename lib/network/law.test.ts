import { describe, expect, it } from "vitest";
import type { Document } from "../document/document";
import { starters } from "../document/starters";
import { buildModel, isKind, isRelationEdge } from "../model/build";
import type { Model, ModelEdge, ModelNode } from "../model/model";
import {
  capacityOf,
  chosenContainer,
  clusterOf,
  isFargate,
  launchOf,
  networkModeOf,
  placementsOf,
  taskDefinitionOf,
} from "../model/queries";
import { lower } from "../stack/lower";
import type { Stack } from "../stack/stack";
import { att, type Properties, targetOf, type Value } from "../stack/value";
import { draw } from "../testing/draw";
import { ec2Web, fargateWeb } from "../testing/presets";
import { sampleDesign } from "../testing/sample-design";
import { plain } from "../testing/stack-faults";
import { trafficDesign } from "../testing/traffic-design";
import { traceFlows } from "./trace";

/**
 * The law: without one rule of a security group, exactly those edges are blocked whose packet no other rule admits.
 * What is admitted is worked out here from the drawing and the raw rules, one port at a time, with none of the code
 * under test.
 */

interface Side {
  groups: string[];
  cidrs: string[];
}
interface Sent {
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

/** Where the packets of a load balancer without a group come from: its own subnets, or the clients whom it hides not. */
function groupless(model: Model, stack: Stack, balancer: ModelNode): { own: Side; clients: Side } {
  const resource = Object.values(stack.resources).find(
    ({ type, origins }) => /LoadBalancer$/.test(type) && origins[""]?.some(({ node }) => node === balancer.id),
  );
  const subnets = (resource?.properties.Subnets ?? []) as Value[];
  const clients = model.edges.flatMap(({ from, to }) =>
    to === balancer && isKind(from, "internet") ? from.props.cidrs : [],
  );
  const own = subnets.map((subnet) => rangeKey(att(targetOf(subnet) as string, "CidrBlock")));
  return { own: { groups: [], cidrs: own }, clients: { groups: [], cidrs: clients } };
}

/**
 * What a load balancer sends to its targets: traffic, and health checks over TCP. A Network Load Balancer without a group
 * shows clients' addresses to instances, to Application Load Balancers and over UDP.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#client-ip-preservation
 */
function sentByBalancer(model: Model, stack: Stack, edge: ModelEdge<"forward">): Sent[] | undefined {
  const { from, to, props } = edge;
  const sender = { groups: groupOfNode(stack, from), cidrs: [] };
  if (props.targetProtocol !== undefined) return undefined;
  const bare = sender.groups.length === 0 ? groupless(model, stack, from) : undefined;
  const [listener] = (from.props as { listeners: readonly { protocol: string }[] }).listeners;
  const spoken = from.kind === "nlb" ? (listener?.protocol ?? "TCP") : "TCP";
  const data = spoken === "TCP_UDP" ? ["tcp", "udp"] : [spoken === "UDP" ? "udp" : "tcp"];
  const health = bare?.own ?? sender;
  if (to.kind === "alb") {
    const [behind] = (to.props as { listeners: readonly { port: number }[] }).listeners;
    const side = { groups: groupOfNode(stack, to), cidrs: [] };
    if (!behind) return undefined;
    return [bare?.clients ?? sender, health].map((one) => ({
      from: one,
      to: side,
      protocol: "tcp",
      ports: [behind.port],
    }));
  }
  const ports = isKind(to, "service") ? portsOfService(to, props) : undefined;
  if (!ports || !isKind(to, "service")) return undefined;
  const shown = !onOwnInterface(to) || spoken !== "TCP" ? bare?.clients : bare?.own;
  const checked = props.healthCheck.port === undefined ? ports : [Number(props.healthCheck.port)];
  return sidesOfService(stack, to).flatMap((side) => [
    ...data.map((protocol) => ({ from: shown ?? sender, to: side, protocol, ports })),
    ...(from.kind === "clb" ? [] : [{ from: health, to: side, protocol: "tcp", ports: checked }]),
  ]);
}

/** What an edge sends; undefined for what this check leaves to the tests of single cases. */
function sentAlong(model: Model, stack: Stack, edge: ModelEdge): Sent[] | undefined {
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
    const senders = placementsOf(model, from).flatMap((place): Side[] => {
      if (place.service) return sidesOfService(stack, place.service as ModelNode);
      const start = place.edge as ModelEdge;
      if (start.to.kind === "service" && networkModeOf(from) === "awsvpc") return sidesOfService(stack, start.to);
      if (networkModeOf(from) === "awsvpc") {
        // One group for all its starts in one network; any of them may carry the origin.
        const all = from.in.filter(({ relation }) => relation === "runTask");
        return [{ groups: all.flatMap((one) => groupOfEdge(stack, one)), cidrs: [] }];
      }
      const near = (place.cluster?.children ?? []).filter((child) => child.kind === "asgCapacityProvider");
      return near.map((provider) => ({ groups: groupOfNode(stack, provider), cidrs: [] }));
    });
    return senders.map((sender) => ({ from: sender, to: side, protocol: "tcp", ports: [2049] }));
  }
  return undefined;
}

interface Rule {
  at: { resource: string; property?: "SecurityGroupIngress" | "SecurityGroupEgress"; index?: number; implicit?: true };
  group: string;
  direction: "in" | "out";
  value: Properties;
}

/** What EC2 adds to a group whose egress nobody wrote: a rule like any other. */
const everythingOut: Properties = { CidrIp: "0.0.0.0/0", IpProtocol: "-1" };
/** Matches no packet, and keeps EC2 from adding it. */
const nothingOut: Properties = { CidrIp: "255.255.255.255/32", FromPort: 252, IpProtocol: "icmp", ToPort: 86 };

function allRules(stack: Stack): Rule[] {
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
function without(stack: Stack, { at }: Rule): Stack {
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

function admitted(rules: readonly Rule[], { from, to, protocol, ports }: Sent): boolean {
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
  const peers: { group?: string; cidr?: string }[] = [
    ...other.groups.map((group) => ({ group })),
    ...(other.groups.length > 0 ? [] : other.cidrs.map((cidr) => ({ cidr }))),
  ];
  const lets = ({ value }: Rule, peer: { group?: string; cidr?: string }): boolean => {
    const proto = value.IpProtocol === "-1" || value.IpProtocol === protocol;
    const inPorts = value.IpProtocol === "-1" || (Number(value.FromPort) <= port && port <= Number(value.ToPort));
    const group = targetOf(value.SourceSecurityGroupId ?? value.DestinationSecurityGroupId);
    const all = value.CidrIp === "0.0.0.0/0";
    return (
      proto &&
      inPorts &&
      (all || (peer.group !== undefined ? group === peer.group : rangeKey(value.CidrIp) === peer.cidr))
    );
  };
  // One of its groups is enough for a sender; every range of clients counts.
  return other.groups.length > 0
    ? peers.some((peer) => mine.some((rule) => lets(rule, peer)))
    : peers.every((peer) => mine.some((rule) => lets(rule, peer)));
}

/** Puts a rule back into a stack that lacks it, where it was. */
function withRule(stack: Stack, { at, value }: Rule, whole: Stack): Stack {
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
function implicit(stack: Stack): Stack {
  const resources = Object.entries(stack.resources).map(([id, resource]) => {
    const [rule, ...more] = (resource.properties.SecurityGroupEgress ?? []) as Properties[];
    if (more.length > 0 || rule?.IpProtocol !== "-1" || rule.CidrIp !== "0.0.0.0/0") return [id, resource] as const;
    const { SecurityGroupEgress: _, ...properties } = resource.properties;
    return [id, { ...resource, properties }] as const;
  });
  return { ...stack, resources: Object.fromEntries(resources) };
}

function hold(document: Document, change = (stack: Stack) => stack): { rules: number; edges: number; turned: number } {
  const model = buildModel(document);
  const stack = change(lower(model));
  const rules = allRules(stack);
  const judged = model.edges.flatMap((edge) => {
    const sent = sentAlong(model, stack, edge);
    return sent && sent.length > 0 ? [{ edge, sent }] : [];
  });
  const blockedBy = (rest: readonly Rule[]) =>
    judged.flatMap(({ edge, sent }) => (sent.some((packet) => !admitted(rest, packet)) ? [edge.id] : []));
  const found = (flows: ReturnType<typeof traceFlows>) =>
    judged.flatMap(({ edge }) =>
      flows.flow(edge.id)?.hops.some((hop) => hop.verdict === "blocked" && hop.missing !== undefined) ? [edge.id] : [],
    );
  const red = (flows: ReturnType<typeof traceFlows>) =>
    judged.flatMap(({ edge }) => (flows.flow(edge.id)?.verdict === "blocked" ? [edge.id] : []));
  const whole = traceFlows(model, stack);
  const before = blockedBy(rules);
  expect(found(whole), document.name).toEqual(before);
  let turned = 0;
  for (const rule of rules) {
    const said = `${document.name} without ${JSON.stringify(rule.at)}`;
    const less = without(stack, rule);
    const flows = traceFlows(model, less);
    const expected = blockedBy(rules.filter((other) => other !== rule));
    expect(found(flows), said).toEqual(expected);
    // Red are these, and whatever was red for another reason than a group.
    expect(new Set(red(flows)), said).toEqual(new Set([...red(whole), ...expected]));
    for (const id of expected.filter((one) => !before.includes(one))) {
      turned += 1;
      const missing = flows.flow(id)?.hops.flatMap((hop) => (hop.missing ? [hop.missing] : []));
      expect(new Set(missing?.map(({ group, direction }) => `${group} ${direction}`)), said).toEqual(
        new Set([`${rule.group} ${rule.direction === "in" ? "ingress" : "egress"}`]),
      );
    }
    // Restored, everything is as it was.
    expect(traceFlows(model, withRule(less, rule, stack)).flows, said).toEqual(whole.flows);
  }
  return { rules: rules.length, edges: judged.length, turned };
}

describe("without one rule, exactly those edges are blocked whose packet no other rule admits", () => {
  it.each(starters.map((starter) => [starter.id, starter.document] as const))("starter %s", (_id, document) => {
    const { rules, edges, turned } = hold(document);
    expect(rules).toBeGreaterThan(0);
    expect(edges).toBeGreaterThan(1);
    expect(turned).toBeGreaterThan(1);
    // What EC2 adds by itself is a rule too.
    expect(hold(document, implicit)).toEqual({ rules, edges, turned });
  });

  it("services that call each other and mount a file system, on both kinds of compute", () => {
    const document = draw((draft) => {
      const web = fargateWeb(draft);
      const instances = ec2Web(draft);
      draft.connect(web.service, "call", instances.service);
      draft.connect(instances.service, "call", web.service);
      const files = draft.add("efs", {}, { name: "Files", parent: web.vpc });
      draft.connect(web.container, "mount", files);
    });
    expect(hold(document).edges).toBe(7);
  });

  it("random designs as people draw them", () => {
    let [edges, turned] = [0, 0];
    for (let seed = 1; seed <= 12; seed += 1) {
      const held = hold(sampleDesign(seed, 40), seed % 3 === 0 ? implicit : undefined);
      edges += held.edges;
      turned += held.turned;
    }
    expect(edges).toBeGreaterThan(45);
    expect(turned).toBeGreaterThan(45);
  });

  it("random designs of every network mode and load balancer, with groups of one's own", () => {
    let [edges, turned] = [0, 0];
    for (let seed = 1; seed <= 40; seed += 1) {
      const held = hold(trafficDesign(seed), seed % 3 === 0 ? implicit : undefined);
      edges += held.edges;
      turned += held.turned;
    }
    expect(edges).toBeGreaterThan(300);
    expect(turned).toBeGreaterThan(300);
  });
});

describe("flows of designs without faults", () => {
  it.each([
    ["Fargate", draw(fargateWeb)],
    ["EC2 with dynamic ports", draw(ec2Web)],
    [
      "EC2 with a fixed port",
      draw((draft) => ec2Web(draft, { container: { portMappings: [{ containerPort: 8080, hostPort: 8080 }] } })),
    ],
    ["EC2 with host networking", draw((draft) => ec2Web(draft, { task: { networkMode: "host" } }))],
  ])("are open on %s", (_what, document) => {
    const model = buildModel(document);
    const { flows, reaches } = traceFlows(model, lower(model));
    expect(flows.map(({ verdict }) => verdict)).toEqual(["open", "open"]);
    expect(reaches.filter(({ verdict }) => verdict !== "open")).toEqual([]);
    expect(reaches.length).toBeGreaterThan(0);
  });
});
