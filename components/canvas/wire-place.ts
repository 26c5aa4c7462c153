import type { WireView } from "./projection";
import { lengthOf, type Point, pathOf } from "./routing/lines";
import { routeOne } from "./routing/routes";

const HEAD = 7;

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

/** An arrow head at the end of a line, drawn as a shape so that it takes the line's own colour. */
export function headOf(before: Point, end: Point): string {
  const length = lengthOf([before, end]) || 1;
  const along = { x: (end.x - before.x) / length, y: (end.y - before.y) / length };
  const back = { x: end.x - along.x * HEAD, y: end.y - along.y * HEAD };
  const side = { x: -along.y * (HEAD / 2), y: along.x * (HEAD / 2) };
  return `M${end.x} ${end.y}L${back.x + side.x} ${back.y + side.y}L${back.x - side.x} ${back.y - side.y}Z`;
}
