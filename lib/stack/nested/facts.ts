import { listAttributes } from "../../aws/list-attributes";
import type { Resource, Stack } from "../stack";
import type { Value } from "../value";
import { conditionsIn, keyOf, type Reading, readValue, type Target } from "./references";

/** Which keys of each mapping are looked up; null stands for all of them. */
export type Lookups = Map<string, Set<string> | null>;

/** What a part of a stack needs of the rest of it. */
export interface Needs {
  /** References, by key, to anything. */
  takes: Map<string, Target>;
  /** Conditions that it names, with those that these name in turn. */
  conditions: Set<string>;
  mappings: Lookups;
}

export interface Facts extends Needs {
  /** Resources that have to stand in the same template. */
  bonds: Set<string>;
  /** What it says of its stack means the template that it stands in. */
  saysOwnStack: boolean;
}

/** Pseudo parameters that are not the same in a nested stack. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html */
export const stackPseudos: Readonly<Record<string, { name: string; list: boolean }>> = {
  "AWS::StackName": { name: "StackName", list: false },
  "AWS::StackId": { name: "StackId", list: false },
  "AWS::NotificationARNs": { name: "NotificationARNs", list: true },
};

/**
 * Helpers on instances that look a resource up in the stack that they are told.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/cfn-helper-scripts-reference.html
 */
const helpers = /\bcfn-(?:signal|init|hup|get-metadata)\b|\bsignal-resource\b|\bdescribe-stack-resources?\b/;

/** All of a resource that can hold values. */
export const valuesOf = (resource: Resource): Value[] =>
  [resource.properties, resource.metadata, resource.creationPolicy, resource.updatePolicy].filter(
    (value) => value !== undefined,
  );

/** Whether a reference gives a list. */
export function isListed(stack: Stack, { id, attribute }: Target): boolean {
  if (attribute === undefined) return stackPseudos[id]?.list ?? false;
  const type = stack.resources[id]?.type ?? "";
  return Object.hasOwn(listAttributes, type) && (listAttributes[type]?.includes(attribute) ?? false);
}

/** AWS's own types say in their schemas what an attribute is; what others give, nobody knows before they answer. */
const isOpen = (type: string): boolean => !type.startsWith("AWS::") || type === "AWS::CloudFormation::CustomResource";

const noNeeds = (): Needs => ({ takes: new Map(), conditions: new Set(), mappings: new Map() });

export function lookUp(mappings: Lookups, name: string, key: string | undefined): void {
  const known = mappings.get(name);
  if (key === undefined || known === null) mappings.set(name, null);
  else if (known) known.add(key);
  else mappings.set(name, new Set([key]));
}

/** Adds what `more` needs to what `needs` does. */
export function include(needs: Needs, more: Needs): void {
  for (const [key, target] of more.takes) needs.takes.set(key, target);
  for (const name of more.conditions) needs.conditions.add(name);
  for (const [name, keys] of more.mappings) {
    if (keys === null) lookUp(needs.mappings, name, undefined);
    else for (const key of keys) lookUp(needs.mappings, name, key);
  }
}

/** Reads the whole stack once. */
export class StackFacts {
  private readonly byCondition = new Map<string, Needs>();
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
        return [name, needs];
      }),
    );
  }

  private reader(needs: Needs, more: Partial<Reading> = {}): Reading {
    return {
      target: (target) => {
        needs.takes.set(keyOf(target), target);
        return undefined;
      },
      condition: (name) => include(needs, this.ofCondition(name)),
      mapping: (name, key) => {
        for (const one of name === undefined ? Object.keys(this.stack.mappings) : [name]) {
          lookUp(needs.mappings, one, name === undefined ? undefined : key);
        }
      },
      unnamed: () => {},
      text: () => {},
      ...more,
    };
  }

  /** A condition needs itself, and what its value names. */
  ofCondition(name: string): Needs {
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
    const facts: Facts = { ...noNeeds(), bonds: new Set(), saysOwnStack: false };
    const bond = (id: string): void => {
      if (id !== resource.id && Object.hasOwn(resources, id)) facts.bonds.add(id);
    };
    const reader = this.reader(facts, {
      unnamed: bond,
      text: (text) => {
        if (!helpers.test(text)) return;
        facts.saysOwnStack = true;
        for (const word of text.match(/[A-Za-z][A-Za-z0-9]*/g) ?? []) bond(word);
      },
    });
    for (const value of valuesOf(resource)) readValue(value, reader);
    if (resource.condition !== undefined) include(facts, this.ofCondition(resource.condition));
    for (const { id, attribute } of facts.takes.values()) {
      if (attribute !== undefined && isOpen(resources[id]?.type ?? "AWS::")) bond(id);
    }
    if (facts.saysOwnStack) for (const id of Object.keys(stackPseudos)) facts.takes.delete(id);
    return facts;
  }
}
