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
import { type Properties, targetOf, type Value } from "../stack/value";
import { draw } from "../testing/draw";
import { ec2Web, fargateWeb } from "../testing/presets";
import { sampleDesign } from "../testing/sample-design";
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
) {
  const definition = taskDefinitionOf(node);
  const container = definition && chosenContainer(definition, props.container);
  const mapping = container?.portMappings.find(
    ({ containerPort }) => props.containerPort === undefined || containerPort === props.containerPort,
  );
  const port = mapping?.containerPort;
  if (!isKind(node, "service") || !mapping || port === undefined) return undefined;
  if (onOwnInterface(node) || networkModeOf(definition as ModelNode<"taskDefinition">) === "host") return [port];
  return mapping.hostPort ? [mapping.hostPort] : [32768, 50000, 65535];
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
  if (isRelationEdge(edge, "forward")) {
    const sender = { groups: groupOfNode(stack, from), cidrs: [] };
    const ports = isKind(to, "service") ? portsOfService(to, edge.props) : undefined;
    const plain =
      isKind(from, "alb") && edge.props.healthCheck.port === undefined && edge.props.targetProtocol === undefined;
    if (!plain || !ports || sender.groups.length === 0) return undefined;
    return sidesOfService(stack, to).map((side) => ({ from: sender, to: side, protocol: "tcp", ports }));
  }
  if (isRelationEdge(edge, "call")) {
    const ports = portsOfService(to, edge.props);
    if (!ports) return undefined;
    return sidesOfService(stack, from).flatMap((sender) =>
      sidesOfService(stack, to).map((side) => ({ from: sender, to: side, protocol: "tcp", ports })),
    );
  }
  if (isRelationEdge(edge, "mount")) {
    if (!isKind(from, "taskDefinition")) return undefined;
    const side = { groups: groupOfNode(stack, to), cidrs: [] };
    const places = placementsOf(model, from);
    if (places.some((place) => !place.service)) return undefined;
    return places.flatMap(({ service }) =>
      sidesOfService(stack, service as ModelNode).map((sender) => ({
        from: sender,
        to: side,
        protocol: "tcp",
        ports: [2049],
      })),
    );
  }
  return undefined;
}

interface Rule {
  at: { resource: string; property?: "SecurityGroupIngress" | "SecurityGroupEgress"; index?: number };
  group: string;
  direction: "in" | "out";
  value: Properties;
}

function allRules(stack: Stack): Rule[] {
  return Object.values(stack.resources).flatMap((resource): Rule[] => {
    const { id, type, properties } = resource;
    if (type === "AWS::EC2::SecurityGroup") {
      return (["SecurityGroupIngress", "SecurityGroupEgress"] as const).flatMap((property) =>
        ((properties[property] ?? []) as Properties[]).map((value, index) => ({
          at: { resource: id, property, index },
          group: id,
          direction: property === "SecurityGroupIngress" ? ("in" as const) : ("out" as const),
          value,
        })),
      );
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
  if (at.property === undefined) {
    delete resources[at.resource];
    return { ...stack, resources };
  }
  const list = (resource.properties[at.property] as Value[]).filter((_, index) => index !== at.index);
  if (at.property === "SecurityGroupEgress" && list.length === 0) {
    list.push({ CidrIp: "255.255.255.255/32", FromPort: 252, IpProtocol: "icmp", ToPort: 86 });
  }
  resources[at.resource] = { ...resource, properties: { ...resource.properties, [at.property]: list } };
  return { ...stack, resources };
}

function admitted(rules: readonly Rule[], { from, to, protocol, ports }: Sent): boolean {
  const leaves = from.groups.length === 0 || ports.every((port) => matched(rules, "out", from, to, protocol, port));
  return leaves && ports.every((port) => matched(rules, "in", to, from, protocol, port));
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
    return proto && inPorts && (all || (peer.group !== undefined ? group === peer.group : value.CidrIp === peer.cidr));
  };
  // One of its groups is enough for a sender; every range of clients counts.
  return other.groups.length > 0
    ? peers.some((peer) => mine.some((rule) => lets(rule, peer)))
    : peers.every((peer) => mine.some((rule) => lets(rule, peer)));
}

function hold(document: Document): { rules: number; edges: number } {
  const model = buildModel(document);
  const stack = lower(model);
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
  expect(found(traceFlows(model, stack))).toEqual(blockedBy(rules));
  for (const rule of rules) {
    const flows = traceFlows(model, without(stack, rule));
    const expected = blockedBy(rules.filter((other) => other !== rule));
    expect(found(flows), `${document.name} without ${JSON.stringify(rule.at)}`).toEqual(expected);
    for (const id of expected) {
      const hop = flows.flow(id)?.hops.find((item) => item.missing !== undefined);
      expect(hop?.missing?.group).toBe(rule.group);
      expect(hop?.missing?.direction).toBe(rule.direction === "in" ? "ingress" : "egress");
    }
  }
  return { rules: rules.length, edges: judged.length };
}

describe("without one rule, exactly those edges are blocked whose packet no other rule admits", () => {
  it.each(starters.map((starter) => [starter.id, starter.document] as const))("starter %s", (_id, document) => {
    const { rules, edges } = hold(document);
    expect(rules).toBeGreaterThan(0);
    expect(edges).toBeGreaterThan(1);
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

  it("random designs", () => {
    let edges = 0;
    for (let seed = 1; seed <= 16; seed += 1) edges += hold(sampleDesign(seed, 40)).edges;
    expect(edges).toBeGreaterThan(60);
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
