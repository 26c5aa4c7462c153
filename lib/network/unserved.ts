import type { Model } from "../model/model";
import type { Origin, Stack } from "../stack/stack";
import type { Flows } from "./flow";
import { groupsOf } from "./groups";
import { lookupOf } from "./lookup";
import { edgesByRule, originsOfRule, packetText, peerText } from "./served";

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
  return [...groupsOf(lookupOf(stack)).values()].flatMap((group) =>
    group.ingress.all.flatMap((rule) => {
      const origins = originsOfRule(stack, rule);
      const written = origins.every(
        ({ edge, node, why }) => edge === undefined && why === "drawn" && !called.has(node ?? ""),
      );
      if (rule.given || served(rule).length > 0 || !written) return [];
      const [origin] = origins;
      const why = `${group.id} lets ${packetText(rule)} in from ${peerText(rule)}, and no edge of the design needs it. Draw the connection that it is for, or remove the rule.`;
      const { resource, pointer } = rule;
      return [{ resource, pointer, group: group.id, ...(origin ? { origin } : {}), why }];
    }),
  );
}
