import type { EdgeStyle } from "@/lib/catalog/relation";
import type { Rect } from "@/lib/editor/geometry";
import type { Point } from "@/lib/model/drawing/lines";
import { Space } from "@/lib/model/drawing/space";
import type { WireView } from "./projection";

/** More lines than this are drawn on one canvas; only those that someone points at or has selected are elements. */
export const CROWD = 200;

/** Below this zoom nobody reads words, and lines keep a width on the screen instead of one in the drawing. */
export const FAR = 0.36;
/** Below this zoom there is room for few words. */
export const NEAR = 0.64;
/** How far around its letters a label hides the line under it: as wide as a space, so that none shows between words. */
export const HALO = 8;

const widths = { traffic: 1.5, data: 1.5, event: 2, thin: 1 } as const satisfies Record<EdgeStyle, number>;

/** Width of a line in units of the drawing: on the screen never under a pixel, and two where it stands out. */
export function widthOf(
  { style, traced, verdict }: Pick<WireView, "style" | "traced" | "verdict">,
  zoom: number,
): number {
  const drawn = traced ? 4 : zoom < FAR ? 2.5 : widths[style];
  return zoom < FAR ? Math.max(drawn, (traced || verdict === "blocked" ? 2 : 1) / zoom) : drawn;
}

interface Piece {
  wire: string;
  rect: Rect;
}

/** Finds the line under a point among many. */
export function createWireFinder(wires: readonly WireView[]): (point: Point, reach: number) => string | undefined {
  const pieces: Piece[] = [];
  for (const { id, route } of wires) {
    for (let at = 1; at < route.points.length; at += 1) {
      const [a, b] = [route.points[at - 1] as Point, route.points[at] as Point];
      const rect = { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), w: Math.abs(a.x - b.x), h: Math.abs(a.y - b.y) };
      pieces.push({ wire: id, rect });
    }
  }
  const space = new Space(pieces);
  return (point, reach) => {
    let nearest: { wire: string; distance: number } | undefined;
    for (const { wire, rect } of space.near({ x: point.x - reach, y: point.y - reach, w: reach * 2, h: reach * 2 })) {
      const dx = Math.max(rect.x - point.x, 0, point.x - rect.x - rect.w);
      const dy = Math.max(rect.y - point.y, 0, point.y - rect.y - rect.h);
      const distance = Math.hypot(dx, dy);
      if (distance <= reach && (!nearest || distance < nearest.distance)) nearest = { wire, distance };
    }
    return nearest?.wire;
  };
}

/** The part of the board that a line touches. */
export function extentOf(points: readonly Point[]): Rect {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, w: Math.max(...xs) - x, h: Math.max(...ys) - y };
}
