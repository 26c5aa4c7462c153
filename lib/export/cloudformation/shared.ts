import type { Origin, Resource, Stack } from "../../stack/stack";
import { Intrinsic, type Value } from "../../stack/value";

/** The resources that were written last; those of one design, so that it never grows. */
let last: Stack["resources"] = {};

/**
 * The same stack with the resources that were written last in place of those that say the same, in every part of them.
 * What an edit leaves alone is then the same object as before, with everything that is kept of it: its text, its
 * references. Nobody changes a resource once it is made.
 */
export function sharing(stack: Stack): Stack {
  const resources: Stack["resources"] = {};
  for (const id in stack.resources) {
    const resource = stack.resources[id] as Resource;
    const known = Object.hasOwn(last, id) ? last[id] : undefined;
    resources[id] = known && isSame(known, resource) ? known : resource;
  }
  last = resources;
  return { ...stack, resources };
}

type Part = Value | Origin | Origin[] | Resource | undefined;

/** True for values of the same kind, keys and items; their keys in the same order, because that is how they are printed. */
function isSame(a: Part, b: Part): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (a instanceof Intrinsic || b instanceof Intrinsic) {
    if (!(a instanceof Intrinsic && b instanceof Intrinsic)) return false;
    return a.name === b.name && isSame(a.argument, b.argument);
  }
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!(Array.isArray(a) && Array.isArray(b)) || a.length !== b.length) return false;
    for (let index = 0; index < a.length; index += 1) if (!isSame(a[index], b[index])) return false;
    return true;
  }
  const others = Object.keys(b);
  let at = 0;
  for (const key in a) {
    if (key !== others[at]) return false;
    at += 1;
    if (!isSame((a as Record<string, Part>)[key], (b as Record<string, Part>)[key])) return false;
  }
  return at === others.length;
}
