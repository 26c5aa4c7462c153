import { type Construct, type Origin, originsAt, type Resource, type Stack } from "../../stack/stack";
import { referredBy, type Value } from "../../stack/value";
import type { ExportContext, ExportNote } from "../target";
import type { Expr, Variable } from "./code";
import { Program, type StatementOptions, type Unit } from "./program";
import { unitsOf } from "./units";

/** How the code speaks of a resource of the stack. */
export interface Handle {
  /** The constant that holds the construct, or the construct that makes the resource with it. */
  variable: Variable;
  /** What `Ref` means. */
  ref: Expr;
  /** What `Fn::GetAtt` means. */
  attribute(name: string): Expr;
  /** The L1 construct, for overrides and for waiting on exactly this resource. */
  l1: Expr;
}

/** The export while it is being written: the program so far, and how to speak of each resource. */
export class Writing {
  readonly program = new Program();
  readonly notes: ExportNote[] = [];
  private readonly handles = new Map<string, Handle>();
  private readonly units: ReadonlyMap<string, Unit>;
  private readonly circular: ReadonlySet<string>;

  constructor(
    readonly stack: Stack,
    readonly context: ExportContext,
  ) {
    this.units = unitsOf(stack, context.names);
    this.circular = onCircles(stack);
  }

  /** True for a resource that needs itself, by way of others: no constant can be made after all that it needs. */
  isCircular(resource: Resource): boolean {
    return this.circular.has(resource.id);
  }

  resource(id: string): Resource | undefined {
    return Object.hasOwn(this.stack.resources, id) ? this.stack.resources[id] : undefined;
  }

  /** Says how the code speaks of a resource; each is declared once, before anything is written. */
  name(id: string, handle: Handle): void {
    this.handles.set(id, handle);
  }
  handle(id: string): Handle | undefined {
    return this.handles.get(id);
  }

  /** The part of the program where a resource is written: that of its node. */
  unitOf(resource: Resource): Unit | undefined {
    if (this.isCircular(resource)) return undefined;
    const origin = resource.origins[""]?.find(({ node, edge }) => this.units.has(node ?? edge ?? ""));
    return origin && this.units.get(origin.node ?? origin.edge ?? "");
  }

  /** Where the lines of a resource, or of a part of it, come from and stand. */
  place(resource: Resource, at = ""): Pick<StatementOptions, "from" | "unit"> {
    return { from: originOf(resource, at), unit: this.unitOf(resource) };
  }

  note(message: string, from?: Origin): void {
    const place = from?.node !== undefined ? { node: from.node } : from?.edge !== undefined ? { edge: from.edge } : {};
    this.notes.push({ message, ...place });
  }
}

export const originOf = (resource: Resource, at = ""): Origin | undefined => originsAt(resource, at)[0];

/** Members of a construct that are whole resources, in the order in which they were made. */
export const resourcesIn = (writing: Writing, construct: Construct): Resource[] =>
  construct.members.flatMap(({ resource, pointer }) => {
    const found = pointer === undefined ? writing.resource(resource) : undefined;
    return found ? [found] : [];
  });

/** True for what is known while exporting: no intrinsic anywhere. */
export function isPlain(value: Value | undefined): boolean {
  if (Array.isArray(value)) return value.every(isPlain);
  if (typeof value !== "object" || value === null) return true;
  return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isPlain);
}

/** Resources on circles of references, and between such: what is left when all that can be made, in either direction, is taken away. */
function onCircles({ resources }: Stack): ReadonlySet<string> {
  const needs = new Map<string, Set<string>>();
  const neededBy = new Map<string, Set<string>>();
  for (const id of Object.keys(resources)) {
    needs.set(id, new Set());
    neededBy.set(id, new Set());
  }
  for (const { id, properties } of Object.values(resources)) {
    for (const other of referredBy(properties)) {
      neededBy.get(other)?.add(id);
      if (needs.has(other)) needs.get(id)?.add(other);
    }
  }
  for (const [from, to] of [
    [needs, neededBy],
    [neededBy, needs],
  ] as const) {
    const free = [...from].flatMap(([id, others]) => (others.size === 0 ? [id] : []));
    for (let id = free.pop(); id !== undefined; id = free.pop()) {
      for (const other of to.get(id) ?? []) {
        const left = from.get(other);
        left?.delete(id);
        if (left?.size === 0) free.push(other);
      }
      from.delete(id);
      to.delete(id);
    }
  }
  return new Set(needs.keys());
}
