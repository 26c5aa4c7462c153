import type { NodeKind, PropsOf } from "../catalog";
import type { RelationId, RelationProps } from "../catalog/relations";
import type { Document } from "../document/document";

/** A node with defaults filled in and its place among the others. */
export interface ModelNode<K extends NodeKind = NodeKind> {
  id: string;
  kind: K;
  name: string;
  logicalId: string;
  props: PropsOf<K>;
  parent: ModelNode | undefined;
  children: readonly ModelNode[];
  /** Edges that start or end here, in id order. */
  out: readonly ModelEdge[];
  in: readonly ModelEdge[];
}

/** An edge with defaults filled in and both ends resolved. */
export interface ModelEdge<R extends RelationId = RelationId> {
  id: string;
  relation: R;
  props: RelationProps<R>;
  from: ModelNode;
  to: ModelNode;
  /** Container ids, where the end names one. */
  fromContainer: string | undefined;
  toContainer: string | undefined;
}

/** The document checked and resolved. Built once per document; building never throws. */
export interface Model {
  document: Document;
  region: string;
  production: boolean;
  /** All nodes and edges in id order. */
  nodes: readonly ModelNode[];
  edges: readonly ModelEdge[];
  node(id: string): ModelNode | undefined;
  edge(id: string): ModelEdge | undefined;
  /** Nodes of one kind, in id order. */
  of<K extends NodeKind>(kind: K): readonly ModelNode<K>[];
  /** Edges of one relation, in id order. */
  edgesOf<R extends RelationId>(relation: R): readonly ModelEdge<R>[];
}
