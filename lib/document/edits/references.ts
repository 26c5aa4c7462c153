import * as z from "zod";
import { catalog, type NodeKind } from "../../catalog";
import { type RelationId, relations } from "../../catalog/relations";
import { isObject } from "../../core/json";
import { escapeSegment } from "../../core/pointer";
import type { DocumentEdge, DocumentNode } from "../document";

type Shape = { [key: string]: unknown };
const cache = new Map<string, string[][]>();

/** Patterns ("*" is any key) of the fields that name another node, read off the schema's `reference` marks. */
function patterns(key: string, schema: z.ZodType): string[][] {
  let known = cache.get(key);
  if (!known) {
    known = [];
    collect(z.toJSONSchema(schema, { io: "input", unrepresentable: "any", reused: "inline" }) as Shape, [], known);
    cache.set(key, known);
  }
  return known;
}

function collect(shape: unknown, path: string[], found: string[][]): void {
  if (!isObject(shape)) return;
  if ("reference" in shape) found.push(path);
  for (const union of ["anyOf", "oneOf", "allOf"]) {
    const branches = shape[union];
    if (Array.isArray(branches)) for (const branch of branches) collect(branch, path, found);
  }
  if (isObject(shape.properties)) {
    for (const [key, inner] of Object.entries(shape.properties)) collect(inner, [...path, key], found);
  }
  if (isObject(shape.items)) collect(shape.items, [...path, "*"], found);
  if (isObject(shape.additionalProperties)) collect(shape.additionalProperties, [...path, "*"], found);
}

/** Fields of a node's or edge's props that name another node: JSON Pointer and the id it names. */
export function referencesOf(item: DocumentNode | DocumentEdge): { field: string; node: string }[] {
  const schema =
    "kind" in item
      ? patterns(`node ${item.kind}`, catalog[item.kind as NodeKind].props)
      : patterns(`edge ${item.relation}`, relations[item.relation as RelationId].props);
  const found: { field: string; node: string }[] = [];
  for (const pattern of schema) follow(item.props, pattern, "", found);
  return found;
}

function follow(
  value: unknown,
  pattern: readonly string[],
  at: string,
  found: { field: string; node: string }[],
): void {
  const [head, ...rest] = pattern;
  if (head === undefined) {
    if (typeof value === "string") found.push({ field: at, node: value });
    return;
  }
  if (Array.isArray(value)) {
    if (head === "*") for (const [index, item] of value.entries()) follow(item, rest, `${at}/${index}`, found);
  } else if (isObject(value)) {
    const keys = head === "*" ? Object.keys(value) : Object.hasOwn(value, head) ? [head] : [];
    for (const key of keys) follow(value[key], rest, `${at}/${escapeSegment(key)}`, found);
  }
}
