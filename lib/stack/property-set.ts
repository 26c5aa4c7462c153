import { escapeSegment, type Pointer, readAt } from "../core/pointer";
import type { Origin } from "./stack";
import type { Properties, Value } from "./value";

/** Properties being written, each with where it comes from. Undefined values are left out. */
export class PropertySet {
  readonly values: Properties = {};
  /** Pointers into the resource: "/properties/Port". The resource itself is first, and filled in when it is added. */
  readonly origins: Record<Pointer, Origin[]> = { "": [] };

  /** Sets a property, and the origins of it and of those parts of it that are there ("/0/Port", relative to the property). */
  set(
    name: string,
    value: Value | undefined,
    origin: Origin | readonly Origin[],
    parts?: Readonly<Record<Pointer, Origin | readonly Origin[]>>,
  ): this {
    if (value === undefined) return this;
    this.values[name] = value;
    const at = pointerTo(name);
    this.origins[at] = listOf(origin);
    for (const part in parts) {
      if (readAt(value, part) !== undefined) this.origins[at + part] = listOf(parts[part] as Origin);
    }
    return this;
  }
}

const pointers = new Map<string, Pointer>();

/** Names come from the code alone, so that there are few, and most thousands of times. */
function pointerTo(name: string): Pointer {
  let pointer = pointers.get(name);
  if (pointer === undefined) {
    pointer = `/properties/${escapeSegment(name)}`;
    pointers.set(name, pointer);
  }
  return pointer;
}

export const listOf = (origins: Origin | readonly Origin[]): Origin[] =>
  Array.isArray(origins) ? [...(origins as readonly Origin[])] : [origins as Origin];
