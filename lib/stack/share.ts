import type { Origin, Resource, Stack } from "./stack";
import { Intrinsic, type Value } from "./value";

/**
 * Puts the resources of an earlier stack into a new one wherever they say the same, in every part of them. What an edit
 * leaves alone is then the same object as before, and whoever keeps something by resource (its text, its references)
 * need not do that work again. Nobody changes a resource once it is made.
 */
export function shareResources(stack: Stack, before: Stack): Stack {
  for (const id in stack.resources) {
    const known = Object.hasOwn(before.resources, id) ? before.resources[id] : undefined;
    if (known && isSame(known, stack.resources[id] as Resource)) stack.resources[id] = known;
  }
  return stack;
}

type Part = Value | Origin | Origin[] | Resource | undefined;

/** True for values of the same kind, keys and items; their keys in the same order, because that is how they are printed. */
export function isSame(a: Part, b: Part): boolean {
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
  const keys = Object.keys(a);
  const others = Object.keys(b);
  if (keys.length !== others.length) return false;
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index] as string;
    if (key !== others[index]) return false;
    if (!isSame((a as Record<string, Part>)[key], (b as Record<string, Part>)[key])) return false;
  }
  return true;
}
