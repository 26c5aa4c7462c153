import { catalog, type NodeKind } from "../catalog";
import { logicalIdFrom, nextId } from "../core/ids";
import type { Json } from "../core/json";
import { clip } from "../core/text";
import type { Document, DocumentEdge, DocumentNode } from "../document/document";
import type { Edit } from "../document/edits/edit";
import type { Fix } from "./rule";

/** Sets a field of a node or edge, or with undefined puts it back to its default. */
export const set = (id: string, field: string, value?: Json): Edit =>
  value === undefined ? { edit: "setField", id, field } : { edit: "setField", id, field, value };

export const safe = (title: string, ...edits: Edit[]): Fix => ({ title, risk: "safe", edits });
export const review = (title: string, ...edits: Edit[]): Fix => ({ title, risk: "review", edits });

/** An edit that adds a node, and its id. `skip` counts nodes that the same repair has added before. */
export function addNode<K extends NodeKind>(
  { nodes }: Document,
  kind: K,
  { name, parent, props, skip = 0 }: { name: string; parent?: string | undefined; props: object; skip?: number },
): { id: string; edit: Edit } {
  const taken = new Set(Object.values(nodes).map((node) => node.logicalId));
  const id = `n${Number(nextId("n", Object.keys(nodes)).slice(1)) + skip}`;
  const node = {
    kind,
    // A derived name ("… task") must stay one that a design can hold.
    name: clip(name, 100),
    logicalId: logicalIdFrom(name, catalog[kind].short.replace(/[^A-Za-z]/g, ""), taken),
    ...(parent === undefined ? {} : { parent }),
    props,
  } as DocumentNode;
  return { id, edit: { edit: "addNode", id, node } };
}

/** An edit that adds an edge. `skip` counts edges that the same repair has added before. */
export const addEdge = ({ edges }: Document, edge: DocumentEdge, skip = 0): Edit => ({
  edit: "addEdge",
  id: `e${Number(nextId("e", Object.keys(edges)).slice(1)) + skip}`,
  edge,
});

/** Removes an edge; `apply` forgets what the design says of it elsewhere. */
export const removeEdge = (id: string): Edit => ({ edit: "removeEdge", id });

/** Removes a node that nothing is connected to; `apply` forgets what the design says of it elsewhere. */
export const removeNode = (id: string): Edit => ({ edit: "removeNode", id });
