import type { Rect } from "@/lib/editor/geometry";

/** A line that shows what the dragged cards are in line with. */
export interface Guide {
  /** Upright lines have an x, level ones a y. */
  axis: "x" | "y";
  at: number;
  from: number;
  to: number;
}

export interface Snap {
  dx: number;
  dy: number;
  guides: Guide[];
}

/** Start, middle and end of a rectangle along one axis. */
const marks = (rect: Rect, axis: "x" | "y"): [number, number, number] =>
  axis === "x" ? [rect.x, rect.x + rect.w / 2, rect.x + rect.w] : [rect.y, rect.y + rect.h / 2, rect.y + rect.h];

/** How far the dragged rectangle is to be moved to be in line with another one, and the lines to show. */
export function snapTo(moving: Rect, others: readonly Rect[], tolerance: number): Snap {
  const [x, y] = [nearest(moving, others, "x", tolerance), nearest(moving, others, "y", tolerance)];
  const moved = { ...moving, x: moving.x + (x?.by ?? 0), y: moving.y + (y?.by ?? 0) };
  const guides: Guide[] = [];
  if (x) guides.push(guide(moved, x.other, "x", x.at));
  if (y) guides.push(guide(moved, y.other, "y", y.at));
  return { dx: x?.by ?? 0, dy: y?.by ?? 0, guides };
}

interface Found {
  by: number;
  at: number;
  other: Rect;
}

function nearest(moving: Rect, others: readonly Rect[], axis: "x" | "y", tolerance: number): Found | undefined {
  let found: Found | undefined;
  const own = marks(moving, axis);
  for (const other of others) {
    for (const [index, at] of marks(other, axis).entries()) {
      for (const [mine, mark] of own.entries()) {
        // A middle only meets a middle; edges meet edges.
        if ((index === 1) !== (mine === 1)) continue;
        const by = at - mark;
        if (Math.abs(by) <= tolerance && (!found || Math.abs(by) < Math.abs(found.by))) found = { by, at, other };
      }
    }
  }
  return found;
}

function guide(a: Rect, b: Rect, axis: "x" | "y", at: number): Guide {
  const [from, to] =
    axis === "x"
      ? [Math.min(a.y, b.y), Math.max(a.y + a.h, b.y + b.h)]
      : [Math.min(a.x, b.x), Math.max(a.x + a.w, b.x + b.w)];
  return { axis, at, from, to };
}
