import { kindOf } from "../../catalog";
import { type CardRow, rowHeight } from "../../catalog/kind";
import { readAt } from "../../core/pointer";
import type { ModelEdge, ModelNode } from "../model";
import type { Rect } from "./geometry";
import type { Side } from "./lines";
import type { Anchor } from "./route";
import { type Memory, type Route, routeAll } from "./routes";

/** What a card or box says, the same on the canvas and in pictures. */
export interface Face {
  id: string;
  kind: string;
  name: string;
  /** The kind's short name. */
  kindName: string;
  icon: ReturnType<typeof kindOf>["icon"];
  box: boolean;
  deployable: boolean;
  lines: readonly string[];
  rows: readonly CardRow[];
  tier: string | undefined;
}

/** What a face takes from the props, which are shared between models: worked out once, so that equal faces are cheap to tell. */
const drawnProps = new WeakMap<object, Pick<Face, "lines" | "rows" | "tier">>();

export function faceOf(node: ModelNode): Face {
  const kind = kindOf(node.kind);
  let drawn = drawnProps.get(node.props);
  if (!drawn) {
    const tier = readAt(node.props, "/tier");
    drawn = {
      lines: kind.summary(node.props).filter((line) => line !== ""),
      rows: kind.rows?.(node.props) ?? [],
      tier: typeof tier === "string" ? tier : undefined,
    };
    drawnProps.set(node.props, drawn);
  }
  return {
    id: node.id,
    kind: node.kind,
    name: node.name,
    kindName: kind.short,
    icon: kind.icon,
    box: kind.box,
    deployable: kind.deployable,
    lines: drawn.lines,
    rows: drawn.rows,
    tier: drawn.tier,
  };
}

/** A tier as the sign on a card. */
export const tierSigns: Readonly<Record<string, string>> = {
  public: "Public",
  private: "Private",
  isolated: "Isolated",
};

/** Place of a row on a card, relative to the card. */
export const rowRect = (card: { w: number; h: number; rows: readonly CardRow[] }, row: string): Rect | undefined => {
  const at = card.rows.findIndex(({ id }) => id === row);
  return at < 0 ? undefined : { x: 0, y: card.h - (card.rows.length - at) * rowHeight, w: card.w, h: rowHeight };
};

const everySide: readonly Side[] = ["right", "left", "bottom", "top"];
const rowSides: readonly Side[] = ["right", "left"];

/** Where lines of a card, or of one of its rows, may start or arrive. */
export function anchorOf(face: Pick<Face, "rows">, card: Rect, row: string | undefined): Anchor {
  const inside = row === undefined ? undefined : rowRect({ ...card, rows: face.rows }, row);
  if (inside) return { card, rect: { ...inside, x: card.x, y: card.y + inside.y }, sides: rowSides };
  if (face.rows.length === 0) return { card, rect: card, sides: everySide };
  // With rows below, the card's own lines meet its head.
  return { card, rect: { ...card, h: card.h - face.rows.length * rowHeight }, sides: [...rowSides, "top"] };
}

/** A line with the places it runs between. */
export interface Drawn {
  from: Anchor;
  to: Anchor;
  route: Route;
}

type Faces = ReadonlyMap<string, Pick<Face, "rows" | "box">>;

/** Where all lines run, in the order of the edges, with their words where there is room for them. */
export function linesOf(
  edges: readonly ModelEdge[],
  faces: Faces,
  rects: ReadonlyMap<string, Rect>,
  wordsOf: (edge: ModelEdge, at: number) => readonly string[],
  memory?: Memory,
): Drawn[] {
  const anchor = (node: string, row: string | undefined): Anchor =>
    anchorOf(faces.get(node) as Face, rects.get(node) as Rect, row);
  const ends = edges.map((edge) => ({
    from: anchor(edge.from.id, edge.fromContainer),
    to: anchor(edge.to.id, edge.toContainer),
  }));
  const routes = routeAll(
    edges.map((edge, at) => ({
      id: edge.id,
      ...(ends[at] as { from: Anchor; to: Anchor }),
      ends: endsOf(edge),
      labels: wordsOf(edge, at),
    })),
    [...rects].flatMap(([id, rect]) => (faces.get(id)?.box ? [] : [{ id, rect }])),
    memory,
  );
  return edges.map((edge, at) => ({
    ...(ends[at] as { from: Anchor; to: Anchor }),
    route: routes.get(edge.id) as Route,
  }));
}

const endsOf = (edge: ModelEdge): readonly [string, string] => [
  `${edge.from.id}/${edge.fromContainer ?? ""}`,
  `${edge.to.id}/${edge.toContainer ?? ""}`,
];

/** Draws lines like `linesOf`, and gives the same ones again while nothing that they depend on is another. */
export function createLines(): (
  edges: readonly ModelEdge[],
  faces: Faces,
  rects: ReadonlyMap<string, Rect>,
  words: readonly (readonly string[])[],
) => readonly Drawn[] {
  const memory: Memory = new Map();
  let last: { lines: readonly Drawn[]; of: readonly unknown[] } = { lines: [], of: [] };
  return (edges, faces, rects, words) => {
    const of = [
      ...edges.flatMap((edge, at) => [edge.id, ...endsOf(edge), (words[at] ?? []).join("\r")]),
      ...[...rects].flatMap(([id, { x, y, w, h }]) => [id, x, y, w, h, faces.get(id)?.box]),
      ...[...faces.values()].flatMap(({ rows }) => rows.map(({ id }) => id)),
    ];
    if (of.length !== last.of.length || of.some((part, at) => part !== last.of[at])) {
      last = { lines: linesOf(edges, faces, rects, (_, at) => words[at] ?? [], memory), of };
      const ids = new Set(edges.map(({ id }) => id));
      for (const id of memory.keys()) if (!ids.has(id)) memory.delete(id);
    }
    return last.lines;
  };
}
