import { overlaps, type Rect } from "./geometry";
import { type Label, placeLabel } from "./labels";
import { isHorizontal, type Point, pathOf, type Side } from "./lines";
import { type Anchor, best, type Ends, type Port, sidesFor } from "./route";
import { Pieces, Space } from "./space";

/** A line to be drawn between two anchors; `ends` name them, so that lines of one anchor share its side. */
export interface Wire extends Ends {
  id: string;
  ends: readonly [string, string];
  /** The words it carries, longest first: the longest for which there is room is shown. */
  labels: readonly string[];
}

export interface Route {
  points: readonly Point[];
  /** SVG path data. */
  path: string;
  ports: { from: Port; to: Port };
  label: Label;
}

/** Cards that lines go around. */
export interface Obstacle {
  id: string;
  rect: Rect;
}

const REACH = 96;
/** Lines across the whole board cannot go around everything. */
const FAR = 4_000;
/** A smaller step in a line looks like a mistake. */
const STEP = 28;

/** What was found out about each line, so that an edit asks anew only about the lines it touches. */
export type Memory = Map<string, { around: string; sides: { from: Side; to: Side }; ports?: string; points?: Point[] }>;

/** Draws all lines: sides first, then the places along each side, then the lines around the cards and off one another. */
export function routeAll(
  wires: readonly Wire[],
  obstacles: readonly Obstacle[],
  memory: Memory = new Map(),
): Map<string, Route> {
  const space = new Space(obstacles);
  const near = new Map(wires.map((wire) => [wire.id, between(wire, space)]));
  for (const wire of wires) {
    const obstaclesHere = near.get(wire.id) ?? [];
    const around = keyOf(wire, obstaclesHere);
    if (memory.get(wire.id)?.around === around) continue;
    memory.set(wire.id, { around, sides: sidesFor(wire, obstaclesHere) });
  }
  const slots = slotsFor(wires, memory);
  straighten(wires, slots);
  const pieces = new Pieces();
  const labels = new Space<{ rect: Rect }>();
  const routes = new Map<string, Route>();
  for (const wire of [...wires].sort((a, b) => span(a) - span(b))) {
    const ports = slots.get(wire.id) as Route["ports"];
    const known = memory.get(wire.id);
    const key = JSON.stringify(ports);
    const points =
      known?.points && known.ports === key
        ? known.points
        : best(wire, ports, near.get(wire.id) ?? [], (line) => pieces.overlap(line, wire.ends)).points;
    if (known) Object.assign(known, { ports: key, points });
    pieces.add(points, wire.ends);
    const label = placeLabel(points, wire.labels, space, labels);
    routes.set(wire.id, { points, path: pathOf(points), ports, label });
  }
  return routes;
}

const keyOf = (wire: Wire, obstacles: readonly Rect[]): string => {
  const of = ({ x, y, w, h }: Rect): string => `${x},${y},${w},${h}`;
  return (
    [wire.from.card, wire.from.rect, wire.to.card, wire.to.rect, ...obstacles].map(of).join(" ") + wire.ends.join(" ")
  );
};

/** One line alone, while its end is being dragged: same sides as before, or the best ones. */
export function routeOne(ends: Ends, obstacles: readonly Rect[] = [], ports?: Route["ports"]): Point[] {
  const sides = ports ? undefined : sidesFor(ends, obstacles);
  return best(
    ends,
    ports ?? { from: { side: sides?.from ?? "right", at: 0 }, to: { side: sides?.to ?? "left", at: 0 } },
    obstacles,
  ).points;
}

const centre = ({ rect }: Anchor): Point => ({ x: rect.x + rect.w / 2, y: rect.y + rect.h / 2 });

function span(wire: Ends): number {
  const [a, b] = [centre(wire.from), centre(wire.to)];
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}

/** Cards in the neighbourhood of a wire, without its own, nearest first. */
function between(wire: Ends, space: Space<Obstacle>): Rect[] {
  const [a, b] = [wire.from.rect, wire.to.rect];
  const x = Math.min(a.x, b.x) - REACH;
  const y = Math.min(a.y, b.y) - REACH;
  const area = {
    x,
    y,
    w: Math.max(a.x + a.w, b.x + b.w) + REACH - x,
    h: Math.max(a.y + a.h, b.y + b.h) + REACH - y,
  };
  const middle = { x: area.x + area.w / 2, y: area.y + area.h / 2 };
  const distance = (rect: Rect): number =>
    Math.abs(rect.x + rect.w / 2 - middle.x) + Math.abs(rect.y + rect.h / 2 - middle.y);
  return space
    .near(area)
    .map(({ rect }) => rect)
    .filter((rect) => rect !== wire.from.card && rect !== wire.to.card && overlaps(rect, area))
    .sort((p, q) => distance(p) - distance(q))
    .slice(0, span(wire) > FAR ? 8 : 24);
}

/** Spreads the lines of one side along it, in the order of where they go, so that they do not cross at the card. */
function slotsFor(wires: readonly Wire[], memory: Memory): Map<string, Route["ports"]> {
  interface Slot {
    wire: string;
    which: "from" | "to";
    other: Point;
    rect: Rect;
    side: Side;
  }
  const bySide = new Map<string, Slot[]>();
  for (const wire of wires) {
    const chosen = memory.get(wire.id)?.sides;
    if (!chosen) continue;
    for (const which of ["from", "to"] as const) {
      const side = chosen[which];
      const key = `${wire.ends[which === "from" ? 0 : 1]} ${side}`;
      const slot = {
        wire: wire.id,
        which,
        other: centre(which === "from" ? wire.to : wire.from),
        rect: wire[which].rect,
        side,
      };
      const known = bySide.get(key);
      if (known) known.push(slot);
      else bySide.set(key, [slot]);
    }
  }
  const ports = new Map<string, { from: Port; to: Port }>();
  for (const slots of bySide.values()) {
    const upright = slots[0] !== undefined && isHorizontal(slots[0].side);
    slots.sort((a, b) => (upright ? a.other.y - b.other.y : a.other.x - b.other.x) || (a.wire < b.wire ? -1 : 1));
    for (const [index, slot] of slots.entries()) {
      const room = upright ? slot.rect.h : slot.rect.w;
      const step = Math.min(16, (room - 12) / Math.max(1, slots.length));
      const at = Math.round((index - (slots.length - 1) / 2) * step);
      const known = ports.get(slot.wire) ?? { from: { side: slot.side, at: 0 }, to: { side: slot.side, at: 0 } };
      known[slot.which] = { side: slot.side, at };
      ports.set(slot.wire, known);
    }
  }
  return ports;
}

/** Ends that face each other with a small step between: the one that is alone on its side gives way, and the line is straight. */
function straighten(wires: readonly Wire[], ports: Map<string, Route["ports"]>): void {
  const crowd = new Map<string, number>();
  const keyOfEnd = (wire: Wire, which: "from" | "to", side: Side): string =>
    `${wire.ends[which === "from" ? 0 : 1]} ${side}`;
  for (const wire of wires) {
    for (const which of ["from", "to"] as const) {
      const key = keyOfEnd(wire, which, (ports.get(wire.id) as Route["ports"])[which].side);
      crowd.set(key, (crowd.get(key) ?? 0) + 1);
    }
  }
  for (const wire of wires) {
    const own = ports.get(wire.id) as Route["ports"];
    const level = isHorizontal(own.from.side);
    if (level !== isHorizontal(own.to.side) || own.from.side === own.to.side) continue;
    const place = (which: "from" | "to"): number => {
      const { x, y } = centre(wire[which]);
      return (level ? y : x) + own[which].at;
    };
    const step = place("to") - place("from");
    if (step === 0 || Math.abs(step) > STEP) continue;
    for (const which of ["to", "from"] as const) {
      const room = (level ? wire[which].rect.h : wire[which].rect.w) / 2 - 8;
      const at = own[which].at + (which === "to" ? -step : step);
      if (crowd.get(keyOfEnd(wire, which, own[which].side)) !== 1 || Math.abs(at) > room) continue;
      own[which] = { ...own[which], at };
      break;
    }
  }
}
