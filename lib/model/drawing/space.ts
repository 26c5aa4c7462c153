import type { Rect } from "./geometry";
import type { Point } from "./lines";

const CELL = 256;
/** Larger areas are listed once for all cells: a box over the whole board would otherwise fill thousands. */
const MANY = 400;

/** Rectangles by the cells they touch, so that a line asks only its neighbourhood. */
export class Space<T extends { rect: Rect }> {
  private readonly cells = new Map<string, T[]>();
  private readonly everywhere: T[] = [];

  constructor(items: Iterable<T> = []) {
    for (const item of items) this.add(item);
  }

  add(item: T): void {
    const keys = keysOf(item.rect);
    if (!keys) {
      this.everywhere.push(item);
      return;
    }
    for (const key of keys) {
      const cell = this.cells.get(key);
      if (cell) cell.push(item);
      else this.cells.set(key, [item]);
    }
  }

  /** Items that may touch the area; each once. */
  near(area: Rect): T[] {
    const found = new Set(this.everywhere);
    const keys = keysOf(area) ?? this.cells.keys();
    for (const key of keys) for (const item of this.cells.get(key) ?? []) found.add(item);
    return [...found];
  }

  /** Whether something that may touch the area answers to this; it may be asked twice. */
  some(area: Rect, is: (item: T) => boolean): boolean {
    if (this.everywhere.some(is)) return true;
    for (const key of keysOf(area) ?? this.cells.keys()) if (this.cells.get(key)?.some(is)) return true;
    return false;
  }
}

function keysOf(rect: Rect): string[] | undefined {
  const [left, right] = [Math.floor(rect.x / CELL), Math.floor((rect.x + rect.w) / CELL)];
  const [top, bottom] = [Math.floor(rect.y / CELL), Math.floor((rect.y + rect.h) / CELL)];
  if ((right - left + 1) * (bottom - top + 1) > MANY) return undefined;
  const keys: string[] = [];
  for (let x = left; x <= right; x += 1) for (let y = top; y <= bottom; y += 1) keys.push(`${x} ${y}`);
  return keys;
}

interface Piece {
  from: number;
  to: number;
  at: number;
  ends: readonly [string, string];
}

/** The straight pieces of lines already drawn, to keep later ones off them. */
export class Pieces {
  private readonly level = new Map<number, Piece[]>();
  private readonly upright = new Map<number, Piece[]>();

  add(points: readonly Point[], ends: readonly [string, string]): void {
    eachPiece(points, ends, (piece, level) => {
      const lanes = level ? this.level : this.upright;
      const lane = Math.round(piece.at / 8);
      const pieces = lanes.get(lane);
      if (pieces) pieces.push(piece);
      else lanes.set(lane, [piece]);
    });
  }

  /** How much of a line would lie on others: those that share an end with it weigh little, they read as one branching line. */
  overlap(points: readonly Point[], ends: readonly [string, string]): number {
    let overlap = 0;
    eachPiece(points, ends, (piece, level) => {
      const lanes = level ? this.level : this.upright;
      const lane = Math.round(piece.at / 8);
      for (let near = lane - 1; near <= lane + 1; near += 1) {
        for (const other of lanes.get(near) ?? []) {
          const shared = Math.min(piece.to, other.to) - Math.max(piece.from, other.from);
          if (Math.abs(other.at - piece.at) >= 7 || shared <= 4) continue;
          const akin = other.ends[0] === ends[0] || other.ends[1] === ends[1];
          overlap += akin ? 4 : 60 + shared / 4;
        }
      }
    });
    return overlap;
  }
}

function eachPiece(
  points: readonly Point[],
  ends: readonly [string, string],
  see: (piece: Piece, level: boolean) => void,
): void {
  for (let at = 1; at < points.length; at += 1) {
    const [a, b] = [points[at - 1] as Point, points[at] as Point];
    const level = a.y === b.y;
    const [from, to] = level ? [Math.min(a.x, b.x), Math.max(a.x, b.x)] : [Math.min(a.y, b.y), Math.max(a.y, b.y)];
    see({ from, to, at: level ? a.y : a.x, ends }, level);
  }
}
