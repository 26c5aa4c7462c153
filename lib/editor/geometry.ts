import { kindOf, type NodeKind } from "../catalog";
import type { BoxKind } from "../catalog/kind";
import { own } from "../core/json";
import type { Document, DocumentNode, Layout } from "../document/document";
import type { Edit } from "../document/edits/edit";
import { holds, overlaps, type Rect, sizeOf } from "../model/drawing/geometry";

export { around, holds, overlaps, type Rect, sizeOf } from "../model/drawing/geometry";

/** Free space inside a box, and the height of its title, in canvas units. */
export const PADDING = 32;
export const TITLE = 48;
/** Space between cards that are placed by themselves. */
export const GAP = 64;
/** Positions snap to this grid. */
export const GRID = 4;

/** True when nodes of this kind may stand in that one. */
export const mayHold = (box: DocumentNode, kind: NodeKind): boolean =>
  kindOf(box.kind).box && kindOf(kind).within.includes(box.kind as BoxKind);

const snap = (value: number): number => Math.round(value / GRID) * GRID;
const LIMIT = 900_000;
const within = (value: number): number => Math.max(-LIMIT, Math.min(LIMIT, snap(value)));

/**
 * Positions and sizes while they are being worked out: a drawing board over a document, with the nodes that are about
 * to be added. Coordinates are relative to the parent box, as in the document, unless a name says absolute.
 */
export class Board {
  readonly nodes: Record<string, DocumentNode>;
  private readonly before: Record<string, Layout>;
  private readonly changed = new Map<string, Layout>();

  constructor(document: Document, added: Record<string, DocumentNode> = {}) {
    this.nodes = { ...document.nodes, ...added };
    this.before = document.layout;
  }

  at(id: string): Layout {
    return this.changed.get(id) ?? own(this.before, id) ?? { x: 0, y: 0 };
  }

  node(id: string): DocumentNode | undefined {
    return own(this.nodes, id);
  }

  put(id: string, layout: Layout): void {
    const { w, h } = layout;
    this.changed.set(id, {
      x: within(layout.x),
      y: within(layout.y),
      ...(w === undefined ? {} : { w: Math.max(GRID, within(w)) }),
      ...(h === undefined ? {} : { h: Math.max(GRID, within(h)) }),
    });
  }

  setParent(id: string, parent: string | undefined): void {
    const node = this.nodes[id];
    if (!node) return;
    const { parent: _, ...rest } = node;
    this.nodes[id] = (parent === undefined ? rest : { ...rest, parent }) as DocumentNode;
  }

  size(id: string): { w: number; h: number } {
    const node = this.node(id);
    return node ? sizeOf(node, this.at(id)) : { w: 0, h: 0 };
  }

  /** Rectangle relative to the parent. */
  rect(id: string): Rect {
    const { x, y } = this.at(id);
    return { x, y, ...this.size(id) };
  }

  /** Top left corner of a node's parent, in absolute units. */
  origin(parent: string | undefined): { x: number; y: number } {
    let x = 0;
    let y = 0;
    for (let id = parent; id !== undefined; id = this.node(id)?.parent) {
      x += this.at(id).x;
      y += this.at(id).y;
    }
    return { x, y };
  }

  /** Rectangle in absolute units. */
  absolute(id: string): Rect {
    const origin = this.origin(this.node(id)?.parent);
    const rect = this.rect(id);
    return { ...rect, x: rect.x + origin.x, y: rect.y + origin.y };
  }

  children(parent: string | undefined): string[] {
    return Object.keys(this.nodes).filter((id) => this.nodes[id]?.parent === parent);
  }

  depth(id: string): number {
    let depth = 0;
    for (let at = this.node(id)?.parent; at !== undefined; at = this.node(at)?.parent) depth += 1;
    return depth;
  }

  /** The innermost box under a point that may hold the kind; `except` and what stands in them do not count. */
  boxAt(point: { x: number; y: number }, kind: NodeKind, except: ReadonlySet<string> = new Set()): string | undefined {
    let best: string | undefined;
    for (const [id, node] of Object.entries(this.nodes)) {
      if (!mayHold(node, kind) || this.isIn(id, except) || !holds(this.absolute(id), point)) continue;
      if (best === undefined || this.depth(id) > this.depth(best)) best = id;
    }
    return best;
  }

  private isIn(id: string, set: ReadonlySet<string>): boolean {
    for (let at: string | undefined = id; at !== undefined; at = this.node(at)?.parent) if (set.has(at)) return true;
    return false;
  }

  /** The place nearest to `wanted`, looking down and then right, where a rectangle covers no sibling. */
  free(parent: string | undefined, wanted: Rect, ignore: ReadonlySet<string> = new Set()): { x: number; y: number } {
    const taken = this.children(parent)
      .filter((id) => !ignore.has(id))
      .map((id) => this.rect(id));
    let { x, y } = wanted;
    if (parent !== undefined) {
      x = Math.max(PADDING, x);
      y = Math.max(TITLE + 16, y);
    }
    for (let column = 0; column < 40; column += 1) {
      let down = y;
      for (let row = 0; row < 40; row += 1) {
        const blocking = taken.find((rect) => overlaps(rect, { x, y: down, w: wanted.w, h: wanted.h }, 16));
        if (!blocking) return { x, y: down };
        down = blocking.y + blocking.h + 24;
      }
      x += wanted.w + GAP;
    }
    return { x, y };
  }

  /** Makes every box above these nodes large enough, and pushes what stood beside a box out of its new extent. */
  grow(ids: Iterable<string>): void {
    const boxes = new Set<string>();
    for (const id of ids)
      for (let at = this.node(id)?.parent; at !== undefined; at = this.node(at)?.parent) boxes.add(at);
    for (const box of [...boxes].sort((a, b) => this.depth(b) - this.depth(a))) this.growOne(box);
  }

  private growOne(box: string): void {
    const children = this.children(box).map((id) => ({ id, rect: this.rect(id) }));
    if (children.length === 0) return;
    const left = Math.max(0, ...children.map(({ rect }) => PADDING / 2 - rect.x));
    const top = Math.max(0, ...children.map(({ rect }) => TITLE - rect.y));
    const before = this.rect(box);
    if (left > 0 || top > 0) {
      for (const { id, rect } of children) this.put(id, { ...this.at(id), x: rect.x + left, y: rect.y + top });
    }
    const right = Math.max(...children.map(({ rect }) => rect.x + left + rect.w + PADDING));
    const bottom = Math.max(...children.map(({ rect }) => rect.y + top + rect.h + PADDING));
    const w = Math.max(before.w + left, right);
    const h = Math.max(before.h + top, bottom);
    if (w === before.w && h === before.h && left === 0 && top === 0) return;
    this.put(box, { x: before.x - left, y: before.y - top, w, h });
    this.push(box, before, w - before.w - left, h - before.h - top);
  }

  private push(box: string, before: Rect, right: number, down: number): void {
    for (const id of this.children(this.node(box)?.parent)) {
      if (id === box) continue;
      const rect = this.rect(id);
      const aside = rect.x >= before.x + before.w && right > 0;
      const below = rect.y >= before.y + before.h && down > 0 && !aside;
      if (aside || below) {
        this.put(id, { ...this.at(id), x: rect.x + (aside ? right : 0), y: rect.y + (below ? down : 0) });
      }
    }
  }

  /** The moves that bring the document's layout to the board's, for nodes that are in the document. */
  moves(document: Document): Edit[] {
    return [...this.changed]
      .filter(([id, layout]) => own(document.nodes, id) && !sameLayout(own(document.layout, id), layout))
      .map(([id, layout]) => ({ edit: "move", id, layout }));
  }
}

const sameLayout = (a: Layout | undefined, b: Layout): boolean =>
  a !== undefined && a.x === b.x && a.y === b.y && a.w === b.w && a.h === b.h;
