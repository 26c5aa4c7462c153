"use client";

import "@xyflow/react/dist/base.css";
import "./canvas.css";
import "./cards.css";
import "./wires.css";
import "./gestures.css";
import "./zoom.css";
import { type Node, ReactFlow, ReactFlowProvider, SelectionMode, useReactFlow } from "@xyflow/react";
import { type DragEvent, type KeyboardEvent, useCallback, useLayoutEffect, useMemo, useRef } from "react";
import { isNodeKind, type NodeKind, nodeKinds } from "@/lib/catalog";
import { Board as Drawing } from "@/lib/editor/geometry";
import type { Mode } from "@/lib/editor/state";
import { useEditor } from "../editor/store";
import { useTrace, useTraceFollowsSelection } from "../flows/use-trace";
import { Box } from "./box";
import { Card } from "./card";
import { drawn } from "./connecting";
import { Controls } from "./controls";
import { CrowdLayer } from "./crowd-layer";
import { hideTarget, showTarget } from "./dragging";
import { DropSays, GestureLine, Guides, OfferMenu, ZoomAttribute } from "./overlays";
import { createProjection } from "./projection";
import { useTransient } from "./transient";
import { useCanvasApi } from "./use-canvas-api";
import { useNodes } from "./use-nodes";
import { useWires } from "./use-wires";
import { Wire } from "./wire";

const nodeTypes = { card: Card, box: Box };
const edgeTypes = { wire: Wire };
const nothing = new Set<string>();

/** Type under which the palette hands over a kind that is dragged. */
export const KIND_TYPE = "application/x-bayplan-kind";

/** The drawing board: the one place that knows React Flow. Design, selection and commands come from the editor's store. */
export function Canvas() {
  return (
    <ReactFlowProvider>
      <Board />
    </ReactFlowProvider>
  );
}

function Board() {
  const frame = useRef<HTMLDivElement>(null);
  const document = useEditor((store) => store.state.document);
  const model = useEditor((store) => store.analysis.model);
  const judged = useEditor((store) => store.judged);
  const mode = useEditor((store) => store.state.mode);
  const readOnly = useEditor((store) => store.state.readOnly);
  const project = useMemo(createProjection, []);
  const way = useTracedWay(mode);
  const drawing = useMemo(() => {
    // The drawing as it is, with the last verdicts that are complete.
    const { findings, flows } = judged;
    const shown = {
      model,
      findings,
      flows,
      get cost() {
        return judged.cost;
      },
    };
    return project(document, shown, mode, way);
  }, [project, document, model, judged, mode, way]);
  useLayoutEffect(() => {
    drawn.cards = drawing.cards;
  }, [drawing]);
  const { nodes, ...nodeEvents } = useNodes(drawing);
  const { edges, crowd, elements, events: edgeEvents } = useWires(drawing);
  useCanvasApi(frame, drawing);
  const drop = useDrop();

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: cards and lines inside have the roles; this only hears their keys
    <div
      ref={frame}
      className="bay-canvas"
      data-mode={mode}
      data-crowd={crowd || undefined}
      data-testid="canvas"
      onKeyDown={pick}
      {...(readOnly ? {} : drop)}
    >
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        {...nodeEvents}
        {...edgeEvents}
        onEdgeMouseLeave={leaveWire}
        onNodeMouseEnter={hover}
        onNodeMouseLeave={leave}
        nodesDraggable={!readOnly}
        nodesConnectable={false}
        edgesReconnectable={false}
        elevateNodesOnSelect={false}
        elevateEdgesOnSelect={false}
        zIndexMode="manual"
        snapToGrid
        snapGrid={snapGrid}
        nodeDragThreshold={3}
        selectionMode={SelectionMode.Partial}
        selectionKeyCode="Shift"
        multiSelectionKeyCode={manyKeys}
        panActivationKeyCode="Space"
        deleteKeyCode={null}
        disableKeyboardA11y
        panOnScroll
        zoomOnDoubleClick={false}
        minZoom={0.05}
        maxZoom={2}
        attributionPosition="bottom-center"
        aria-label="Drawing"
      >
        {crowd ? <CrowdLayer wires={drawing.wires} mode={mode} without={elements} /> : null}
        <Controls />
        <Guides />
        <GestureLine />
        <ZoomAttribute target={frame} />
      </ReactFlow>
      <DropSays />
      <OfferMenu />
    </div>
  );
}

// The same functions and lists at all times: another one would draw every card anew.
const snapGrid: [number, number] = [4, 4];
const manyKeys = ["Shift", "Meta", "Control"];
const leaveWire = (): void => useTransient.setState({ wire: undefined });
const hover = (_: unknown, { id }: Pick<Node, "id">): void => useTransient.setState({ hovered: id });
const leave = (): void => useTransient.setState({ hovered: undefined });

/** Edges of the way that is traced, while flows are looked at. */
function useTracedWay(mode: Mode): ReadonlySet<string> | undefined {
  useTraceFollowsSelection();
  const legs = useTrace()?.path.legs;
  return useMemo(
    () => (mode === "flows" && legs && legs.length > 0 ? new Set(legs.map(({ edge }) => edge)) : undefined),
    [mode, legs],
  );
}

/** Enter or Space on a card or line that has the focus selects it; with Shift it joins the selection. */
function pick(event: KeyboardEvent<HTMLDivElement>): void {
  if (event.key !== "Enter" && event.key !== " ") return;
  const target = event.target as HTMLElement;
  const id = target.dataset.nodeId ?? target.dataset.edgeId;
  if (id === undefined) return;
  event.preventDefault();
  const { state, select } = useEditor.getState();
  if (!event.shiftKey) select([id]);
  else if (state.selection.includes(id)) select(state.selection.filter((other) => other !== id));
  else select([...state.selection, id]);
}

/** The kind being dragged, as far as a browser tells before the drop: only the names of the types can be read. */
const kindOfDrag = (event: DragEvent): NodeKind | undefined =>
  nodeKinds.find((kind) => event.dataTransfer.types.includes(`${KIND_TYPE}-${kind.toLowerCase()}`));

function useDrop() {
  const { screenToFlowPosition } = useReactFlow();
  const onDragOver = useCallback(
    (event: DragEvent) => {
      if (!event.dataTransfer.types.includes(KIND_TYPE)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      const kind = kindOfDrag(event);
      if (!kind) return;
      const board = new Drawing(useEditor.getState().state.document);
      showTarget(board, kind, screenToFlowPosition({ x: event.clientX, y: event.clientY }), nothing);
    },
    [screenToFlowPosition],
  );
  const onDrop = useCallback(
    (event: DragEvent) => {
      hideTarget();
      const kind = event.dataTransfer.getData(KIND_TYPE);
      if (!isNodeKind(kind)) return;
      event.preventDefault();
      useEditor.getState().place(kind, screenToFlowPosition({ x: event.clientX, y: event.clientY }));
    },
    [screenToFlowPosition],
  );
  const onDragLeave = useCallback((event: DragEvent) => {
    // Also told of every part of the canvas that the pointer passes from one to the next.
    if (!event.currentTarget.contains(event.relatedTarget as Element | null)) hideTarget();
  }, []);
  return { onDragOver, onDrop, onDragLeave };
}
