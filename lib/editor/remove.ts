import { kindOf } from "../catalog";
import { relationOf } from "../catalog/relations";
import { compareKeys, isObject, type Json } from "../core/json";
import { pointer, readAt, writeAt } from "../core/pointer";
import {
  type Document,
  type DocumentEdge,
  type DocumentNode,
  endpoint,
  mergePatch,
  scenarios,
  type Usage,
} from "../document/document";
import type { Edit } from "../document/edits/edit";
import { referencesOf } from "../document/edits/references";

/** These nodes and everything that stands in them. */
export function withContents(document: Document, ids: Iterable<string>): Set<string> {
  const all = new Set([...ids].filter((id) => Object.hasOwn(document.nodes, id)));
  let size = -1;
  while (size !== all.size) {
    size = all.size;
    for (const [id, node] of Object.entries(document.nodes)) {
      if (node.parent !== undefined && all.has(node.parent)) all.add(id);
    }
  }
  return all;
}

/** Edges that start or end at one of these nodes. */
export const edgesAt = (document: Document, nodes: ReadonlySet<string>): string[] =>
  Object.keys(document.edges).filter((id) => {
    const edge = document.edges[id] as DocumentEdge;
    return nodes.has(endpoint(edge.from).node) || nodes.has(endpoint(edge.to).node);
  });

/**
 * The edits that remove nodes and edges as people mean it: what stands in a box goes with it, so do their edges, and
 * nothing that stays points at what is gone: references, usage, environments, suppressions.
 */
export function removeEdits(document: Document, ids: Iterable<string>): Edit[] {
  const wanted = [...ids];
  const nodes = withContents(document, wanted);
  const edges = new Set([...wanted.filter((id) => Object.hasOwn(document.edges, id)), ...edgesAt(document, nodes)]);
  const gone = new Set([...nodes, ...edges]);
  if (gone.size === 0) return [];
  const children = [...nodes].sort((a, b) => depth(document, b) - depth(document, a) || compareKeys(a, b));
  return [
    ...forget(document, gone),
    ...unsetReferences(document, gone),
    ...[...edges].sort(compareKeys).map((id): Edit => ({ edit: "removeEdge", id })),
    ...children.map((id): Edit => ({ edit: "removeNode", id })),
  ];
}

/** The edits that take one container out of a task definition, with the edges at it and all that names it. */
export function removeContainerEdits(document: Document, node: string, container: string): Edit[] {
  const end = `${node}/${container}`;
  const edges = Object.entries(document.edges).filter(([, edge]) => edge.from === end || edge.to === end);
  const names = (props: unknown): boolean => isObject(props) && props.container === container;
  const runners = new Set([node, ...runnersOf(document, node)]);
  const naming = Object.entries(document.edges).filter(([, edge]) => runners.has(endpoint(edge.to).node));
  const patches = Object.entries(document.environments).flatMap(([name, { props }]): Edit[] => {
    const at = (...path: string[]): Edit => ({
      edit: "setDesign",
      field: pointer("environments", name, "props", ...path),
    });
    const own = props[node]?.containerDefinitions;
    return [
      ...naming.flatMap(([id]) => (names(props[id]) ? [at(id, "container")] : [])),
      ...(isObject(own) && Object.hasOwn(own, container) ? [at(node, "containerDefinitions", container)] : []),
    ];
  });
  return [
    ...patches,
    ...naming.flatMap(([id, { props }]): Edit[] =>
      names(props) ? [{ edit: "setField", id, field: "/container" }] : [],
    ),
    ...edges.flatMap(([id]) => removeEdits(document, [id])),
    { edit: "setField", id: node, field: `/containerDefinitions/${container}` },
  ];
}

/** Nodes that run this task definition and no other, so that a container named beside them is one of its own. */
function runnersOf(document: Document, definition: string): string[] {
  const run = Object.values(document.edges).filter((edge) => edge.relation === "run");
  return run
    .filter(({ from, to }) => to === definition && run.every((other) => other.from !== from || other.to === definition))
    .map(({ from }) => from);
}

function depth(document: Document, id: string): number {
  let depth = 0;
  for (let at = document.nodes[id]?.parent; at !== undefined; at = document.nodes[at]?.parent) depth += 1;
  return depth;
}

const schemaOf = (item: DocumentNode | DocumentEdge) =>
  "kind" in item ? kindOf(item.kind).props : relationOf(item.relation).props;

/** One write per reference to something that is gone: the field itself, or what cannot stand without it. */
function unsetReferences(document: Document, gone: ReadonlySet<string>): Edit[] {
  const edits: Edit[] = [];
  for (const [id, item] of [...Object.entries(document.nodes), ...Object.entries(document.edges)]) {
    if (gone.has(id)) continue;
    let current: DocumentNode | DocumentEdge = item;
    // Each round removes one reference, so the count of references bounds the rounds.
    for (let round = referencesOf(item).length; round > 0; round -= 1) {
      const reference = referencesOf(current).findLast((found) => gone.has(found.node));
      const cut = reference && cutOut(current, reference.field);
      if (!cut) break;
      edits.push({ edit: "setField", id, field: cut.field });
      current = { ...current, props: cut.props } as DocumentNode | DocumentEdge;
    }
  }
  return edits;
}

/** Removes the field, or the nearest part around it that may be absent; undefined when nothing fits. */
export function cutOut(
  item: DocumentNode | DocumentEdge,
  field: string,
): { field: string; props: unknown } | undefined {
  const schema = schemaOf(item);
  for (let at = field; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) {
    const written = writeAt(item.props, at, undefined);
    if (written && schema.safeParse(written.value).success) return { field: at, props: written.value };
  }
  return undefined;
}

const withoutKeys = <T>(record: Readonly<Record<string, T>>, gone: ReadonlySet<string>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([id]) => !gone.has(id)));

/** Usage, environment patches and suppressions of what is gone; one edit per part of the design that changes. */
function forget(document: Document, gone: ReadonlySet<string>): Edit[] {
  const edits: Edit[] = [];
  const touched = (usage: Usage | undefined) => usage !== undefined && Object.keys(usage).some((id) => gone.has(id));
  for (const scenario of scenarios) {
    const usage = document.usage.scenarios[scenario];
    if (touched(usage)) set(edits, `/usage/scenarios/${scenario}`, withoutKeys(usage, gone));
  }
  for (const [name, environment] of Object.entries(document.environments)) {
    const at = `/environments/${name}`;
    const props = patchesWithout(document, environment.props, gone);
    if (props) set(edits, `${at}/props`, props);
    for (const scenario of scenarios) {
      const usage = environment.usage[scenario];
      if (usage && touched(usage)) set(edits, `${at}/usage/${scenario}`, withoutKeys(usage, gone));
    }
  }
  const kept = document.suppressions.filter(({ at }) => !gone.has(at.node ?? "") && !gone.has(at.edge ?? ""));
  if (kept.length < document.suppressions.length) set(edits, "/suppressions", kept);
  return edits;
}

const set = (edits: Edit[], field: string, value: unknown): void => {
  edits.push({ edit: "setDesign", field, value: value as Json });
};

/** Patches without those of what is gone, and without the parts that name it; undefined when nothing changes. */
function patchesWithout(document: Document, patches: Readonly<Record<string, unknown>>, gone: ReadonlySet<string>) {
  let changed = false;
  const kept: Record<string, unknown> = {};
  for (const [id, patch] of Object.entries(patches)) {
    const item = document.nodes[id] ?? document.edges[id];
    if (gone.has(id) || !item) {
      changed = true;
      continue;
    }
    const patched = { ...item, props: mergePatch(item.props, patch as Json) } as DocumentNode | DocumentEdge;
    let current = patch;
    for (const { field, node } of referencesOf(patched).reverse()) {
      if (!gone.has(node) || !isObject(current)) continue;
      const own = patchField(current, field);
      const written = own === undefined ? undefined : writeAt(current, own, undefined);
      if (written) {
        current = written.value;
        changed = true;
      }
    }
    kept[id] = current;
  }
  return changed ? kept : undefined;
}

/** Where a patch itself sets a field: a list in a patch replaces the whole list, so the list is what goes. */
function patchField(patch: unknown, field: string): string | undefined {
  let at = "";
  for (const segment of field.split("/").slice(1)) {
    at = `${at}/${segment}`;
    const value = readAt(patch, at);
    if (value === undefined) return undefined;
    if (Array.isArray(value)) return at;
  }
  return at;
}
