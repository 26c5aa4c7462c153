import { describe, expect, it } from "vitest";
import type { Document } from "../document/document";
import { starters } from "../document/starters";
import { buildModel } from "../model/build";
import type { Model } from "../model/model";
import { lower } from "../stack/lower";
import { originsAt, type Stack } from "../stack/stack";
import { targetOf, type Value } from "../stack/value";
import { allRules, type Rule } from "../testing/packets";
import { sampleDesign } from "../testing/sample-design";
import { trafficDesign } from "../testing/traffic-design";
import { traceFlows } from "./trace";
import { unservedOpenings } from "./unserved";

/**
 * The law: rules that were derived from the drawing are needless to nobody when a person writes the same ones, and what a
 * person adds that no packet needs is named.
 */

interface OwnRule {
  ipProtocol: string;
  fromPort: number;
  toPort: number;
  peer: { node: string } | { cidr: string };
}

/** A derived rule as a person writes it; undefined where the drawing has no word for its peer. */
function asOwn(model: Model, stack: Stack, { value }: Rule): OwnRule | undefined {
  const ports = {
    fromPort: Number(value.FromPort),
    toPort: Number(value.ToPort),
    ipProtocol: String(value.IpProtocol),
  };
  const cidrOf = (written: Value | undefined): Value | undefined => {
    const subnet = stack.resources[targetOf(written) ?? ""];
    return subnet ? subnet.properties.CidrBlock : written;
  };
  const group = stack.resources[targetOf(value.SourceSecurityGroupId) ?? ""];
  if (!group) {
    const cidr = cidrOf(value.CidrIp ?? value.CidrIpv6);
    return typeof cidr === "string" ? { ...ports, peer: { cidr } } : undefined;
  }
  const [origin] = originsAt(group, "");
  const node = origin?.edge === undefined ? model.node(origin?.node ?? "") : undefined;
  return node && "securityGroups" in node.props ? { ...ports, peer: { node: node.id } } : undefined;
}

/** The design with every derived group written by hand, as far as that can be said, and `more` rules in each. */
function byHand(document: Document, more: readonly OwnRule[]): { document: Document; written: number } {
  const model = buildModel(document);
  const stack = lower(model);
  const rules = allRules(stack).filter(({ direction }) => direction === "in");
  const next = structuredClone(document);
  let written = 0;
  for (const node of model.nodes) {
    const slot = (node.props as { securityGroups?: { mode: string } }).securityGroups;
    const group = stack.resources[`${node.logicalId}SecurityGroup`];
    if (slot?.mode !== "derived" || !group) continue;
    const own = rules.filter((rule) => rule.group === group.id).map((rule) => asOwn(model, stack, rule));
    if (own.length === 0 || own.includes(undefined)) continue;
    const props = next.nodes[node.id]?.props as { securityGroups?: unknown };
    props.securityGroups = { mode: "own", ingress: [...own, ...more], egress: [] };
    written += own.length;
  }
  return { document: next, written };
}

const unserved = (document: Document): string[] => {
  const model = buildModel(document);
  const stack = lower(model);
  return unservedOpenings(model, stack, traceFlows(model, stack)).map(({ why }) => why);
};

const junk: OwnRule = { ipProtocol: "tcp", fromPort: 4444, toPort: 4444, peer: { cidr: "198.18.0.0/16" } };

function hold(original: Document): number {
  // What is written by hand already may be needless.
  const before = unserved(original).length;
  const { document, written } = byHand(original, []);
  expect(unserved(document).slice(before), document.name).toEqual([]);
  const after = unserved(byHand(original, [junk]).document);
  const named = after.filter((why) => why.includes("tcp/4444 in from 198.18.0.0/16"));
  expect([after.length - before, named.length > 0 || written === 0]).toEqual([named.length, true]);
  return written;
}

describe("no derived rule is needless when a person writes it, and every rule is that no packet needs", () => {
  it.each(starters.map((starter) => [starter.id, starter.document] as const))("starter %s", (_id, document) => {
    expect(hold(document)).toBeGreaterThan(0);
  });

  it("random designs", () => {
    let written = 0;
    for (let seed = 1; seed <= 12; seed += 1) written += hold(sampleDesign(seed, 40));
    for (let seed = 1; seed <= 24; seed += 1) written += hold(trafficDesign(seed));
    expect(written).toBeGreaterThan(200);
  });
});
