import type { Token } from "./highlight";

/** Longest part of a line that is drawn: pictures have lines of a hundred thousand characters. */
export const MOST_COLUMNS = 1_000;

/** A part of a line of one look. `range` is the number of the marked range that it belongs to. */
export interface Piece extends Token {
  range: number | undefined;
}

/** The line as it is drawn, and how many characters are left out. */
export const cut = (line: string): { text: string; left: number } =>
  line.length <= MOST_COLUMNS
    ? { text: line, left: 0 }
    : { text: line.slice(0, MOST_COLUMNS), left: line.length - MOST_COLUMNS };

/** Cuts tokens where marked ranges begin and end. Ranges are in order and do not overlap. */
export function piecesOf(tokens: readonly Token[], ranges: readonly (readonly [from: number, to: number])[]): Piece[] {
  const pieces: Piece[] = [];
  let column = 0;
  let at = 0;
  for (const { text, className } of tokens) {
    let start = 0;
    while (start < text.length) {
      while (at < ranges.length && (ranges[at]?.[1] ?? 0) <= column + start) at += 1;
      const [from, to] = ranges[at] ?? [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
      const inside = column + start >= from;
      const end = Math.min(text.length, (inside ? to : from) - column);
      pieces.push({ text: text.slice(start, end), className, range: inside ? at : undefined });
      start = end;
    }
    column += text.length;
  }
  return pieces;
}
