import { list } from "../core/text";
import { equalValue } from "./environments/alike";
import { allOf, anyOf, Conditions, named, pascal } from "./environments/conditions";
import { Moves } from "./environments/moves";
import { renamed } from "./environments/renaming";
import { letters, Values } from "./environments/values";
import type { Construct, Origin, Output, Parameter, Resource, Stack } from "./stack";
import { Intrinsic, ref, referredBy, type Value } from "./value";

/** The stack of one environment. */
export interface EnvironmentStack {
  name: string;
  stack: Stack;
}

/**
 * One stack for all environments of a design, in the order given: a parameter names the environment, figures that differ
 * stand in a mapping, what only some environments have stands under a condition. {@link stackIn} is the inverse. What
 * CloudFormation takes no function for is the same in every environment: resources are kept as the most careful one asks. What a resource waits for in
 * some environments only is a reference under a condition in its metadata, because DependsOn takes none
 * (https://cloudonaut.io/optional-dependson-with-cloudformation-metadata-to-the-rescue). Two types under one logical id become two resources.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
 */
export function mergeEnvironments(given: readonly EnvironmentStack[]): Stack {
  if (given.length === 0) throw new Error("A merged stack stands for at least one environment.");
  const uniqueId = uniqueIds(given);
  const ids = { parameter: uniqueId("Environment"), mapping: uniqueId("Environments") };
  const { stacks, names: originalIds } = apart(given, uniqueId);
  const names = given.map(({ name }) => name);
  const conditions = new Conditions(names, ids.parameter, uniqueId);
  const values = new Values(conditions, ids.mapping);
  const waits = waitsKey(stacks);
  const merge: Merge = { names, stacks, conditions, values, uniqueId, waits, wanted: {} };
  const { parameters, differing } = mergeParameters(merge);
  const { resources, moves, kept } = mergeResources(merge);
  const outputs = mergeOutputs(merge);
  const common = mergeConditions(merge);
  if (!values.isMapped && Object.keys(conditions.values).length === 0) {
    // A parameter that nothing reads is a mistake to every judge of templates, and says nothing to anybody.
    outputs[ids.parameter] = {
      value: ref(ids.parameter),
      description: "Environment that this stack is.",
      origin: { why: "derived" },
    };
  }
  return {
    description: mergeDescriptions(merge, ids.parameter),
    parameters: inOrder({
      ...parameters,
      [ids.parameter]: {
        type: "String",
        description: "Environment that this stack is.",
        allowedValues: [...names],
        origin: { why: "derived" },
      },
    }),
    mappings: { ...stacks[0]?.mappings, ...(values.isMapped ? { [ids.mapping]: values.mapping } : {}) },
    conditions: { ...inOrder(conditions.values), ...inOrder({ ...common, ...merge.wanted }) },
    resources,
    outputs: inOrder(outputs),
    constructs: mergeConstructs(merge, moves),
    environments: {
      ...ids,
      names,
      conditions: conditions.holds,
      waits,
      originalIds,
      parameters: differing,
      kept,
    },
  };
}

interface Merge {
  names: readonly string[];
  stacks: readonly Stack[];
  conditions: Conditions;
  values: Values;
  uniqueId(preferred: string): string;
  waits: string;
  /** Conditions of resources that have a condition of their own in some environment. */
  wanted: Record<string, Value>;
}

/** In an environment, by its place in the list of names. */
interface In<T> {
  at: number;
  one: T;
}

const inOrder = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

/** All ids that some stack has in a section, in order, with what stands under each. */
function sideBySide<T>(
  stacks: readonly Stack[],
  section: (stack: Stack) => Readonly<Record<string, T>>,
): [string, In<T>[]][] {
  const found = new Map<string, In<T>[]>();
  stacks.forEach((stack, at) => {
    for (const [id, one] of Object.entries(section(stack))) {
      const list = found.get(id);
      if (list) list.push({ at, one });
      else found.set(id, [{ at, one }]);
    }
  });
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
}

function uniqueIds(given: readonly EnvironmentStack[]): (preferred: string) => string {
  const taken = new Set(
    given.flatMap(({ stack }) =>
      [stack.parameters, stack.mappings, stack.conditions, stack.resources, stack.outputs].flatMap(Object.keys),
    ),
  );
  return (preferred) => {
    let id = preferred;
    for (let number = 2; taken.has(id); number += 1) id = `${preferred}${number}`;
    taken.add(id);
    return id;
  };
}

/** What has to be the same for two resources or parameters to be one: CloudFormation takes no function there. */
const resourceKey = ({ type, raw, creationPolicy }: Resource): Value => [type, raw === true, creationPolicy ?? null];
const parameterKey = ({ description: _, origin: __, ...rest }: Parameter): Value => ({ ...rest }) as Value;

/** Gives what differs in kind under one logical id an id for each kind. */
function apart(given: readonly EnvironmentStack[], uniqueId: (preferred: string) => string) {
  const stacks = given.map(({ stack }) => stack);
  const renames = given.map(() => new Map<string, string>());
  const names: Record<string, string> = {};
  const split = <T>(section: (stack: Stack) => Readonly<Record<string, T>>, keyOf: (one: T) => Value): void => {
    for (const [id, all] of sideBySide(stacks, section)) {
      const kinds: { key: Value; in: number[] }[] = [];
      for (const { at, one } of all) {
        const key = keyOf(one);
        const kind = kinds.find((other) => equalValue(other.key, key));
        if (kind) kind.in.push(at);
        else kinds.push({ key, in: [at] });
      }
      for (const kind of kinds.slice(1)) {
        const suffix = kind.in.map((at) => pascal(given[at]?.name ?? "")).join("");
        const other = uniqueId(`${id.slice(0, 200)}${suffix.slice(0, 50)}`);
        names[other] = id;
        for (const at of kind.in) renames[at]?.set(id, other);
      }
    }
  };
  split((stack) => stack.resources, resourceKey);
  split((stack) => stack.parameters, parameterKey);
  return { stacks: stacks.map((stack, at) => renamed(stack, renames[at] ?? new Map())), names };
}

/** The same text, or each with the environments that say it. */
function textOf(names: readonly string[], texts: readonly In<string>[]): string {
  const said = new Map<string, string[]>();
  for (const { at, one } of texts) said.set(one, [...(said.get(one) ?? []), names[at] as string]);
  const [only] = said.keys();
  if (said.size === 1 && texts.length === names.length) return only as string;
  return [...said].map(([text, where]) => `In ${list(where)}: ${text}`).join(" ");
}

/** A parameter that only some environments read has to have a default, and a type that takes one anywhere. */
function spared(parameter: Parameter): Parameter {
  if (parameter.default !== undefined) return parameter;
  if (parameter.allowedValues?.[0] !== undefined) return { ...parameter, default: parameter.allowedValues[0] };
  if (parameter.type === "Number") return { ...parameter, default: parameter.minValue ?? 0 };
  const type = parameter.type.startsWith("List<") ? "CommaDelimitedList" : "String";
  // Nothing at all is what the pattern would refuse.
  const { allowedPattern: _, constraintDescription: __, ...free } = parameter;
  return { ...free, type: parameter.type === "CommaDelimitedList" ? parameter.type : type, default: "" };
}

function mergeParameters({ names, stacks }: Merge) {
  const parameters: Record<string, Parameter> = {};
  const differing: Record<string, Record<string, Parameter>> = {};
  for (const [id, all] of sideBySide(stacks, (stack) => stack.parameters)) {
    const first = (all[0] as In<Parameter>).one;
    const description = textOf(
      names,
      all.map(({ at, one }) => ({ at, one: one.description })),
    );
    parameters[id] = { ...(all.length === names.length ? first : spared(first)), description };
    if (all.length < names.length || description !== first.description) {
      differing[id] = Object.fromEntries(all.map(({ at, one }) => [names[at] as string, one]));
    }
  }
  return { parameters, differing };
}

/** A condition is what it is in each environment; one that only some have does not hold in the others. */
function mergeConditions({ names, stacks, conditions }: Merge): Record<string, Value> {
  const merged: Record<string, Value> = {};
  for (const [name, all] of sideBySide(stacks, (stack) => stack.conditions)) {
    const groups: In<Value>[][] = [];
    for (const one of all) {
      const group = groups.find(([first]) => equalValue(first?.one, one.one));
      if (group) group.push(one);
      else groups.push([one]);
    }
    const [only] = groups;
    if (groups.length === 1 && only?.length === names.length) merged[name] = (only[0] as In<Value>).one;
    else {
      const parts = groups.map((group) =>
        allOf(named(conditions.of(group.map(({ at }) => at))), (group[0] as In<Value>).one),
      );
      merged[name] = anyOf(parts);
    }
  }
  return merged;
}

const careful = ["Delete", "RetainExceptOnCreate", "Snapshot", "Retain"] as const;
/** The most careful of policies; nothing said is CloudFormation's default, which is to delete. */
function safest<T extends (typeof careful)[number]>(policies: readonly (T | undefined)[]): T | undefined {
  return policies.reduce((best, policy) => {
    const rank = (one: T | undefined): number => (one === undefined ? -1 : careful.indexOf(one));
    return rank(policy) > rank(best) ? policy : best;
  }, undefined);
}

function mergeResources(merge: Merge) {
  const resources: Record<string, Resource> = {};
  const moves: Record<string, Moves[]> = {};
  const kept: Record<string, string[]> = {};
  for (const [id, all] of sideBySide(merge.stacks, (stack) => stack.resources)) {
    const moved = merge.names.map(() => new Moves());
    moves[id] = moved;
    const resource = mergeResource(merge, id, all, moved);
    resources[id] = resource;
    const asking = all.filter(({ one }) => one.deletionPolicy === resource.deletionPolicy);
    if (asking.length < all.length) kept[id] = asking.map(({ at }) => merge.names[at] as string);
  }
  return { resources, moves, kept };
}

function mergeResource(merge: Merge, id: string, all: readonly In<Resource>[], moves: readonly Moves[]): Resource {
  const first = (all[0] as In<Resource>).one;
  const { deletionPolicy: _, updateReplacePolicy: __, condition: ___, dependsOn: ____, ...rest } = first;
  const made: Resource = { ...rest };
  const condition = conditionOf(merge, id, all);
  if (condition !== undefined) made.condition = condition;
  const deletion = safest(all.map(({ one }) => one.deletionPolicy));
  if (deletion !== undefined) made.deletionPolicy = deletion;
  const replacing = safest(all.map(({ one }) => one.updateReplacePolicy));
  if (replacing !== undefined) made.updateReplacePolicy = replacing;
  const part = (key: "properties" | "metadata" | "updatePolicy", from: string, mapped: "all" | "text" | "none") => {
    if (!all.some(({ one }) => one[key] !== undefined)) return;
    made[key] = merge.values.mergeMaps(
      all.map(({ at, one }) => ({ at, value: one[key] ?? {}, from })),
      { to: from, key: letters(id), mapped },
      moves,
    );
  };
  part("properties", "/properties", first.raw ? "text" : "all");
  part("metadata", "/Metadata", "none");
  part("updatePolicy", "/UpdatePolicy", "none");
  addWaits(merge, made, all);
  made.origins = mergeOrigins(all, moves);
  return made;
}

/** A key that nobody's metadata has. */
function waitsKey(stacks: readonly Stack[]): string {
  const taken = new Set(
    stacks.flatMap(({ resources }) => Object.values(resources).flatMap(({ metadata }) => Object.keys(metadata ?? {}))),
  );
  let key = "Bayplan::WaitsFor";
  for (let number = 2; taken.has(key); number += 1) key = `Bayplan::WaitsFor${number}`;
  return key;
}

/** DependsOn names what exists, and is waited for or referred to, wherever the resource exists. */
function addWaits({ stacks, conditions, waits }: Merge, made: Resource, all: readonly In<Resource>[]): void {
  const everywhere: string[] = [];
  const somewhere: Value[] = [];
  if (!all.some(({ one }) => one.dependsOn)) return;
  const implied = all.map(({ one }) => referredBy(one.properties));
  for (const id of [...new Set(all.flatMap(({ one }) => one.dependsOn ?? []))].sort()) {
    const waiting = all.filter(({ one }) => one.dependsOn?.includes(id));
    const always = all.every(({ at, one }, index) => {
      const exists = Object.hasOwn(stacks[at]?.resources ?? {}, id);
      return exists && (one.dependsOn?.includes(id) || implied[index]?.has(id));
    });
    if (always) everywhere.push(id);
    else {
      const condition = conditions.of(waiting.map(({ at }) => at));
      somewhere.push(new Intrinsic("Fn::If", [condition, ref(id), ref("AWS::NoValue")]));
    }
  }
  if (everywhere.length > 0) made.dependsOn = everywhere;
  if (somewhere.length > 0) made.metadata = { ...made.metadata, [waits]: somewhere };
}

/** Where a resource exists: everywhere, in some environments, or where the condition that it has there says so. */
function conditionOf(merge: Merge, id: string, all: readonly In<Resource>[]): string | undefined {
  const own = (all[0] as In<Resource>).one.condition;
  if (all.every(({ one }) => one.condition === own)) {
    if (all.length === merge.names.length) return own;
    if (own === undefined) return merge.conditions.of(all.map(({ at }) => at));
  }
  const byCondition = new Map<string | undefined, number[]>();
  for (const { at, one } of all) byCondition.set(one.condition, [...(byCondition.get(one.condition) ?? []), at]);
  const parts = [...byCondition].map(([name, some]) => {
    const there = named(merge.conditions.of(some));
    return name === undefined ? there : allOf(there, named(name));
  });
  const name = merge.uniqueId(`${id.slice(0, 230)}Exists`);
  merge.wanted[name] = anyOf(parts);
  return name;
}

function mergeOrigins(all: readonly In<Resource>[], moves: readonly Moves[]): Resource["origins"] {
  const merged: Record<string, Origin[]> = {};
  for (const { at, one } of all) {
    for (const [from, origins] of Object.entries(one.origins)) {
      const to = moves[at]?.of(from) ?? from;
      const list = merged[to];
      if (!list) merged[to] = [...origins];
      else for (const origin of origins) if (!list.some((other) => sameOrigin(other, origin))) list.push(origin);
    }
  }
  return merged;
}

const sameOrigin = (a: Origin, b: Origin): boolean =>
  a.node === b.node && a.edge === b.edge && a.field === b.field && a.why === b.why;

function mergeOutputs(merge: Merge): Record<string, Output> {
  const merged: Record<string, Output> = {};
  for (const [name, all] of sideBySide(merge.stacks, (stack) => stack.outputs)) {
    const { origin } = (all[0] as In<Output>).one;
    const some = all.map(({ at }) => at);
    merged[name] = {
      value: merge.values.merge(
        all.map(({ at, one }) => ({ at, value: one.value, from: "" })),
        { to: "", key: letters(name), mapped: "all" },
        [],
      ),
      description: textOf(
        merge.names,
        all.map(({ at, one }) => ({ at, one: one.description })),
      ),
      origin,
      ...(all.length < merge.names.length ? { condition: merge.conditions.of(some) } : {}),
    };
  }
  return merged;
}

/** What belongs together in one environment belongs together in all; nothing is in two constructs. */
function mergeConstructs({ stacks }: Merge, moves: Readonly<Record<string, readonly Moves[]>>): Construct[] {
  const merged = new Map<string, Construct>();
  const taken = new Set<string>();
  stacks.forEach((stack, at) => {
    for (const { pattern, for: owner, members } of stack.constructs) {
      const key = `${pattern} ${owner.node ?? ""} ${owner.edge ?? ""}`;
      const construct = merged.get(key) ?? { pattern, for: owner, members: [] };
      merged.set(key, construct);
      for (const { resource, pointer: from } of members) {
        const pointer = from === undefined ? undefined : (moves[resource]?.[at]?.of(from) ?? from);
        const member = `${resource}${pointer ?? ""}`;
        if (taken.has(member)) continue;
        taken.add(member);
        construct.members.push(pointer === undefined ? { resource } : { resource, pointer });
      }
    }
  });
  return [...merged.values()].filter(({ members }) => members.length > 0);
}

/** What all environments say is said once, and first. */
function mergeDescriptions({ names, stacks }: Merge, parameter: string): string {
  const sentences = stacks.map(({ description }) => description.split(/(?<=\.) (?=[A-Z])/).filter((one) => one !== ""));
  const isCommon = (sentence: string): boolean => sentences.every((all) => all.includes(sentence));
  const own = sentences
    .map((all, at) => ({ at, one: all.filter((sentence) => !isCommon(sentence)).join(" ") }))
    .filter(({ one }) => one !== "");
  return [
    `One stack for each environment: ${parameter} is ${list(names, "or")}.`,
    ...(sentences[0] ?? []).filter(isCommon),
    ...(own.length === 0 ? [] : [textOf(names, own)]),
  ].join(" ");
}
