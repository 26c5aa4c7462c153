import type { Pointer } from "../../core/pointer";
import type { ResourceType } from "../../stack/resource-types";
import { type Known, type Origin, originsAt, type Resource, type Stack } from "../../stack/stack";
import { type Properties, targetOf, type Value } from "../../stack/value";
import { Names } from "../snake-names";
import type { ExportContext, ExportNote } from "../target";
import { type Block, type Entry, type Hcl, path, raw } from "./hcl";

/** What Terraform makes of a resource of one type. */
export interface TypeCell {
  /** The resource that stands for it; null where it is a part of another, which `within` names. */
  type: string | null;
  /** Of what the resource is a part. */
  within?(writing: Writing, resource: Known): string | undefined;
  /** The attribute that `Ref` means. */
  ref?: string;
  /** Attributes that `Fn::GetAtt` may name. */
  attributes?: Readonly<Record<string, string>>;
  /** What CloudFormation's value of an attribute has at its end, and Terraform's has not. */
  endings?: Readonly<Record<string, string>>;
  /** The type of the block that waits for what the resource waits for; without it the main one. */
  waiting?: string;
  /** Writes its blocks, the one that stands for it first. */
  write(writing: Writing, resource: Known): Block[];
}

export type TypeTable = { readonly [T in ResourceType]: TypeCell };

/** Reads the properties of a resource and knows which of them nobody has asked for. */
export class Reader {
  private readonly left: Set<string>;
  private readonly inside: Reader[] = [];

  constructor(
    readonly resource: Resource,
    private readonly properties: Properties = resource.properties,
    private readonly at: Pointer = "/properties",
  ) {
    this.left = new Set(Object.keys(properties));
  }

  /** A property; undefined where there is none. */
  take(name: string): Value | undefined {
    this.left.delete(name);
    return this.properties[name];
  }

  /** A property that is an object, as a reader of its own. */
  inner(name: string): Reader | undefined {
    const value = this.take(name);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    return this.open(value as Properties, `${this.at}/${name}`);
  }

  /** A property that is a list of objects. */
  each(name: string): Reader[] {
    const value = this.take(name);
    if (!Array.isArray(value)) return [];
    return value.map((one, index) => this.open(one as Properties, `${this.at}/${name}/${index}`));
  }

  private open(value: Properties, at: Pointer): Reader {
    const reader = new Reader(this.resource, value, at);
    this.inside.push(reader);
    return reader;
  }

  from(name = ""): Origin | undefined {
    return originsAt(this.resource, name === "" ? this.at : `${this.at}/${name}`)[0];
  }

  /** Properties that nobody took, and those inside what was opened. */
  get rest(): readonly string[] {
    return [...[...this.left].map((name) => `${this.at}/${name}`), ...this.restInside];
  }

  /** Those inside what was opened: a block beside the main one says only a part of the resource. */
  get restInside(): readonly string[] {
    return this.inside.flatMap((reader) => reader.rest);
  }
}

/** The export while it is being written. */
export class Writing {
  readonly notes: ExportNote[] = [];
  readonly names = new Names();
  readonly variables = new Names();
  /** Data sources that something asks for: "aws_region.current". */
  readonly data = new Set<string>();
  private readonly users = new Map<string, Resource[]>();

  constructor(
    readonly stack: Stack,
    readonly context: ExportContext,
    readonly table: TypeTable,
    /** Converts a value; given from outside, as values speak of resources and resources of values. */
    readonly exprOf: (writing: Writing, value: Value) => Hcl,
  ) {}

  resource(id: string | undefined): Resource | undefined {
    return id !== undefined && Object.hasOwn(this.stack.resources, id) ? this.stack.resources[id] : undefined;
  }

  /** Resources of a type whose property refers to another one. */
  usersOf(id: string, type: ResourceType, property: string): Known[] {
    if (this.users.size === 0) {
      for (const one of Object.values(this.stack.resources)) {
        const list = this.users.get(one.type);
        if (list) list.push(one);
        else this.users.set(one.type, [one]);
      }
    }
    return (this.users.get(type) ?? []).filter((one): one is Known => {
      const value = one.properties[property];
      return !one.raw && (Array.isArray(value) ? value : [value]).some((item) => targetOf(item) === id);
    });
  }

  /** "aws_vpc.network"; of what a resource is a part of where it has no block of its own. */
  address(id: string): string | undefined {
    const resource = this.resource(id);
    if (!resource) return undefined;
    if (resource.raw) return `aws_cloudformation_stack.${this.names.of(id)}`;
    const cell = this.table[resource.type];
    if (cell.type !== null) return `${cell.type}.${this.names.of(id)}`;
    const owner = cell.within?.(this, resource);
    return owner === undefined || owner === id ? undefined : this.address(owner);
  }

  value(value: Value | undefined): Hcl | undefined {
    return value === undefined ? undefined : this.exprOf(this, value);
  }

  /** Reference to a resource that the stack names. */
  attribute(id: string, name: string): Hcl {
    const address = this.address(id) ?? "null";
    // What a condition makes is a list of one or none.
    return this.resource(id)?.condition === undefined
      ? path(raw(address), `.${name}`)
      : raw(`one(${address}[*].${name})`);
  }

  note(message: string, from?: Origin): void {
    const place = from?.node !== undefined ? { node: from.node } : from?.edge !== undefined ? { edge: from.edge } : {};
    this.notes.push({ message, ...place });
  }
}

/** Entries of a block, from a reader of the resource. */
export class Body {
  readonly entries: Entry[] = [];

  constructor(
    private readonly writing: Writing,
    readonly reader: Reader,
  ) {}

  /** `argument = value of the property`. */
  set(argument: string, property: string, convert?: (value: Value) => Hcl | undefined): this {
    const value = this.reader.take(property);
    if (value === undefined) return this;
    const hcl = convert ? convert(value) : this.writing.value(value);
    return this.put(argument, hcl, this.reader.from(property));
  }

  put(argument: string, value: Hcl | undefined, from: Origin | undefined = this.reader.from()): this {
    if (value !== undefined) this.entries.push({ is: "attribute", name: argument, value, from });
    return this;
  }

  /** A nested block; left out while it is empty, unless `always`. */
  block(type: string, body: Body | undefined, always = false): this {
    if (body && (body.entries.length > 0 || always)) {
      this.entries.push({
        is: "block",
        block: { type, labels: [], entries: body.entries, from: body.reader.from() },
      });
    }
    return this;
  }

  nest(reader: Reader): Body {
    return new Body(this.writing, reader);
  }

  /** A property that needs no argument: what it says is the provider's only way, or said elsewhere. */
  omit(...properties: string[]): this {
    for (const property of properties) this.reader.take(property);
    return this;
  }
}
