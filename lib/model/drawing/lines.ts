import type { Rect } from "./geometry";

export interface Point {
  x: number;
  y: number;
}

export type Side = "left" | "right" | "top" | "bottom";

export const outward = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  top: { x: 0, y: -1 },
  bottom: { x: 0, y: 1 },
} as const satisfies Record<Side, Point>;

export const isHorizontal = (side: Side): boolean => outward[side].y === 0;

/** The point of a side, `at` canvas units from its middle. */
export function portOf(rect: Rect, side: Side, at = 0): Point {
  const [middleX, middleY] = [rect.x + rect.w / 2, rect.y + rect.h / 2];
  const { x, y } = outward[side];
  return y === 0
    ? { x: middleX + (x * rect.w) / 2, y: middleY + at }
    : { x: middleX + at, y: middleY + (y * rect.h) / 2 };
}

/** Without points that repeat or lie on a straight way; null when the line turns back on itself. */
export function simplify(points: readonly Point[]): Point[] | null {
  const line: Point[] = [];
  for (const point of points) {
    const last = line.at(-1);
    if (last && last.x === point.x && last.y === point.y) continue;
    const before = line.at(-2);
    if (before && last) {
      const along = (before.x === last.x && last.x === point.x) || (before.y === last.y && last.y === point.y);
      if (along) {
        const back = (last.x - before.x) * (point.x - last.x) + (last.y - before.y) * (point.y - last.y) < 0;
        if (back) return null;
        line.pop();
      }
    }
    line.push(point);
  }
  return line;
}

export function lengthOf(points: readonly Point[]): number {
  let length = 0;
  for (let at = 1; at < points.length; at += 1) {
    const [a, b] = [points[at - 1] as Point, points[at] as Point];
    length += Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
  }
  return length;
}

/** Whether an upright or level line goes through the inside of a rectangle that is larger by `margin` all round. */
export const passes = (a: Point, b: Point, rect: Rect, margin: number): boolean =>
  Math.min(a.x, b.x) < rect.x + rect.w + margin &&
  Math.max(a.x, b.x) > rect.x - margin &&
  Math.min(a.y, b.y) < rect.y + rect.h + margin &&
  Math.max(a.y, b.y) > rect.y - margin;

const round = (value: number): number => Math.round(value * 10) / 10;

/** The `d` of an SVG path along the points, with round corners. */
export function pathOf(points: readonly Point[], radius = 8): string {
  const [first, ...rest] = points;
  if (!first) return "";
  let d = `M${round(first.x)} ${round(first.y)}`;
  for (const [at, point] of rest.entries()) {
    const next = rest[at + 1];
    const before = points[at] as Point;
    if (!next) {
      d += `L${round(point.x)} ${round(point.y)}`;
      continue;
    }
    const r = Math.min(radius, lengthOf([before, point]) / 2, lengthOf([point, next]) / 2);
    const start = towards(point, before, r);
    const end = towards(point, next, r);
    d += `L${round(start.x)} ${round(start.y)}Q${round(point.x)} ${round(point.y)} ${round(end.x)} ${round(end.y)}`;
  }
  return d;
}

function towards(from: Point, to: Point, distance: number): Point {
  const length = lengthOf([from, to]);
  if (length === 0) return from;
  return { x: from.x + ((to.x - from.x) * distance) / length, y: from.y + ((to.y - from.y) * distance) / length };
}

const HEAD = 7;

/** An arrow head at the end of a line, drawn as a shape so that it takes the line's own colour. */
export function headOf(before: Point, end: Point): string {
  const length = lengthOf([before, end]) || 1;
  const along = { x: (end.x - before.x) / length, y: (end.y - before.y) / length };
  const back = { x: end.x - along.x * HEAD, y: end.y - along.y * HEAD };
  const side = { x: -along.y * (HEAD / 2), y: along.x * (HEAD / 2) };
  return `M${end.x} ${end.y}L${back.x + side.x} ${back.y + side.y}L${back.x - side.x} ${back.y - side.y}Z`;
}
