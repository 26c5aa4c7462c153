import { statefulTypes } from "../../aws/stateful-types";
import type { Resource, Stack } from "../stack";
import { type StackFacts, stackPseudos } from "./facts";
import { saidBy } from "./said";
import { type Unit, unitsOf } from "./units";

/** How much one template is given: of each kind so many, and so many bytes. */
export interface Room {
  resources: number;
  parameters: number;
  outputs: number;
  bytes: number;
}

/** Which resources stand in which template. */
export interface Partition {
  /** In the root template itself. */
  root: ReadonlySet<string>;
  /** In an order in which each takes from those before it. */
  children: { name: string; ids: ReadonlySet<string> }[];
}

/**
 * Divides the resources of a stack so that templates refer to one another in one direction only. A resource that moves
 * to another template is replaced, so the division follows from what rarely changes:
 *
 * - What holds data or bears a name of its own stays in the root, with what it needs, while there is room.
 * - All else stands in the order in which its nodes were drawn, each behind what it needs: what is drawn later stands
 *   later, wherever it is connected. What comes from connections stands behind both ends.
 * - A template ends where a node begins whose hash says so, from two fifths of its room on, so that each end depends on
 *   what stands there and not on how much stands before it; where none says so in time, the least hash does.
 * - A template is called after the resource that it begins with, so that nothing before it renames it.
 *
 * One pass, in time linear in the references.
 */
export function partition(
  stack: Stack,
  facts: StackFacts,
  room: Room,
  bytesOf: (resource: Resource) => number,
): Partition {
  const needs = needsIn(stack, facts);
  const { starts, followers } = drawnOrder(stack);
  const units = unitsOf(starts, followers, needs);
  const bytes = new Map<string, number>();
  for (const id in stack.resources) bytes.set(id, bytesOf(stack.resources[id] as Resource));
  const root = residents(stack, facts, units, needs, [...starts.flat(), ...followers], room, bytes);
  const rest = units.filter(({ ids }) => !root.has(ids[0] as string));
  return { root, children: new Cuts(stack, facts, root, rest, room, bytes).all() };
}

/** What a node stands for, in the order of the nodes; and what only connections stand for. */
function drawnOrder({ resources }: Stack): { starts: string[][]; followers: string[] } {
  const byNode = new Map<number, string[]>();
  const followers: string[] = [];
  for (const { id, origins } of Object.values(resources)) {
    let number = Number.POSITIVE_INFINITY;
    for (const { node } of origins[""] ?? []) if (node !== undefined) number = Math.min(number, numberOf(node));
    if (number === Number.POSITIVE_INFINITY) followers.push(id);
    else if (byNode.has(number)) byNode.get(number)?.push(id);
    else byNode.set(number, [id]);
  }
  return { starts: [...byNode].sort(([a], [b]) => a - b).map(([, ids]) => ids), followers };
}

/** Ids count up: "n12". */
const numberOf = (node: string): number => Number(/\d+$/.exec(node)?.[0] ?? 0);

/** What has to be there before a resource, or together with it. */
function needsIn(stack: Stack, facts: StackFacts): (id: string) => readonly string[] {
  const together = new Map<string, Set<string>>();
  const add = (from: string, to: string): void => {
    const known = together.get(from);
    if (known) known.add(to);
    else together.set(from, new Set([to]));
  };
  for (const [id, { bonds }] of facts.byResource) {
    for (const other of bonds) {
      add(id, other);
      add(other, id);
    }
  }
  const known = new Map<string, readonly string[]>();
  const read = (id: string): readonly string[] => {
    const said = saidBy(stack.resources[id] as Resource).ids;
    const bound = together.get(id);
    const all = bound ? [...new Set([...said, ...bound])].sort() : said;
    return all.filter((other) => other !== id && Object.hasOwn(stack.resources, other));
  };
  return (id) => {
    const found = known.get(id) ?? read(id);
    known.set(id, found);
    return found;
  };
}

/** Stays when it goes from its stack, or is saved first: somebody said that it holds data. */
const isKept = ({ deletionPolicy, updateReplacePolicy }: Resource): boolean =>
  [deletionPolicy, updateReplacePolicy].some((policy) => policy !== undefined && policy !== "Delete");

/** Nothing else may be called alike while it exists. Inline policies are named within their role only. */
function isNamed({ type, properties }: Resource): boolean {
  if (type === "AWS::IAM::Policy") return false;
  return (
    Object.hasOwn(properties, "Name") || Object.hasOwn(properties, `${type.slice(type.lastIndexOf("::") + 2)}Name`)
  );
}

function residents(
  stack: Stack,
  facts: StackFacts,
  units: readonly Unit[],
  needs: (id: string) => readonly string[],
  drawn: readonly string[],
  room: Room,
  bytes: ReadonlyMap<string, number>,
): Set<string> {
  const unitOf = new Map<string, Unit>();
  for (const unit of units) for (const id of unit.ids) unitOf.set(id, unit);
  const root = new Set<string>();
  // Outputs of the root that are said of what stands in it cannot stand elsewhere.
  const outputs = new Set<string>();
  const outputsOf = new Map<string, string[]>();
  for (const [name, { takes }] of facts.byOutput) {
    for (const { id } of takes) outputsOf.set(id, [...(outputsOf.get(id) ?? []), name]);
  }
  let filled = 0;
  // In the order of the nodes, so that what is drawn later pushes nothing out.
  const all = drawn.map((id) => stack.resources[id] as Resource);
  const seeds = [isKept, ({ type }: Resource) => statefulTypes.has(type), isNamed].flatMap((is) => all.filter(is));
  for (const { id: seed } of seeds) {
    const more = new Set<string>();
    const open = [seed];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (root.has(id) || more.has(id)) continue;
      for (const member of unitOf.get(id)?.ids ?? []) {
        more.add(member);
        open.push(...needs(member));
      }
    }
    const size = [...more].reduce((sum, id) => sum + (bytes.get(id) ?? 0), 0);
    const said = [...more].flatMap((id) => outputsOf.get(id) ?? []).filter((name) => !outputs.has(name));
    if (root.size + more.size > room.resources || filled + size > room.bytes) continue;
    if (outputs.size + new Set(said).size > room.outputs) continue;
    filled += size;
    for (const id of more) root.add(id);
    for (const name of said) outputs.add(name);
  }
  return root;
}

class Cuts {
  /** Place of each resource's unit in the order. */
  private readonly at = new Map<string, number>();
  /** Value of a resource → the last unit that takes it; endless when an output of the stack does. */
  private readonly lastTaker = new Map<string, number>();
  /** Values that somebody takes, by the place of their resource, and the other way round. */
  private readonly given: string[][];
  private readonly givenAt = new Map<string, number>();
  /** Place → values that are taken there for the last time. */
  private readonly over = new Map<number, string[]>();

  constructor(
    private readonly stack: Stack,
    private readonly facts: StackFacts,
    private readonly root: ReadonlySet<string>,
    private readonly units: readonly Unit[],
    private readonly room: Room,
    private readonly bytes: ReadonlyMap<string, number>,
  ) {
    this.given = units.map(() => []);
    units.forEach(({ ids }, at) => {
      for (const id of ids) this.at.set(id, at);
    });
    for (const [id, { takes }] of facts.byResource) {
      const taker = this.at.get(id);
      if (taker !== undefined) for (const { key, id: given } of takes) this.give(key, given, taker);
    }
    for (const { takes } of facts.byOutput.values()) {
      for (const { key, id } of takes) this.give(key, id, Number.POSITIVE_INFINITY);
    }
    for (const [key, at] of this.lastTaker) {
      if (at === Number.POSITIVE_INFINITY || at === this.givenAt.get(key)) continue;
      const known = this.over.get(at);
      if (known) known.push(key);
      else this.over.set(at, [key]);
    }
  }

  private give(key: string, id: string, taker: number): void {
    const at = this.at.get(id);
    if (at === undefined) return;
    const known = this.lastTaker.get(key);
    if (known === undefined) {
      this.given[at]?.push(key);
      this.givenAt.set(key, at);
    }
    this.lastTaker.set(key, Math.max(known ?? 0, taker));
  }

  all(): Partition["children"] {
    const children: Partition["children"] = [];
    for (let from = 0; from < this.units.length; ) {
      const to = this.endOf(from);
      const name = from === 0 ? FIRST : `${FIRST}From${this.units[from]?.ids[0]?.slice(0, 200)}`;
      children.push({ name, ids: new Set(this.units.slice(from, to).flatMap(({ ids }) => ids)) });
      from = to;
    }
    return children;
  }

  /** Where the template that begins at a unit ends: before which unit, or behind the last. */
  private endOf(from: number): number {
    const fill = new Fill(this.room);
    // Seams that may be taken when the template gets too full before a seam asks for it.
    let least = { at: undefined as number | undefined, hash: Number.POSITIVE_INFINITY };
    for (let at = from; at < this.units.length; at += 1) {
      const unit = this.units[at] as Unit;
      if (at > from && fill.share >= EARLIEST) {
        const hash = hashOf(unit.ids[0] as string) + (unit.fresh ? 0 : NOT_FRESH);
        if (unit.fresh && hash % Math.ceil(this.room.resources / SEAMS) === 0) return at;
        if (hash < least.hash) least = { at, hash };
      }
      this.add(unit, at, from, fill);
      if (at > from && fill.share > 1) return least.at ?? at;
    }
    return this.units.length;
  }

  private add({ ids }: Unit, at: number, from: number, fill: Fill): void {
    for (const key of this.given[at] ?? []) if ((this.lastTaker.get(key) ?? 0) > at) fill.outputs += 1;
    // What nobody takes any more from here on needs no output.
    for (const key of this.over.get(at) ?? []) if ((this.givenAt.get(key) ?? 0) >= from) fill.outputs -= 1;
    for (const id of ids) {
      fill.resources += 1;
      fill.bytes += this.bytes.get(id) ?? 0;
      for (const { key, id: taken } of this.facts.byResource.get(id)?.takes ?? []) {
        if (this.isPassed(taken, from)) fill.parameters.add(key);
      }
    }
  }

  /** Whether a value comes from outside of what begins at a unit. */
  private isPassed(id: string, from: number): boolean {
    const at = this.at.get(id);
    if (at !== undefined) return at < from;
    return this.root.has(id) || Object.hasOwn(this.stack.parameters, id) || Object.hasOwn(stackPseudos, id);
  }
}

/** How full a template is. */
class Fill {
  resources = 0;
  bytes = 0;
  outputs = 0;
  readonly parameters = new Set<string>();

  constructor(private readonly room: Room) {}

  /** Above one it is too full. */
  get share(): number {
    const { room } = this;
    return Math.max(
      this.resources / room.resources,
      this.bytes / room.bytes,
      this.outputs / room.outputs,
      this.parameters.size / room.parameters,
    );
  }
}

/** A template this full may end. */
const EARLIEST = 0.4;

/** So many seams in the room of a template say that it ends there. */
const SEAMS = 40;

/** Puts seams within a node behind all others. */
const NOT_FRESH = 2 ** 32;

/** Logical id of the first nested stack; that of others begins so. */
const FIRST = "Nested";

/** FNV-1a. http://www.isthe.com/chongo/tech/comp/fnv/ */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
}
