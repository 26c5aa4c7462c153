"use client";

import { useReactFlow } from "@xyflow/react";
import type { PointerEvent } from "react";
import type { Side } from "@/lib/model/drawing/lines";
import { beginConnecting } from "./connecting";

/** A place to drag a connection from. By keyboard the same is done in the inspector, under Connections. */
export function Port({ end, side }: { end: string; side: Side }) {
  const { screenToFlowPosition } = useReactFlow();
  const begin = (event: PointerEvent<HTMLSpanElement>) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    event.preventDefault();
    const box = event.currentTarget.getBoundingClientRect();
    const start = screenToFlowPosition({ x: box.left + box.width / 2, y: box.top + box.height / 2 });
    beginConnecting(end, { start, side }, screenToFlowPosition);
  };
  return (
    <span className="port nodrag nopan" data-side={side} data-port={end} onPointerDown={begin} aria-hidden="true" />
  );
}
