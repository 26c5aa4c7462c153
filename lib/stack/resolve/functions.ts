import { isObject, own } from "../../core/json";
import type { Stack } from "../stack";
import { Intrinsic, type Properties, type Value } from "../value";
import { cidrBlocks } from "./cidr";

/** Longest text and list that a function may make of its arguments: templates of strangers are resolved too. */
const MAX_TEXT = 100_000;
const MAX_ITEMS = 10_000;

/** What the arguments of a function, resolved already, come to; the function again where they do not say it all. */
export type Function = (argument: Value, made: Intrinsic, stack: Stack) => Value;

const isText = (value: Value | undefined): value is string | number | boolean =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean";

const join: Function = (argument, made) => {
  const [separator, parts] = Array.isArray(argument) ? argument : [];
  if (typeof separator !== "string" || !Array.isArray(parts) || !parts.every(isText)) return made;
  const text = parts.map(String).join(separator);
  return text.length > MAX_TEXT ? made : text;
};

const split: Function = (argument, made) => {
  const [separator, text] = Array.isArray(argument) ? argument : [];
  if (typeof separator !== "string" || separator === "" || typeof text !== "string") return made;
  const parts = text.split(separator, MAX_ITEMS + 1);
  return parts.length > MAX_ITEMS ? made : parts;
};

const select: Function = (argument, made) => {
  const [index, from] = Array.isArray(argument) ? argument : [];
  if (!Array.isArray(from) || !(typeof index === "number" || typeof index === "string")) return made;
  const item = from[Number(index)];
  return item === undefined || item === null ? made : item;
};

/** Maps hold keys that a template says; a Region or an account as key leaves the answer open. */
const findInMap: Function = (argument, made, { mappings }) => {
  if (!Array.isArray(argument)) return made;
  const [name, first, second, options] = argument;
  if (!isText(name) || !isText(first) || !isText(second)) return made;
  const row = own(own(mappings, String(name)) ?? {}, String(first));
  const found = isObject(row) ? own(row as Properties, String(second)) : undefined;
  if (found !== undefined) return found;
  return isObject(options) ? (own(options as Properties, "DefaultValue") ?? made) : made;
};

const cidr: Function = (argument, made) => {
  const [block, count, bits] = Array.isArray(argument) ? argument : [];
  const [many, wide] = [count, bits].map((value) => (isText(value) ? Number(value) : undefined));
  if (typeof block !== "string" || many === undefined || (bits !== undefined && wide === undefined)) return made;
  return cidrBlocks(block, many, wide) ?? made;
};

/** The Region is the one of the stack, however it is written. */
const getAzs: Function = (argument, made) => {
  const here = argument instanceof Intrinsic && argument.name === "Ref" && argument.argument === "AWS::Region";
  return here ? new Intrinsic("Fn::GetAZs", "") : made;
};

/** Puts in what is known; the rest stays a placeholder. One placeholder alone is the reference itself. */
const substitute: Function = (argument, made) => {
  const [text, variables] = Array.isArray(argument) ? argument : [argument];
  if (typeof text !== "string") return made;
  const known = isObject(variables) ? (variables as Properties) : {};
  const open: Properties = {};
  let whole = "";
  let unsure = false;
  for (const part of text.split(/(\$\{[^}]*\})/)) {
    const name = /^\$\{([^!}][^}]*)\}$/.exec(part)?.[1];
    const value = name === undefined ? undefined : own(known, name);
    if (name !== undefined && isText(value)) whole += String(value).replaceAll("${", "${!");
    else whole += part;
    if (name !== undefined && !isText(value)) unsure = true;
    if (name !== undefined && value !== undefined && !isText(value)) open[name] = value;
    if (whole.length > MAX_TEXT) return made;
  }
  if (!unsure) return whole.replaceAll("${!", "${");
  const alone = /^\$\{([^!}.]+)(?:\.([^}]+))?\}$/.exec(whole);
  if (alone?.[1] !== undefined && Object.keys(open).length === 0) {
    return alone[2] === undefined ? new Intrinsic("Ref", alone[1]) : new Intrinsic("Fn::GetAtt", [alone[1], alone[2]]);
  }
  const only = alone && own(open, whole.slice(2, -1));
  if (only !== undefined && only !== null) return only;
  return new Intrinsic("Fn::Sub", Object.keys(open).length > 0 ? [whole, open] : whole);
};

/** Functions whose value can be told from their arguments. */
export const functions: Readonly<Record<string, Function>> = {
  "Fn::Join": join,
  "Fn::Split": split,
  "Fn::Select": select,
  "Fn::FindInMap": findInMap,
  "Fn::Cidr": cidr,
  "Fn::GetAZs": getAzs,
  "Fn::Sub": substitute,
};

/** Names of the placeholders of Fn::Sub that its own variables do not explain. */
export function placeholders(argument: Value): string[] {
  const [text, variables] = Array.isArray(argument) ? argument : [argument];
  const known = isObject(variables) ? variables : {};
  return [...String(text).matchAll(/\$\{([^!}][^}]*)\}/g)]
    .map((match) => match[1] as string)
    .filter((name) => !Object.hasOwn(known, name));
}
