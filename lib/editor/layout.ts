import { kindOf } from "../catalog";
import { compareKeys } from "../core/json";
import { type Document, type DocumentEdge, endpoint } from "../document/document";
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

/** The drawing as ELK reads it: boxes as hierarchy, cards with their sizes from the catalog. Pure. */
export function layoutGraph(document: Document): ElkNode {
  const board = new Board(document);
  const ids = Object.keys(document.nodes).sort(compareKeys);
  const children = (parent: string | undefined): ElkNode[] =>
    ids
      .filter((id) => document.nodes[id]?.parent === parent)
      .map((id) => {
        const node = document.nodes[id] as NonNullable<(typeof document.nodes)[string]>;
        const inside = children(id);
        if (inside.length > 0)
          return { id, children: inside, layoutOptions: { ...spacing, "elk.padding": boxPadding } };
        const { w, h } = kindOf(node.kind).box ? { w: 320, h: 160 } : board.size(id);
        return { id, width: w, height: h };
      });
  const edges = Object.entries(document.edges)
    .sort(([a], [b]) => compareKeys(a, b))
    .map(([id, edge]: [string, DocumentEdge]) => ({
      id,
      sources: [endpoint(edge.from).node],
      targets: [endpoint(edge.to).node],
    }))
    .filter(({ sources: [from], targets: [to] }) => from !== to && !encloses(document, from, to));
  return { id: ROOT, layoutOptions: options, children: children(undefined), edges };
}

/** ELK cannot route between a box and what stands in it; such edges do not decide where things go. */
function encloses(document: Document, a: string | undefined, b: string | undefined): boolean {
  const above = (id: string | undefined, box: string | undefined): boolean => {
    for (let at = id; at !== undefined; at = document.nodes[at]?.parent) if (at === box) return true;
    return false;
  };
  return above(a, b) || above(b, a);
}

/** The moves that bring a drawing to ELK's answer; one undo step when applied together. */
export function layoutEdits(document: Document, graph: ElkNode): Edit[] {
  const board = new Board(document);
  const visit = (node: ElkNode): void => {
    const own = node.id === ROOT ? undefined : document.nodes[node.id];
    if (own) {
      const box = kindOf(own.kind).box ? { w: node.width ?? 320, h: node.height ?? 160 } : {};
      board.put(node.id, { x: node.x ?? 0, y: node.y ?? 0, ...box });
    }
    for (const child of node.children ?? []) visit(child);
  };
  visit(graph);
  return board.moves(document);
}
