import { Intrinsic, type Properties, type Value } from "../value";

/** What a reference names: a resource's attribute, or what `Ref` gives of a resource, parameter or pseudo parameter. */
export interface Target {
  id: string;
  attribute?: string;
}

/** A reference with its identity. */
export interface Taken extends Target {
  key: string;
}

/** What stands in place of a reference: as a value, and between `${` and `}` in a text. */
export interface Place {
  value: Value;
  text: string;
}

/** What is told while a value is read. */
export interface Reading {
  /** A reference; undefined leaves it as it is. */
  target(target: Target): Place | undefined;
  /** The condition of an `Fn::If`. */
  condition(name: string): void;
  /** What `Fn::FindInMap` looks up; undefined where only deployment knows it. */
  mapping(name: string | undefined, key: string | undefined): void;
  /** An attribute whose name only deployment knows. */
  unnamed(id: string): void;
  /** Any text that is not the name of something. */
  text(text: string): void;
}

/** Identity of a reference: "Web", "Web.Arn". */
export const keyOf = ({ id, attribute }: Target): string => (attribute === undefined ? id : `${id}.${attribute}`);

/** Reads a value to its end and gives it with other references in place of its own; the same value where none changed. */
export function readValue(value: Value, reading: Reading): Value {
  if (typeof value === "string") {
    reading.text(value);
    return value;
  }
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Intrinsic) return readFunction(value, reading);
  if (Array.isArray(value)) {
    let copy: Value[] | undefined;
    value.forEach((item, index) => {
      const read = readValue(item, reading);
      if (read === item) return;
      copy ??= [...value];
      copy[index] = read;
    });
    return copy ?? value;
  }
  return readProperties(value, reading);
}

export function readProperties(map: Properties, reading: Reading): Properties {
  let copy: Properties | undefined;
  for (const key of Object.keys(map)) {
    const item = map[key] as Value;
    const read = readValue(item, reading);
    if (read === item) continue;
    copy ??= { ...map };
    copy[key] = read;
  }
  return copy ?? map;
}

function readFunction(value: Intrinsic, reading: Reading): Value {
  const { name, argument } = value;
  if (name === "Ref" && typeof argument === "string") return reading.target({ id: argument })?.value ?? value;
  if (name === "Fn::GetAtt") {
    const target = attributeOf(argument);
    if (target) return reading.target(target)?.value ?? value;
    if (Array.isArray(argument) && typeof argument[0] === "string") reading.unnamed(argument[0]);
  }
  if (name === "Fn::Sub") return readText(value, reading);
  if (name === "Fn::If" && Array.isArray(argument) && typeof argument[0] === "string") reading.condition(argument[0]);
  if (name === "Fn::FindInMap" && Array.isArray(argument)) {
    const [map, , key] = argument;
    reading.mapping(typeof map === "string" ? map : undefined, typeof key === "string" ? key : undefined);
  }
  const read = readValue(argument, reading);
  return read === argument ? value : new Intrinsic(name, read);
}

/** "Web.Endpoint.Address" and ["Web", "Endpoint.Address"] alike. */
function attributeOf(argument: Value): Target | undefined {
  const parts = typeof argument === "string" ? argument.split(".") : argument;
  if (!Array.isArray(parts) || parts.length < 2 || !parts.every((part) => typeof part === "string")) return undefined;
  const [id, ...rest] = parts as [string, ...string[]];
  return { id, attribute: rest.join(".") };
}

function readText(value: Intrinsic, reading: Reading): Value {
  const { argument } = value;
  const [text, variables] = Array.isArray(argument) ? argument : [argument, undefined];
  if (typeof text !== "string") return value;
  const own = variables as Properties | undefined;
  const readOwn = own && readProperties(own, reading);
  reading.text(text);
  const read = text.replace(/\$\{([^!}][^}]*)\}/g, (whole, inner: string) => {
    if (own && Object.hasOwn(own, inner)) return whole;
    const dot = inner.indexOf(".");
    const target = dot < 0 ? { id: inner } : { id: inner.slice(0, dot), attribute: inner.slice(dot + 1) };
    const place = reading.target(target);
    return place ? `\${${place.text}}` : whole;
  });
  if (read === text && readOwn === own) return value;
  return new Intrinsic(value.name, readOwn === undefined ? read : [read, readOwn]);
}

/** The conditions that the value of a condition names. */
export function conditionsIn(value: Value, into: Set<string> = new Set()): Set<string> {
  if (Array.isArray(value)) for (const item of value) conditionsIn(item, into);
  else if (value instanceof Intrinsic) {
    if (value.name === "Condition" && typeof value.argument === "string") into.add(value.argument);
    else conditionsIn(value.argument, into);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      if (key === "Condition" && typeof item === "string") into.add(item);
      else conditionsIn(item, into);
    }
  }
  return into;
}

/** Names of the variables that texts of a value bring along. */
export function variablesIn(value: Value, into: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) variablesIn(item, into);
  else if (value instanceof Intrinsic) {
    const { name, argument } = value;
    if (name === "Fn::Sub" && Array.isArray(argument)) {
      for (const variable of Object.keys((argument[1] ?? {}) as Properties)) into.add(variable);
    }
    variablesIn(argument, into);
  } else if (typeof value === "object" && value !== null) {
    for (const item of Object.values(value)) variablesIn(item, into);
  }
}
