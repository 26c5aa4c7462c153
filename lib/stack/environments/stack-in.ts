import { escapeSegment, type Pointer } from "../../core/pointer";
import type { Environments, Origin, Resource, Stack } from "../stack";
import { Intrinsic, type Properties, referredBy, type Value } from "../value";
import { isMap } from "./alike";
import { Moves } from "./moves";
import { renamed } from "./renaming";

/** What a condition comes to when the environment is known: true, false, or a condition on something else. */
type Truth = boolean | Value;

/** A value that Fn::If takes away. */
const NOTHING = Symbol("AWS::NoValue");

/**
 * The stack of one environment, out of one that stands for several: the mapping looked up, the conditions decided. The
 * stack itself when it stands for one anyway.
 */
export function stackIn(stack: Stack, name: string): Stack {
  const { environments } = stack;
  if (!environments?.names.includes(name)) return stack;
  const reader = new Reader(stack, environments, name);
  const conditions: Record<string, Value> = {};
  for (const condition of Object.keys(stack.conditions)) {
    const truth = reader.truthOf(condition);
    // What comes to another condition was made for the merged stack alone.
    if (typeof truth !== "boolean" && !isNamed(truth)) conditions[condition] = truth;
  }
  const resources: Record<string, Resource> = {};
  const moves = new Map<string, Moves>();
  for (const [id, resource] of Object.entries(stack.resources)) {
    const moved = new Moves();
    const read = reader.resource(resource, moved);
    if (!read) continue;
    resources[id] = read;
    moves.set(id, moved);
  }
  for (const resource of Object.values(resources)) sayWaits(resource, resources, environments.waits);
  const one: Stack = {
    description: stack.description,
    parameters: parametersIn(stack, environments, name),
    mappings: without(stack.mappings, environments.mapping),
    conditions,
    resources,
    outputs: reader.outputs(),
    constructs: stack.constructs
      .map((construct) => ({
        ...construct,
        members: construct.members.flatMap(({ resource, pointer }) => {
          const moved = moves.get(resource);
          if (!moved) return [];
          if (pointer === undefined) return [{ resource }];
          const to = moved.of(pointer);
          return to === null ? [] : [{ resource, pointer: to }];
        }),
      }))
      .filter(({ members }) => members.length > 0),
  };
  return renamed(
    one,
    new Map(
      Object.entries(environments.originalIds).filter(
        ([id]) => Object.hasOwn(one.resources, id) || Object.hasOwn(one.parameters, id),
      ),
    ),
  );
}

const without = <T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> => {
  const { [key]: _, ...rest } = record;
  return rest;
};

const isNamed = (truth: Truth): truth is { Condition: string } =>
  typeof truth === "object" && isMap(truth) && Object.keys(truth).join() === "Condition";

function parametersIn(stack: Stack, environments: Environments, name: string): Stack["parameters"] {
  return Object.fromEntries(
    Object.entries(stack.parameters).flatMap(([id, parameter]) => {
      if (id === environments.parameter) return [];
      const own = Object.hasOwn(environments.parameters, id) ? environments.parameters[id] : undefined;
      if (!own) return [[id, parameter]];
      return Object.hasOwn(own, name) ? [[id, own[name] as typeof parameter]] : [];
    }),
  );
}

/** DependsOn names everything that is waited for, but for what a reference waits for already. */
function sayWaits(resource: Resource, resources: Readonly<Record<string, Resource>>, key: string): void {
  const here = resource.metadata?.[key];
  if (here !== undefined) {
    const metadata = without(resource.metadata ?? {}, key);
    if (Object.keys(metadata).length > 0) resource.metadata = metadata;
    else delete resource.metadata;
  }
  const waits = [...(resource.dependsOn ?? []), ...referredBy(here)];
  delete resource.dependsOn;
  if (waits.length === 0) return;
  const implied = referredBy(resource.properties);
  const others = waits.filter((id) => Object.hasOwn(resources, id) && !implied.has(id));
  if (others.length > 0) resource.dependsOn = others.sort();
}

class Reader {
  constructor(
    private readonly stack: Stack,
    private readonly environments: Environments,
    private readonly name: string,
  ) {}

  truthOf(condition: string): Truth {
    const { conditions } = this.environments;
    const holds = Object.hasOwn(conditions, condition) ? conditions[condition] : undefined;
    if (holds) return holds.includes(this.name);
    const value = Object.hasOwn(this.stack.conditions, condition) ? this.stack.conditions[condition] : undefined;
    return value === undefined ? { Condition: condition } : this.decide(value);
  }

  private decide(value: Value): Truth {
    if (isNamed(value)) {
      const { Condition: name } = value;
      const truth = this.truthOf(name);
      return typeof truth === "boolean" ? truth : { Condition: name };
    }
    if (!(value instanceof Intrinsic) || !Array.isArray(value.argument)) return value;
    const deciding = { "Fn::And": false, "Fn::Or": true }[value.name];
    if (deciding === undefined) return value;
    const parts = value.argument.map((part) => this.decide(part));
    if (parts.includes(deciding)) return deciding;
    const open = parts.filter((part) => typeof part !== "boolean") as Value[];
    if (open.length === 0) return !deciding;
    if (open.length === parts.length) return new Intrinsic(value.name, open);
    return open.length === 1 ? (open[0] as Value) : new Intrinsic(value.name, open);
  }

  resource(resource: Resource, moved: Moves): Resource | undefined {
    const { condition, ...rest } = resource;
    const read: Resource = { ...rest };
    if (condition !== undefined) {
      const truth = this.truthOf(condition);
      if (truth === false) return undefined;
      if (truth !== true) read.condition = isNamed(truth) ? truth.Condition : condition;
    }
    for (const [key, at] of [
      ["properties", "/properties"],
      ["metadata", "/Metadata"],
      ["updatePolicy", "/UpdatePolicy"],
    ] as const) {
      const value = resource[key];
      if (value) read[key] = this.read(value, at, at, moved) as Properties;
    }
    if (resource.dependsOn) read.dependsOn = [...resource.dependsOn];
    const origins: Record<Pointer, Origin[]> = {};
    for (const [from, list] of Object.entries(resource.origins)) {
      const to = moved.of(from);
      if (to !== null) origins[to] = [...(origins[to] ?? []), ...list];
    }
    read.origins = origins;
    return read;
  }

  outputs(): Stack["outputs"] {
    const { parameter } = this.environments;
    return Object.fromEntries(
      Object.entries(this.stack.outputs).flatMap(([id, { condition, ...output }]) => {
        if (id === parameter || (condition !== undefined && this.truthOf(condition) === false)) return [];
        return [[id, { ...output, value: this.read(output.value, "", "", new Moves()) as Value }]];
      }),
    );
  }

  private read(value: Value, from: Pointer, to: Pointer, moved: Moves): Value | typeof NOTHING {
    moved.add(from, to);
    if (Array.isArray(value)) {
      const items: Value[] = [];
      value.forEach((item, index) => {
        const read = this.read(item, `${from}/${index}`, `${to}/${items.length}`, moved);
        if (read === NOTHING) moved.add(`${from}/${index}`, null);
        else items.push(read);
      });
      return items;
    }
    if (value instanceof Intrinsic) return this.readFunction(value, from, to, moved);
    if (!isMap(value)) return value;
    const map: Properties = {};
    for (const [key, item] of Object.entries(value)) {
      const inner = `/${escapeSegment(key)}`;
      const read = this.read(item, from + inner, to + inner, moved);
      if (read === NOTHING) moved.add(from + inner, null);
      else map[key] = read;
    }
    return map;
  }

  private readFunction(value: Intrinsic, from: Pointer, to: Pointer, moved: Moves): Value | typeof NOTHING {
    const { name, argument } = value;
    const { conditions, mapping } = this.environments;
    if (name === "Fn::If" && Array.isArray(argument)) {
      const [condition, then = null, otherwise = null] = argument;
      const holds =
        typeof condition === "string" && Object.hasOwn(conditions, condition) ? conditions[condition] : undefined;
      if (holds) {
        const [taken, left] = holds.includes(this.name) ? [1, 2] : [2, 1];
        moved.add(`${from}/${left}`, null);
        const branch = taken === 1 ? then : otherwise;
        if (branch instanceof Intrinsic && branch.name === "Ref" && branch.argument === "AWS::NoValue") return NOTHING;
        return this.read(branch, `${from}/${taken}`, to, moved);
      }
    }
    if (name === "Fn::FindInMap" && Array.isArray(argument) && argument[0] === mapping) {
      const figures = this.stack.mappings[mapping]?.[this.name];
      const key = argument[2];
      if (isMap(figures) && typeof key === "string" && Object.hasOwn(figures, key)) return figures[key] as Value;
    }
    return value;
  }
}
