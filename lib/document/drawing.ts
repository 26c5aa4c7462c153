import type * as z from "zod";
import type { InputOf, NodeKind } from "../catalog";
import type { RelationId, relations } from "../catalog/relations";
import { logicalIdFrom, nextId } from "../core/ids";
import type { Document, DocumentEdge, DocumentNode } from "./document";

type EdgeInput<R extends RelationId> = z.input<(typeof relations)[R]["props"]>;

/** Writes nodes and edges into a new design, with ids as the editor gives them (n1, e1 …). */
export interface Drawing {
  /** Gives the id of the new node. */
  node<K extends NodeKind>(kind: K, name: string, props: InputOf<K>, parent?: string): string;
  /** Gives the id of the new edge. Ends are NODE or NODE/CONTAINER. */
  edge<R extends RelationId>(from: string, relation: R, to: string, props?: EdgeInput<R>): string;
}

/** For starters and examples, whose design nobody has seen yet; all others change through `apply`. */
export function drawInto(document: Document): Drawing {
  const taken = new Set<string>();
  return {
    node(kind, name, props, parent) {
      const id = nextId("n", Object.keys(document.nodes));
      const logicalId = logicalIdFrom(name, "Node", taken);
      taken.add(logicalId);
      document.nodes[id] = {
        kind,
        name,
        logicalId,
        ...(parent === undefined ? {} : { parent }),
        props,
      } as DocumentNode;
      return id;
    },
    edge(from, relation, to, props) {
      const id = nextId("e", Object.keys(document.edges));
      document.edges[id] = { from, to, relation, props: props ?? {} } as DocumentEdge;
      return id;
    },
  };
}
