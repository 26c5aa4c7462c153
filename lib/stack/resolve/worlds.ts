import { isObject } from "../../core/json";
import type { Resource, Stack } from "../stack";
import { Intrinsic, referredBy, type Value } from "../value";
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

/** Stacks that are followed at most, and comparisons that are varied at most for one choice of parameters. */
const MAX_WORLDS = 64;
const MAX_OPEN = 5;

/**
 * Every stack that a template may come to: one where it hangs on literals and defaults, more where conditions depend on
 * parameters without default: each of their allowed values, else both outcomes of each comparison. Only what resources
 * of `relevant` types depend on counts. What holds in all worlds is certain; what does not, nobody can know.
 */
export function worldsOf(stack: Stack, relevant: (type: string) => boolean = () => true): Worlds {
  const used = new Set<string>();
  const named = new Set<string>();
  for (const { type, condition, properties } of Object.values(stack.resources)) {
    if (!relevant(type)) continue;
    if (condition !== undefined) used.add(condition);
    conditionsOf(properties, used);
    lookedUpIn(properties, named);
  }
  const first = new Evaluator(stack);
  const conditions = [...used].filter((name) => first.holds(name) === undefined).sort();
  for (const made of openIn(stack, conditions).values()) referredBy(made, named);
  const { choices, whole } = choicesOf(stack, named);
  let complete = whole;
  const worlds = choices.flatMap((given) => {
    const open = [...openIn(stack, conditions, given).keys()].sort();
    const most = Math.min(MAX_OPEN, Math.floor(Math.log2(MAX_WORLDS / choices.length)));
    const varied = open.slice(0, most);
    if (open.length > varied.length) complete = false;
    return Array.from({ length: 2 ** varied.length }, (_, bits): World => {
      const assumed = new Map(varied.map((key, index) => [key, ((bits >> index) & 1) === 0]));
      // What is not varied is false: it is not complete then, and nothing certain is said.
      for (const key of open.slice(varied.length)) assumed.set(key, false);
      const evaluator = new Evaluator(stack, assumed, given);
      const holds = Object.fromEntries(conditions.map((name) => [name, evaluator.holds(name) === true]));
      return { stack: resolvedBy(evaluator), holds };
    });
  });
  return { worlds, complete, conditions };
}

/** The comparisons that conditions leave open; those in conditions that are decided without them do not count. */
function openIn(stack: Stack, conditions: readonly string[], given: Choice = new Map()): ReadonlyMap<string, Value> {
  const first = new Evaluator(stack, new Map(), given);
  const undecided = conditions.filter((name) => first.holds(name) === undefined);
  const asking = new Evaluator(stack, new Map(), given);
  for (const name of undecided) asking.holds(name);
  return asking.open;
}

type Choice = ReadonlyMap<string, string | number>;

/** Every choice of the parameters among `named` that have no default and few allowed values. */
function choicesOf(stack: Stack, named: ReadonlySet<string>): { choices: readonly Choice[]; whole: boolean } {
  let choices: Choice[] = [new Map()];
  let whole = true;
  for (const id of [...named].sort()) {
    const parameter = Object.hasOwn(stack.parameters, id) ? stack.parameters[id] : undefined;
    const { allowedValues = [] } = parameter ?? {};
    if (!parameter || parameter.default !== undefined || allowedValues.length === 0) continue;
    if (choices.length * allowedValues.length > MAX_WORLDS) {
      whole = false;
      continue;
    }
    choices = choices.flatMap((choice) => allowedValues.map((value) => new Map([...choice, [id, value]])));
  }
  return { choices, whole };
}

/** Parameters by which a value looks something up in a mapping. */
function lookedUpIn(value: Value, into: Set<string>): void {
  if (value instanceof Intrinsic) {
    if (value.name === "Fn::FindInMap") referredBy(value.argument, into);
    lookedUpIn(value.argument, into);
  } else if (Array.isArray(value)) for (const item of value) lookedUpIn(item, into);
  else if (isObject(value)) for (const item of Object.values(value)) lookedUpIn(item as Value, into);
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
