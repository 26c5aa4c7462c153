import type * as z from "zod";
import { catalog, type InputOf, type NodeKind } from "../catalog";
import type { RelationId, relations } from "../catalog/relations";
import { logicalIdFrom, nextId } from "../core/ids";
import { type Document, type DocumentEdge, type DocumentNode, emptyDocument } from "../document/document";

/** A design being drawn in a test or an example: short to write, ids as the editor would give them (n1, e1 …). */
export interface Draft {
  document: Document;
  /** Adds a node and returns its id. The name is the kind's short name unless given. */
  add<K extends NodeKind>(kind: K, props?: InputOf<K>, at?: { name?: string; parent?: string }): string;
  /** Adds an edge and returns its id. Ends are NODE or NODE/CONTAINER. */
  connect<R extends RelationId>(
    from: string,
    relation: R,
    to: string,
    props?: z.input<(typeof relations)[R]["props"]>,
  ): string;
}

/** Draws a design. `settings` changes region or the production flag. */
export function draw(build: (draft: Draft) => void, settings?: Partial<Document["settings"]>): Document {
  const document = emptyDocument("Example");
  Object.assign(document.settings, settings);
  const taken = new Set<string>();
  build({
    document,
    add(kind, props, at) {
      const id = nextId("n", Object.keys(document.nodes));
      const name = at?.name ?? `${catalog[kind].short} ${id}`;
      const logicalId = logicalIdFrom(name, "Node", taken);
      taken.add(logicalId);
      document.nodes[id] = {
        kind,
        name,
        logicalId,
        ...(at?.parent === undefined ? {} : { parent: at.parent }),
        props: props ?? {},
      } as DocumentNode;
      return id;
    },
    connect(from, relation, to, props) {
      const id = nextId("e", Object.keys(document.edges));
      document.edges[id] = { from, to, relation, props: props ?? {} } as DocumentEdge;
      return id;
    },
  });
  return document;
}
