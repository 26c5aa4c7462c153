import { compareKeys } from "../../core/json";
import { type Construct, type Origin, originsAt, type Resource, type Stack } from "../../stack/stack";
import type { Value } from "../../stack/value";
import type { ExportContext, ExportNote } from "../target";
import { type Expr, raw, type Variable } from "./code";
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
  /** What another construct waits for with `node.addDependency`; the variable where nothing else is said. */
  dependable?: Expr;
}

/** Thrown by a cell when the L2 construct cannot say what the stack has; the resource is then written as L1. */
export class Unsayable extends Error {
  override name = "Unsayable";
}

/** The export while it is being written: the program so far, and how to speak of each resource. */
export class Writing {
  readonly program = new Program();
  readonly notes: ExportNote[] = [];
  /** Resources that a cell has written, by whatever construct. */
  readonly written = new Set<string>();
  /** Environment values that the code reads: `config.webDesiredCount`. */
  readonly configKeys = new Map<string, string>();
  private readonly handles = new Map<string, Handle>();
  private readonly units: ReadonlyMap<string, Unit>;
  readonly config = raw("config");

  constructor(
    readonly stack: Stack,
    readonly context: ExportContext,
  ) {
    this.units = unitsOf(stack, context.names);
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
    const origin = resource.origins[""]?.find(({ node, edge }) => this.units.has(node ?? edge ?? ""));
    return origin && this.units.get(origin.node ?? origin.edge ?? "");
  }
  unitFor(construct: Construct): Unit | undefined {
    return this.units.get(construct.for.node ?? construct.for.edge ?? "");
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

/** Entries in a fixed order. */
export const byKey = <T>(map: ReadonlyMap<string, T>): [string, T][] => [...map].sort(([a], [b]) => compareKeys(a, b));

/** True for what is known while exporting: no intrinsic anywhere. */
export function isPlain(value: Value | undefined): boolean {
  if (Array.isArray(value)) return value.every(isPlain);
  if (typeof value !== "object" || value === null) return true;
  return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isPlain);
}
