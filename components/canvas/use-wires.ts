"use client";

import type { Edge, EdgeChange } from "@xyflow/react";
import { useCallback, useMemo } from "react";
import { useEditor } from "../editor/store";
import type { Drawing, WireView } from "./projection";
import { selectionAfter } from "./selection";
import type { WireEdge } from "./wire";

const LAYER = 5;

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

/** Lines for React Flow, and their part of the selection. */
export function useWires(drawing: Drawing) {
  const selection = useEditor((store) => store.state.selection);
  const edges = useMemo(() => {
    const picked = new Set(selection);
    return drawing.wires.map((view) => edgeOf(view, picked.has(view.id)));
  }, [drawing, selection]);
  const onEdgesChange = useCallback((changes: EdgeChange<WireEdge>[]) => selectionAfter(changes, () => true), []);
  return { edges, onEdgesChange };
}
