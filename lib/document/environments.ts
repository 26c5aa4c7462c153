import { isObject, type Json, own } from "../core/json";
import { type Pointer, pointer } from "../core/pointer";
import type { Document } from "./document";

/** Words that names of environments begin with, from where people try things out to where customers are. */
const ranks: readonly RegExp[] = [
  /^(local|play|sandbox|dev)/i,
  /^(ci|int|qa|test)/i,
  /^(?!(local|play|sandbox|dev|ci|int|qa|test|accept|pre|stag|uat|live|prod))/i,
  /^(accept|pre|stag|uat)/i,
  /^(live|prod)/i,
];

const rankOf = (name: string): number => ranks.findIndex((words) => words.test(name));

/** Names of environments in the order in which changes reach them: dev, test, stage, prod; others in the middle. */
export const inRolloutOrder = (names: readonly string[]): string[] =>
  [...names].sort((a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1));

/** The environments of a design, in the order in which changes reach them. */
export const environmentNames = ({ environments }: Pick<Document, "environments">): string[] =>
  inRolloutOrder(Object.keys(environments));

/** The fields that an environment changes of a node or an edge, as JSON Pointers into its props. */
export function changedFields(document: Document, name: string | null, id: string): Pointer[] {
  const patch = name === null ? undefined : own(own(document.environments, name)?.props ?? {}, id);
  return patch === undefined ? [] : leaves(patch, "");
}

function leaves(patch: Json, at: Pointer): Pointer[] {
  if (!isObject(patch) || Object.keys(patch).length === 0) return [at];
  return Object.entries(patch).flatMap(([key, value]) => leaves(value as Json, at + pointer(key)));
}

/** A field that some environment changes. */
export interface Difference {
  id: string;
  field: Pointer;
}

/** Every field that some environment changes, by node and edge in the order of the design. */
export function differences(document: Document): Difference[] {
  const names = Object.keys(document.environments);
  return [...Object.keys(document.nodes), ...Object.keys(document.edges)].flatMap((id) =>
    [...new Set(names.flatMap((name) => changedFields(document, name, id)))].sort().map((field) => ({ id, field })),
  );
}
