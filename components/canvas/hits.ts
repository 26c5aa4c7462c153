import { holds, type Rect, TITLE } from "@/lib/editor/geometry";
import { rowRect } from "@/lib/model/drawing/faces";
import type { CardView } from "./projection";

/** Absolute rectangles of all cards. */
export function absoluteRects(cards: readonly CardView[]): Map<string, Rect> {
  const rects = new Map<string, Rect>();
  for (const { id, parent, x, y, w, h } of cards) {
    const origin = parent === undefined ? undefined : rects.get(parent);
    rects.set(id, { x: x + (origin?.x ?? 0), y: y + (origin?.y ?? 0), w, h });
  }
  return rects;
}

/** What is under a point: NODE, or NODE/CONTAINER on a row. Of a box only its title counts, its inside is room for others. */
export function endAt(
  cards: readonly CardView[],
  rects: ReadonlyMap<string, Rect>,
  point: { x: number; y: number },
): string | undefined {
  for (let at = cards.length - 1; at >= 0; at -= 1) {
    const card = cards[at] as CardView;
    const rect = rects.get(card.id);
    if (!rect || !holds(card.box ? { ...rect, h: Math.min(rect.h, TITLE) } : rect, point)) continue;
    const row = card.rows.find(({ id }) => {
      const inner = rowRect(card, id);
      return inner && holds({ ...inner, x: rect.x + inner.x, y: rect.y + inner.y }, point);
    });
    return row ? `${card.id}/${row.id}` : card.id;
  }
  return undefined;
}
