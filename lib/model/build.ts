import { catalog, type NodeKind, type PropsOf } from "../catalog";
import { type RelationId, type RelationProps, relations } from "../catalog/relations";
import { sortedEntries } from "../core/json";
import { type Document, endpoint } from "../document/document";
import type { Model, ModelEdge, ModelNode } from "./model";

/** Props objects are shared between documents, so their defaults are filled in once. */
const filled = new WeakMap<object, object>();

function fill(schema: { parse(value: unknown): object }, props: object): object {
  let result = filled.get(props);
  if (!result) {
    result = schema.parse(props);
    filled.set(props, result);
  }
  return result;
}

type Building = { -readonly [P in keyof ModelNode]: ModelNode[P] } & {
  children: ModelNode[];
  out: ModelEdge[];
  in: ModelEdge[];
};

/**
 * Resolves a document into a typed graph with indexes. The document must have come through `parseDocument` or
 * `apply`, which both check shapes; nothing a person can draw makes this throw.
 */
export function buildModel(document: Document): Model {
  const nodes = new Map<string, Building>();
  const byKind = new Map<NodeKind, ModelNode[]>();
  for (const [id, node] of sortedEntries(document.nodes)) {
    const built: Building = {
      id,
      kind: node.kind,
      name: node.name,
      logicalId: node.logicalId,
      props: fill(catalog[node.kind].props, node.props) as PropsOf<NodeKind>,
      parent: undefined,
      children: [],
      out: [],
      in: [],
    };
    nodes.set(id, built);
    const same = byKind.get(node.kind);
    if (same) same.push(built as ModelNode);
    else byKind.set(node.kind, [built as ModelNode]);
  }
  for (const [id, built] of nodes) {
    const parent = document.nodes[id]?.parent;
    if (parent === undefined) continue;
    const box = nodes.get(parent);
    built.parent = box as ModelNode | undefined;
    box?.children.push(built as ModelNode);
  }
  const edges = new Map<string, ModelEdge>();
  const byRelation = new Map<RelationId, ModelEdge[]>();
  for (const [id, edge] of sortedEntries(document.edges)) {
    const from = endpoint(edge.from);
    const to = endpoint(edge.to);
    const source = nodes.get(from.node);
    const target = nodes.get(to.node);
    if (!source || !target) continue;
    const built: ModelEdge = {
      id,
      relation: edge.relation,
      props: fill(relations[edge.relation].props, edge.props) as RelationProps<RelationId>,
      from: source as ModelNode,
      to: target as ModelNode,
      fromContainer: from.container,
      toContainer: to.container,
    };
    edges.set(id, built);
    source.out.push(built);
    target.in.push(built);
    const same = byRelation.get(edge.relation);
    if (same) same.push(built);
    else byRelation.set(edge.relation, [built]);
  }
  return {
    document,
    region: document.settings.region,
    production: document.settings.production,
    nodes: [...nodes.values()] as ModelNode[],
    edges: [...edges.values()],
    node: (id) => nodes.get(id) as ModelNode | undefined,
    edge: (id) => edges.get(id),
    of: <K extends NodeKind>(kind: K) => (byKind.get(kind) ?? []) as unknown as readonly ModelNode<K>[],
    edgesOf: <R extends RelationId>(relation: R) =>
      (byRelation.get(relation) ?? []) as unknown as readonly ModelEdge<R>[],
  };
}

/** True when a node is of one kind, narrowing its props. */
export const isKind = <K extends NodeKind>(node: ModelNode | undefined, kind: K): node is ModelNode<K> & ModelNode =>
  node?.kind === kind;

/** True when an edge has one relation, narrowing its props. */
export const isRelationEdge = <R extends RelationId>(edge: ModelEdge, relation: R): edge is ModelEdge<R> & ModelEdge =>
  edge.relation === relation;
