import { describe, expect, it } from "vitest";
import { nodeKinds } from "../catalog";
import { taskDefinition } from "../catalog/kinds/task-definition";
import { type RelationId, relationIds } from "../catalog/relations";
import type { Document } from "../document/document";
import { starters } from "../document/starters";
import { buildModel } from "../model/build";
import type { ModelEdge } from "../model/model";
import { lower } from "../stack/lower";
import type { Stack } from "../stack/stack";
import { draw } from "../testing/draw";
import { admitted, allRules, askedAlong, implicit, type Rule, sentAlong, without, withRule } from "../testing/packets";
import { ec2Web, fargateWeb } from "../testing/presets";
import { sampleDesign } from "../testing/sample-design";
import { trafficDesign } from "../testing/traffic-design";
import type { Flows, Hop } from "./flow";
import { legAlong } from "./path";
import { traceFlows } from "./trace";

/**
 * The law: without one rule of a security group, exactly those edges are blocked whose packet no other rule admits.
 * What is admitted is worked out in `lib/testing/packets.ts`, from the drawing and the raw rules.
 */

const networkModes = taskDefinition.props.shape.networkMode.unwrap().options;

/** What a packet meets along an edge, or along what a task asks of AWS over it. */
const hopsOf = (flows: Flows, edge: ModelEdge): readonly Hop[] => legAlong(flows, edge)?.hops ?? [];

/** True for a hop that a security group blocks: one without a rule, or one on the way to a service of AWS. */
const isShut = ({ verdict, missing, why }: Hop): boolean =>
  verdict === "blocked" && (missing !== undefined || /restricts what may leave|does not let tcp\/443 in/.test(why));

interface Held {
  rules: number;
  edges: number;
  turned: number;
  /** Relations whose edges a rule has turned red. */
  relations: ReadonlySet<RelationId>;
}

function hold(document: Document, change = (stack: Stack) => stack): Held {
  const model = buildModel(document);
  const stack = change(lower(model));
  const rules = allRules(stack);
  const judged = model.edges.flatMap((edge) => {
    const sent = sentAlong(model, stack, edge) ?? askedAlong(model, stack, edge);
    return sent && sent.length > 0 ? [{ edge, sent }] : [];
  });
  const blockedBy = (rest: readonly Rule[]) =>
    judged.flatMap(({ edge, sent }) => (sent.some((packet) => !admitted(rest, packet)) ? [edge.id] : []));
  const found = (flows: Flows) => judged.flatMap(({ edge }) => (hopsOf(flows, edge).some(isShut) ? [edge.id] : []));
  const red = (flows: Flows) =>
    judged.flatMap(({ edge }) => (hopsOf(flows, edge).some(({ verdict }) => verdict === "blocked") ? [edge.id] : []));
  const whole = traceFlows(model, stack);
  const before = blockedBy(rules);
  expect(found(whole), document.name).toEqual(before);
  let turned = 0;
  const relations = new Set<RelationId>();
  for (const rule of rules) {
    const said = `${document.name} without ${JSON.stringify(rule.at)}`;
    const less = without(stack, rule);
    const flows = traceFlows(model, less);
    const expected = blockedBy(rules.filter((other) => other !== rule));
    expect(found(flows), said).toEqual(expected);
    // Red are these, and whatever was red for another reason than a group.
    expect(new Set(red(flows)), said).toEqual(new Set([...red(whole), ...expected]));
    for (const { edge } of judged.filter(({ edge: { id } }) => expected.includes(id) && !before.includes(id))) {
      turned += 1;
      relations.add(edge.relation);
      const direction = rule.direction === "in" ? "ingress" : "egress";
      for (const hop of hopsOf(flows, edge).filter(isShut)) {
        if (hop.missing) expect([hop.missing.group, hop.missing.direction], said).toEqual([rule.group, direction]);
        else
          expect(hop.why, said).toMatch(new RegExp(`^${rule.group} ${direction === "egress" ? "restricts" : "does"}`));
      }
    }
    // Restored, everything is as it was.
    const restored = traceFlows(model, withRule(less, rule, stack));
    expect(restored.flows, said).toEqual(whole.flows);
    expect(restored.reaches, said).toEqual(whole.reaches);
  }
  return { rules: rules.length, edges: judged.length, turned, relations };
}

describe("without one rule, exactly those edges are blocked whose packet no other rule admits", () => {
  it.each(starters.map((starter) => [starter.id, starter.document] as const))("starter %s", (_id, document) => {
    const { rules, edges, turned } = hold(document);
    expect(rules).toBeGreaterThan(0);
    expect(edges).toBeGreaterThan(1);
    expect(turned).toBeGreaterThan(1);
    // What EC2 adds by itself is a rule too.
    expect(hold(document, implicit)).toMatchObject({ rules, edges, turned });
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
    // Two load balancers with their clients, two calls, the mount, and an image each.
    expect(hold(document).edges).toBe(9);
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

  it("random designs of every relation, network mode and load balancer, with groups of one's own", () => {
    let [edges, turned] = [0, 0];
    const [red, drawn, modes, kinds] = [new Set<string>(), new Set<string>(), new Set<unknown>(), new Set<string>()];
    for (let seed = 1; seed <= 40; seed += 1) {
      const document = trafficDesign(seed);
      const held = hold(document, seed % 3 === 0 ? implicit : undefined);
      edges += held.edges;
      turned += held.turned;
      for (const relation of held.relations) red.add(relation);
      for (const { relation } of Object.values(document.edges)) drawn.add(relation);
      for (const node of Object.values(document.nodes)) {
        kinds.add(node.kind);
        if (node.kind === "taskDefinition") modes.add(node.props.networkMode);
      }
    }
    expect(edges).toBeGreaterThan(600);
    expect(turned).toBeGreaterThan(600);
    expect(relationIds.filter((id) => !drawn.has(id))).toEqual([]);
    expect(nodeKinds.filter((kind) => !kinds.has(kind))).toEqual([]);
    expect(networkModes.filter((mode) => !modes.has(mode))).toEqual([]);
    // Every relation that sends a packet was turned red by a rule.
    expect([...red].sort()).toEqual([
      ...["access", "call", "credentials", "environmentFile", "forward", "inject", "mount", "poll", "publish"],
      ...["pull", "read", "request", "send"],
    ]);
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
