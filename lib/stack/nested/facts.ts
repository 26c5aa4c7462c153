import { listAttributes } from "../../aws/list-attributes";
import type { Resource, Stack } from "../stack";
import type { Value } from "../value";
import { conditionsIn, keyOf, type Reading, readValue, type Taken, type Target } from "./references";
import { saidBy } from "./said";

/** Which keys of each mapping are looked up; null stands for all of them. */
export type Lookups = Map<string, Set<string> | null>;

/** What a part of a stack names outside its resources. */
export interface Named {
  /** Conditions that it names, with those that these name in turn. */
  conditions: ReadonlySet<string>;
  mappings: ReadonlyMap<string, ReadonlySet<string> | null>;
}

/** What a part of a stack needs of the rest of it. */
export interface Needs extends Named {
  /** References to anything, each once. */
  takes: readonly Taken[];
}

/** Being gathered. */
export interface OpenNamed extends Named {
  conditions: Set<string>;
  mappings: Lookups;
}
interface OpenNeeds extends OpenNamed {
  takes: Map<string, Taken>;
}

export interface Facts extends Needs {
  /** Resources that have to stand in the same template. */
  bonds: ReadonlySet<string>;
  /** What it says of its stack means the template that it stands in. */
  saysOwnStack: boolean;
}

/** Pseudo parameters that are not the same in a nested stack. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html */
export const stackPseudos: Readonly<Record<string, { name: string; list: boolean }>> = {
  "AWS::StackName": { name: "StackName", list: false },
  "AWS::StackId": { name: "StackId", list: false },
  "AWS::NotificationARNs": { name: "NotificationARNs", list: true },
};

/** Whether a reference gives a list. */
export function isListed(stack: Stack, { id, attribute }: Target): boolean {
  if (attribute === undefined) return stackPseudos[id]?.list ?? false;
  const type = stack.resources[id]?.type ?? "";
  return Object.hasOwn(listAttributes, type) && (listAttributes[type]?.includes(attribute) ?? false);
}

/** AWS's own types say in their schemas what an attribute is; what others give, nobody knows before they answer. */
const isOpen = (type: string): boolean => !type.startsWith("AWS::") || type === "AWS::CloudFormation::CustomResource";

export const noNames = (): OpenNamed => ({ conditions: new Set(), mappings: new Map() });
const noNeeds = (): OpenNeeds => ({ takes: new Map(), ...noNames() });

export function lookUp(mappings: Lookups, name: string, key: string | undefined): void {
  const known = mappings.get(name);
  if (key === undefined || known === null) mappings.set(name, null);
  else if (known) known.add(key);
  else mappings.set(name, new Set([key]));
}

/** Adds what `more` needs to what `needs` does. */
function include(needs: OpenNeeds, more: OpenNeeds): void {
  for (const [key, target] of more.takes) needs.takes.set(key, target);
  includeNamed(needs, more);
}

/** Adds what `more` names to what `needs` does. */
export function includeNamed(needs: OpenNamed, more: Named): void {
  for (const name of more.conditions) needs.conditions.add(name);
  for (const [name, keys] of more.mappings) {
    if (keys === null) lookUp(needs.mappings, name, undefined);
    else for (const key of keys) lookUp(needs.mappings, name, key);
  }
}

/** Reads the whole stack once. */
export class StackFacts {
  private readonly byCondition = new Map<string, OpenNeeds>();
  readonly byResource: ReadonlyMap<string, Facts>;
  readonly byOutput: ReadonlyMap<string, Needs>;

  constructor(private readonly stack: Stack) {
    const resources = Object.values(stack.resources);
    this.byResource = new Map(resources.map((resource) => [resource.id, this.factsOf(resource)]));
    this.byOutput = new Map(
      Object.entries(stack.outputs).map(([name, { value, condition }]) => {
        const needs = noNeeds();
        readValue(value, this.reader(needs));
        if (condition !== undefined) include(needs, this.ofCondition(condition));
        return [name, closed(needs)];
      }),
    );
  }

  private reader(needs: OpenNeeds): Reading {
    return {
      target: (target) => {
        const key = keyOf(target);
        needs.takes.set(key, { ...target, key });
        return undefined;
      },
      condition: (name) => include(needs, this.ofCondition(name)),
      mapping: (name, key) => this.lookUp(needs, name, key),
      unnamed: () => {},
      text: () => {},
    };
  }

  private lookUp(needs: OpenNeeds, name: string | undefined, key: string | undefined): void {
    for (const one of name === undefined ? Object.keys(this.stack.mappings) : [name]) {
      lookUp(needs.mappings, one, name === undefined ? undefined : key);
    }
  }

  /** A condition needs itself, and what its value names. */
  ofCondition(name: string): OpenNeeds {
    const known = this.byCondition.get(name);
    if (known) return known;
    const needs = noNeeds();
    // Before its value is read, so that conditions in a circle come to an end.
    this.byCondition.set(name, needs);
    if (!Object.hasOwn(this.stack.conditions, name)) return needs;
    needs.conditions.add(name);
    const value = this.stack.conditions[name] as Value;
    readValue(value, this.reader(needs));
    for (const other of conditionsIn(value)) include(needs, this.ofCondition(other));
    return needs;
  }

  private factsOf(resource: Resource): Facts {
    const { resources } = this.stack;
    const said = saidBy(resource);
    const bonds = new Set<string>();
    const bond = (id: string): void => {
      if (id !== resource.id && Object.hasOwn(resources, id)) bonds.add(id);
    };
    for (const id of said.unnamed) bond(id);
    for (const id of said.helpers) bond(id);
    for (const { id, attribute } of said.targets) {
      if (attribute !== undefined && isOpen(resources[id]?.type ?? "AWS::")) bond(id);
    }
    const saysOwnStack = said.helpers.length > 0;
    const plain = resource.condition === undefined && said.conditions.size === 0 && said.lookups.length === 0;
    if (plain && !saysOwnStack) return { ...nothing, takes: said.targets, bonds, saysOwnStack };
    const needs = noNeeds();
    for (const target of said.targets) needs.takes.set(target.key, target);
    for (const name of said.conditions) include(needs, this.ofCondition(name));
    for (const [name, key] of said.lookups) this.lookUp(needs, name, key);
    if (resource.condition !== undefined) include(needs, this.ofCondition(resource.condition));
    if (saysOwnStack) for (const id of Object.keys(stackPseudos)) needs.takes.delete(id);
    return { ...closed(needs), bonds, saysOwnStack };
  }
}

/** Most resources need nothing but what they refer to. */
const nothing: Named = noNames();

const closed = ({ takes, ...named }: OpenNeeds): Needs => ({ ...named, takes: [...takes.values()] });
