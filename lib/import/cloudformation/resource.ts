import { isObject, own } from "../../core/json";
import { pointer } from "../../core/pointer";
import { propertiesFromJson } from "../../stack/from-json";
import { isResourceType } from "../../stack/resource-types";
import type { Resource } from "../../stack/stack";
import type { Sections } from "./read";

const policies = {
  DeletionPolicy: ["Delete", "Retain", "Snapshot", "RetainExceptOnCreate"],
  UpdateReplacePolicy: ["Delete", "Retain", "Snapshot"],
} as const;

/** Attributes that a resource of the stack has a place for. */
const attributes = new Set([
  ...["Type", "Properties", "DependsOn", "Condition", "Metadata", "CreationPolicy", "UpdatePolicy"],
  ...Object.keys(policies),
]);

/** A resource as CloudFormation writes it; undefined, and said why, for what is none. */
export function readResource(from: Sections, id: string, made: unknown): Resource | undefined {
  const path = pointer("Resources", id);
  // A loop of the language extensions; `transforms.ts` says so.
  if (id.startsWith("Fn::")) {
    from.keep(["Resources", id], made);
    return undefined;
  }
  if (!/^[A-Za-z0-9]{1,255}$/.test(id)) {
    from.say(path, `“${id.slice(0, 60)}” is no logical id. Use letters and digits only.`);
    return undefined;
  }
  const type = isObject(made) ? own(made, "Type") : undefined;
  if (!isObject(made) || typeof type !== "string" || !/^[A-Za-z0-9]+::[A-Za-z0-9_@:-]+$/.test(type)) {
    from.say(path, `The resource ${id} has no Type. Say what it is, AWS::ECS::Service for example.`);
    return undefined;
  }
  const properties = own(made, "Properties") ?? {};
  if (!isObject(properties)) {
    from.say(`${path}/Properties`, `The Properties of ${id} have to be a map. Write one property a line.`);
    return undefined;
  }
  const common = {
    id,
    properties: propertiesFromJson(properties),
    origins: { "": [{ node: id, why: "drawn" as const }] },
  };
  const resource: Resource = isResourceType(type) ? { ...common, type } : { ...common, type, raw: true };
  dependencies(from, resource, own(made, "DependsOn"));
  const condition = own(made, "Condition");
  if (typeof condition === "string") resource.condition = condition;
  else if (condition !== undefined) {
    from.say(`${path}/Condition`, `The Condition of ${id} has to be the name of one. Name one of the Conditions.`);
  }
  for (const [key, to] of [
    ["Metadata", "metadata"],
    ["CreationPolicy", "creationPolicy"],
    ["UpdatePolicy", "updatePolicy"],
  ] as const) {
    const value = own(made, key);
    if (isObject(value)) resource[to] = propertiesFromJson(value);
    else if (value !== undefined && value !== null) {
      from.say(`${path}/${key}`, `${key} of ${id} has to be a map. Write one entry a line.`);
    }
  }
  keepPolicies(from, resource, made);
  for (const [key, value] of Object.entries(made)) {
    if (!attributes.has(key)) from.keep(["Resources", id, key], value);
  }
  return resource;
}

function dependencies(from: Sections, resource: Resource, given: unknown): void {
  if (given === undefined || given === null) return;
  const all = Array.isArray(given) ? given : [given];
  if (all.every((item) => typeof item === "string")) {
    if (all.length > 0) resource.dependsOn = [...all];
    return;
  }
  from.say(
    pointer("Resources", resource.id, "DependsOn"),
    `DependsOn of ${resource.id} has to be logical ids, without a function. Name the resources themselves.`,
  );
}

/** One of the words that the policy knows; a function of the language extensions is kept beside. */
function keepPolicies(from: Sections, resource: Resource, made: Record<string, unknown>): void {
  for (const [key, to] of [
    ["DeletionPolicy", "deletionPolicy"],
    ["UpdateReplacePolicy", "updateReplacePolicy"],
  ] as const) {
    const value = own(made, key);
    if (value === undefined) continue;
    if ((policies[key] as readonly unknown[]).includes(value)) Object.assign(resource, { [to]: value });
    else if (isObject(value)) from.keep(["Resources", resource.id, key], value);
    else {
      from.say(
        pointer("Resources", resource.id, key),
        `${key} of ${resource.id} is none of ${policies[key].join(", ")}. Use one of these.`,
      );
    }
  }
}
