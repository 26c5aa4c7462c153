import { segmentsOf } from "../core/pointer";
import type { Origin, Resource } from "../stack/stack";
import type { LineOrigin } from "./target";

/** Lines that were printed on their own: their text without the last end, where they come from, counted from 0. */
export interface Block {
  text: string;
  lines: readonly LineOrigin[];
  count: number;
  /** Length of the text in UTF-8. */
  bytes: number;
}

/** Collects printed lines and, for each, the node or edge it comes from. */
export class Lines {
  private readonly own: LineOrigin[] = [];
  /** Blocks, with the line where each begins and how many lines of ours with an origin stand before it. */
  private readonly blocks: { block: Block; line: number; after: number }[] = [];
  /** Finished text before `printed`: blocks, and what stands between them. */
  private readonly before: (string | Block)[] = [];
  private printed = "";
  count = 0;

  add(line: string, origin?: Origin): void {
    if (origin?.node !== undefined) this.own.push(lineOf({ node: origin.node }, this.count, origin));
    else if (origin?.edge !== undefined) this.own.push(lineOf({ edge: origin.edge }, this.count, origin));
    this.printed += this.count === 0 ? line : `\n${line}`;
    this.count += 1;
  }

  /** Appends to the line printed last. */
  extend(tail: string): void {
    this.printed += tail;
  }

  /** Adds what was printed before, without printing it again. */
  put(block: Block): void {
    if (block.count === 0) return;
    this.blocks.push({ block, line: this.count, after: this.own.length });
    this.before.push(this.count === 0 ? this.printed : `${this.printed}\n`, block);
    this.printed = "";
    this.count += block.count;
  }

  /** Where each line comes from, in order. */
  get origins(): readonly LineOrigin[] {
    if (this.blocks.length === 0) return this.own;
    const all: LineOrigin[] = [];
    let from = 0;
    for (const { block, line, after } of this.blocks) {
      for (; from < after; from += 1) all.push(this.own[from] as LineOrigin);
      for (const origin of block.lines) all.push({ ...origin, line: origin.line + line });
    }
    for (; from < this.own.length; from += 1) all.push(this.own[from] as LineOrigin);
    return all;
  }

  /** All lines, each with its end. */
  text(): string {
    return this.count === 0 ? "" : `${this.whole()}\n`;
  }

  /** Length of the text in UTF-8. */
  get bytes(): number {
    return this.count === 0 ? 0 : this.length() + 1;
  }

  /** The lines as one block. */
  block(): Block {
    return { text: this.whole(), lines: this.origins, count: this.count, bytes: this.length() };
  }

  private whole(): string {
    return this.before.map((part) => (typeof part === "string" ? part : part.text)).join("") + this.printed;
  }

  private length(): number {
    const sizes = this.before.map((part) => (typeof part === "string" ? byteLength(part) : part.bytes));
    return sizes.reduce((sum, size) => sum + size, byteLength(this.printed));
  }
}

const lineOf = (at: { node: string } | { edge: string }, line: number, { why }: Origin): LineOrigin =>
  why === "drawn" ? { line, ...at, drawn: true } : { line, ...at };

/** Length in UTF-8, without making the bytes: two for small letters beyond ASCII, three beyond, four for a pair. */
function byteLength(text: string): number {
  // Almost every text is ASCII.
  if (!/[\u0080-\uffff]/.test(text)) return text.length;
  const two = text.match(/[\u0080-\u07ff]/g)?.length ?? 0;
  const three = text.match(/[\u0800-\ud7ff\ue000-\uffff]/g)?.length ?? 0;
  const half = text.match(/[\ud800-\udfff]/g)?.length ?? 0;
  return text.length + two + 2 * three + half;
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
