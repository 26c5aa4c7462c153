import { compareKeys, isObject, type Json, own, printJson } from "../core/json";
import { writeAt } from "../core/pointer";
import { fail, ok, type Result } from "../core/result";
import { count } from "../core/text";
import {
  type Document,
  type DocumentEdge,
  type DocumentNode,
  emptyDocument,
  endpoint,
  scenarios,
  type Usage,
} from "../document/document";
import type { Edit } from "../document/edits/edit";
import { referencesOf } from "../document/edits/references";
import { parseDocument, readDocument } from "../document/parse";
import type { Point } from "./commands/command";
import { around, Board, mayHold } from "./geometry";
import { Names } from "./names";
import { cutOut, withContents } from "./remove";

/** What a copied part pointed at without bringing it along: known again by kind and logical id. */
type Outside = Record<string, { kind: string; logicalId: string }>;

interface Parts {
  design: Document;
  outside: Outside;
  /** The boxes the topmost nodes stood in, by node. */
  parents: Record<string, string>;
}

const MARK = "bayplan/parts";
/** Most characters that are read from a clipboard: a design of thousands of nodes has fewer. */
const MAX_CLIPBOARD = 5_000_000;

/** Nodes that a paste brings at most; far above any selection, far below what would stall the page. */
const MAX_PASTED = 5_000;

/** The selected nodes with what stands in them and the edges among them, as text; undefined when nothing is to copy. */
export function copyText(document: Document, ids: Iterable<string>): string | undefined {
  const parts = partsOf(document, ids);
  return parts && printJson({ type: MARK, ...parts });
}

function partsOf(document: Document, ids: Iterable<string>): Parts | undefined {
  const nodes = withContents(document, ids);
  if (nodes.size === 0) return undefined;
  const board = new Board(document);
  const design = emptyDocument(document.name);
  const outside: Outside = {};
  const parents: Record<string, string> = {};
  const note = (id: string): void => {
    const node = own(document.nodes, id);
    if (node && !nodes.has(id)) outside[id] = { kind: node.kind, logicalId: node.logicalId };
  };
  for (const id of nodes) {
    const node = document.nodes[id] as DocumentNode;
    const { parent, ...rest } = node;
    const inside = parent !== undefined && nodes.has(parent);
    design.nodes[id] = (inside ? node : rest) as DocumentNode;
    const { x, y } = inside ? board.at(id) : board.absolute(id);
    design.layout[id] = { ...board.at(id), x, y };
    if (!inside && parent !== undefined) {
      parents[id] = parent;
      note(parent);
    }
    for (const reference of referencesOf(node)) note(reference.node);
  }
  for (const [id, edge] of Object.entries(document.edges)) {
    if (!nodes.has(endpoint(edge.from).node) || !nodes.has(endpoint(edge.to).node)) continue;
    design.edges[id] = edge;
    for (const reference of referencesOf(edge)) note(reference.node);
  }
  const copied = new Set([...nodes, ...Object.keys(design.edges)]);
  for (const scenario of scenarios) {
    design.usage.scenarios[scenario] = only(document.usage.scenarios[scenario], copied);
  }
  for (const [name, environment] of Object.entries(document.environments)) {
    const props = only(environment.props, copied);
    if (Object.keys(props).length > 0) design.environments[name] = { props, usage: {} };
  }
  return { design, outside, parents };
}

const only = <T>(record: Readonly<Record<string, T>>, ids: ReadonlySet<string>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([id]) => ids.has(id)));

/** Reads what `copyText` wrote, or a whole design file. The clipboard is anybody's: everything is checked. */
function readParts(text: string): Result<Parts> {
  if (text.length > MAX_CLIPBOARD) {
    return fail({ path: "", message: "The clipboard holds far more text than parts of a design have." });
  }
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return fail({ path: "", message: "The clipboard holds no parts of a design. Copy some nodes first." });
  }
  if (!isObject(data) || (data.type !== MARK && data.version === undefined)) {
    return fail({ path: "", message: "The clipboard holds no parts of a design. Copy some nodes first." });
  }
  if (data.type !== MARK) {
    const whole = parseDocument(text);
    return whole.ok ? ok({ design: whole.value, outside: {}, parents: {} }) : whole;
  }
  const design = readDocument(data.design);
  if (!design.ok) return design;
  const outside: Outside = {};
  for (const [id, known] of Object.entries(isObject(data.outside) ? data.outside : {})) {
    if (isObject(known) && typeof known.kind === "string" && typeof known.logicalId === "string") {
      outside[id] = { kind: known.kind, logicalId: known.logicalId };
    }
  }
  const parents: Record<string, string> = {};
  for (const [id, parent] of Object.entries(isObject(data.parents) ? data.parents : {})) {
    if (typeof parent === "string") parents[id] = parent;
  }
  return ok({ design: design.value, outside, parents });
}

export interface PasteTarget {
  /** Middle of what is pasted, in absolute units; beside the original without it. */
  at?: Point;
  /** The box to paste into, when the person selected one. */
  into?: string;
}

export interface Pasted {
  edits: Edit[];
  /** The topmost new nodes. */
  select: string[];
  says: string;
}

/** The edits that add copied parts to a design, under new ids, names and logical ids, wired as they were. */
export function pasteEdits(document: Document, text: string, target: PasteTarget = {}): Result<Pasted> {
  const parts = readParts(text);
  return parts.ok ? insert(document, parts.value, target) : parts;
}

/** Copy and paste in one, past the system's clipboard. */
export function duplicateEdits(document: Document, ids: Iterable<string>): Result<Pasted> {
  const parts = partsOf(document, ids);
  if (!parts) return fail({ path: "", message: "Select a node to duplicate it with what stands in it." });
  return insert(document, parts, {});
}

function insert(document: Document, parts: Parts, target: PasteTarget): Result<Pasted> {
  const { design } = parts;
  const ids = Object.keys(design.nodes).sort(compareKeys);
  if (ids.length === 0) return fail({ path: "", message: "The clipboard holds a design without nodes." });
  if (ids.length > MAX_PASTED) {
    return fail({
      path: "",
      message: `The clipboard holds ${ids.length} nodes; at most ${MAX_PASTED} are pasted at once. Open the design instead.`,
    });
  }
  const names = new Names(document);
  const renamed = new Map<string, string>();
  for (const id of ids) renamed.set(id, names.id("n"));
  for (const id of Object.keys(design.edges).sort(compareKeys)) renamed.set(id, names.id("e"));

  const added: Record<string, DocumentNode> = {};
  for (const id of ids) {
    const node = own(design.nodes, id) as DocumentNode;
    const parent = node.parent === undefined ? boxFor(document, parts, id, node, target) : renamed.get(node.parent);
    const props = rewire(document, parts, renamed, node);
    added[renamed.get(id) as string] = names.node(node.kind, names.name(node.name), parent, props);
  }
  const board = new Board(document, added);
  const tops = ids.filter((id) => design.nodes[id]?.parent === undefined);
  layOut(document, parts, board, renamed, tops, target);

  const edits: Edit[] = parentsFirst(added).map((id) => ({
    edit: "addNode",
    id,
    node: added[id] as DocumentNode,
    layout: board.at(id),
  }));
  edits.push(...board.moves(document));
  for (const id of Object.keys(design.edges).sort(compareKeys)) {
    const edge = design.edges[id] as DocumentEdge;
    const props = rewire(document, parts, renamed, edge);
    const ends = { from: renameEnd(edge.from, renamed), to: renameEnd(edge.to, renamed) };
    edits.push({ edit: "addEdge", id: renamed.get(id) as string, edge: { ...edge, ...ends, props } as DocumentEdge });
  }
  edits.push(...carryUsage(document, design, renamed), ...carryPatches(document, parts, renamed));
  const select = tops.map((id) => renamed.get(id) as string);
  return ok({ edits, select, says: `Added ${count(ids.length, "node")}.` });
}

const renameEnd = (end: string, renamed: ReadonlyMap<string, string>): string => {
  const { node, container } = endpoint(end);
  return `${renamed.get(node)}${container === undefined ? "" : `/${container}`}`;
};

/** True when an id of the copied design means the same node here: pasted into the design it was copied from. */
const isHere = (document: Document, { outside }: Parts, id: string): boolean => {
  const here = own(document.nodes, id);
  const known = own(outside, id);
  return here !== undefined && known !== undefined && here.kind === known.kind && here.logicalId === known.logicalId;
};

/** The selected box, else the box it was in, where they exist and may hold it. */
function boxFor(document: Document, parts: Parts, id: string, node: DocumentNode, target: PasteTarget) {
  const before = own(parts.parents, id);
  for (const box of [target.into, before !== undefined && isHere(document, parts, before) ? before : undefined]) {
    const holder = box === undefined ? undefined : own(document.nodes, box);
    if (holder && mayHold(holder, node.kind)) return box;
  }
  return undefined;
}

/** Props with references led to the copies, or to the same node outside, or unset. */
function rewire(
  document: Document,
  parts: Parts,
  renamed: ReadonlyMap<string, string>,
  item: DocumentNode | DocumentEdge,
): object {
  let props: unknown = item.props;
  for (const { field, node } of referencesOf(item).reverse()) {
    const to = own(parts.design.nodes, node) ? renamed.get(node) : isHere(document, parts, node) ? node : undefined;
    if (to === node) continue;
    const current = { ...item, props } as DocumentNode | DocumentEdge;
    props = (to === undefined ? cutOut(current, field)?.props : writeAt(props, field, to)?.value) ?? props;
  }
  return props as object;
}

function layOut(
  document: Document,
  { design }: Parts,
  board: Board,
  renamed: ReadonlyMap<string, string>,
  tops: readonly string[],
  target: PasteTarget,
): void {
  for (const [id, layout] of Object.entries(design.layout)) {
    const fresh = renamed.get(id);
    if (fresh !== undefined) board.put(fresh, layout);
  }
  const fresh = tops.map((id) => renamed.get(id) as string);
  const extent = around(fresh.map((id) => ({ ...board.at(id), ...board.size(id) })));
  const at = target.at;
  const shift =
    at && extent ? { x: at.x - extent.x - extent.w / 2, y: at.y - extent.y - extent.h / 2 } : { x: 24, y: 24 };
  for (const id of fresh) {
    const parent = board.nodes[id]?.parent;
    const origin = board.origin(parent);
    const rect = { ...board.at(id), ...board.size(id) };
    const wanted = { x: rect.x + shift.x - origin.x, y: rect.y + shift.y - origin.y };
    const spot =
      at || Object.keys(document.nodes).length === 0
        ? wanted
        : board.free(parent, { ...rect, ...wanted }, new Set(fresh));
    board.put(id, { ...board.at(id), ...spot });
  }
  board.grow(fresh);
}

function parentsFirst(added: Readonly<Record<string, DocumentNode>>): string[] {
  const done = new Set<string>();
  const order: string[] = [];
  const visit = (id: string): void => {
    if (done.has(id)) return;
    done.add(id);
    const parent = added[id]?.parent;
    if (parent !== undefined && Object.hasOwn(added, parent)) visit(parent);
    order.push(id);
  };
  for (const id of Object.keys(added)) visit(id);
  return order;
}

function carryUsage(document: Document, design: Document, renamed: ReadonlyMap<string, string>): Edit[] {
  return scenarios.flatMap((scenario): Edit[] => {
    const copied = Object.entries(design.usage.scenarios[scenario]).filter(([id]) => renamed.has(id));
    if (copied.length === 0) return [];
    const usage: Usage = { ...document.usage.scenarios[scenario] };
    for (const [id, quantities] of copied) usage[renamed.get(id) as string] = quantities;
    return [{ edit: "setDesign", field: `/usage/scenarios/${scenario}`, value: usage }];
  });
}

/** Patches of environments that exist here under the same name and that name no other node. */
function carryPatches(document: Document, { design }: Parts, renamed: ReadonlyMap<string, string>): Edit[] {
  return Object.entries(design.environments).flatMap(([name, environment]): Edit[] => {
    const here = own(document.environments, name);
    const copied = Object.entries(environment.props).filter(([id]) => renamed.has(id));
    if (!here || copied.length === 0) return [];
    const props: Record<string, Json> = { ...here.props };
    for (const [id, patch] of copied) {
      const item = (own(design.nodes, id) ?? own(design.edges, id)) as DocumentNode | DocumentEdge;
      const names = referencesOf({ ...item, props: patch } as DocumentNode | DocumentEdge).length > 0;
      if (!names) props[renamed.get(id) as string] = patch;
    }
    return [{ edit: "setDesign", field: `/environments/${name}/props`, value: props }];
  });
}
