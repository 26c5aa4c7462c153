import type * as z from "zod";
import { ID_PATTERN } from "../../core/ids";
import { own } from "../../core/json";
import { readAt, segmentsOf, writeAt } from "../../core/pointer";
import { fail, ok, type Problem, type Result } from "../../core/result";
import { type Document, type DocumentEdge, type DocumentNode, endpoint } from "../document";
import { danglingEnd, readDocument } from "../parse";
import { problemsOf } from "../problems";
import { edge as edgeSchema, layout as layoutSchema, node as nodeSchema } from "../schema";
import type { Edit, EditKind, EditOf } from "./edit";

export interface Applied {
  document: Document;
  /** Applying it gives the document before, byte for byte. */
  inverse: Edit[];
}

type Apply<K extends EditKind> = (document: Document, edit: EditOf<K>) => Result<{ document: Document; inverse: Edit }>;

const refuse = (message: string, path = ""): { ok: false; problems: readonly Problem[] } => fail({ path, message });
const missing = (id: string) => refuse(`“${id}” is not in this design any more.`);

const without = <T>(record: Record<string, T>, key: string): Record<string, T> => {
  const { [key]: _, ...rest } = record;
  return rest;
};

function shape(schema: z.ZodType, value: unknown): readonly Problem[] {
  const result = schema.safeParse(value, { reportInput: true });
  return result.success ? [] : problemsOf(result.error.issues);
}

const freeId = (document: Document, id: string): string | undefined => {
  if (!ID_PATTERN.test(id)) return `“${id}” is not an id such as n4.`;
  if (own(document.nodes, id) || own(document.edges, id)) return `“${id}” is already in this design.`;
  return undefined;
};

const table: { [K in EditKind]: Apply<K> } = {
  addNode(document, { id, node, layout }) {
    const taken = freeId(document, id);
    if (taken) return refuse(taken);
    const problems = [...shape(nodeSchema, node), ...(layout ? shape(layoutSchema, layout) : [])];
    if (problems.length > 0) return { ok: false, problems };
    if (node.parent !== undefined && !own(document.nodes, node.parent)) return missing(node.parent);
    const twin = Object.entries(document.nodes).find(([, other]) => other.logicalId === node.logicalId);
    if (twin) return refuse(`The logical id “${node.logicalId}” is already that of “${twin[1].name}”.`);
    return ok({
      document: {
        ...document,
        nodes: { ...document.nodes, [id]: node },
        layout: layout ? { ...document.layout, [id]: layout } : document.layout,
      },
      inverse: { edit: "removeNode", id },
    });
  },

  removeNode(document, { id }) {
    const node = own(document.nodes, id);
    if (!node) return missing(id);
    const child = Object.values(document.nodes).find((other) => other.parent === id);
    if (child) return refuse(`“${node.name}” still holds “${child.name}”.`);
    const attached = Object.values(document.edges).some(
      (edge) => endpoint(edge.from).node === id || endpoint(edge.to).node === id,
    );
    if (attached) return refuse(`“${node.name}” is still connected.`);
    const layout = own(document.layout, id);
    return ok({
      document: { ...document, nodes: without(document.nodes, id), layout: without(document.layout, id) },
      inverse: { edit: "addNode", id, node, ...(layout ? { layout } : {}) },
    });
  },

  addEdge(document, { id, edge }) {
    const taken = freeId(document, id);
    if (taken) return refuse(taken);
    const problems = checkEdge(document, edge);
    if (problems.length > 0) return { ok: false, problems };
    return ok({
      document: { ...document, edges: { ...document.edges, [id]: edge } },
      inverse: { edit: "removeEdge", id },
    });
  },

  removeEdge(document, { id }) {
    const edge = own(document.edges, id);
    if (!edge) return missing(id);
    return ok({
      document: { ...document, edges: without(document.edges, id) },
      inverse: { edit: "addEdge", id, edge },
    });
  },

  reconnect(document, { id, edge }) {
    const before = own(document.edges, id);
    if (!before) return missing(id);
    const problems = checkEdge(document, edge);
    if (problems.length > 0) return { ok: false, problems };
    return ok({
      document: { ...document, edges: { ...document.edges, [id]: edge } },
      inverse: { edit: "reconnect", id, edge: before },
    });
  },

  rename(document, { id, name }) {
    const node = own(document.nodes, id);
    if (!node) return missing(id);
    return replaceNode(document, id, { ...node, name }, { edit: "rename", id, name: node.name });
  },

  reparent(document, { id, parent }) {
    const node = own(document.nodes, id);
    if (!node) return missing(id);
    if (parent !== null && !own(document.nodes, parent)) return missing(parent);
    for (let box: string | undefined = parent ?? undefined; box !== undefined; box = own(document.nodes, box)?.parent) {
      if (box === id) return refuse(`“${node.name}” cannot stand inside itself.`);
    }
    const { parent: before, ...rest } = node;
    const moved = (parent === null ? rest : { ...rest, parent }) as DocumentNode;
    return replaceNode(document, id, moved, { edit: "reparent", id, parent: before ?? null });
  },

  setField(document, { id, field, value }) {
    const item = own(document.nodes, id) ?? own(document.edges, id);
    if (!item) return missing(id);
    const written = writeAt(item.props, field, value);
    if (!written || field === "") return refuse(`“${field}” does not name a field here.`);
    const inverse: Edit = { edit: "setField", id, ...undoOf(item.props, field) };
    const changed = { ...item, props: written.value };
    if (own(document.nodes, id)) return replaceNode(document, id, changed as DocumentNode, inverse, field);
    const problems = checkEdge(document, changed as DocumentEdge);
    if (problems.length > 0) return { ok: false, problems };
    return ok({ document: { ...document, edges: { ...document.edges, [id]: changed as DocumentEdge } }, inverse });
  },

  move(document, { id, layout }) {
    if (!own(document.nodes, id)) return missing(id);
    const problems = layout === null ? [] : shape(layoutSchema, layout);
    if (problems.length > 0) return { ok: false, problems };
    const before = own(document.layout, id) ?? null;
    return ok({
      document: {
        ...document,
        layout: layout === null ? without(document.layout, id) : { ...document.layout, [id]: layout },
      },
      inverse: { edit: "move", id, layout: before },
    });
  },

  setDesign(document, { field, value }) {
    const root = segmentsOf(field)?.[0];
    if (root === undefined || !["name", "settings", "usage", "environments", "suppressions"].includes(root)) {
      return refuse(`“${field}” does not name a part of the design that can be set this way.`);
    }
    const written = writeAt(document, field, value);
    if (!written) return refuse(`“${field}” does not name a field of the design.`);
    const checked = readDocument(written.value);
    if (!checked.ok) return checked;
    return ok({
      document: { ...(written.value as Document) },
      inverse: { edit: "setDesign", ...undoOf(document, field) },
    });
  },
};

function replaceNode(
  document: Document,
  id: string,
  node: DocumentNode,
  inverse: Edit,
  field?: string,
): Result<{ document: Document; inverse: Edit }> {
  const problems = shape(nodeSchema, node);
  if (problems.length > 0) return { ok: false, problems };
  const changed = { ...document, nodes: { ...document.nodes, [id]: node } };
  if (field?.startsWith("/containerDefinitions")) {
    for (const edge of Object.values(document.edges)) {
      const dangling = danglingEnd(changed, edge.from) ?? danglingEnd(changed, edge.to);
      if (dangling) return refuse(`${dangling} Disconnect the container first.`);
    }
  }
  return ok({ document: changed, inverse });
}

function checkEdge(document: Document, edge: DocumentEdge): Problem[] {
  const problems = [...shape(edgeSchema, edge)];
  if (problems.length > 0) return problems;
  for (const side of ["from", "to"] as const) {
    const message = danglingEnd(document, edge[side]);
    if (message) problems.push({ path: `/${side}`, message });
  }
  return problems;
}

/** What puts `field` back: the outermost part that the write creates, or the whole list it touches. */
function undoOf(root: unknown, field: string): { field: string; value?: never } {
  const segments = field.split("/").slice(1);
  let at = "";
  let value: unknown = root;
  for (const segment of segments) {
    if (Array.isArray(value)) break;
    at = `${at}/${segment}`;
    value = readAt(root, at);
    if (value === undefined) break;
  }
  return (value === undefined ? { field: at } : { field: at, value }) as { field: string; value?: never };
}

/** Applies one edit, or says in sentences why the design cannot take it. */
export function apply(document: Document, edit: Edit): Result<Applied> {
  const cell = (Object.hasOwn(table, edit.edit) ? table[edit.edit] : undefined) as
    | ((document: Document, edit: Edit) => Result<{ document: Document; inverse: Edit }>)
    | undefined;
  if (!cell) return refuse("This edit is not known.");
  const result = cell(document, edit);
  return result.ok ? ok({ document: result.value.document, inverse: [result.value.inverse] }) : result;
}

/** Applies edits in order: all or none. The inverse undoes them as one step. */
export function applyAll(document: Document, edits: readonly Edit[]): Result<Applied> {
  let current = document;
  const inverse: Edit[] = [];
  for (const edit of edits) {
    const result = apply(current, edit);
    if (!result.ok) return result;
    current = result.value.document;
    inverse.unshift(...result.value.inverse);
  }
  return ok({ document: current, inverse });
}
