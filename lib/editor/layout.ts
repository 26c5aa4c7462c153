import { kindOf } from "../catalog";
import { compareKeys } from "../core/json";
import { type Document, type DocumentNode, endpoint } from "../document/document";
import type { Edit } from "../document/edits/edit";
import { Board, GAP, PADDING, TITLE } from "./geometry";

/** The part of ELK's JSON graph that is used here. https://eclipse.dev/elk/documentation/tooldevelopers/graphdatastructure/jsonformat.html */
export interface ElkNode {
  id: string;
  x?: number;
  y?: number;
  width?: number;
  height?: number;
  children?: ElkNode[];
  edges?: { id: string; sources: string[]; targets: string[] }[];
  layoutOptions?: Record<string, string>;
}

const ROOT = "root";

/** Said for the drawing and for every box: ELK hands spacing down to no child. */
const spacing: Record<string, string> = {
  "elk.spacing.nodeNode": "40",
  "elk.layered.spacing.nodeNodeBetweenLayers": "96",
};

const options: Record<string, string> = {
  ...spacing,
  "elk.algorithm": "layered",
  "elk.direction": "RIGHT",
  "elk.hierarchyHandling": "INCLUDE_CHILDREN",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.spacing.componentComponent": String(GAP),
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
};

const boxPadding = `[top=${TITLE + 24},left=${PADDING},bottom=${PADDING},right=${PADDING}]`;

/** The drawing as ELK reads it: one graph for each part that hangs together, boxes as hierarchy. Pure. */
export function layoutGraphs(document: Document): ElkNode[] {
  const board = new Board(document);
  const ids = Object.keys(document.nodes).sort(compareKeys);
  const element = (id: string): ElkNode => {
    const node = document.nodes[id] as DocumentNode;
    const inside = ids.filter((child) => document.nodes[child]?.parent === id).map(element);
    if (inside.length > 0) return { id, children: inside, layoutOptions: { ...spacing, "elk.padding": boxPadding } };
    const { w, h } = kindOf(node.kind).box ? EMPTY_BOX : board.size(id);
    return { id, width: w, height: h };
  };
  const parts = partsOf(document, ids);
  const edges = Object.entries(document.edges)
    .sort(([a], [b]) => compareKeys(a, b))
    .map(([id, edge]) => ({ id, from: endpoint(edge.from).node, to: endpoint(edge.to).node }))
    .filter(({ from, to }) => from !== to && !isAbove(document, from, to) && !isAbove(document, to, from));
  return [...new Set(parts.values())].map((part) => ({
    id: ROOT,
    layoutOptions: options,
    children: ids.filter((id) => document.nodes[id]?.parent === undefined && parts.get(id) === part).map(element),
    edges: edges
      .filter(({ from }) => parts.get(rootOf(document, from)) === part)
      .map(({ id, from, to }) => ({ id, sources: [from], targets: [to] })),
  }));
}

const EMPTY_BOX = { w: 320, h: 160 };

function rootOf(document: Document, id: string): string {
  let at = id;
  for (let parent = document.nodes[at]?.parent; parent !== undefined; parent = document.nodes[at]?.parent) at = parent;
  return at;
}

/** ELK cannot route between a box and what stands in it; such edges do not decide where things go. */
function isAbove(document: Document, box: string, id: string): boolean {
  for (let at = document.nodes[id]?.parent; at !== undefined; at = document.nodes[at]?.parent)
    if (at === box) return true;
  return false;
}

/** For each topmost node the first one it hangs together with through edges. */
function partsOf(document: Document, ids: readonly string[]): Map<string, string> {
  const roots = ids.filter((id) => document.nodes[id]?.parent === undefined);
  const part = new Map(roots.map((id) => [id, id]));
  const find = (id: string): string => {
    let at = id;
    while (part.get(at) !== at) at = part.get(at) as string;
    return at;
  };
  for (const edge of Object.values(document.edges)) {
    const from = find(rootOf(document, endpoint(edge.from).node));
    const to = find(rootOf(document, endpoint(edge.to).node));
    if (from === to) continue;
    if (compareKeys(from, to) < 0) part.set(to, from);
    else part.set(from, to);
  }
  return new Map(roots.map((id) => [id, find(id)]));
}

/** Width over height that the parts are packed to: that of a canvas between its panels. */
const ASPECT = 1.5;

/** Where each part goes: in rows, large ones first, so that the whole has about the shape of the canvas. */
function pack(graphs: readonly ElkNode[]): { graph: ElkNode; x: number; y: number }[] {
  const size = (graph: ElkNode) => ({ w: (graph.width ?? 0) + GAP, h: (graph.height ?? 0) + GAP });
  const area = graphs.reduce((sum, graph) => sum + size(graph).w * size(graph).h, 0);
  const widest = Math.max(0, ...graphs.map((graph) => size(graph).w));
  const width = Math.max(widest, Math.sqrt(area * ASPECT));
  const placed: { graph: ElkNode; x: number; y: number }[] = [];
  let x = 0;
  let y = 0;
  let row = 0;
  for (const graph of [...graphs].sort((a, b) => size(b).h - size(a).h)) {
    const { w, h } = size(graph);
    if (x > 0 && x + w > width) {
      x = 0;
      y += row;
      row = 0;
    }
    placed.push({ graph, x, y });
    x += w;
    row = Math.max(row, h);
  }
  return placed;
}

/** The moves that bring a drawing to ELK's answers; one undo step when applied together. */
export function layoutEdits(document: Document, graphs: readonly ElkNode[]): Edit[] {
  const board = new Board(document);
  const visit = (node: ElkNode, offset: { x: number; y: number }): void => {
    const own = document.nodes[node.id];
    if (own) {
      const box = kindOf(own.kind).box ? { w: node.width ?? EMPTY_BOX.w, h: node.height ?? EMPTY_BOX.h } : {};
      board.put(node.id, { x: (node.x ?? 0) + offset.x, y: (node.y ?? 0) + offset.y, ...box });
    }
    for (const child of node.children ?? []) visit(child, own ? { x: 0, y: 0 } : offset);
  };
  for (const { graph, x, y } of pack(graphs)) visit(graph, { x, y });
  return board.moves(document);
}
