import { readAt } from "../core/pointer";
import type { Document } from "../document/document";
import { buildModel } from "../model/build";
import { lower } from "../stack/lower";
import { originsAt, type Resource, type Stack } from "../stack/stack";
import { Intrinsic, referredBy, type Value } from "../stack/value";

/** The stack of a document. */
export const stackOf = (document: Document): Stack => lower(buildModel(document));

/** A value as the template's long form, for printing and comparing. */
export function plain(value: Value): unknown {
  if (value instanceof Intrinsic) return { [value.name]: plain(value.argument) };
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

const isKnown = (stack: Stack, id: string): boolean =>
  id.startsWith("AWS::") || Object.hasOwn(stack.resources, id) || Object.hasOwn(stack.parameters, id);

const targetsOf = (resource: Resource): Set<string> =>
  new Set([...referredBy(resource.properties), ...(resource.dependsOn ?? [])]);

/** Everything that breaks a law of stacks, in words; empty for a good one. */
export function stackFaults(stack: Stack): string[] {
  return [...references(stack), ...cycles(stack), ...names(stack), ...origins(stack), ...constructs(stack)];
}

function references(stack: Stack): string[] {
  const said: string[] = [];
  for (const resource of Object.values(stack.resources)) {
    for (const id of targetsOf(resource)) if (!isKnown(stack, id)) said.push(`${resource.id} refers to ${id}`);
  }
  for (const [name, output] of Object.entries(stack.outputs)) {
    for (const id of referredBy(output.value)) if (!isKnown(stack, id)) said.push(`output ${name} refers to ${id}`);
  }
  return said;
}

function cycles(stack: Stack): string[] {
  const said: string[] = [];
  const state = new Map<string, "open" | "done">();
  const visit = (id: string, trail: string[]): void => {
    if (state.get(id) === "done") return;
    if (state.get(id) === "open") {
      said.push(`cycle ${[...trail.slice(trail.indexOf(id)), id].join(" → ")}`);
      return;
    }
    const resource = stack.resources[id];
    if (!resource) return;
    state.set(id, "open");
    for (const target of targetsOf(resource)) visit(target, [...trail, id]);
    state.set(id, "done");
  };
  for (const id of Object.keys(stack.resources)) visit(id, []);
  return said;
}

function names(stack: Stack): string[] {
  const said: string[] = [];
  for (const [id, resource] of Object.entries(stack.resources)) {
    if (resource.id !== id) said.push(`${id} is called ${resource.id}`);
    if (Object.hasOwn(stack.parameters, id)) said.push(`${id} is a parameter and a resource`);
    if (!/^[A-Za-z][A-Za-z0-9]{0,254}$/.test(id)) said.push(`${id} is no logical id`);
  }
  return said;
}

function origins(stack: Stack): string[] {
  const said: string[] = [];
  for (const resource of Object.values(stack.resources)) {
    if ((resource.origins[""] ?? []).length === 0) said.push(`${resource.id} has no origin`);
    for (const [at, list] of Object.entries(resource.origins)) {
      if (list.length === 0) said.push(`${resource.id}${at} has an empty list of origins`);
      if (readAt(resource, at) === undefined) said.push(`${resource.id}${at} has an origin but no value`);
    }
    for (const name of Object.keys(resource.properties)) {
      if (originsAt(resource, `/properties/${name}`).length === 0) said.push(`${resource.id}.${name} has no origin`);
    }
  }
  return said;
}

/** Parts that a construct must name on their own: statements and written-in group rules. */
function partsOf(resource: Resource): string[] {
  const list = (at: string): string[] => {
    const items = readAt(resource, at);
    return Array.isArray(items) ? items.map((_, index) => `${at}/${index}`) : [];
  };
  const policies = ["AWS::IAM::Policy", "AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy", "AWS::S3::BucketPolicy"];
  if (!resource.raw && policies.includes(resource.type)) return list("/properties/PolicyDocument/Statement");
  if (!resource.raw && resource.type === "AWS::EC2::SecurityGroup") return list("/properties/SecurityGroupIngress");
  return [];
}

function constructs(stack: Stack): string[] {
  const said: string[] = [];
  const seen = new Map<string, number>();
  for (const { members } of stack.constructs) {
    for (const { resource, pointer } of members) {
      const key = `${resource}${pointer ?? ""}`;
      seen.set(key, (seen.get(key) ?? 0) + 1);
      const target = stack.resources[resource];
      if (!target) said.push(`a construct names ${resource}, which does not exist`);
      else if (pointer !== undefined && readAt(target, pointer) === undefined) said.push(`${key} is not there`);
    }
  }
  for (const resource of Object.values(stack.resources)) {
    for (const key of [resource.id, ...partsOf(resource).map((at) => `${resource.id}${at}`)]) {
      const count = seen.get(key) ?? 0;
      if (count !== 1) said.push(`${key} is in ${count} constructs`);
    }
  }
  return said;
}

/** Properties of one resource as the template's long form; undefined when there is none of this id. */
export function propertiesOf(stack: Stack, id: string): Record<string, unknown> | undefined {
  const resource = stack.resources[id];
  return resource && (plain(resource.properties) as Record<string, unknown>);
}

/** Logical ids of all resources of a type. */
export const idsOfType = (stack: Stack, type: string): string[] =>
  Object.values(stack.resources)
    .filter((resource) => resource.type === type)
    .map((resource) => resource.id);

/** Container definitions of a task definition as the template's long form. */
export const containersIn = (stack: Stack, id: string): Record<string, unknown>[] =>
  (propertiesOf(stack, id)?.ContainerDefinitions ?? []) as Record<string, unknown>[];
