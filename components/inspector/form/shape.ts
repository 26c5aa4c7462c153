import * as z from "zod";
import { isObject, type Json, type JsonObject, own } from "@/lib/core/json";

/** What a field's value can look like; each shape has its widget. */
export type Shape =
  | { type: "text"; multiline: boolean }
  | { type: "number"; whole: boolean }
  | { type: "boolean" }
  | { type: "choice"; options: readonly (string | number)[] }
  /** Any of a closed list of words. */
  | { type: "flags"; options: readonly string[] }
  | { type: "texts" }
  | { type: "numbers" }
  | { type: "list"; item: Shape }
  | { type: "group"; fields: readonly Field[] }
  /** Free keys with texts. */
  | { type: "map" }
  /** Objects kept under generated ids. */
  | { type: "entries"; item: Shape }
  | { type: "modes"; modes: readonly Mode[] }
  | { type: "reference"; kinds: readonly string[] }
  | { type: "container" }
  | { type: "json" };

export type ShapeType = Shape["type"];

/** One of several forms that a value can take. */
export interface Mode {
  label: string;
  /** The property that tells the modes apart, with its value here; undefined where only the fields tell. */
  mark: { key: string; value: string } | undefined;
  fields: readonly Field[];
}

export interface Field {
  key: string;
  label: string;
  help: string | undefined;
  unit: string | undefined;
  placeholder: string | undefined;
  /** Options in words, where AWS's spelling is too long to be read in a form. */
  words: Readonly<Record<string, string>>;
  advanced: boolean;
  required: boolean;
  nullable: boolean;
  /** The value while nothing is set. */
  initial: Json | undefined;
  shape: Shape;
}

type Schema = JsonObject;

const cache = new WeakMap<z.ZodType, readonly Field[]>();

/** The fields of a kind's or relation's properties, read off its schema and the `.meta()` of each field. */
export function fieldsOf(schema: z.ZodType): readonly Field[] {
  let fields = cache.get(schema);
  if (!fields) {
    const json = z.toJSONSchema(schema, { io: "input", unrepresentable: "any", reused: "inline" }) as Schema;
    fields = fieldsIn(json);
    cache.set(schema, fields);
  }
  return fields;
}

function fieldsIn(schema: Schema): readonly Field[] {
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  return Object.entries(record(schema.properties)).map(([key, value]) =>
    fieldFrom(key, record(value), required.has(key)),
  );
}

function fieldFrom(key: string, schema: Schema, required: boolean): Field {
  const branches = unionOf(schema);
  const nullable = branches.some(({ type }) => type === "null");
  const solid = branches.filter(({ type }) => type !== "null");
  const [only] = solid;
  const inner = nullable && solid.length === 1 && only ? { ...only, ...without(schema, "anyOf", "oneOf") } : schema;
  return {
    key,
    label: text(schema.label) ?? humanised(key),
    help: text(schema.help),
    unit: text(schema.unit),
    placeholder: text(schema.placeholder),
    words: record(schema.words) as Record<string, string>,
    advanced: schema.advanced === true,
    required,
    nullable,
    initial: own(schema, "default"),
    shape: shapeOf(inner),
  };
}

const without = (schema: Schema, ...keys: string[]): Schema =>
  Object.fromEntries(Object.entries(schema).filter(([key]) => !keys.includes(key)));

const unionOf = (schema: Schema): Schema[] => list(schema.anyOf ?? schema.oneOf).map(record);

/** The first reading that fits; what fits none is edited as JSON. */
function shapeOf(schema: Schema): Shape {
  for (const read of readings) {
    const shape = read(schema);
    if (shape) return shape;
  }
  return { type: "json" };
}

const readings: readonly ((schema: Schema) => Shape | undefined)[] = [
  ({ reference }) => (Array.isArray(reference) ? { type: "reference", kinds: reference.map(String) } : undefined),
  ({ container }) => (container === true ? { type: "container" } : undefined),
  (schema) => {
    const branches = unionOf(schema);
    if (branches.length === 0) return undefined;
    if (branches.every((branch) => "const" in branch)) return choice(branches.map((branch) => branch.const));
    return branches.every(({ type }) => type === "object")
      ? { type: "modes", modes: branches.map(modeOf) }
      : { type: "json" };
  },
  ({ enum: options }) => (Array.isArray(options) ? choice(options) : undefined),
  ({ type }) => (type === "boolean" ? { type: "boolean" } : undefined),
  ({ type }) => (type === "integer" || type === "number" ? { type: "number", whole: type === "integer" } : undefined),
  ({ type, multiline }) => (type === "string" ? { type: "text", multiline: multiline === true } : undefined),
  ({ type, items }) => (type === "array" ? listOf(record(items)) : undefined),
  (schema) =>
    schema.type === "object" && isObject(schema.properties) ? { type: "group", fields: fieldsIn(schema) } : undefined,
  ({ type, additionalProperties }) =>
    type === "object" && isObject(additionalProperties) ? mapOf(record(additionalProperties)) : undefined,
];

const choice = (options: readonly unknown[]): Shape => ({
  type: "choice",
  options: options.filter(
    (option): option is string | number => typeof option === "string" || typeof option === "number",
  ),
});

function listOf(items: Schema): Shape {
  const item = shapeOf(items);
  if (item.type === "choice") return { type: "flags", options: item.options.map(String) };
  if (item.type === "text") return { type: "texts" };
  if (item.type === "number") return { type: "numbers" };
  return item.type === "group" || item.type === "modes" ? { type: "list", item } : { type: "json" };
}

function mapOf(values: Schema): Shape {
  const item = shapeOf(values);
  if (item.type === "text") return { type: "map" };
  return item.type === "group" ? { type: "entries", item } : { type: "json" };
}

function modeOf(branch: Schema): Mode {
  const fields = fieldsIn(branch);
  const marked = Object.entries(record(branch.properties)).find(([, value]) => typeof record(value).const === "string");
  const label = text(branch.label);
  if (!marked) return { label: label ?? fields[0]?.label ?? "Other", mark: undefined, fields };
  const [key, value] = [marked[0], String(record(marked[1]).const)];
  return {
    label: label ?? humanised(value),
    mark: { key, value },
    fields: fields.filter((field) => field.key !== key),
  };
}

/** A value that a required field of this shape can start with. */
export function blankOf(shape: Shape, placeholder?: string): Json {
  return blanks[shape.type](shape as never, placeholder);
}

type Blank<T extends ShapeType> = (shape: Extract<Shape, { type: T }>, placeholder: string | undefined) => Json;

const blanks: { [T in ShapeType]: Blank<T> } = {
  text: () => "",
  number: (_, placeholder) => Number(placeholder ?? 0) || 0,
  boolean: () => false,
  choice: ({ options }) => options[0] ?? "",
  flags: () => [],
  texts: () => [],
  numbers: () => [],
  list: () => [],
  group: ({ fields }) => blankFields(fields),
  map: () => ({}),
  entries: () => ({}),
  modes: ({ modes }) => (modes[0] ? blankMode(modes[0]) : {}),
  reference: () => "",
  container: () => "",
  json: () => null,
};

const blankFields = (fields: readonly Field[]): JsonObject =>
  Object.fromEntries(
    fields.filter(({ required }) => required).map(({ key, shape, placeholder }) => [key, blankOf(shape, placeholder)]),
  );

/** The least that a value in this mode has. */
export const blankMode = ({ mark, fields }: Mode): JsonObject => ({
  ...(mark ? { [mark.key]: mark.value } : {}),
  ...blankFields(fields),
});

/** Which mode a value is in: by its mark, else by the fields it has; the first one otherwise. */
export function modeIndex(modes: readonly Mode[], value: unknown): number {
  const object = isObject(value) ? value : {};
  const found = modes.findIndex(({ mark, fields }) =>
    mark ? object[mark.key] === mark.value : fields.some(({ key, required }) => required && key in object),
  );
  return Math.max(0, found);
}

/** An option as it is read: "perZone" → "per zone"; AWS's own spellings such as awsvpc and FARGATE stay. */
export const optionText = (option: string): string =>
  /^[a-z]+([A-Z][a-z]+)+$/.test(option)
    ? option.replace(/([a-z])([A-Z])/g, (_, before, after) => `${before} ${after.toLowerCase()}`)
    : option;

/** A name for a form: "perZone" → "Per zone". */
export function humanised(word: string): string {
  if (!/^[a-z][A-Za-z]*$/.test(word)) return word;
  const words = word.replace(/([a-z])([A-Z])/g, (_, before, after) => `${before} ${after.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const record = (value: unknown): Schema => (isObject(value) ? (value as Schema) : {});
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
