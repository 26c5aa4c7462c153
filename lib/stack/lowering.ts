import { escapeSegment, type Pointer, readAt, segmentsOf } from "../core/pointer";
import type { Model, ModelEdge, ModelNode } from "../model/model";
import { closeReferences } from "./close";
import { listOf, type PropertySet } from "./property-set";
import type { ResourceType } from "./resource-types";
import type { Construct, Known, Origin, Output, Parameter, Pattern, Raw, Resource, Stack } from "./stack";
import { type Properties, ref, type Value } from "./value";

/** What a resource, a rule or a statement is derived from. */
export type Owner = ModelNode | ModelEdge;

/** Which construct a member belongs to: its pattern, and the node or edge it stands for. */
export interface ConstructKey {
  pattern: Pattern;
  for: Owner;
}
export const constructOf = (pattern: Pattern, owner: Owner): ConstructKey => ({ pattern, for: owner });

/** The parts of a resource that are not its properties. */
export interface Addition {
  /** Where the resource itself comes from. */
  origins: Origin | readonly Origin[];
  /** JSON Pointer into the *properties* ("/Listeners/0") → where that part comes from. Those of a PropertySet are added. */
  parts?: Readonly<Record<Pointer, Origin | readonly Origin[]>>;
  construct: ConstructKey;
  /** Ids that turn out not to exist are dropped by `finish`. */
  dependsOn?: readonly string[];
  condition?: string;
  deletionPolicy?: Resource["deletionPolicy"];
  updateReplacePolicy?: Resource["updateReplacePolicy"];
  creationPolicy?: Properties;
  updatePolicy?: Properties;
  metadata?: Properties;
}

const isEdge = (owner: Owner): owner is ModelEdge => "relation" in owner;
const idsOf = (owner: Owner): { node: string } | { edge: string } =>
  isEdge(owner) ? { edge: owner.id } : { node: owner.id };
/** In logical id order. */
function sorted<T>(map: ReadonlyMap<string, T>): Record<string, T> {
  const record: Record<string, T> = {};
  for (const id of [...map.keys()].sort()) record[id] = map.get(id) as T;
  return record;
}

/** An origin that nobody wrote down: it follows from the node or edge (and, where known, from one field of it). */
export function derived(owner: Owner, field?: Pointer): Origin {
  if (field !== undefined) return { ...idsOf(owner), field, why: "derived" };
  return isEdge(owner) ? { edge: owner.id, why: "derived" } : { node: owner.id, why: "derived" };
}

/** A fresh value per lowering, made on first use: where a concern keeps what it has made so far. */
export function perLowering<T>(make: (lowering: Lowering) => T): (lowering: Lowering) => T {
  return (lowering) => {
    const { kept } = lowering;
    if (!kept.has(make)) kept.set(make, make(lowering));
    return kept.get(make) as T;
  };
}

/**
 * The stack while it is being made. Passes add resources; what several passes share is beside it: `networks.ts`
 * (subnets), `groups.ts` (security groups), `roles.ts` (roles and grants), `containers.ts` (what edges add to container
 * definitions and volumes).
 *
 * The main resource of a node has the logical id `idOf(node)`: the load balancer, cluster, service, task definition,
 * capacity provider (AWS::ECS::CapacityProvider), repository, file system, bucket, rule, schedule, queue, topic, secret,
 * parameter, VPC. Everything else of a node is `idFor(node, suffix)`.
 */
export class Lowering {
  /** For `perLowering` only. */
  readonly kept = new Map<unknown, unknown>();
  private readonly resources = new Map<string, Resource>();
  private readonly parameters = new Map<string, Parameter>();
  private readonly parameterIds = new Map<string, string>();
  private readonly conditions = new Map<string, Value>();
  private readonly outputs = new Map<string, Output>();
  private readonly constructs = new Map<Owner, Map<Pattern, Construct>>();
  private readonly sentences = new Set<string>();
  private readonly waits = new Map<string, Set<string>>();
  private readonly taken = new Set<string>();
  /** Resources with properties that people wrote as templates have them: only these may refer to what is not there. */
  private readonly foreign = new Set<string>();
  private readonly nodeIds = new Map<string, string>();
  private readonly suffixedIds = new Map<string, Map<string, string>>();
  private readonly derivedIds = new Map<string, string>();

  constructor(readonly model: Model) {
    for (const node of model.nodes) this.nodeIds.set(node.id, this.uniqueId(node.logicalId));
  }

  /** A logical id that nothing else has: the preferred one, numbered where it is taken. Reserves it. */
  uniqueId(preferred: string): string {
    const base = preferred.slice(0, 250);
    let id = base;
    for (let number = 2; this.taken.has(id); number += 1) id = `${base}${number}`;
    this.taken.add(id);
    return id;
  }

  /** Logical id of the node's main resource. */
  idOf(node: ModelNode): string {
    return this.nodeIds.get(node.id) as string;
  }

  /** Logical id of something derived from a node ("TaskRole", "Subnet1"); the same question has the same answer. */
  idFor(node: ModelNode, suffix: string): string {
    let ids = this.suffixedIds.get(node.id);
    if (!ids) {
      ids = new Map();
      this.suffixedIds.set(node.id, ids);
    }
    let id = ids.get(suffix);
    if (id === undefined) {
      id = this.uniqueId(`${this.idOf(node)}${suffix}`);
      ids.set(suffix, id);
    }
    return id;
  }

  /** Like `uniqueId`, but the same key always gets the same id. */
  idNamed(preferred: string, key: string): string {
    let id = this.derivedIds.get(key);
    if (id === undefined) {
      id = this.uniqueId(preferred);
      this.derivedIds.set(key, id);
    }
    return id;
  }

  /** Where the value of a field comes from: drawn when the document gives it, else its default. */
  from(owner: Owner, field: Pointer): Origin {
    const { document } = this.model;
    const props = isEdge(owner) ? document.edges[owner.id]?.props : document.nodes[owner.id]?.props;
    const why = isGiven(props, field) ? "drawn" : "default";
    return isEdge(owner) ? { edge: owner.id, field, why } : { node: owner.id, field, why };
  }

  /** The drawn node or edge itself. */
  drawn(owner: Owner): Origin {
    return isEdge(owner) ? { edge: owner.id, why: "drawn" } : { node: owner.id, why: "drawn" };
  }

  /** Adds a resource of a known type. The id must come from `idOf`, `idFor`, `idNamed` or `uniqueId`. */
  add<K extends ResourceType>(type: K, id: string, properties: Properties | PropertySet, addition: Addition): Known<K> {
    const resource = this.common(id, properties, addition, type) as Known<K>;
    this.put(resource, addition);
    return resource;
  }

  /** Adds a resource of any type, kept verbatim. */
  addRaw(type: string, id: string, properties: Properties | PropertySet, addition: Addition): Raw {
    const resource: Raw = { ...this.common(id, properties, addition, type), raw: true };
    this.put(resource, addition);
    this.mayMention(id);
    return resource;
  }

  /** Says that a resource has properties as a person wrote them, which may refer to what the drawing does not have. */
  mayMention(id: string): void {
    this.foreign.add(id);
  }

  private common(id: string, properties: Properties | PropertySet, addition: Addition, type: string): Omit<Raw, "raw"> {
    const set = isSet(properties) ? properties : undefined;
    const map: Record<Pointer, Origin[]> = set ? set.origins : {};
    map[""] = listOf(addition.origins);
    for (const at in addition.parts) map[inside(at)] = listOf(addition.parts[at] as Origin);
    const made: Omit<Raw, "raw"> = {
      id,
      properties: set ? set.values : (properties as Properties),
      origins: map,
      type,
    };
    if (addition.dependsOn && addition.dependsOn.length > 0) made.dependsOn = [...addition.dependsOn];
    if (addition.condition !== undefined) made.condition = addition.condition;
    if (addition.deletionPolicy !== undefined) made.deletionPolicy = addition.deletionPolicy;
    if (addition.updateReplacePolicy !== undefined) made.updateReplacePolicy = addition.updateReplacePolicy;
    if (addition.creationPolicy) made.creationPolicy = addition.creationPolicy;
    if (addition.updatePolicy) made.updatePolicy = addition.updatePolicy;
    if (addition.metadata) made.metadata = addition.metadata;
    return made;
  }

  private put(resource: Resource, addition: Addition): void {
    this.resources.set(resource.id, resource);
    this.taken.add(resource.id);
    if (resource.dependsOn) this.wait(resource.id, ...resource.dependsOn);
    this.member(addition.construct, resource.id);
  }

  /** A resource added so far. */
  resource(id: string): Resource | undefined {
    return this.resources.get(id);
  }

  /**
   * Writes a value into a resource's properties; `/-` at the end appends to a list, which is made where it is missing.
   * Returns the pointer (into the properties) that it was written to; undefined when there is no such resource.
   */
  patch(id: string, at: Pointer, value: Value, origin: Origin | readonly Origin[]): Pointer | undefined {
    const resource = this.resources.get(id);
    const segments = segmentsOf(at);
    const last = segments?.pop();
    if (!resource || !segments || last === undefined) return undefined;
    let holder: Properties | Value[] = resource.properties;
    const real: string[] = [];
    segments.forEach((segment, index) => {
      const next: Properties | Value[] = (segments[index + 1] ?? last) === "-" ? [] : {};
      const list = Array.isArray(holder) ? holder : undefined;
      const key = list && segment === "-" ? String(list.length) : segment;
      const record = holder as Record<string, Value>;
      if (!Object.hasOwn(record, key)) record[key] = next;
      real.push(key);
      holder = record[key] as Properties | Value[];
    });
    const key = Array.isArray(holder) && last === "-" ? String(holder.length) : last;
    (holder as Record<string, Value>)[key] = value;
    real.push(key);
    const pointer = real.map((segment) => `/${escapeSegment(segment)}`).join("");
    this.origin(id, pointer, origin);
    return pointer;
  }

  /** Adds to the origins of a part of a resource; "" is the resource itself. Pointer into the properties. */
  origin(id: string, at: Pointer, origin: Origin | readonly Origin[]): void {
    const resource = this.resources.get(id);
    if (!resource) return;
    const key = at === "" ? "" : inside(at);
    const list = Object.hasOwn(resource.origins, key) ? (resource.origins[key] as Origin[]) : [];
    for (const item of listOf(origin)) {
      const known = list.some(
        (other) =>
          other.node === item.node && other.edge === item.edge && other.field === item.field && other.why === item.why,
      );
      if (!known) list.push(item);
    }
    resource.origins[key] = list;
  }

  /** Makes one resource wait for others (DependsOn). Both may be added later; ids that nobody adds are dropped. */
  wait(id: string, ...others: readonly string[]): void {
    const waits = this.waits.get(id) ?? new Set();
    for (const other of others) waits.add(other);
    this.waits.set(id, waits);
  }

  /** Puts a resource, or a part of one (pointer into the properties), into a construct. */
  member(construct: ConstructKey, id: string, at?: Pointer): void {
    let patterns = this.constructs.get(construct.for);
    if (!patterns) {
      patterns = new Map();
      this.constructs.set(construct.for, patterns);
    }
    let found = patterns.get(construct.pattern);
    if (!found) {
      found = { pattern: construct.pattern, for: idsOf(construct.for), members: [] };
      patterns.set(construct.pattern, found);
    }
    found.members.push(at === undefined ? { resource: id } : { resource: id, pointer: inside(at) });
  }

  /** A template parameter; asking for the same name twice gives the same one. */
  parameter(name: string, parameter: Parameter): ReturnType<typeof ref> {
    let id = this.parameterIds.get(name);
    if (id === undefined) {
      id = this.uniqueId(name);
      this.parameterIds.set(name, id);
      this.parameters.set(id, parameter);
    }
    return ref(id);
  }

  /** A template condition, and its name for `Addition.condition`. Ids that nothing else has, as for resources. */
  condition(name: string, value: Value): string {
    const id = this.uniqueId(name);
    this.conditions.set(id, value);
    return id;
  }

  /** A template output; the first value of a name stays. */
  output(name: string, value: Value, description: string, origin: Origin): void {
    if (!this.outputs.has(name)) this.outputs.set(name, { value, description, origin });
  }

  /** Adds a full sentence to the template's description, once. */
  describe(sentence: string): void {
    this.sentences.add(sentence);
  }

  /** Nodes, then edges, each in id order; patterns of one owner by name. */
  private sortedConstructs(): Construct[] {
    const { nodes, edges } = this.model;
    return [...nodes, ...edges].flatMap((owner) => {
      const patterns = this.constructs.get(owner);
      return patterns ? [...patterns.keys()].sort().map((pattern) => patterns.get(pattern) as Construct) : [];
    });
  }

  /** The finished stack, everything in a fixed order and every reference resolved. */
  finish(): Stack {
    for (const [id, others] of this.waits) {
      const resource = this.resources.get(id);
      if (resource) resource.dependsOn = [...others];
    }
    const stack: Stack = {
      description: [...this.sentences].join(" "),
      parameters: sorted(this.parameters),
      mappings: {},
      conditions: sorted(this.conditions),
      resources: sorted(this.resources),
      outputs: sorted(this.outputs),
      constructs: this.sortedConstructs(),
    };
    return closeReferences(stack, this.foreign, (name) => this.uniqueId(name));
  }
}

/** True when the document itself holds a value there. */
function isGiven(props: unknown, field: Pointer): boolean {
  if (!field.includes("/", 1) && !field.includes("~")) {
    return typeof props === "object" && props !== null && Object.hasOwn(props, field.slice(1));
  }
  return readAt(props, field) !== undefined;
}

export const createLowering = (model: Model): Lowering => new Lowering(model);

/** Pointers into properties become pointers into the resource. */
const inside = (at: Pointer): Pointer => `/properties${at}`;

const isSet = (properties: Properties | PropertySet): properties is PropertySet =>
  typeof (properties as PropertySet).set === "function";
