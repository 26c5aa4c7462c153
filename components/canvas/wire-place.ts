import { type Point, pathOf } from "@/lib/model/drawing/lines";
import { routeOne } from "@/lib/model/drawing/routes";
import type { WireView } from "./projection";

export interface Placed {
  points: readonly Point[];
  path: string;
  label: (Point & { free: boolean }) | undefined;
}

/** Where a line runs while its ends stand off their places by these vectors: as routed, carried along, or drawn anew. */
export function placed(view: WireView, from: Point, to: Point): Placed {
  const { points, path, label } = view.route;
  if (from.x === 0 && from.y === 0 && to.x === 0 && to.y === 0) return { points, path, label };
  if (from.x === to.x && from.y === to.y) {
    const moved = points.map((point) => ({ x: point.x + from.x, y: point.y + from.y }));
    return { points: moved, path: pathOf(moved), label: { ...label, x: label.x + from.x, y: label.y + from.y } };
  }
  const shift = <R extends Point>(rect: R, by: Point): R => ({ ...rect, x: rect.x + by.x, y: rect.y + by.y });
  const anew = routeOne({
    from: { card: shift(view.fromRect, from), rect: shift(view.fromAnchor, from), sides: view.fromSides },
    to: { card: shift(view.toRect, to), rect: shift(view.toAnchor, to), sides: view.toSides },
  });
  return { points: anew, path: pathOf(anew), label: undefined };
}
