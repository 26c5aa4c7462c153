import type { Pointer } from "../../core/pointer";

/** Where the parts of one resource went when it was written anew: by JSON Pointers; null is nowhere. */
export class Moves {
  private readonly to = new Map<Pointer, Pointer | null>();

  /** Says that what stood at `from` stands at `to`, with all that is in it. */
  add(from: Pointer, to: Pointer | null): void {
    if (from !== to) this.to.set(from, to);
  }

  /** The new place of a pointer: the longest part of it that was moved takes the rest along. */
  of(at: Pointer): Pointer | null {
    if (this.to.size === 0) return at;
    for (let prefix = at; prefix !== ""; prefix = prefix.slice(0, prefix.lastIndexOf("/"))) {
      const to = this.to.get(prefix);
      if (to === null) return null;
      if (to !== undefined) return to + at.slice(prefix.length);
    }
    return at;
  }
}
