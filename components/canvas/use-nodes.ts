"use client";

import {
  applyNodeChanges,
  type Node,
  type NodeChange,
  Position,
  type SelectionDragHandler,
  useReactFlow,
} from "@xyflow/react";
import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from "react";
import { kindOf } from "@/lib/catalog";
import { dropEdits } from "@/lib/editor/move";
import { useEditor } from "../editor/store";
import type { CardNode } from "./card";
import { aligned, type Drag, hideTarget, showTarget, startDrag } from "./dragging";
import type { CardView, Drawing } from "./projection";
import { endMarquee, selectionAfter, startMarquee } from "./selection";

/** Boxes lie under the lines, cards above them, and what is dragged above all. */
const LAYER = { box: 0, card: 10, lifted: 30 };

const known = new WeakMap<CardView, { [selected: string]: CardNode }>();

/** A card as React Flow takes it: place, size and handles given, so that nothing has to be measured. */
function nodeOf(view: CardView, selected: boolean): CardNode {
  const kept = known.get(view) ?? {};
  known.set(view, kept);
  const before = kept[String(selected)];
  if (before) return before;
  const type = view.box ? "box" : "card";
  const node: CardNode = {
    id: view.id,
    type,
    position: { x: view.x, y: view.y },
    ...(view.parent === undefined ? {} : { parentId: view.parent }),
    width: view.w,
    height: view.h,
    measured: { width: view.w, height: view.h },
    // Lines find their own places (routing/): one handle at the corner tells them where the card is.
    handles: (["source", "target"] as const).map((kind) => ({
      type: kind,
      position: Position.Top,
      x: 0,
      y: 0,
      width: 0,
      height: 0,
    })),
    data: { view },
    selected,
    zIndex: LAYER[type],
    ...(view.box ? { dragHandle: ".box-title", style: { pointerEvents: "none" } } : {}),
    ariaLabel: view.label,
    domAttributes: { "data-node-id": view.id, "data-kind": view.kind } as NonNullable<Node["domAttributes"]>,
  };
  kept[String(selected)] = node;
  return node;
}

/** Nodes for React Flow, and what happens when they are picked, dragged and dropped. */
export function useNodes(drawing: Drawing) {
  const selection = useEditor((store) => store.state.selection);
  const { getZoom } = useReactFlow();
  const [nodes, setNodes] = useState<CardNode[]>([]);
  const current = useRef<CardNode[]>([]);
  const drag = useRef<Drag>(undefined);

  const show = useCallback((next: CardNode[]) => {
    current.current = next;
    setNodes(next);
  }, []);
  const sync = useCallback(() => {
    const picked = new Set(selection);
    show(drawing.cards.map((view) => nodeOf(view, picked.has(view.id))));
  }, [drawing, selection, show]);
  useLayoutEffect(sync, [sync]);

  const onNodesChange = useCallback(
    (changes: NodeChange<CardNode>[]) => {
      selectionAfter(changes, (id) => current.current.some((node) => node.id === id && node.type === "box"));
      const moves = changes.filter(({ type }) => type === "position" || type === "dimensions");
      if (moves.length === 0) return;
      show(applyNodeChanges(drag.current ? aligned(moves, drag.current, getZoom()) : moves, current.current));
    },
    [getZoom, show],
  );

  // The same functions at all times: React Flow tells every card when one is another.
  const latest = useRef(sync);
  useLayoutEffect(() => {
    latest.current = sync;
  }, [sync]);
  const gestures = useMemo(() => gesturesOf({ current, drag, show, sync: () => latest.current() }), [show]);
  return { nodes, onNodesChange, ...gestures, onSelectionStart: startMarquee, onSelectionEnd: endMarquee };
}

interface Held {
  current: RefObject<CardNode[]>;
  drag: RefObject<Drag | undefined>;
  show(next: CardNode[]): void;
  sync(): void;
}

/** What happens when cards are dragged and dropped. */
function gesturesOf({ current, drag, show, sync }: Held) {
  const absolute = (id: string) => {
    const node = current.current.find((item) => item.id === id);
    const origin = drag.current?.board.origin(node?.parentId);
    return { x: (node?.position.x ?? 0) + (origin?.x ?? 0), y: (node?.position.y ?? 0) + (origin?.y ?? 0) };
  };
  const start = (_: unknown, moving: readonly Node[]) => {
    drag.current = startDrag(
      useEditor.getState().state.document,
      moving.map(({ id }) => id),
    );
    const { tops } = drag.current;
    const lifted = (node: CardNode) => tops.has(node.id) && node.type === "card";
    show(current.current.map((node) => (lifted(node) ? { ...node, zIndex: LAYER.lifted } : node)));
  };
  const over = () => {
    const { board, tops } = drag.current ?? {};
    const [first] = tops ?? [];
    const node = first === undefined ? undefined : board?.node(first);
    if (!board || !tops || first === undefined || !node) return;
    const place = absolute(first);
    const size = board.size(first);
    showTarget(board, node.kind, { x: place.x + size.w / 2, y: place.y + size.h / 2 }, tops);
  };
  const stop = () => {
    const tops = drag.current?.tops ?? new Set<string>();
    const to = Object.fromEntries([...tops].map((id) => [id, absolute(id)]));
    drag.current = undefined;
    hideTarget();
    const { state, dispatch } = useEditor.getState();
    const edits = dropEdits(state.document, to);
    const moved = edits.length > 0 && dispatch(edits, { says: wordsOf(Object.keys(to)) }).ok;
    if (!moved) sync();
  };
  return {
    onNodeDragStart: (event: unknown, _: Node, moving: readonly Node[]) => start(event, moving),
    onNodeDrag: over,
    onNodeDragStop: stop,
    onSelectionDragStart: start as SelectionDragHandler<CardNode>,
    onSelectionDrag: over,
    onSelectionDragStop: stop,
  };
}

function wordsOf(ids: readonly string[]): string {
  const { nodes } = useEditor.getState().state.document;
  const [first] = ids;
  const node = first === undefined ? undefined : nodes[first];
  return ids.length === 1 && node ? `Moved ${node.name}, ${kindOf(node.kind).label}.` : `Moved ${ids.length} items.`;
}
