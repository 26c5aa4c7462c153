"use client";

import { useMemo } from "react";
import { kindOf } from "@/lib/catalog";
import { relationOf } from "@/lib/catalog/relations";
import { type Document, endpoint } from "@/lib/document/document";
import { around, Board } from "@/lib/editor/geometry";
import { AwsIcon } from "../ui/kind-icon";

/** A small picture of a design: boxes, cards as icons, straight lines. Decorative. */
export function Picture({ document, className }: { document: Document; className?: string }) {
  const drawn = useMemo(() => {
    const board = new Board(document);
    const rects = new Map(Object.keys(document.nodes).map((id) => [id, board.absolute(id)]));
    const extent = around([...rects.values()]) ?? { x: 0, y: 0, w: 100, h: 60 };
    return { board, rects, extent };
  }, [document]);
  const { board, rects, extent } = drawn;
  const middle = (end: string): { x: number; y: number } => {
    const rect = rects.get(endpoint(end).node);
    return rect ? { x: rect.x + rect.w / 2, y: rect.y + rect.h / 2 } : { x: 0, y: 0 };
  };
  const ids = Object.keys(document.nodes).sort((a, b) => board.depth(a) - board.depth(b));
  const boxes = ids.filter((id) => kindOf(board.nodes[id]?.kind ?? "note").box);
  const cards = ids.filter((id) => !boxes.includes(id));
  return (
    <svg
      aria-hidden="true"
      viewBox={`${extent.x - 40} ${extent.y - 40} ${extent.w + 80} ${extent.h + 80}`}
      className={className}
      preserveAspectRatio="xMidYMid meet"
    >
      {boxes.map((id) => {
        const rect = rects.get(id);
        return (
          rect && (
            <rect
              key={id}
              x={rect.x}
              y={rect.y}
              width={rect.w}
              height={rect.h}
              rx={16}
              className="fill-sunken stroke-line-strong"
              strokeWidth={4}
            />
          )
        );
      })}
      {Object.entries(document.edges).map(([id, edge]) => {
        const from = middle(edge.from);
        const to = middle(edge.to);
        return (
          <line
            key={id}
            x1={from.x}
            y1={from.y}
            x2={to.x}
            y2={to.y}
            className="stroke-ink-3"
            strokeWidth={relationOf(edge.relation).style === "thin" ? 3 : 5}
          />
        );
      })}
      {cards.map((id) => {
        const rect = rects.get(id);
        const kind = board.nodes[id]?.kind;
        return (
          rect &&
          kind && (
            <g key={id}>
              <rect
                x={rect.x}
                y={rect.y}
                width={rect.w}
                height={rect.h}
                rx={14}
                className="fill-surface stroke-line-strong"
                strokeWidth={4}
              />
              <g transform={`translate(${rect.x + rect.w / 2 - 32} ${rect.y + rect.h / 2 - 32})`}>
                <AwsIcon name={kindOf(kind).icon} size={64} />
              </g>
            </g>
          )
        );
      })}
    </svg>
  );
}
