import { describe, expect, it } from "vitest";
import type { Document } from "../document/document";
import { starters } from "../document/starters";
import { cloudformation } from "../export/cloudformation";
import { readTemplate } from "../import/cloudformation/read";
import { buildModel } from "../model/build";
import type { ModelNode } from "../model/model";
import { mergeEnvironments } from "../stack/environments";
import { lower } from "../stack/lower";
import type { Stack } from "../stack/stack";
import { stacksOf, withEnvironments } from "../testing/environments";
import { exportContext } from "../testing/export-context";
import { random } from "../testing/random";
import { sampleDesign } from "../testing/sample-design";
import { trafficDesign } from "../testing/traffic-design";
import { reach } from "./reachability";
import { templateFlows } from "./templates";
import { traceFlows } from "./trace";

/** The law: a template says of its connections what the design that it was exported from says. */

const templateOf = (stack: Stack): Stack => {
  const [file] = cloudformation.emit(stack, { format: "yaml" }, exportContext()).files;
  const read = readTemplate(file?.text ?? "");
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.template.stack;
};

/** The resource that a node is in a template: of the main type of its kind. */
const types: Readonly<Record<string, readonly string[]>> = {
  alb: ["AWS::ElasticLoadBalancingV2::LoadBalancer"],
  nlb: ["AWS::ElasticLoadBalancingV2::LoadBalancer"],
  clb: ["AWS::ElasticLoadBalancing::LoadBalancer"],
  service: ["AWS::ECS::Service"],
  taskDefinition: ["AWS::ECS::TaskDefinition"],
  efs: ["AWS::EFS::FileSystem"],
};

function idOf(stack: Stack, node: ModelNode): string | undefined {
  if (node.kind === "internet") return "internet";
  return Object.values(stack.resources).find(
    ({ type, origins }) => types[node.kind]?.includes(type) && origins[""]?.some((origin) => origin.node === node.id),
  )?.id;
}

/** A template that stands for several environments says what all of them say, where they agree. */
function holdMerged(document: Document): number {
  const merged = templateOf(mergeEnvironments(stacksOf(document)));
  const found = templateFlows(merged).flows;
  let compared = 0;
  for (const { edge, verdict } of found) {
    const each = stacksOf(document).map(({ stack }) =>
      templateFlows(templateOf(stack)).flows.find((flow) => flow.edge === edge),
    );
    const said = new Set(each.flatMap((flow) => flow?.verdict ?? []));
    if (said.size !== 1) continue;
    expect([document.name, edge, verdict]).toEqual([document.name, edge, [...said][0]]);
    compared += 1;
  }
  return compared;
}

function hold(document: Document): number {
  const model = buildModel(document);
  const stack = lower(model);
  const drawn = traceFlows(model, stack);
  const template = templateOf(stack);
  const implied = new Map(templateFlows(template).flows.map((flow) => [flow.edge, flow]));
  let compared = 0;
  for (const flow of drawn.flows) {
    const edge = model.edge(flow.edge);
    const [from, to] = [edge?.from, edge?.to].map((node) => node && idOf(stack, node));
    if (!edge || from === undefined || to === undefined) continue;
    // Of clients a template knows only that they are outside.
    const outside =
      edge.from.kind === "internet" ? (edge.from.props as { cidrs?: readonly string[] }).cidrs : undefined;
    if (outside && outside.join() !== "0.0.0.0/0") continue;
    // So it does where a Network Load Balancer shows them to its targets.
    const shown = edge.from.kind === "nlb" ? edge.from.in.filter(({ from: who }) => who.kind === "internet") : [];
    if (shown.some(({ from: who }) => (who.props as { cidrs: readonly string[] }).cidrs.join() !== "0.0.0.0/0"))
      continue;
    // Several edges between the same two nodes are one connection of the template.
    if (drawn.flows.some(({ edge: id }) => id !== flow.edge && sameEnds(model.edge(id), edge))) continue;
    const said = implied.get(`${from} → ${to}`) ?? reach(template, from, to);
    const what = `${document.name}: ${edge.relation} ${from} → ${to}`;
    if (edge.relation !== "call")
      expect(said.verdict, `${what}\n${JSON.stringify({ flow, said }, null, 1)}`).toBe(flow.verdict);
    // A call names one port of the callee; a template is asked for that one.
    else {
      const port = Number(/^tcp\/(\d+)$/.exec(flow.hops.at(-1)?.port ?? "")?.[1]);
      if (Number.isInteger(port)) expect(reach(template, from, to, "tcp", port).verdict, what).toBe(flow.verdict);
    }
    compared += 1;
  }
  return compared;
}

const sameEnds = (a: { from: ModelNode; to: ModelNode } | undefined, b: { from: ModelNode; to: ModelNode }): boolean =>
  a?.from.id === b.from.id && a.to.id === b.to.id;

describe("a template says of its connections what its design says", () => {
  it.each(starters.map((starter) => [starter.id, starter.document] as const))("starter %s", (_id, document) => {
    expect(hold(document)).toBeGreaterThan(1);
  });

  it("random designs", () => {
    let compared = 0;
    for (let seed = 1; seed <= 16; seed += 1) compared += hold(sampleDesign(seed, 40));
    expect(compared).toBeGreaterThan(60);
  });

  it("random designs of every network mode and load balancer", () => {
    let compared = 0;
    for (let seed = 1; seed <= 16; seed += 1) compared += hold(trafficDesign(seed));
    expect(compared).toBeGreaterThan(90);
  });

  it("and one that stands for several environments says what all of these say", () => {
    let compared = 0;
    for (const [index, { document }] of starters.entries()) {
      compared += holdMerged(withEnvironments(document, random(index + 1), ["dev", "prod"]));
    }
    expect(compared).toBeGreaterThan(4);
  });
});
