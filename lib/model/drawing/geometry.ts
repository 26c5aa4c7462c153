import { kindOf } from "../../catalog";
import { rowHeight } from "../../catalog/kind";
import { own } from "../../core/json";
import type { Document, DocumentNode, Layout } from "../../document/document";

export interface Rect {
  x: number;
  y: number;
  w: number;
  h: number;
}

const rows = new WeakMap<object, number>();

/** Rows of a card that have their own place to connect: the containers of a task definition. */
function rowsOf(node: DocumentNode): number {
  let known = rows.get(node.props);
  if (known === undefined) {
    const kind = kindOf(node.kind);
    const props = kind.rows ? kind.props.safeParse(node.props) : undefined;
    known = props?.success ? (kind.rows?.(props.data).length ?? 0) : 0;
    rows.set(node.props, known);
  }
  return known;
}

/** Size of a node in canvas units: as laid out for boxes, from the catalog for cards. Never measured. */
export function sizeOf(node: DocumentNode, layout?: Layout): { w: number; h: number } {
  const kind = kindOf(node.kind);
  const h = kind.size.h + rowsOf(node) * rowHeight;
  return kind.box ? { w: layout?.w ?? kind.size.w, h: layout?.h ?? h } : { w: kind.size.w, h };
}

/** Absolute rectangles of all nodes. */
export function rectsOf(document: Document): Map<string, Rect> {
  const rects = new Map<string, Rect>();
  const rectOf = (id: string, node: DocumentNode): Rect => {
    const known = rects.get(id);
    if (known) return known;
    const layout = own(document.layout, id) ?? { x: 0, y: 0 };
    const box = node.parent === undefined ? undefined : own(document.nodes, node.parent);
    const origin = box && node.parent !== undefined ? rectOf(node.parent, box) : { x: 0, y: 0 };
    const rect = { x: layout.x + origin.x, y: layout.y + origin.y, ...sizeOf(node, layout) };
    rects.set(id, rect);
    return rect;
  };
  for (const [id, node] of Object.entries(document.nodes)) rectOf(id, node);
  return rects;
}

export const holds = (rect: Rect, point: { x: number; y: number }): boolean =>
  point.x >= rect.x && point.x <= rect.x + rect.w && point.y >= rect.y && point.y <= rect.y + rect.h;

export const overlaps = (a: Rect, b: Rect, margin = 0): boolean =>
  a.x < b.x + b.w + margin && b.x < a.x + a.w + margin && a.y < b.y + b.h + margin && b.y < a.y + a.h + margin;

/** The smallest rectangle around others; null around nothing. */
export function around(rects: readonly Rect[]): Rect | null {
  if (rects.length === 0) return null;
  let [x, y, right, bottom] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  for (const rect of rects) {
    x = Math.min(x, rect.x);
    y = Math.min(y, rect.y);
    right = Math.max(right, rect.x + rect.w);
    bottom = Math.max(bottom, rect.y + rect.h);
  }
  return { x, y, w: right - x, h: bottom - y };
}
