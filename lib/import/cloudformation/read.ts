import { isObject, own } from "../../core/json";
import { type Pointer, pointer } from "../../core/pointer";
import { list } from "../../core/text";
import { propertiesFromJson, valueFromJson } from "../../stack/from-json";
import type { Output, Parameter, Stack } from "../../stack/stack";
import type { Properties, Value } from "../../stack/value";
import { brokenReferences } from "./references";
import { readResource } from "./resource";
import type { ReadTemplate, Template } from "./template";
import { transformsOf } from "./transforms";
import { readTree, type TemplateProblem } from "./tree";

/** The sections of a template. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html */
const sections = [
  ...["AWSTemplateFormatVersion", "Description", "Metadata", "Parameters", "Rules", "Mappings", "Conditions"],
  ...["Transform", "Hooks", "Globals", "Resources", "Outputs"],
];

/** Reads one section after the other, and collects what is wrong instead of stopping at it. */
export class Sections {
  readonly problems: TemplateProblem[] = [];
  readonly rest: { [key: string]: Value } = {};

  constructor(
    readonly whole: Readonly<Record<string, unknown>>,
    readonly lineOf: (path: Pointer) => number,
  ) {}

  say(path: Pointer, message: string): void {
    this.problems.push({ line: this.lineOf(path), path, message });
  }

  /** The entries of a section; none where it is absent or left empty. */
  section(name: string): [string, unknown][] {
    const value = own(this.whole, name);
    if (value === undefined || value === null) return [];
    if (isObject(value)) return Object.entries(value);
    this.say(pointer(name), `${name} has to be a map of names. Write one name a line, each with what belongs to it.`);
    return [];
  }

  /** Keeps what the stack has no place for, where it stood. */
  keep(path: readonly [string, ...string[]], value: unknown): void {
    let at: { [key: string]: Value } = this.rest;
    for (const key of path.slice(0, -1)) {
      const inner = Object.hasOwn(at, key) ? at[key] : undefined;
      const next = isObject(inner) ? (inner as Properties) : {};
      put(at, key, next);
      at = next;
    }
    put(at, path.at(-1) as string, valueFromJson(value));
  }

  text(path: Pointer, value: unknown, what: string): string | undefined {
    if (value === undefined) return undefined;
    if (typeof value === "string") return value;
    if (typeof value === "number" || typeof value === "boolean") return String(value);
    this.say(path, `${what} has to be text. Write it as one word or in quotes.`);
    return undefined;
  }
}

/** Also where the key is one that an assignment would lose. */
const put = (into: object, key: string, value: Value): void => {
  Object.defineProperty(into, key, { value, enumerable: true, configurable: true, writable: true });
};

/**
 * Reads a CloudFormation template, YAML or JSON, into a stack and a rest that together are all of it. Never throws; a
 * template that CloudFormation would refuse is refused with everything that is wrong with it, line by line. Types that
 * Bayplan does not know are kept with their properties as they stand.
 */
export function readTemplate(text: string): ReadTemplate {
  const read = readTree(text);
  if (!read.ok) return read;
  const { value, lineOf } = read.tree;
  if (!isObject(value)) {
    return refused(1, "A template is a map with Resources in it. Give the template's own file.");
  }
  const from = new Sections(value, lineOf);
  for (const name of Object.keys(value)) {
    if (!sections.includes(name)) {
      from.say(pointer(name), `CloudFormation has no section ${name}. Its sections are ${list(sections)}.`);
    }
  }
  if (!isObject(own(value, "Resources"))) {
    return refused(lineOf("/Resources"), "The template has no Resources. A template has at least one of them.");
  }
  const { transforms, notes } = transformsOf(from);
  for (const name of ["AWSTemplateFormatVersion", "Metadata", "Rules", "Transform", "Hooks", "Globals"] as const) {
    const kept = own(value, name);
    if (kept !== undefined && kept !== null) from.keep([name], kept);
  }
  const stack: Stack = {
    description: from.text("/Description", own(value, "Description"), "The Description") ?? "",
    parameters: parametersOf(from),
    mappings: mappingsOf(from),
    conditions: Object.fromEntries(from.section("Conditions").map(([name, made]) => [name, valueFromJson(made)])),
    resources: {},
    outputs: outputsOf(from),
    constructs: [],
  };
  const resources = from.section("Resources").flatMap(([id, made]) => readResource(from, id, made) ?? []);
  for (const resource of resources.sort((a, b) => (a.id < b.id ? -1 : 1))) {
    stack.resources[resource.id] = resource;
    stack.constructs.push({ pattern: "generic", for: { node: resource.id }, members: [{ resource: resource.id }] });
  }
  if (transforms.every(({ opaque }) => !opaque)) from.problems.push(...brokenReferences(stack, lineOf));
  if (from.problems.length > 0) return { ok: false, problems: from.problems.slice(0, 50) };
  const template: Template = { stack, rest: from.rest, transforms, notes: [...read.tree.notes, ...notes] };
  return { ok: true, template };
}

const refused = (line: number, message: string): ReadTemplate => ({
  ok: false,
  problems: [{ line, path: "", message }],
});

const parameterKeys = new Set([
  ...["Type", "Description", "Default", "AllowedValues", "AllowedPattern", "ConstraintDescription"],
  ...["MinValue", "MaxValue", "NoEcho"],
]);

function parametersOf(from: Sections): Record<string, Parameter> {
  const found = from.section("Parameters").flatMap(([id, made]): [string, Parameter][] => {
    const path = pointer("Parameters", id);
    if (!isObject(made) || typeof own(made, "Type") !== "string") {
      from.say(path, `The parameter ${id} has no Type. Say what it takes, String for example.`);
      return [];
    }
    const parameter: Parameter = {
      type: own(made, "Type") as string,
      description: from.text(`${path}/Description`, own(made, "Description"), `The Description of ${id}`) ?? "",
      origin: { node: id, why: "drawn" },
    };
    const normal = scalarOf(own(made, "Default"));
    if (normal !== undefined) parameter.default = normal;
    else if (own(made, "Default") !== undefined) {
      from.say(`${path}/Default`, `The Default of ${id} has to be text or a number. Write it in quotes.`);
    }
    const allowed = own(made, "AllowedValues");
    if (Array.isArray(allowed)) parameter.allowedValues = allowed.map((item) => scalarOf(item) ?? "");
    for (const [key, to] of [
      ["AllowedPattern", "allowedPattern"],
      ["ConstraintDescription", "constraintDescription"],
    ] as const) {
      const text = from.text(`${path}/${key}`, own(made, key), `${key} of ${id}`);
      if (text !== undefined) parameter[to] = text;
    }
    for (const [key, to] of [
      ["MinValue", "minValue"],
      ["MaxValue", "maxValue"],
    ] as const) {
      const number = Number(own(made, key) ?? Number.NaN);
      if (Number.isFinite(number)) parameter[to] = number;
    }
    const hidden = own(made, "NoEcho");
    if (hidden === true || hidden === "true") parameter.noEcho = true;
    for (const [key, value] of Object.entries(made)) {
      if (!parameterKeys.has(key)) from.keep(["Parameters", id, key], value);
    }
    return [[id, parameter]];
  });
  return Object.fromEntries(found);
}

/** Parameters take text and numbers; what YAML reads as true is the text "true". */
const scalarOf = (value: unknown): string | number | undefined =>
  typeof value === "boolean"
    ? String(value)
    : typeof value === "string" || typeof value === "number"
      ? value
      : undefined;

function mappingsOf(from: Sections): Record<string, Properties> {
  const found = from.section("Mappings").flatMap(([name, made]): [string, Properties][] => {
    if (name.startsWith("Fn::")) {
      from.keep(["Mappings", name], made);
      return [];
    }
    if (isObject(made)) return [[name, propertiesFromJson(made)]];
    from.say(
      pointer("Mappings", name),
      `The mapping ${name} has to be a map of maps. Write keys with values below it.`,
    );
    return [];
  });
  return Object.fromEntries(found);
}

function outputsOf(from: Sections): Record<string, Output> {
  const found = from.section("Outputs").flatMap(([name, made]): [string, Output][] => {
    const path = pointer("Outputs", name);
    if (name.startsWith("Fn::ForEach")) {
      from.keep(["Outputs", name], made);
      return [];
    }
    if (!isObject(made) || own(made, "Value") === undefined) {
      from.say(path, `The output ${name} has no Value. Say what it gives.`);
      return [];
    }
    const output: Output = {
      value: valueFromJson(own(made, "Value")),
      description: from.text(`${path}/Description`, own(made, "Description"), `The Description of ${name}`) ?? "",
      origin: { node: name, why: "drawn" },
    };
    const condition = own(made, "Condition");
    if (typeof condition === "string") output.condition = condition;
    for (const [key, value] of Object.entries(made)) {
      if (!["Value", "Description", "Condition"].includes(key)) from.keep(["Outputs", name, key], value);
    }
    return [[name, output]];
  });
  return Object.fromEntries(found);
}
