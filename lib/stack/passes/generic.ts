import { isObject, type Json, type JsonObject } from "../../core/json";
import { escapeSegment, type Pointer, segmentsOf, writeAt } from "../../core/pointer";
import { isKind, isRelationEdge } from "../../model/build";
import type { ModelEdge, ModelNode } from "../../model/model";
import { propertiesFromJson } from "../from-json";
import { type Addition, constructOf, type Lowering } from "../lowering";
import { referenceTo } from "../main-resource";
import type { Origin } from "../stack";
import { Intrinsic, type Properties, type Value } from "../value";

/** Resources of any type, kept verbatim, with the references that are drawn to and from them. */
export function generics(lowering: Lowering): void {
  for (const node of lowering.model.of("generic")) addGeneric(lowering, node);
}

type Generic = ModelNode<"generic">;

function addGeneric(lowering: Lowering, node: Generic): void {
  const owner = node as ModelNode;
  const id = lowering.idOf(owner);
  const { properties, parts } = withReferences(lowering, node);
  const from = (field: string): Origin => lowering.from(owner, field);
  for (const key of Object.keys(properties)) {
    const at: Pointer = `/${escapeSegment(key)}`;
    parts[at] ??= from(`/properties${at}`);
  }
  lowering.addRaw(node.props.type, id, propertiesFromJson(properties), {
    origins: lowering.drawn(owner),
    parts,
    construct: constructOf("generic", owner),
    ...attributesOf(node.props.attributes),
  });
}

/**
 * Writes the drawn references into the raw properties. An edge out of the resource refers to its target, an edge into
 * it to its source: the JSON Pointer is always one into the generic resource. Where nothing can be written (no pointer,
 * a pointer through a text, a place that is taken), the edge still means that the one end waits for the other.
 */
function withReferences(lowering: Lowering, node: Generic): { properties: JsonObject; parts: Record<Pointer, Origin> } {
  const owner = node as ModelNode;
  let properties: JsonObject = node.props.properties;
  const parts: Record<Pointer, Origin> = {};
  for (const { edge, other } of referencesOf(owner)) {
    const { pointer, attribute } = edge.props;
    const at = pointer === "" || Object.hasOwn(parts, pointer) ? undefined : resolved(properties, pointer);
    const value = at === undefined ? undefined : referenceTo(lowering, other, attribute || undefined);
    const written = at === undefined || value === undefined ? null : writeAt(properties, at, jsonOf(value));
    if (at === undefined || !written || !isObject(written.value)) {
      lowering.wait(lowering.idOf(edge.from), lowering.idOf(edge.to));
      continue;
    }
    properties = written.value as JsonObject;
    parts[at] = lowering.from(edge as ModelEdge, "/pointer");
  }
  return { properties, parts };
}

/** Edges that this resource carries: all out of it, and those into it from what has no raw properties itself. */
function referencesOf(node: ModelNode): { edge: ModelEdge<"reference">; other: ModelNode }[] {
  const out = node.out.flatMap((edge) => (isRelationEdge(edge, "reference") ? [{ edge, other: edge.to }] : []));
  const into = node.in.flatMap((edge) =>
    isRelationEdge(edge, "reference") && !isKind(edge.from, "generic") ? [{ edge, other: edge.from }] : [],
  );
  return [...out, ...into].filter(({ other }) => other !== node);
}

/** The pointer with "-" (the end of a list) replaced by the place it means. */
function resolved(root: Json, pointer: Pointer): Pointer | undefined {
  const segments = segmentsOf(pointer);
  if (!segments) return undefined;
  let value: unknown = root;
  return segments
    .map((segment) => {
      const real = segment === "-" && Array.isArray(value) ? String(value.length) : segment;
      value = Array.isArray(value)
        ? value[Number(real)]
        : isObject(value) && Object.hasOwn(value, real)
          ? value[real]
          : undefined;
      return `/${escapeSegment(real)}`;
    })
    .join("");
}

/** Back to the long form, to be written into raw properties. */
function jsonOf(value: Value): Json {
  if (value instanceof Intrinsic) return { [value.name]: jsonOf(value.argument) };
  if (Array.isArray(value)) return value.map(jsonOf);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, jsonOf(item)]));
}

type Attributes = Pick<
  Addition,
  "dependsOn" | "condition" | "deletionPolicy" | "updateReplacePolicy" | "creationPolicy" | "updatePolicy" | "metadata"
>;

const deletionPolicies = ["Delete", "Retain", "Snapshot", "RetainExceptOnCreate"] as const;
const replacePolicies = ["Delete", "Retain", "Snapshot"] as const;
const oneOf = <T extends string>(known: readonly T[], value: Json): T | undefined =>
  known.find((item) => item === value);
const propertiesOf = (value: Json): Properties | undefined => (isObject(value) ? propertiesFromJson(value) : undefined);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-product-attribute-reference.html */
const readers: Readonly<Record<string, (value: Json) => Attributes>> = {
  DependsOn: (value) => ({ dependsOn: [value].flat().filter((id): id is string => typeof id === "string") }),
  Condition: (value) => (typeof value === "string" ? { condition: value } : {}),
  DeletionPolicy: (value) => ({ deletionPolicy: oneOf(deletionPolicies, value) }),
  UpdateReplacePolicy: (value) => ({ updateReplacePolicy: oneOf(replacePolicies, value) }),
  CreationPolicy: (value) => present("creationPolicy", propertiesOf(value)),
  UpdatePolicy: (value) => present("updatePolicy", propertiesOf(value)),
  Metadata: (value) => present("metadata", propertiesOf(value)),
};

const present = <K extends keyof Attributes>(key: K, value: Attributes[K]): Attributes =>
  value === undefined ? {} : { [key]: value };

/** Attributes as CloudFormation knows them. It refuses any others, so those are kept in the metadata. */
function attributesOf(attributes: JsonObject): Attributes {
  let known: Attributes = {};
  const unknown: JsonObject = {};
  for (const [name, value] of Object.entries(attributes)) {
    const read = Object.hasOwn(readers, name) ? readers[name]?.(value) : undefined;
    if (read && Object.values(read).some((item) => item !== undefined)) known = { ...known, ...read };
    else unknown[name] = value;
  }
  if (Object.keys(unknown).length === 0) return known;
  return { ...known, metadata: { ...known.metadata, UnknownAttributes: propertiesFromJson(unknown) } };
}
