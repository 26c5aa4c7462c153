import { readAt } from "../core/pointer";
import { list } from "../core/text";
import type { Edit } from "../document/edits/edit";
import { groupsOf, type RulePlace } from "../network/groups";
import { lookupOf } from "../network/lookup";
import { edgesByRule, originsOfRule, ruleKey } from "../network/served";
import type { Analysis } from "./analysis";
import { placeName } from "./names";
import { removeEdits } from "./remove";

/** How a rule of a security group is taken away: by these edits, or not, and why. */
export type RuleRemoval = { edits: Edit[] } | { why: string };

/**
 * Takes a rule of a security group of the stack away where a person wrote it: the entry of a group taken over by hand, the
 * part of a generic resource, or the resource that is nothing but this rule. What Bayplan derived goes with what it was
 * derived for. The edits are meant for the environment of the analysis, as fields are edited there.
 */
export function ruleRemoval(analysis: Pick<Analysis, "model" | "stack" | "flows">, rule: RulePlace): RuleRemoval {
  const { model, stack } = analysis;
  const { document } = model;
  const origins = originsOfRule(stack, rule);
  const derived = origins.filter(({ edge, why }) => edge !== undefined || why !== "drawn");
  if (derived.length > 0) {
    const names = list([
      ...new Set(derived.map(({ node, edge }) => placeName(document, edge === undefined ? { node } : { edge }))),
    ]);
    return { why: `This rule is derived for ${names}. It goes when that does, or when you take the group over.` };
  }
  const [{ node: id, field } = {}, ...others] = origins;
  const node = id === undefined ? undefined : document.nodes[id];
  if (id === undefined || !node || others.length > 0) return { why: "Nothing in the drawing says this rule alone." };
  const raw = stack.resources[rule.resource]?.raw === true;
  // The resource is the rule.
  if (raw && rule.pointer === "") return { edits: removeEdits(document, [id]) };
  const kept = neededBy(analysis, rule, { node: id, field });
  if (kept.length > 0) {
    const names = list(kept.map((edge) => placeName(document, { edge })));
    return { why: `The same entry lets in what ${names} needs. Narrow it instead of removing it.` };
  }
  const at = raw ? rule.pointer : field;
  return at === undefined
    ? { why: "Nothing in the drawing says this rule alone." }
    : { edits: withoutItem(id, node.props, at) };
}

/** Edges whose packets pass another rule that the same field makes. */
function neededBy(
  { stack, flows }: Pick<Analysis, "stack" | "flows">,
  rule: RulePlace,
  from: { node: string; field: string | undefined },
): string[] {
  if (stack.resources[rule.resource]?.raw) return [];
  const served = edgesByRule(flows);
  const siblings = [...groupsOf(lookupOf(stack)).values()]
    .flatMap(({ ingress, egress }) => [...ingress.all, ...egress.all])
    .filter((other) => ruleKey(other) !== ruleKey(rule))
    .filter((other) =>
      originsOfRule(stack, other).some(({ node, field }) => node === from.node && field === from.field),
    );
  return [...new Set(siblings.flatMap(served))];
}

/** A list without one of its items; what is no list goes as a whole. */
function withoutItem(id: string, props: unknown, at: string): Edit[] {
  const end = at.lastIndexOf("/");
  const [field, index] = [at.slice(0, end), Number(at.slice(end + 1))];
  const items = readAt(props, field);
  return Array.isArray(items)
    ? [{ edit: "setField", id, field, value: items.filter((_, place) => place !== index) }]
    : [{ edit: "setField", id, field }];
}
