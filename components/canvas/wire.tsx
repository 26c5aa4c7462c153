"use client";

import type { Edge, EdgeProps } from "@xyflow/react";
import { memo } from "react";
import type { WireView } from "./projection";
import { lengthOf, type Point, pathOf } from "./routing/lines";
import { routeOne } from "./routing/routes";

export type WireEdge = Edge<{ view: WireView }, "wire">;

const HEAD = 7;

/**
 * One connection. React Flow tells where the cards at its ends are (its source and target points are their top left
 * corners): while one is being dragged the line is drawn anew from there, otherwise along its route.
 */
export const Wire = memo(function Wire({ data, sourceX, sourceY, targetX, targetY }: EdgeProps<WireEdge>) {
  if (!data) return null;
  const { view } = data;
  // Whole units: what is measured on the screen is off by a trace.
  const from = { x: Math.round(sourceX - view.fromRect.x), y: Math.round(sourceY - view.fromRect.y) };
  const to = { x: Math.round(targetX - view.toRect.x), y: Math.round(targetY - view.toRect.y) };
  const { points, path, label } = place(view, from, to);
  const end = points.at(-1);
  const before = points.at(-2);
  return (
    <g className="wire" data-style={view.style} data-verdict={view.verdict} data-severity={view.badge?.severity}>
      <path className="wire-reach" d={path} />
      <path className="wire-line" d={path} />
      {end && before ? <path className="wire-head" d={headOf(before, end)} /> : null}
      {view.text && label ? (
        <text
          className="wire-label"
          x={label.x}
          y={label.y}
          data-free={label.free || undefined}
          textAnchor="middle"
          dominantBaseline="central"
        >
          {view.text}
        </text>
      ) : null}
    </g>
  );
});

interface Placed {
  points: readonly Point[];
  path: string;
  label: (Point & { free: boolean }) | undefined;
}

function place(view: WireView, from: Point, to: Point): Placed {
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
function headOf(before: Point, end: Point): string {
  const length = lengthOf([before, end]) || 1;
  const along = { x: (end.x - before.x) / length, y: (end.y - before.y) / length };
  const back = { x: end.x - along.x * HEAD, y: end.y - along.y * HEAD };
  const side = { x: -along.y * (HEAD / 2), y: along.x * (HEAD / 2) };
  return `M${end.x} ${end.y}L${back.x + side.x} ${back.y + side.y}L${back.x - side.x} ${back.y - side.y}Z`;
}
