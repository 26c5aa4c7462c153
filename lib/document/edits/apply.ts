import type * as z from "zod";
import { ID_PATTERN } from "../../core/ids";
import { type Json, own } from "../../core/json";
import { pointer, readAt, segmentsOf, writeAt } from "../../core/pointer";
import { fail, ok, type Problem, type Result } from "../../core/result";
import { type Document, type DocumentEdge, type DocumentNode, endpoint, scenarios, type Usage } from "../document";
import { unusable } from "../json-text";
import { capped, problemsOf } from "../problems";
import { documentSchema, edge as edgeSchema, layout as layoutSchema, node as nodeSchema } from "../schema";
import { danglingEnd, environmentProblems, suppressionProblems } from "../structure";
import type { Edit, EditKind, EditOf } from "./edit";
import { Records } from "./records";

export interface Applied {
  document: Document;
  /** Applying it gives the document before, byte for byte. */
  inverse: Edit[];
}

type Outcome = Result<{ document: Document; inverse: Edit | Edit[] }>;
type Apply<K extends EditKind> = (document: Document, edit: EditOf<K>, records: Records) => Outcome;

const refuse = (message: string, path = ""): { ok: false; problems: readonly Problem[] } => fail({ path, message });
const missing = (id: string) => refuse(`“${id}” is not in this design any more.`);

const without = <T>(record: Record<string, T>, key: string): Record<string, T> => {
  const { [key]: _, ...rest } = record;
  return rest;
};

function shape(schema: z.ZodType, value: unknown): readonly Problem[] {
  // A node or an edge stands two levels deep in a design.
  const flaw = unusable(value, 2);
  if (flaw) return [{ path: "", message: flaw }];
  const result = schema.safeParse(value, { reportInput: true });
  return result.success ? [] : problemsOf(result.error.issues);
}

/** Why the environments no longer fit what these nodes or edges have become. */
const misfits = (document: Document, ...ids: string[]): Problem[] =>
  Object.keys(document.environments).flatMap((name) =>
    environmentProblems(document, name, ids).map(({ path, message }) => ({
      path,
      message: `The environment “${name}” changes this too and would no longer fit (${path}). ${message}`,
    })),
  );

const ends = (edge: DocumentEdge): string[] => [endpoint(edge.from).node, endpoint(edge.to).node];

/** The design without what it says of a node or an edge elsewhere, and the edits that say it again. */
function forgotten(document: Document, id: string): { document: Document; inverse: Edit[] } {
  const drop = (usage: Usage): Usage => (Object.hasOwn(usage, id) ? without(usage, id) : usage);
  const { environments, usage, suppressions } = document;
  let changed = document;
  const inverse: Edit[] = [];
  const said = Object.values(environments).some(
    (environment) =>
      Object.hasOwn(environment.props, id) ||
      scenarios.some((scenario) => Object.hasOwn(environment.usage[scenario] ?? {}, id)),
  );
  if (said) {
    const kept = Object.entries(environments).map(([name, environment]) => {
      const figures = Object.entries(environment.usage).map(([scenario, one]) => [scenario, drop(one)]);
      return [name, { props: without(environment.props, id), usage: Object.fromEntries(figures) }];
    });
    changed = { ...changed, environments: Object.fromEntries(kept) };
    inverse.push({ edit: "setDesign", field: "/environments", value: environments as unknown as Json });
  }
  if (scenarios.some((scenario) => Object.hasOwn(usage.scenarios[scenario], id))) {
    const { low, typical, high } = usage.scenarios;
    changed = { ...changed, usage: { scenarios: { low: drop(low), typical: drop(typical), high: drop(high) } } };
    inverse.push({ edit: "setDesign", field: "/usage", value: usage as unknown as Json });
  }
  const kept = suppressions.filter(({ at }) => at.node !== id && at.edge !== id);
  if (kept.length < suppressions.length) {
    changed = { ...changed, suppressions: kept };
    inverse.push({ edit: "setDesign", field: "/suppressions", value: suppressions as unknown as Json });
  }
  return { document: changed, inverse };
}

const freeId = (document: Document, id: string): string | undefined => {
  if (!ID_PATTERN.test(id)) return `“${id}” is not an id such as n4.`;
  if (own(document.nodes, id) || own(document.edges, id)) return `“${id}” is already in this design.`;
  return undefined;
};

const table: { [K in EditKind]: Apply<K> } = {
  addNode(document, { id, node, layout }, records) {
    const taken = freeId(document, id);
    if (taken) return refuse(taken);
    const problems = [...shape(nodeSchema, node), ...(layout ? shape(layoutSchema, layout) : [])];
    if (problems.length > 0) return { ok: false, problems };
    if (node.parent !== undefined && !own(document.nodes, node.parent)) return missing(node.parent);
    const twin = records.withLogicalId(document, node.logicalId);
    if (twin) return refuse(`The logical id “${node.logicalId}” is already that of “${twin.name}”.`);
    return ok({
      document: {
        ...document,
        nodes: records.putNode(document.nodes, id, node),
        layout: records.put(document.layout, id, layout),
      },
      inverse: { edit: "removeNode", id },
    });
  },

  removeNode(document, { id }, records) {
    const node = own(document.nodes, id);
    if (!node) return missing(id);
    const child = records.childOf(document, id);
    if (child) return refuse(`“${node.name}” still holds “${child.name}”.`);
    if (records.isConnected(document, id)) return refuse(`“${node.name}” is still connected.`);
    const layout = own(document.layout, id);
    const { document: rest, inverse } = forgotten(document, id);
    return ok({
      document: {
        ...rest,
        nodes: records.putNode(document.nodes, id, undefined),
        layout: records.put(document.layout, id, undefined),
      },
      inverse: [{ edit: "addNode", id, node, ...(layout ? { layout } : {}) }, ...inverse],
    });
  },

  addEdge(document, { id, edge }, records) {
    const taken = freeId(document, id);
    if (taken) return refuse(taken);
    return replaceEdge(records, document, id, edge, { edit: "removeEdge", id });
  },

  removeEdge(document, { id }, records) {
    const edge = own(document.edges, id);
    if (!edge) return missing(id);
    const { document: rest, inverse } = forgotten(document, id);
    return ok({
      document: { ...rest, edges: records.putEdge(document.edges, id, undefined) },
      inverse: [{ edit: "addEdge", id, edge }, ...inverse],
    });
  },

  reconnect(document, { id, edge }, records) {
    const before = own(document.edges, id);
    if (!before) return missing(id);
    return replaceEdge(records, document, id, edge, { edit: "reconnect", id, edge: before });
  },

  rename(document, { id, name }, records) {
    const node = own(document.nodes, id);
    if (!node) return missing(id);
    return replaceNode(records, document, id, { ...node, name }, { edit: "rename", id, name: node.name });
  },

  reparent(document, { id, parent }, records) {
    const node = own(document.nodes, id);
    if (!node) return missing(id);
    if (parent !== null && !own(document.nodes, parent)) return missing(parent);
    for (let box: string | undefined = parent ?? undefined; box !== undefined; box = own(document.nodes, box)?.parent) {
      if (box === id) return refuse(`“${node.name}” cannot stand inside itself.`);
    }
    const { parent: before, ...rest } = node;
    const moved = (parent === null ? rest : { ...rest, parent }) as DocumentNode;
    return replaceNode(records, document, id, moved, { edit: "reparent", id, parent: before ?? null });
  },

  setField(document, { id, field, value }, records) {
    const item = own(document.nodes, id) ?? own(document.edges, id);
    if (!item) return missing(id);
    const written = writeAt(item.props, field, value);
    if (!written || field === "") return refuse(`“${field}” does not name a field here.`);
    const inverse: Edit = { edit: "setField", id, ...undoOf(item.props, field) };
    const changed = { ...item, props: written.value };
    if (own(document.nodes, id)) return replaceNode(records, document, id, changed as DocumentNode, inverse, field);
    return replaceEdge(records, document, id, changed as DocumentEdge, inverse);
  },

  move(document, { id, layout }, records) {
    if (!own(document.nodes, id)) return missing(id);
    const problems = layout === null ? [] : shape(layoutSchema, layout);
    if (problems.length > 0) return { ok: false, problems };
    const before = own(document.layout, id) ?? null;
    return ok({
      document: {
        ...document,
        layout: records.put(document.layout, id, layout ?? undefined),
      },
      inverse: { edit: "move", id, layout: before },
    });
  },

  setDesign(document, { field, value }) {
    const root = segmentsOf(field)?.[0];
    if (root === undefined || !isSection(root)) {
      return refuse(`“${field}” does not name a part of the design that can be set this way.`);
    }
    const written = writeAt({ [root]: document[root] }, field, value);
    if (!written) return refuse(`“${field}” does not name a field of the design.`);
    const section = (written.value as Partial<Document>)[root];
    const flaw = unusable(section, 1);
    if (flaw) return refuse(flaw, pointer(root));
    const checked = documentSchema.shape[root].safeParse(section, { reportInput: true });
    if (!checked.success) return { ok: false, problems: problemsOf(checked.error.issues, pointer(root)) };
    const changed = { ...document, [root]: checked.data } as Document;
    const problems = sections[root](changed);
    if (problems.length > 0) return { ok: false, problems };
    return ok({ document: changed, inverse: { edit: "setDesign", ...undoOf(document, field) } });
  },
};

/** The parts of a design that are set as a whole, and what may be wrong with them beside their shape. */
const sections = {
  name: () => [],
  settings: () => [],
  usage: () => [],
  environments: (document) => Object.keys(document.environments).flatMap((name) => environmentProblems(document, name)),
  suppressions: suppressionProblems,
} satisfies Partial<Record<keyof Document, (document: Document) => Problem[]>>;
const isSection = (name: string): name is keyof typeof sections => Object.hasOwn(sections, name);

function replaceNode(
  records: Records,
  document: Document,
  id: string,
  node: DocumentNode,
  inverse: Edit,
  field?: string,
): Outcome {
  const problems = shape(nodeSchema, node);
  if (problems.length > 0) return { ok: false, problems };
  const changed = { ...document, nodes: records.putNode(document.nodes, id, node) };
  if (field?.startsWith("/containerDefinitions")) {
    for (const edge of Object.values(document.edges)) {
      const dangling = danglingEnd(changed, edge.from) ?? danglingEnd(changed, edge.to);
      if (dangling) return refuse(`${dangling} Disconnect the container first.`);
    }
  }
  const unfit = misfits(changed, id);
  return unfit.length > 0 ? { ok: false, problems: unfit } : ok({ document: changed, inverse });
}

function replaceEdge(records: Records, document: Document, id: string, edge: DocumentEdge, inverse: Edit): Outcome {
  const problems = checkEdge(document, edge);
  if (problems.length > 0) return { ok: false, problems };
  const changed = { ...document, edges: records.putEdge(document.edges, id, edge) };
  const unfit = misfits(changed, id, ...ends(edge));
  return unfit.length > 0 ? { ok: false, problems: unfit } : ok({ document: changed, inverse });
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
export const apply = (document: Document, edit: Edit): Result<Applied> => applyTo(new Records(), document, edit);

function applyTo(records: Records, document: Document, edit: Edit): Result<Applied> {
  const cell = (Object.hasOwn(table, edit.edit) ? table[edit.edit] : undefined) as
    | ((document: Document, edit: Edit, records: Records) => Outcome)
    | undefined;
  if (!cell) return refuse("This edit is not known.");
  const flaw = unusable(edit);
  if (flaw) return refuse(flaw);
  const result = cell(document, edit, records);
  if (!result.ok) return { ok: false, problems: capped(result.problems) };
  const { document: changed, inverse } = result.value;
  return ok({ document: changed, inverse: Array.isArray(inverse) ? inverse : [inverse] });
}

/** Applies edits in order: all or none. The inverse undoes them as one step. */
export function applyAll(document: Document, edits: readonly Edit[]): Result<Applied> {
  const records = new Records();
  let current = document;
  const steps: Edit[][] = [];
  for (const edit of edits) {
    const result = applyTo(records, current, edit);
    if (!result.ok) return result;
    current = result.value.document;
    steps.push(result.value.inverse);
  }
  return ok({ document: current, inverse: steps.reverse().flat() });
}
