import { own } from "../../core/json";
import { type Document, type DocumentEdge, type DocumentNode, endpoint } from "../document";

/** Finds the entries of a record by what they name, without looking at each; made when it is first asked. */
class Index<T> {
  private of: object | undefined;
  private entries = new Map<string, Set<string>>();

  constructor(private readonly namesOf: (item: T) => readonly string[]) {}

  /** The id of an entry that names this. */
  find(record: Readonly<Record<string, T>>, name: string): string | undefined {
    if (this.of !== record) {
      this.of = record;
      this.entries = new Map();
      for (const [id, item] of Object.entries(record)) this.add(id, item);
    }
    return this.entries.get(name)?.values().next().value;
  }

  /** One entry of the record was written, and the record may have been copied for it. */
  follow(before: object, after: object, id: string, was: T | undefined, is: T | undefined): void {
    if (this.of !== before) return;
    this.of = after;
    if (was !== undefined) for (const name of this.namesOf(was)) this.entries.get(name)?.delete(id);
    if (is !== undefined) this.add(id, is);
  }

  private add(id: string, item: T): void {
    for (const name of this.namesOf(item)) {
      const ids = this.entries.get(name);
      if (ids) ids.add(id);
      else this.entries.set(name, new Set([id]));
    }
  }
}

/**
 * The records of nodes, edges and places that one list of edits writes to. Each is copied before its first change, as
 * nobody may see a design change, and written in place after that, so that a list of edits costs no square of the design.
 */
export class Records {
  private readonly copies = new Set<object>();
  /** Nodes by logical id, nodes by parent, edges by the nodes they end at. */
  private readonly logicalIds = new Index<DocumentNode>((node) => [node.logicalId]);
  private readonly parents = new Index<DocumentNode>(({ parent }) => (parent === undefined ? [] : [parent]));
  private readonly ends = new Index<DocumentEdge>(({ from, to }) => [endpoint(from).node, endpoint(to).node]);

  /** The record with a value under a key; without the key when the value is undefined. */
  put<T>(record: Record<string, T>, key: string, value: T | undefined): Record<string, T> {
    if (value === undefined && !Object.hasOwn(record, key)) return record;
    let copy = record;
    if (!this.copies.has(record)) {
      copy = { ...record };
      this.copies.add(copy);
    }
    if (value === undefined) delete copy[key];
    else copy[key] = value;
    return copy;
  }

  putNode(nodes: Document["nodes"], id: string, node: DocumentNode | undefined): Document["nodes"] {
    const was = own(nodes, id);
    const after = this.put(nodes, id, node);
    this.logicalIds.follow(nodes, after, id, was, node);
    this.parents.follow(nodes, after, id, was, node);
    return after;
  }

  putEdge(edges: Document["edges"], id: string, edge: DocumentEdge | undefined): Document["edges"] {
    const was = own(edges, id);
    const after = this.put(edges, id, edge);
    this.ends.follow(edges, after, id, was, edge);
    return after;
  }

  /** The node that has a logical id. */
  withLogicalId({ nodes }: Document, logicalId: string): DocumentNode | undefined {
    return own(nodes, this.logicalIds.find(nodes, logicalId) ?? "");
  }

  /** A node that stands in a box. */
  childOf({ nodes }: Document, box: string): DocumentNode | undefined {
    return own(nodes, this.parents.find(nodes, box) ?? "");
  }

  /** True when an edge starts or ends at a node. */
  isConnected({ edges }: Document, node: string): boolean {
    return this.ends.find(edges, node) !== undefined;
  }
}
