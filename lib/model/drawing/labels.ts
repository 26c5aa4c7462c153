import { overlaps, type Rect } from "./geometry";
import type { Point } from "./lines";
import type { Space } from "./space";

/** Where the words of a line stand: their middle, and what is said there. */
export interface Label extends Point {
  /** The longest words for which there is room; lines below the first follow a line break. */
  text: string;
  /** False where they would cover a card or other words. */
  free: boolean;
}

/** Heights of the first line and of each below it, and the width of a character in them: wide rather than narrow. */
const size = { h: 18, below: 14, character: 7.3, smaller: 6.4, larger: 8 } as const;

/** Room that words take whose line passes this point, with a little air. */
export function labelRect({ x, y }: Point, text: string): Rect {
  const [first = "", ...below] = text.split("\n");
  const w = 8 + Math.max(first.length * size.character, ...below.map((line) => line.length * size.smaller));
  const top = below.length === 0 ? size.h / 2 : size.h;
  return { x: x - w / 2, y: y - top, w, h: size.h + below.length * size.below };
}

/** The first of these words that need no more room than those that were placed, further away, where letters are larger. */
export const briefOf = (placed: string, texts: readonly string[]): string | undefined => {
  const { w } = labelRect({ x: 0, y: 0 }, placed);
  return texts.find((text) => text.length * size.larger + 4 <= w);
};

/** Words line by line with the middle of each: a single one on the line, of several the first above it, the others below. */
export function labelLines({ x, y, text }: Point & { text: string }): { x: number; y: number; text: string }[] {
  const [first = "", ...below] = text.split("\n");
  if (below.length === 0) return [{ x, y, text: first }];
  return [first, ...below].map((line, at) => ({
    x,
    y: y + (at === 0 ? -size.h / 2 - 1 : (at - 0.5) * size.below + 2),
    text: line,
  }));
}

interface Taken {
  rect: Rect;
}

/**
 * A place for the words on the line, level pieces first, where they cover neither a card nor other words. The first of
 * the texts for which there is one is taken.
 */
export function placeLabel(
  points: readonly Point[],
  texts: readonly string[],
  cards: Space<Taken>,
  labels: Space<Taken>,
): Label {
  let lost: Label = { x: points[0]?.x ?? 0, y: points[0]?.y ?? 0, text: texts[0] ?? "", free: false };
  for (const [index, text] of texts.entries()) {
    if (text === "") continue;
    const spots = spotsOn(points, labelRect({ x: 0, y: 0 }, text).w);
    for (const { x, y } of spots) {
      const rect = labelRect({ x, y }, text);
      const touches = ({ rect: other }: Taken): boolean => overlaps(rect, other, 2);
      if (cards.some(rect, touches) || labels.some(rect, touches)) continue;
      labels.add({ rect });
      return { x, y, text, free: true };
    }
    if (index === 0) lost = { ...lost, x: spots[0]?.x ?? lost.x, y: spots[0]?.y ?? lost.y };
  }
  return lost;
}

/** Places along a line, the best ones for words of this width first. */
function spotsOn(points: readonly Point[], w: number): Point[] {
  const spots: (Point & { worth: number })[] = [];
  for (let at = 1; at < points.length; at += 1) {
    const [a, b] = [points[at - 1] as Point, points[at] as Point];
    const length = Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
    const level = a.y === b.y;
    for (const part of [0.5, 0.35, 0.65, 0.2, 0.8]) {
      const worth = (level ? Math.min(length, w + 24) : Math.min(length, w) / 2) - Math.abs(part - 0.5) * 20;
      spots.push({ x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part, worth });
    }
  }
  return spots.sort((p, q) => q.worth - p.worth);
}
