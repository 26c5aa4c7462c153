import type { Model } from "../model/model";
import { type Origin, originsAt, type Stack } from "../stack/stack";
import type { Flows } from "./flow";
import { type GroupRule, groupsOf, portText } from "./groups";
import { lookupOf } from "./lookup";

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
  const key = (rule: { resource: string; pointer: string }): string => `${rule.resource} ${rule.pointer}`;
  const used = new Set(flows.flows.flatMap(({ hops }) => hops.flatMap(({ rules }) => (rules ?? []).map(key))));
  return [...groupsOf(lookupOf(stack)).values()].flatMap((group) =>
    group.ingress.all.flatMap((rule) => {
      const resource = stack.resources[rule.resource];
      const origins = resource ? originsAt(resource, rule.pointer) : [];
      const written = origins.every(
        ({ edge, node, why }) => edge === undefined && why === "drawn" && !called.has(node ?? ""),
      );
      if (used.has(key(rule)) || !written) return [];
      const [origin] = origins;
      const why = `${group.id} lets ${packet(rule)} in from ${peer(rule)}, and no edge of the design needs it. Draw the connection that it is for, or remove the rule.`;
      const { resource: holder, pointer } = rule;
      return [{ resource: holder, pointer, group: group.id, ...(origin ? { origin } : {}), why }];
    }),
  );
}

function packet({ protocol, ports }: GroupRule): string {
  if (protocol === "-1") return "everything";
  if (protocol === "tcp" || protocol === "udp") return portText({ protocol, ports });
  return protocol;
}

function peer({ peer: other }: GroupRule): string {
  if (other === undefined) return "addresses that only the deployment knows";
  return "group" in other ? other.group : other.range.text;
}
