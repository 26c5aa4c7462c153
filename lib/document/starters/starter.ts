import type * as z from "zod";
import type { InputOf, NodeKind } from "../../catalog";
import type { RelationId, relations } from "../../catalog/relations";
import { logicalIdFrom, nextId } from "../../core/ids";
import { type Document, type DocumentEdge, type DocumentNode, emptyDocument, type Layout } from "../document";

export interface StarterDraft {
  add<K extends NodeKind>(kind: K, name: string, props: InputOf<K>, layout: Layout, parent?: string): string;
  connect<R extends RelationId>(
    from: string,
    relation: R,
    to: string,
    props?: z.input<(typeof relations)[R]["props"]>,
  ): void;
}

/** Draws a starter with ids as the editor would give them. */
export function starter(name: string, build: (draft: StarterDraft) => void): Document {
  const document = emptyDocument(name);
  const taken = new Set<string>();
  build({
    add(kind, nodeName, props, layout, parent) {
      const id = nextId("n", Object.keys(document.nodes));
      const logicalId = logicalIdFrom(nodeName, "Node", taken);
      taken.add(logicalId);
      document.nodes[id] = { kind, name: nodeName, logicalId, ...(parent ? { parent } : {}), props } as DocumentNode;
      document.layout[id] = layout;
      return id;
    },
    connect(from, relation, to, props) {
      const id = nextId("e", Object.keys(document.edges));
      document.edges[id] = { from, to, relation, props: props ?? {} } as DocumentEdge;
    },
  });
  return document;
}
