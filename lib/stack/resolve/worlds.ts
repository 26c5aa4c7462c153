import { isObject } from "../../core/json";
import type { Resource, Stack } from "../stack";
import { Intrinsic, type Value } from "../value";
import { Evaluator, NOTHING } from "./evaluate";

/** One way in which the comparisons that nobody can decide may come out, and the stack that it makes. */
export interface World {
  /** With every value resolved as far as it is known, and only the resources that exist then. */
  stack: Stack;
  /** Names of conditions that are decided in this world alone. */
  holds: Readonly<Record<string, boolean>>;
}

export interface Worlds {
  /** At least one. */
  worlds: readonly World[];
  /** False where there are more worlds than were made. */
  complete: boolean;
  /** Conditions that differ between worlds. */
  conditions: readonly string[];
}

/** 2⁵ stacks are followed at most. */
const MAX_OPEN = 5;

/**
 * Every stack that a template may come to: one where its conditions depend on literals and defaults, more where they
 * depend on parameters without default. Only conditions count that resources of `relevant` types depend on. What holds
 * in all worlds is certain; what does not, nobody can know.
 */
export function worldsOf(stack: Stack, relevant: (type: string) => boolean = () => true): Worlds {
  const first = new Evaluator(stack);
  const used = new Set<string>();
  for (const { type, condition, properties } of Object.values(stack.resources)) {
    if (!relevant(type)) continue;
    if (condition !== undefined) used.add(condition);
    conditionsOf(properties, used);
  }
  const conditions = [...used].filter((name) => first.holds(name) === undefined).sort();
  // Comparisons in conditions that are decided without them do not count.
  const asking = new Evaluator(stack);
  for (const name of conditions) asking.holds(name);
  const open = [...asking.open.keys()].sort();
  const varied = open.slice(0, MAX_OPEN);
  const worlds = Array.from({ length: 2 ** varied.length }, (_, bits): World => {
    const assumed = new Map(varied.map((key, index) => [key, ((bits >> index) & 1) === 0]));
    // What is not varied is false: it is not complete then, and nothing certain is said.
    for (const key of open.slice(MAX_OPEN)) assumed.set(key, false);
    const evaluator = new Evaluator(stack, assumed);
    const holds = Object.fromEntries(conditions.map((name) => [name, evaluator.holds(name) === true]));
    return { stack: resolvedBy(evaluator), holds };
  });
  return { worlds, complete: open.length <= MAX_OPEN, conditions };
}

/** The stack with all that is known put in; conditions that are not decided stay. */
function resolvedBy(evaluator: Evaluator): Stack {
  const { stack } = evaluator;
  const resources: Record<string, Resource> = {};
  for (const [id, resource] of Object.entries(stack.resources)) {
    const { condition, ...rest } = resource;
    const holds = condition === undefined ? true : evaluator.holds(condition);
    if (holds === false) continue;
    resources[id] = { ...rest, properties: evaluator.properties(resource.properties) };
    if (holds === undefined && condition !== undefined) (resources[id] as Resource).condition = condition;
  }
  const outputs = Object.fromEntries(
    Object.entries(stack.outputs).map(([name, output]) => {
      const value = evaluator.value(output.value);
      return [name, value === NOTHING ? output : { ...output, value }];
    }),
  );
  return { ...stack, resources, outputs };
}

function conditionsOf(value: Value, into: Set<string>): void {
  if (value instanceof Intrinsic) {
    const [condition] = Array.isArray(value.argument) ? value.argument : [];
    if (value.name === "Fn::If" && typeof condition === "string") into.add(condition);
    conditionsOf(value.argument, into);
  } else if (Array.isArray(value)) for (const item of value) conditionsOf(item, into);
  else if (isObject(value)) for (const item of Object.values(value)) conditionsOf(item as Value, into);
}
