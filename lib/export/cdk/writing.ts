import type { ResourceType } from "../../stack/resource-types";
import {
  type Construct,
  type Known,
  type Origin,
  originsAt,
  type Resource,
  resourcesOf,
  type Stack,
} from "../../stack/stack";
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

/** A construct of level two, which makes one resource of the stack or several. */
export interface Built {
  /** Class of its constant, "ec2.Vpc"; undefined for a call that gives nothing, as `group.addIngressRule(…)`. */
  type: string | undefined;
  /** Resources that it makes beside the one that it is built for. */
  makes: readonly string[];
  /** How the code speaks of each resource that it makes. */
  handle(id: string, variable: Variable): Handle;
  /** What of it can be waited for by itself. */
  ready?(variable: Variable): { ids: readonly string[]; expr: Expr }[];
  write(variable: Variable): void;
}

/** The construct for a resource; undefined where none makes exactly what the stack has. */
export type Builder = ((writing: Writing, head: Known) => Built | undefined) & {
  /** What it makes may stand under a condition, which it writes itself. */
  takesCondition?: true;
};

/** By the type of the resource; in the order in which constructs take the resources that they make. */
export type Builders = { readonly [T in ResourceType]?: Builder };

/** The export while it is being written: the program so far, and how to speak of each resource. */
export class Writing {
  readonly program = new Program();
  readonly notes: ExportNote[] = [];
  private readonly handles = new Map<string, Handle>();
  private readonly units: ReadonlyMap<string, Unit>;
  private readonly circular: ReadonlySet<string>;
  private readonly constructs = new Map<string, Built | undefined>();
  private readonly makers = new Map<string, string>();
  private readonly imported = new Map<string, Variable>();
  private indexes: Indexes | undefined;

  constructor(
    readonly stack: Stack,
    readonly context: ExportContext,
    private readonly builders: Builders,
  ) {
    this.units = unitsOf(stack, context.names);
    this.circular = onCircles(stack);
    for (const type of Object.keys(builders) as ResourceType[]) {
      for (const { id } of resourcesOf(stack, type)) this.built(id);
    }
  }

  /** The construct of level two that is built for a resource; undefined where it stands as level one or is made by another. */
  built(id: string): Built | undefined {
    if (this.constructs.has(id)) return this.constructs.get(id);
    const resource = this.resource(id);
    const builder = resource && !resource.raw ? this.builders[resource.type] : undefined;
    if (!resource || resource.raw || !builder || this.makers.has(id)) return undefined;
    // Whoever asks for a construct while it is being decided gets none.
    this.constructs.set(id, undefined);
    const plain = (resource.condition === undefined || builder.takesCondition) && !this.isCircular(resource);
    const built = plain ? builder(this, resource) : undefined;
    if (!built || built.makes.some((other) => this.makers.has(other) || this.constructs.get(other))) return undefined;
    this.constructs.set(id, built);
    for (const made of [id, ...built.makes]) this.makers.set(made, id);
    return built;
  }

  /** The resource whose construct makes this one: itself, another, or none. */
  makerOf(id: string): string | undefined {
    return this.makers.get(id);
  }

  /** Resources of a type that refer to another one, by its id. */
  usersOf(id: string, type: ResourceType): readonly Known[] {
    this.indexes ??= indexesOf(this.stack);
    return (this.indexes.users.get(id) ?? []).filter((user): user is Known => !user.raw && user.type === type);
  }

  /** True where another resource or an output refers to it or waits for it. */
  isSpokenOf(id: string): boolean {
    this.indexes ??= indexesOf(this.stack);
    return this.indexes.spokenOf.has(id);
  }

  /** A constant for something that the stack only refers to, made once: `ec2.Vpc.fromVpcAttributes(…)`. */
  once(key: string, type: string, expr: (id: string) => Expr): Variable {
    const known = this.imported.get(key);
    if (known) return known;
    const variable = this.program.variable(key, type);
    this.imported.set(key, variable);
    this.program.declare(variable, expr(key));
    return variable;
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

interface Indexes {
  users: ReadonlyMap<string, readonly Resource[]>;
  spokenOf: ReadonlySet<string>;
}

function indexesOf({ resources, outputs }: Stack): Indexes {
  const users = new Map<string, Resource[]>();
  const spokenOf = new Set<string>();
  for (const resource of Object.values(resources)) {
    for (const id of referredBy(resource.properties)) {
      const list = users.get(id);
      if (list) list.push(resource);
      else users.set(id, [resource]);
      spokenOf.add(id);
    }
    for (const id of resource.dependsOn ?? []) spokenOf.add(id);
  }
  for (const { value } of Object.values(outputs)) for (const id of referredBy(value)) spokenOf.add(id);
  return { users, spokenOf };
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
