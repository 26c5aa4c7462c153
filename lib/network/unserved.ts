import type { Model } from "../model/model";
import type { Origin, Stack } from "../stack/stack";
import type { Flows } from "./flow";
import { type GroupRule, type GroupRules, groupsOf } from "./groups";
import { impliedArcs } from "./implied";
import { lookupOf } from "./lookup";
import { neededElsewhere } from "./needed";
import { groundOf } from "./reachability";
import { edgesByRule, originsOfRule, packetText, peerText, ruleKey } from "./served";

/** A rule of a security group that lets something in, and that no drawn edge needs. */
export interface Unserved {
  /** Logical id of the resource that holds the rule, and where in it. */
  resource: string;
  pointer: string;
  /** Logical id of the group that it opens. */
  group: string;
  origin?: Origin;
  /** Full sentence. */
  why: string;
}

/**
 * Openings that a person wrote and no packet of a drawn edge passes, in logical id order. What Bayplan derived from the
 * drawing serves it by its making; egress is left out, because code calls what no edge shows.
 */
export function unservedOpenings(model: Model, stack: Stack, flows: Flows): Unserved[] {
  // Amazon SNS calls from addresses of its own, and no walk follows it.
  const called = new Set(model.edgesOf("subscribeHttps").map(({ to }) => to.id));
  const served = edgesByRule(flows);
  const undrawn = once(() => {
    const ground = groundOf(stack);
    const used = impliedArcs(ground).flatMap(({ hops }) =>
      (hops ?? []).flatMap(({ rules }) => (rules ?? []).map(ruleKey)),
    );
    return { used: new Set(used), needed: neededElsewhere(ground) };
  });
  // Generic resources have no traffic that can be drawn: of them it is asked what a template implies.
  const isGeneric = (id: string): boolean => (Object.hasOwn(stack.resources, id) && stack.resources[id]?.raw) === true;
  const serves = (group: GroupRules, rule: GroupRule): boolean => {
    const other = rule.peer && "group" in rule.peer ? rule.peer.group : undefined;
    if (![group.id, rule.resource, other ?? ""].some(isGeneric)) return false;
    const { used, needed } = undrawn();
    return used.has(ruleKey(rule)) || needed(group, rule);
  };
  return [...groupsOf(lookupOf(stack)).values()].flatMap((group) =>
    group.ingress.all.flatMap((rule) => {
      const origins = originsOfRule(stack, rule);
      const written = origins.every(
        ({ edge, node, why }) => edge === undefined && why === "drawn" && !called.has(node ?? ""),
      );
      if (rule.given || served(rule).length > 0 || !written || serves(group, rule)) return [];
      const [origin] = origins;
      const why = `${group.id} lets ${packetText(rule)} in from ${peerText(rule)}, and no edge of the design needs it. Draw the connection that it is for, or remove the rule.`;
      const { resource, pointer } = rule;
      return [{ resource, pointer, group: group.id, ...(origin ? { origin } : {}), why }];
    }),
  );
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
