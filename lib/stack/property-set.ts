import { escapeSegment, type Pointer, readAt } from "../core/pointer";
import type { Origin } from "./stack";
import type { Properties, Value } from "./value";

/** Properties being written, each with where it comes from. Undefined values are left out. */
export class PropertySet {
  readonly values: Properties = {};
  readonly origins: Record<Pointer, Origin[]> = {};

  /** Sets a property, and the origins of it and of those parts of it that are there ("/0/Port", relative to the property). */
  set(
    name: string,
    value: Value | undefined,
    origin: Origin | readonly Origin[],
    parts?: Readonly<Record<Pointer, Origin | readonly Origin[]>>,
  ): this {
    if (value === undefined) return this;
    this.values[name] = value;
    const at = `/${escapeSegment(name)}`;
    this.origins[at] = listOf(origin);
    for (const part in parts) {
      if (readAt(value, part) !== undefined) this.origins[at + part] = listOf(parts[part] as Origin);
    }
    return this;
  }
}

export const listOf = (origins: Origin | readonly Origin[]): Origin[] =>
  Array.isArray(origins) ? [...(origins as readonly Origin[])] : [origins as Origin];
