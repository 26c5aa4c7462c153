import { segmentsOf } from "../core/pointer";
import type { Origin, Resource } from "../stack/stack";
import type { LineOrigin } from "./target";

/** Collects printed lines and, for each, the node or edge it comes from. */
export class Lines {
  readonly origins: LineOrigin[] = [];
  private printed = "";
  count = 0;

  add(line: string, origin?: Origin): void {
    const drawn = origin?.why === "drawn" ? { drawn: true as const } : {};
    if (origin?.node !== undefined) this.origins.push({ line: this.count, node: origin.node, ...drawn });
    else if (origin?.edge !== undefined) this.origins.push({ line: this.count, edge: origin.edge, ...drawn });
    this.printed += this.count === 0 ? line : `\n${line}`;
    this.count += 1;
  }

  /** Appends to the line printed last. */
  extend(tail: string): void {
    this.printed += tail;
  }

  /** All lines, each with its end. */
  text(): string {
    return this.count === 0 ? "" : `${this.printed}\n`;
  }
}

/**
 * Follows a walk through one resource and knows the origin of each place: that of the longest known prefix. A tree of
 * the resource's own origins, so that a step into a part that nothing is said of costs nothing.
 */
export class Trail {
  private parts: Map<string, Trail> | undefined;
  /** Every part that nothing is said of. */
  private rest: Trail | undefined;

  private constructor(readonly origin: Origin | undefined) {}

  static of(resource: Resource): Trail {
    const root = new Trail(resource.origins[""]?.[0]);
    // Shorter pointers first, so that a part without an origin of its own takes over that of the whole.
    const pointers = Object.keys(resource.origins);
    if (pointers.length > 2) pointers.sort((a, b) => a.length - b.length);
    for (const at of pointers) if (at !== "") root.mark(segmentsOf(at) ?? [], resource.origins[at]?.[0]);
    return root;
  }

  static fixed(origin: Origin | undefined): Trail {
    return new Trail(origin);
  }

  into(key: string | number): Trail {
    if (!this.parts) return this;
    const part = this.parts.get(typeof key === "number" ? String(key) : key);
    if (part) return part;
    this.rest ??= new Trail(this.origin);
    return this.rest;
  }

  private mark(segments: readonly string[], origin: Origin | undefined): void {
    let at: Trail = this;
    segments.forEach((segment, index) => {
      at.parts ??= new Map();
      let next = at.parts.get(segment);
      if (!next) {
        next = new Trail(index === segments.length - 1 ? (origin ?? at.origin) : at.origin);
        at.parts.set(segment, next);
      }
      at = next;
    });
  }
}
