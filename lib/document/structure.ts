import { isNodeKind } from "../catalog";
import { isObject, own } from "../core/json";
import { pointer } from "../core/pointer";
import type { Problem } from "../core/result";
import {
  type Document,
  type DocumentEdge,
  type DocumentNode,
  emptyDocument,
  endpoint,
  mergePatch,
  type Suppression,
} from "./document";
import { problemsOf } from "./problems";
import { edge as edgeSchema, node as nodeSchema } from "./schema";

/** Ids that are used twice, ends and parents that lead nowhere, boxes that hold themselves. */
export function structure(document: Document): Problem[] {
  const problems: Problem[] = [];
  const logicalIds = new Map<string, string>();
  for (const [id, node] of Object.entries(document.nodes)) {
    const at = pointer("nodes", id);
    const other = logicalIds.get(node.logicalId);
    if (other !== undefined) {
      problems.push({
        path: `${at}/logicalId`,
        message: `The logical id “${node.logicalId}” is also that of ${other}. Each resource needs its own.`,
      });
    }
    logicalIds.set(node.logicalId, id);
    if (node.parent !== undefined && !Object.hasOwn(document.nodes, node.parent)) {
      problems.push({ path: `${at}/parent`, message: `The parent “${node.parent}” is not a node of this design.` });
    }
  }
  for (const id of cyclic(document)) {
    problems.push({
      path: pointer("nodes", id, "parent"),
      message: "This box stands inside itself, through its parents. Take it out of one of them.",
    });
  }
  for (const [id, edge] of Object.entries(document.edges)) {
    const at = pointer("edges", id);
    if (Object.hasOwn(document.nodes, id)) {
      problems.push({ path: at, message: `“${id}” is a node and an edge. Give the edge its own id.` });
    }
    for (const side of ["from", "to"] as const) {
      const missing = danglingEnd(document, edge[side]);
      if (missing) problems.push({ path: `${at}/${side}`, message: missing });
    }
  }
  for (const id of Object.keys(document.layout)) {
    if (!Object.hasOwn(document.nodes, id)) {
      problems.push({ path: pointer("layout", id), message: `“${id}” is not a node of this design.` });
    }
  }
  return [...problems, ...suppressionProblems(document)];
}

/** Suppressions of what is not there. */
export function suppressionProblems(document: Document): Problem[] {
  return document.suppressions.flatMap(({ at: { node, edge } }, index) => {
    const at = pointer("suppressions", index, "at");
    return [
      ...(node === undefined || Object.hasOwn(document.nodes, node)
        ? []
        : [{ path: `${at}/node`, message: `“${node}” is not a node of this design.` }]),
      ...(edge === undefined || Object.hasOwn(document.edges, edge)
        ? []
        : [{ path: `${at}/edge`, message: `“${edge}” is not an edge of this design.` }]),
    ];
  });
}

const containersOf = (props: unknown): unknown => (isObject(props) ? own(props, "containerDefinitions") : undefined);

/** Why an end of an edge leads nowhere; undefined when it does not. */
export function danglingEnd(document: Document, end: string): string | undefined {
  const { node: id, container } = endpoint(end);
  const node = own(document.nodes, id);
  if (!node) return `“${id}” is not a node of this design, so the edge leads nowhere.`;
  if (container === undefined) return undefined;
  const containers = containersOf(node.props);
  return isObject(containers) && Object.hasOwn(containers, container)
    ? undefined
    : `“${node.name}” has no container “${container}”, so the edge leads nowhere.`;
}

/** Nodes that are among their own parents. Each node is visited once. */
function cyclic(document: Document): string[] {
  const inCycle: string[] = [];
  const seen = new Set<string>();
  for (const start of Object.keys(document.nodes)) {
    const path: string[] = [];
    let id: string | undefined = start;
    while (id !== undefined && !seen.has(id)) {
      seen.add(id);
      path.push(id);
      id = own(document.nodes, id)?.parent;
    }
    const back = id === undefined ? -1 : path.indexOf(id);
    if (back >= 0) inCycle.push(...path.slice(back));
  }
  return inCycle;
}

/**
 * What is wrong with an environment: it may change props of what exists, to values of the right shape, and takes no
 * container away that an edge ends at. `only` looks at what it says of these ids.
 */
export function environmentProblems(document: Document, name: string, only?: readonly string[]): Problem[] {
  const patches = own(document.environments, name)?.props ?? {};
  const problems: Problem[] = [];
  let ends: Map<string, Map<string, string>> | undefined;
  for (const id of only ?? Object.keys(patches)) {
    const patch = own(patches, id);
    if (patch === undefined) continue;
    const at = pointer("environments", name, "props", id);
    const node = own(document.nodes, id);
    const target = node ?? own(document.edges, id);
    if (!target) {
      problems.push({ path: at, message: `“${id}” is not in this design. An environment changes only what exists.` });
      continue;
    }
    const props = mergePatch(target.props, patch);
    const result = (node ? nodeSchema : edgeSchema).safeParse({ ...target, props }, { reportInput: true });
    if (!result.success) {
      const issues = result.error.issues.map((issue) => ({ ...issue, path: issue.path.slice(1) }));
      problems.push(...problemsOf(issues, at));
    }
    if (!Object.hasOwn(patch, "containerDefinitions")) continue;
    const containers = containersOf(props);
    ends ??= endsInContainers(document);
    for (const [container, edge] of ends.get(id) ?? []) {
      if (isObject(containers) && Object.hasOwn(containers, container)) continue;
      problems.push({
        path: at + pointer("containerDefinitions", container),
        message: `An environment adds and removes no edge, but ${edge} ends at this container. Keep the container.`,
      });
    }
  }
  return problems;
}

/** By node and container, an edge that ends there. */
function endsInContainers(document: Document): Map<string, Map<string, string>> {
  const ends = new Map<string, Map<string, string>>();
  for (const [id, edge] of Object.entries(document.edges)) {
    for (const { node, container } of [endpoint(edge.from), endpoint(edge.to)]) {
      if (container === undefined) continue;
      const known = ends.get(node) ?? new Map<string, string>();
      ends.set(node, known.set(container, id));
    }
  }
  return ends;
}

/** As much of damaged data as has the shape that {@link structure} reads, at the same places. */
export function readable(data: Record<string, unknown>): Document {
  const objects = (value: unknown): [string, Record<string, unknown>][] =>
    Object.entries(isObject(value) ? value : {}).filter((entry): entry is [string, Record<string, unknown>] =>
      isObject(entry[1]),
    );
  const text = (value: unknown, otherwise: string): string => (typeof value === "string" ? value : otherwise);
  const nodes = objects(data.nodes).map(([id, node]) => {
    const { kind, props } = node;
    const parent = typeof node.parent === "string" ? { parent: node.parent } : {};
    const name = text(node.name, id);
    return [
      id,
      { kind, name, logicalId: text(node.logicalId, `/${id}`), ...parent, props: isObject(props) ? props : {} },
    ];
  });
  const found = Object.fromEntries(nodes) as Record<string, DocumentNode>;
  // Nobody knows what containers a node of an unknown kind has.
  const end = (value: unknown): string => {
    const { node, container } = endpoint(String(value));
    const kind = own(found, node)?.kind as unknown;
    return container !== undefined && typeof kind === "string" && isNodeKind(kind) ? `${node}/${container}` : node;
  };
  const edges = objects(data.edges)
    .filter(([, edge]) => typeof edge.from === "string" && typeof edge.to === "string")
    .map(([id, edge]) => [id, { ...edge, from: end(edge.from), to: end(edge.to) }]);
  const suppressions = Array.isArray(data.suppressions) ? data.suppressions : [];
  return {
    ...emptyDocument(),
    nodes: found,
    edges: Object.fromEntries(edges) as Record<string, DocumentEdge>,
    layout: (isObject(data.layout) ? data.layout : {}) as Document["layout"],
    suppressions: suppressions.map((item): Suppression => {
      const at = isObject(item) && isObject(item.at) ? item.at : {};
      const place = (key: string) => (typeof at[key] === "string" ? { [key]: at[key] } : {});
      return { rule: "", at: { ...place("node"), ...place("edge") }, reason: "" };
    }),
  };
}
