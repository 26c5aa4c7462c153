"use client";

import { type Edge, type EdgeChange, useReactFlow } from "@xyflow/react";
import { useCallback, useMemo } from "react";
import { useEditor } from "../editor/store";
import { CROWD, createWireFinder } from "./crowd";
import type { Drawing, WireView } from "./projection";
import { selectionAfter } from "./selection";
import { useTransient } from "./transient";
import type { WireEdge } from "./wire";

const LAYER = 5;
/** How near the pointer has to be to a line, in pixels. */
const REACH = 7;

const known = new WeakMap<WireView, { [selected: string]: WireEdge }>();

function edgeOf(view: WireView, selected: boolean): WireEdge {
  const kept = known.get(view) ?? {};
  known.set(view, kept);
  const before = kept[String(selected)];
  if (before) return before;
  const edge: WireEdge = {
    id: view.id,
    type: "wire",
    source: view.from,
    target: view.to,
    data: { view },
    selected,
    zIndex: selected ? LAYER + 1 : LAYER,
    ariaLabel: view.label,
    domAttributes: { "data-edge-id": view.id, "data-relation": view.relation } as NonNullable<Edge["domAttributes"]>,
  };
  kept[String(selected)] = edge;
  return edge;
}

const none: ReadonlySet<string> = new Set();

/**
 * Lines for React Flow, and their part of the selection. Of a crowd only those are elements that someone points at or
 * has selected; the others are on one canvas (`crowd-layer.tsx`), and are found there by the pointer.
 */
export function useWires(drawing: Drawing) {
  const selection = useEditor((store) => store.state.selection);
  const crowd = drawing.wires.length > CROWD;
  const pointed = useTransient((state) => (crowd ? state.wire : undefined));
  const edges = useMemo(() => {
    const picked = new Set(selection);
    const shown = crowd ? drawing.wires.filter(({ id }) => id === pointed || picked.has(id)) : drawing.wires;
    return shown.map((view) => edgeOf(view, picked.has(view.id)));
  }, [drawing, selection, crowd, pointed]);
  const elements = useMemo(() => (crowd ? new Set(edges.map(({ id }) => id)) : none), [crowd, edges]);
  const find = useMemo(() => (crowd ? createWireFinder(drawing.wires) : undefined), [crowd, drawing.wires]);
  const onEdgesChange = useCallback((changes: EdgeChange<WireEdge>[]) => selectionAfter(changes, () => true), []);
  const { screenToFlowPosition, getZoom } = useReactFlow();
  const onPaneMouseMove = useCallback(
    (event: { clientX: number; clientY: number }) => {
      if (!find) return;
      const point = screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false });
      const wire = find(point, REACH / getZoom());
      if (wire !== useTransient.getState().wire) useTransient.setState({ wire });
    },
    [find, screenToFlowPosition, getZoom],
  );
  return { edges, crowd, elements, events: { onEdgesChange, ...(crowd ? { onPaneMouseMove } : {}) } };
}
