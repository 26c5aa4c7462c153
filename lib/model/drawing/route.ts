import { holds, type Rect } from "./geometry";
import { isHorizontal, lengthOf, outward, type Point, passes, portOf, type Side, simplify } from "./lines";

/** Where a line may start or arrive. */
export interface Anchor {
  /** The card it belongs to. */
  card: Rect;
  /** The card itself, or the row that the line belongs to. */
  rect: Rect;
  sides: readonly Side[];
}

export interface Ends {
  from: Anchor;
  to: Anchor;
}

/** A line leaves and arrives at right angles, with this much room for the bend and the arrow head. */
const STUB = 18;
const MARGIN = 8;
const BEND = 30;
const HIT = 4_000;

export interface Weighed {
  points: Point[];
  cost: number;
}

/** What one port is: a side and the distance from its middle. */
export interface Port {
  side: Side;
  at: number;
}

const contains = (outer: Rect, inner: Rect): boolean =>
  outer !== inner &&
  holds(outer, { x: inner.x, y: inner.y }) &&
  holds(outer, { x: inner.x + inner.w, y: inner.y + inner.h });

/**
 * The best line between two ports: few bends, short, around the obstacles. `extra` adds what else makes a line bad,
 * such as lying on another one.
 */
export function best(
  ends: Ends,
  ports: { from: Port; to: Port },
  obstacles: readonly Rect[],
  extra: (points: readonly Point[]) => number = () => 0,
  thorough = true,
): Weighed {
  const start = portOf(ends.from.rect, ports.from.side, ports.from.at);
  const goal = portOf(ends.to.rect, ports.to.side, ports.to.at);
  const inside = { from: contains(ends.from.card, ends.to.card), to: contains(ends.to.card, ends.from.card) };
  const a = stub(start, ports.from.side, inside.from);
  const b = stub(goal, ports.to.side, inside.to);
  const own = [...(inside.from ? [] : [ends.from.card]), ...(inside.to ? [] : [ends.to.card])];
  const { xs, ys } = lanes(a, b, obstacles, own);
  let found: Weighed | undefined;
  const consider = (...middle: readonly Point[]): void => {
    const limit = found?.cost ?? Number.POSITIVE_INFINITY;
    // Most candidates are too long: they are dismissed before anything is asked of the obstacles.
    const whole = [start, a, ...middle, b, goal];
    if (lengthOf(whole) >= limit) return;
    const points = simplify(whole);
    if (!points) return;
    let cost = lengthOf(points) + BEND * (points.length - 2);
    if (cost >= limit) return;
    cost += HIT * hits(points, obstacles, own);
    if (cost >= limit) return;
    cost += extra(points);
    if (cost < limit) found = { points, cost };
  };
  consider({ x: b.x, y: a.y });
  consider({ x: a.x, y: b.y });
  for (const x of xs) consider({ x, y: a.y }, { x, y: b.y });
  for (const y of ys) consider({ x: a.x, y }, { x: b.x, y });
  if (thorough && (found === undefined || found.cost >= HIT)) {
    for (const x of xs) {
      for (const y of ys) {
        consider({ x, y: a.y }, { x, y }, { x: b.x, y });
        consider({ x: a.x, y }, { x, y }, { x, y: b.y });
      }
    }
  }
  return found ?? { points: [start, a, { x: b.x, y: a.y }, b, goal], cost: HIT * 10 };
}

function stub(point: Point, side: Side, inward: boolean): Point {
  const { x, y } = outward[side];
  const length = inward ? -STUB : STUB;
  return { x: point.x + x * length, y: point.y + y * length };
}

/** How often a line goes through a card. Its own cards count where it does more than leave or arrive. */
function hits(points: readonly Point[], obstacles: readonly Rect[], own: readonly Rect[]): number {
  let count = 0;
  for (let at = 1; at < points.length; at += 1) {
    const [a, b] = [points[at - 1] as Point, points[at] as Point];
    for (const rect of obstacles) if (passes(a, b, rect, MARGIN - 2)) count += 1;
    for (const rect of own) if (passes(a, b, rect, -1)) count += 1;
  }
  return count;
}

/** Coordinates worth trying for the middle of a line: half way, and just beside whatever stands between. */
function lanes(a: Point, b: Point, obstacles: readonly Rect[], own: readonly Rect[]): { xs: number[]; ys: number[] } {
  const [middleX, middleY] = [Math.round((a.x + b.x) / 2), Math.round((a.y + b.y) / 2)];
  const xs = new Set([middleX, middleX - 8, middleX + 8, middleX - 16, middleX + 16, a.x, b.x]);
  const ys = new Set([middleY, middleY - 8, middleY + 8, a.y, b.y]);
  for (const rect of [...own, ...obstacles.slice(0, 10)]) {
    xs.add(rect.x - STUB).add(rect.x + rect.w + STUB);
    ys.add(rect.y - STUB).add(rect.y + rect.h + STUB);
  }
  return { xs: [...xs], ys: [...ys] };
}

/** The pair of sides with the best line from middle to middle. */
export function sidesFor(ends: Ends, obstacles: readonly Rect[]): { from: Side; to: Side } {
  let chosen = { from: ends.from.sides[0] ?? "right", to: ends.to.sides[0] ?? "left" };
  let lowest = Number.POSITIVE_INFINITY;
  for (const from of ends.from.sides) {
    for (const to of ends.to.sides) {
      // Drawings read from left to right: with all else equal a line leaves on the right and arrives on the left.
      const taste = isHorizontal(from) && isHorizontal(to) ? 0 : 12;
      if (shortest(ends, from, to) + taste >= lowest) continue;
      const ports = { from: { side: from, at: 0 }, to: { side: to, at: 0 } };
      const total = best(ends, ports, obstacles, undefined, false).cost + taste;
      if (total < lowest) {
        lowest = total;
        chosen = { from, to };
      }
    }
  }
  return chosen;
}

function shortest(ends: Ends, from: Side, to: Side): number {
  const [a, b] = [portOf(ends.from.rect, from), portOf(ends.to.rect, to)];
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}
