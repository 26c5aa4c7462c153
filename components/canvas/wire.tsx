"use client";

import type { Edge, EdgeProps } from "@xyflow/react";
import { memo } from "react";
import { labelLines } from "@/lib/model/drawing/labels";
import { headOf } from "@/lib/model/drawing/lines";
import type { WireView } from "./projection";
import { placed } from "./wire-place";

export type WireEdge = Edge<{ view: WireView }, "wire">;

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
  const { points, path, label } = placed(view, from, to);
  const end = points.at(-1);
  const before = points.at(-2);
  return (
    <g
      className="wire"
      data-style={view.style}
      data-verdict={view.verdict}
      data-traced={view.traced}
      data-money={view.money ? (view.money.unknown ? "unknown" : "known") : undefined}
      data-severity={view.badge?.severity}
    >
      {view.verdict || view.money ? <title>{view.label}</title> : null}
      <path className="wire-reach" d={path} />
      <path className="wire-line" d={path} />
      {end && before ? <path className="wire-head" d={headOf(before, end)} /> : null}
      {view.text && label ? (
        <>
          <Words label={label} full={view.brief !== undefined} text={view.text} />
          {view.brief === undefined ? null : <Words label={label} brief text={view.brief} />}
        </>
      ) : null}
    </g>
  );
});

function Words({
  label,
  text,
  full,
  brief,
}: {
  label: NonNullable<ReturnType<typeof placed>["label"]>;
  text: string;
  /** There are shorter words for further away. */
  full?: boolean;
  brief?: boolean;
}) {
  return (
    <text
      className="wire-label"
      data-free={label.free || undefined}
      data-full={full || undefined}
      data-brief={brief || undefined}
      textAnchor="middle"
      dominantBaseline="central"
    >
      {labelLines({ ...label, text }).map((line, at) => (
        <tspan key={line.y} x={line.x} y={line.y} data-below={at > 0 || undefined}>
          {line.text}
        </tspan>
      ))}
    </text>
  );
}
