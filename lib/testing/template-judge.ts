import { loadAwsServiceSpecSync } from "@aws-cdk/aws-service-spec";
import type { PropertyType, Resource, ResourceProperties, SpecDatabase } from "@aws-cdk/service-spec-types";
import { isObject } from "../core/json";

/**
 * Judges a template by CloudFormation's official resource schemas: types, properties, required ones, value types,
 * enums, patterns, attribute names; and by what CloudFormation checks besides: every reference has a target, no cycles.
 */

let database: SpecDatabase | undefined;

/** CloudFormation's resource schemas, which take most of a second to load and so are loaded once. */
export function resourceSchemas(): SpecDatabase {
  database ??= loadAwsServiceSpecSync();
  return database;
}

const known = new Map<string, Resource | undefined>();

function specOf(type: string): Resource | undefined {
  if (!known.has(type)) {
    const found = resourceSchemas().lookup("resource", "cloudFormationType", "equals", type);
    known.set(type, found.length === 0 ? undefined : found[0]);
  }
  return known.get(type);
}

const pseudo = new Set(
  ["AccountId", "NotificationARNs", "NoValue", "Partition", "Region", "StackId", "StackName", "URLSuffix"].map(
    (name) => `AWS::${name}`,
  ),
);
const attributeKeys = new Set([
  "Type",
  "Properties",
  "DependsOn",
  "Condition",
  "DeletionPolicy",
  "UpdateReplacePolicy",
  "CreationPolicy",
  "UpdatePolicy",
  "Metadata",
]);

/** Everything CloudFormation would say against a template; empty when it would accept it. */
export function judgeTemplate(template: Record<string, unknown>): string[] {
  const said: string[] = [];
  const resources = (template.Resources ?? {}) as Record<string, Record<string, unknown>>;
  const parameters = new Set(Object.keys((template.Parameters ?? {}) as object));
  const needs = new Map<string, Set<string>>();
  for (const [id, resource] of Object.entries(resources)) {
    if (!/^[A-Za-z0-9]+$/.test(id)) said.push(`${id}: not a logical id`);
    for (const key of Object.keys(resource)) if (!attributeKeys.has(key)) said.push(`${id}: unknown attribute ${key}`);
    const targets = new Set<string>();
    needs.set(id, targets);
    const dependsOn = resource.DependsOn === undefined ? [] : [resource.DependsOn].flat();
    for (const other of dependsOn) {
      if (typeof other !== "string" || !Object.hasOwn(resources, other))
        said.push(`${id}: DependsOn ${String(other)} is not a resource`);
      else targets.add(other);
    }
    references(resource.Properties, (target, attribute) => {
      if (Object.hasOwn(resources, target)) {
        targets.add(target);
        const spec = specOf(String(resources[target]?.Type));
        if (attribute !== undefined && spec && !hasAttribute(spec, attribute))
          said.push(`${id}: ${target} has no attribute ${attribute}`);
      } else if (attribute !== undefined || (!parameters.has(target) && !pseudo.has(target))) {
        said.push(`${id}: refers to ${target}, which does not exist`);
      }
    });
    const spec = specOf(String(resource.Type));
    if (!spec) said.push(`${id}: ${String(resource.Type)} is not a resource type`);
    else judgeProperties(resource.Properties ?? {}, spec.properties, id, said);
  }
  for (const [name, output] of Object.entries((template.Outputs ?? {}) as Record<string, unknown>)) {
    references(output, (target, attribute) => {
      const spec = Object.hasOwn(resources, target) ? specOf(String(resources[target]?.Type)) : undefined;
      if (!Object.hasOwn(resources, target) && !parameters.has(target) && !pseudo.has(target))
        said.push(`output ${name}: refers to ${target}, which does not exist`);
      else if (attribute !== undefined && spec && !hasAttribute(spec, attribute))
        said.push(`output ${name}: ${target} has no attribute ${attribute}`);
    });
  }
  said.push(...cycles(needs));
  if (Object.keys(resources).length === 0) said.push("Resources: a template needs at least one resource");
  if (Buffer.byteLength(String(template.Description ?? "")) > 1024) said.push("Description: longer than 1024 bytes");
  if (Object.keys((template.Outputs ?? {}) as object).length > 200) said.push("Outputs: more than 200");
  return said;
}

/** GetAtt also gives read-only properties under their dotted path, and the outputs of a nested stack. */
const hasAttribute = (spec: Resource, attribute: string): boolean =>
  Object.hasOwn(spec.attributes, attribute) ||
  Object.hasOwn(spec.properties, attribute) ||
  (spec.cloudFormationType === "AWS::CloudFormation::Stack" && attribute.startsWith("Outputs."));

function references(value: unknown, visit: (target: string, attribute: string | undefined) => void): void {
  if (Array.isArray(value)) for (const item of value) references(item, visit);
  else if (isObject(value)) {
    const entries = Object.entries(value);
    const [name, argument] = (entries.length === 1 ? entries[0] : undefined) ?? [];
    if (name === "Ref") visit(String(argument), undefined);
    else if (name === "Fn::GetAtt") {
      const [target, attribute] = Array.isArray(argument) ? argument : String(argument).split(/\.(.*)/s);
      visit(String(target), String(attribute));
    } else if (name === "Fn::Sub") {
      const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
      for (const match of String(text).matchAll(/\$\{([^!}][^}]*)\}/g)) {
        const [target, attribute] = (match[1] as string).split(/\.(.*)/s);
        if (!Object.hasOwn((variables ?? {}) as object, match[1] as string)) visit(target as string, attribute);
      }
      references(variables, visit);
    } else for (const item of Object.values(value)) references(item, visit);
  }
}

function cycles(needs: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const done = new Set<string>();
  const said: string[] = [];
  const visit = (id: string, path: string[]): void => {
    if (done.has(id)) return;
    const at = path.indexOf(id);
    if (at >= 0) {
      said.push(`circular dependency: ${[...path.slice(at), id].join(" → ")}`);
      return;
    }
    for (const next of needs.get(id) ?? []) visit(next, [...path, id]);
    done.add(id);
  };
  for (const id of needs.keys()) visit(id, []);
  return said;
}

const isFunction = (value: unknown): boolean =>
  isObject(value) && Object.keys(value).length === 1 && /^(Ref|Fn::\w+)$/.test(Object.keys(value)[0] as string);

function judgeProperties(value: unknown, schema: ResourceProperties, at: string, said: string[]): void {
  if (!isObject(value)) {
    said.push(`${at}: must be an object`);
    return;
  }
  for (const [name, property] of Object.entries(schema)) {
    if (property.required && value[name] === undefined) said.push(`${at}: ${name} is required`);
  }
  for (const [name, item] of Object.entries(value)) {
    const property = Object.hasOwn(schema, name) ? schema[name] : undefined;
    if (!property) said.push(`${at}: ${name} is not a property`);
    else judgeValue(item, property.type, `${at}/${name}`, said);
  }
}

type Judge = (value: unknown, type: never, at: string, said: string[]) => void;
const must =
  (test: (value: unknown) => boolean, what: string): Judge =>
  (value, _type, at, said) => {
    if (!test(value)) said.push(`${at}: must be ${what}, not ${JSON.stringify(value)}`);
  };
const isWhole = (value: unknown): boolean =>
  Number.isInteger(value) || (typeof value === "string" && /^-?\d+$/.test(value));

const judges: Readonly<Record<string, Judge>> = {
  string: ((
    value: unknown,
    type: { allowedValues?: string[]; pattern?: string; minLength?: number; maxLength?: number },
    at: string,
    said: string[],
  ) => {
    if (!["string", "number", "boolean"].includes(typeof value)) {
      said.push(`${at}: must be text, not ${JSON.stringify(value)}`);
      return;
    }
    const text = String(value);
    if (type.allowedValues && !type.allowedValues.includes(text))
      said.push(`${at}: ${text} is not one of ${type.allowedValues.join(", ")}`);
    if (type.pattern !== undefined && !matches(type.pattern, text))
      said.push(`${at}: ${text} does not match ${type.pattern}`);
    if (type.maxLength !== undefined && text.length > type.maxLength) said.push(`${at}: longer than ${type.maxLength}`);
    if (type.minLength !== undefined && text.length < type.minLength)
      said.push(`${at}: shorter than ${type.minLength}`);
  }) as Judge,
  integer: must(isWhole, "a whole number"),
  number: must(
    (value) => typeof value === "number" || (typeof value === "string" && Number.isFinite(Number(value))),
    "a number",
  ),
  boolean: must((value) => typeof value === "boolean" || value === "true" || value === "false", "true or false"),
  json: must((value) => typeof value === "object" || typeof value === "string", "an object"),
  tag: must((value) => isObject(value) && "Key" in value && "Value" in value, "a tag"),
  "date-time": must((value) => typeof value === "string", "a date"),
  array: ((value: unknown, type: { element: PropertyType }, at: string, said: string[]) => {
    if (!Array.isArray(value)) said.push(`${at}: must be a list, not ${JSON.stringify(value)}`);
    else
      value.forEach((item, index) => {
        judgeValue(item, type.element, `${at}/${index}`, said);
      });
  }) as Judge,
  map: ((value: unknown, type: { element: PropertyType }, at: string, said: string[]) => {
    if (!isObject(value)) said.push(`${at}: must be a map`);
    else for (const [key, item] of Object.entries(value)) judgeValue(item, type.element, `${at}/${key}`, said);
  }) as Judge,
  ref: ((value: unknown, type: { reference: { $ref: string } }, at: string, said: string[]) => {
    const definition = database?.get("typeDefinition", type.reference);
    if (definition) judgeProperties(value, definition.properties, at, said);
  }) as Judge,
  union: ((value: unknown, type: { types: PropertyType[] }, at: string, said: string[]) => {
    const tries = type.types.map((one) => {
      const inner: string[] = [];
      judgeValue(value, one, at, inner);
      return inner;
    });
    if (!tries.some((inner) => inner.length === 0)) said.push(...(tries[0] ?? []));
  }) as Judge,
};

function judgeValue(value: unknown, type: PropertyType, at: string, said: string[]): void {
  if (isFunction(value)) return;
  const judge = judges[type.type];
  judge?.(value, type as never, at, said);
}

function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, "u").test(text);
  } catch {
    return true;
  }
}
