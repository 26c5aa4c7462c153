import { kindOf, type NodeKind } from "../catalog";
import type { BoxKind, Surroundings } from "../catalog/kind";
import { pairsFrom } from "../catalog/pairs";
import { readAt } from "../core/pointer";
import { ok, type Result } from "../core/result";
import type { Document, DocumentEdge, DocumentNode } from "../document/document";
import { applyAll } from "../document/edits/apply";
import type { Edit } from "../document/edits/edit";
import { companions, instanceKinds } from "./companions";
import { connectEdits } from "./connect";
import { around, Board, GAP, mayHold, overlaps, PADDING, type Rect, TITLE } from "./geometry";
import { Names } from "./names";
import type { EditorState } from "./state";

export interface Where {
  /** The pointer, in absolute canvas units. Without it the node goes next to the selection. */
  at?: { x: number; y: number };
  /** Middle of what is visible: where to go when nothing is selected. */
  near?: { x: number; y: number };
}

export interface Placing {
  edits: Edit[];
  select: string[];
  says: string;
}

/** Work in progress: the board, what it adds, and the edits so far. */
interface Draft {
  document: Document;
  board: Board;
  names: Names;
  added: string[];
  edges: Record<string, DocumentEdge>;
}

/**
 * The edits that place a new node of a kind, as one undo step: in the box under the pointer or beside the selection,
 * connected if the grammar allows, with the boxes and nodes it cannot do without (`companions`), and with every box
 * grown to hold what it now holds.
 */
export function place(
  state: Pick<EditorState, "document" | "selection">,
  kind: NodeKind,
  where: Where,
): Result<Placing> {
  const { document } = state;
  const draft: Draft = { document, board: new Board(document), names: new Names(document), added: [], edges: {} };
  const anchor = where.at ? undefined : anchorOf(state);
  const parent = homeOf(draft, kind, where, anchor);
  const home = parent ?? surround(draft, kind, where, anchor);
  const id = add(draft, kind, draft.names.name(kindOf(kind).short), home);
  put(draft, id, spotFor(draft, id, where, anchor));
  for (const companion of companions[kind]?.beside ?? []) {
    if (anchor && document.nodes[anchor]?.kind === companion.kind) continue;
    const name = draft.names.name(companion.name(draft.board.nodes[id]?.name ?? ""));
    const other = add(draft, companion.kind, name, home);
    const rect = draft.board.rect(id);
    put(draft, other, { x: rect.x + rect.w + GAP, y: rect.y });
    draft.edges[draft.names.id("e")] = { from: id, to: other, relation: companion.relation, props: {} } as DocumentEdge;
  }
  draft.board.grow(draft.added);
  const edits = editsOf(draft);
  const connection = anchor === undefined ? undefined : connected(document, edits, anchor, id);
  const name = draft.board.nodes[id]?.name ?? "";
  return ok({
    edits: [...edits, ...(connection?.edits ?? [])],
    select: [id],
    says: `Added ${name}.${connection ? ` ${connection.says}` : ""}`,
  });
}

/** The one node that is selected, if it is one. */
function anchorOf({ document, selection }: Pick<EditorState, "document" | "selection">): string | undefined {
  const [only, ...others] = selection.filter((id) => Object.hasOwn(document.nodes, id));
  return others.length === 0 ? only : undefined;
}

/** The box a new node of this kind goes into, as far as the design has one. */
function homeOf(draft: Draft, kind: NodeKind, where: Where, anchor: string | undefined): string | undefined {
  const { board } = draft;
  if (where.at) return board.boxAt(where.at, kind) ?? nearestNeeded(draft, kind);
  for (let at = anchor; at !== undefined; at = board.node(at)?.parent) {
    const node = board.node(at);
    if (node && mayHold(node, kind)) return at;
  }
  return (where.near && board.boxAt(where.near, kind)) ?? firstBox(draft, kind);
}

/** A kind that needs boxes around it (a service) goes into one even when dropped outside. */
const nearestNeeded = (draft: Draft, kind: NodeKind): string | undefined =>
  (companions[kind]?.around.length ?? 0) > 0 ? firstBox(draft, kind) : undefined;

/** The innermost kind of box that the kind prefers, the first in the design. */
function firstBox(draft: Draft, kind: NodeKind): string | undefined {
  const preferred = [...kindOf(kind).within].reverse();
  for (const box of preferred) {
    const found = Object.keys(draft.board.nodes).find((id) => draft.board.nodes[id]?.kind === box);
    if (found) return found;
  }
  return undefined;
}

function surroundings(draft: Draft, parent: string | undefined, name: string): Surroundings {
  const inside = parent === undefined ? [] : draft.board.children(parent).map((id) => draft.board.nodes[id]);
  const box = parent === undefined ? undefined : draft.board.node(parent);
  const fargate = inside.some((node) => node && readAt(node.props, "/launchType") === "FARGATE");
  return {
    ...(box ? { parent: box.kind as BoxKind } : {}),
    ec2: !fargate && inside.some((node) => node && instanceKinds.has(node.kind)),
    name,
  };
}

function add(draft: Draft, kind: NodeKind, name: string, parent: string | undefined): string {
  const id = draft.names.id("n");
  const props = kindOf(kind).initial(surroundings(draft, parent, name));
  draft.board.nodes[id] = draft.names.node(kind, name, parent, props);
  draft.added.push(id);
  return id;
}

/** Puts a node at the free place nearest to a wish; boxes also get their size. */
function put(draft: Draft, id: string, wish: { x: number; y: number }): void {
  const node = draft.board.nodes[id] as DocumentNode;
  const size = draft.board.size(id);
  const spot = draft.board.free(node.parent, { ...wish, ...size }, new Set([id]));
  draft.board.put(id, kindOf(node.kind).box ? { ...spot, ...size } : spot);
}

/** Where the node would like to be, relative to its parent. */
function spotFor(draft: Draft, id: string, where: Where, anchor: string | undefined): { x: number; y: number } {
  const { board } = draft;
  const node = board.nodes[id] as DocumentNode;
  const size = board.size(id);
  const origin = board.origin(node.parent);
  const middle = kindOf(node.kind).box ? { x: 0, y: 0 } : { x: size.w / 2, y: size.h / 2 };
  if (where.at) return { x: where.at.x - origin.x - middle.x, y: where.at.y - origin.y - middle.y };
  if (anchor !== undefined && anchor !== node.parent) {
    const rect = board.absolute(anchor);
    const outer = board.absolute(siblingOf(board, anchor, node.parent));
    const kinds = [node.kind, board.nodes[anchor]?.kind as NodeKind] as const;
    const before = pairsFrom(kinds[1], kinds[0]).length === 0 && pairsFrom(kinds[0], kinds[1]).length > 0;
    return { x: (before ? outer.x - GAP - size.w : outer.x + outer.w + GAP) - origin.x, y: rect.y - origin.y };
  }
  if (node.parent !== undefined) return { x: PADDING, y: TITLE + 16 };
  const near = where.near ?? { x: 0, y: 0 };
  return { x: near.x - size.w / 2, y: near.y - size.h / 2 };
}

/** The node itself, or the box around it that stands in `parent`. */
function siblingOf(board: Board, id: string, parent: string | undefined): string {
  for (let at: string | undefined = id; at !== undefined; at = board.node(at)?.parent) {
    if (board.node(at)?.parent === parent) return at;
  }
  return id;
}

/**
 * Places the boxes a kind needs and the design lacks, and moves what lives only in such a box into it: a load balancer
 * drawn first stands in the network of the service drawn after it.
 */
function surround(draft: Draft, kind: NodeKind, where: Where, anchor: string | undefined): string | undefined {
  let parent: string | undefined;
  for (const box of companions[kind]?.around ?? []) {
    const existing = draft.board.children(parent).find((id) => draft.board.nodes[id]?.kind === box);
    parent = existing ?? enclose(draft, box, parent, where, anchor);
  }
  return parent;
}

const BOX_SIZE = { w: 640, h: 240 };

function enclose(
  draft: Draft,
  box: BoxKind,
  parent: string | undefined,
  where: Where,
  anchor: string | undefined,
): string {
  const { board } = draft;
  const adopted = board.children(parent).filter((child) => livesOnlyIn(board.nodes[child], box));
  const id = add(draft, box, draft.names.name(kindOf(box).short), parent);
  const extent = around(adopted.map((child) => board.rect(child)));
  const wish = where.at ?? where.near ?? { x: 0, y: 0 };
  const beside = anchor === undefined ? undefined : board.absolute(anchor);
  const corner = extent
    ? { x: extent.x - PADDING, y: extent.y - TITLE - 16 }
    : parent !== undefined
      ? freeIn(draft, parent)
      : beside
        ? { x: beside.x + beside.w + GAP, y: beside.y - TITLE - 16 }
        : { x: wish.x - PADDING * 2, y: wish.y - TITLE * 2 };
  board.put(id, { ...corner, ...BOX_SIZE });
  for (const child of adopted) {
    const rect = board.rect(child);
    board.setParent(child, id);
    board.put(child, { ...board.at(child), x: rect.x - corner.x, y: rect.y - corner.y });
  }
  makeRoom(draft, id, new Set([id, ...adopted]));
  return id;
}

/** To the right of what a box holds already. */
function freeIn(draft: Draft, parent: string): { x: number; y: number } {
  const extent = around(
    draft.board
      .children(parent)
      .slice(0, -1)
      .map((id) => draft.board.rect(id)),
  );
  return { x: extent ? extent.x + extent.w + GAP : PADDING, y: TITLE + 16 };
}

const livesOnlyIn = (node: DocumentNode | undefined, box: BoxKind): boolean => {
  const within = node ? kindOf(node.kind).within : [];
  return within.length === 1 && within[0] === box;
};

/** Siblings under a new box move aside, to its right. */
function makeRoom(draft: Draft, box: string, except: ReadonlySet<string>): void {
  const rect: Rect = { ...draft.board.rect(box), w: BOX_SIZE.w + 400 };
  for (const id of draft.board.children(draft.board.node(box)?.parent)) {
    if (except.has(id) || !overlaps(draft.board.rect(id), rect)) continue;
    const own = draft.board.rect(id);
    const left = own.x + own.w / 2 < rect.x + 40;
    draft.board.put(id, { ...draft.board.at(id), x: left ? rect.x - own.w - GAP : rect.x + rect.w + GAP });
  }
}

function editsOf(draft: Draft): Edit[] {
  const { document, board } = draft;
  const nodes = draft.added.map(
    (id): Edit => ({ edit: "addNode", id, node: board.nodes[id] as DocumentNode, layout: board.at(id) }),
  );
  const reparented = Object.keys(document.nodes)
    .filter((id) => document.nodes[id]?.parent !== board.nodes[id]?.parent)
    .map((id): Edit => ({ edit: "reparent", id, parent: board.nodes[id]?.parent ?? null }));
  const edges = Object.entries(draft.edges).map(([id, edge]): Edit => ({ edit: "addEdge", id, edge }));
  return [...nodes, ...reparented, ...board.moves(document), ...edges];
}

/** The connection between the selection and the new node, if the grammar has one. */
function connected(document: Document, edits: readonly Edit[], anchor: string, id: string) {
  const after = applyAll(document, edits);
  if (!after.ok) return undefined;
  const answer = connectEdits(after.value.document, { from: anchor, to: id });
  // A bare reference says nothing until a person fills it in, so it is not made unasked.
  return answer.ok && answer.value.relation !== "reference" ? answer.value : undefined;
}
