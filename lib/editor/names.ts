import { kindOf, type NodeKind } from "../catalog";
import { logicalIdFrom, nextId } from "../core/ids";
import { type Document, type DocumentNode, endpoint, type Place } from "../document/document";
import { MAX_NAME } from "../document/schema";

/** Hands out ids, names and logical ids that are free in a design and among those handed out before. */
export class Names {
  private readonly ids: Set<string>;
  private readonly names: Set<string>;
  private readonly logicalIds: Set<string>;

  constructor(document: Document) {
    const nodes = Object.values(document.nodes);
    this.ids = new Set([...Object.keys(document.nodes), ...Object.keys(document.edges)]);
    this.names = new Set(nodes.map((node) => node.name));
    this.logicalIds = new Set(nodes.map((node) => node.logicalId));
  }

  id(prefix: "n" | "e"): string {
    const id = nextId(prefix, this.ids);
    this.ids.add(id);
    return id;
  }

  /** The name itself when it is free, else with the next number: "Web", "Web 2", "Web 3". */
  name(wanted: string): string {
    const match = /^(.*?) (\d{1,6})$/.exec(wanted);
    const base = (match?.[1] ?? wanted).slice(0, MAX_NAME - 8);
    let name = wanted;
    for (let number = match ? Number(match[2]) : 2; this.names.has(name); number += 1) name = `${base} ${number}`;
    this.names.add(name);
    return name;
  }

  logicalId(name: string, kind: NodeKind): string {
    const fallback = logicalIdFrom(kindOf(kind).short, "Node", new Set());
    const logicalId = logicalIdFrom(name, fallback, this.logicalIds);
    this.logicalIds.add(logicalId);
    return logicalId;
  }

  /** A node as it enters a design: with its logical id, which never changes again. */
  node(kind: NodeKind, name: string, parent: string | undefined, props: object): DocumentNode {
    return {
      kind,
      name,
      logicalId: this.logicalId(name, kind),
      ...(parent === undefined ? {} : { parent }),
      props,
    } as DocumentNode;
  }
}

/** A place in words: the node's name, or the names at both ends of an edge; "Design" where it is neither. */
export function placeName(document: Document, { node, edge }: Place): string {
  const nameOf = (end: string): string => document.nodes[endpoint(end).node]?.name ?? end;
  if (node !== undefined) return nameOf(node);
  const drawn = edge === undefined ? undefined : document.edges[edge];
  return drawn ? `${nameOf(drawn.from)} → ${nameOf(drawn.to)}` : "Design";
}
