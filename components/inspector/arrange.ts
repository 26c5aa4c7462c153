import type { Document } from "@/lib/document/document";
import type { Edit } from "@/lib/document/edits/edit";
import { around, Board, type Rect } from "@/lib/editor/geometry";

export const alignments = ["left", "center", "right", "top", "middle", "bottom"] as const;
export type Alignment = (typeof alignments)[number];

/** Where a rectangle goes within the one around all of them. */
const targets: { [A in Alignment]: (rect: Rect, whole: Rect) => Partial<Pick<Rect, "x" | "y">> } = {
  left: (_, whole) => ({ x: whole.x }),
  center: (rect, whole) => ({ x: whole.x + (whole.w - rect.w) / 2 }),
  right: (rect, whole) => ({ x: whole.x + whole.w - rect.w }),
  top: (_, whole) => ({ y: whole.y }),
  middle: (rect, whole) => ({ y: whole.y + (whole.h - rect.h) / 2 }),
  bottom: (rect, whole) => ({ y: whole.y + whole.h - rect.h }),
};

/** The edits that bring nodes in line; those that stand in another one of them move with it. */
export function alignEdits(document: Document, ids: readonly string[], alignment: Alignment): Edit[] {
  return arranged(document, ids, (rects) => {
    const whole = around([...rects.values()]);
    return whole ? new Map([...rects].map(([id, rect]) => [id, targets[alignment](rect, whole)])) : new Map();
  });
}

/** The edits that leave the same space between nodes; the outermost ones stay. */
export function distributeEdits(document: Document, ids: readonly string[], axis: "x" | "y"): Edit[] {
  const length = axis === "x" ? "w" : "h";
  return arranged(document, ids, (rects) => {
    const order = [...rects].sort(([, a], [, b]) => a[axis] - b[axis]);
    const [first] = order;
    const last = order.at(-1);
    if (!first || !last || order.length < 3) return new Map();
    const room = last[1][axis] + last[1][length] - first[1][axis];
    const gap = (room - order.reduce((sum, [, rect]) => sum + rect[length], 0)) / (order.length - 1);
    let at = first[1][axis];
    return new Map(
      order.map(([id, rect]) => {
        const place = { [axis]: at };
        at += rect[length] + gap;
        return [id, place];
      }),
    );
  });
}

function arranged(
  document: Document,
  ids: readonly string[],
  place: (rects: Map<string, Rect>) => Map<string, Partial<Pick<Rect, "x" | "y">>>,
): Edit[] {
  const board = new Board(document);
  const all = new Set(ids);
  const tops = ids.filter((id) => {
    for (let at = board.node(id)?.parent; at !== undefined; at = board.node(at)?.parent) if (all.has(at)) return false;
    return board.node(id) !== undefined;
  });
  const rects = new Map(tops.map((id) => [id, board.absolute(id)]));
  for (const [id, to] of place(rects)) {
    const origin = board.origin(board.node(id)?.parent);
    const rect = rects.get(id) as Rect;
    board.put(id, { ...board.at(id), x: (to.x ?? rect.x) - origin.x, y: (to.y ?? rect.y) - origin.y });
  }
  board.grow(tops);
  return board.moves(document);
}
