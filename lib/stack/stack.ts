import type { Pointer } from "../core/pointer";
import type { ResourceType } from "./resource-types";
import type { Properties, Value } from "./value";

/** Where a resource or a part of it comes from. `field` is a JSON Pointer into the node's or edge's props. */
export interface Origin {
  node?: string;
  edge?: string;
  field?: string;
  why: "drawn" | "default" | "derived";
}

interface Common {
  /** Logical id. */
  id: string;
  properties: Properties;
  dependsOn?: string[];
  condition?: string;
  deletionPolicy?: "Delete" | "Retain" | "Snapshot" | "RetainExceptOnCreate";
  updateReplacePolicy?: "Delete" | "Retain" | "Snapshot";
  creationPolicy?: Properties;
  updatePolicy?: Properties;
  metadata?: Properties;
  /** JSON Pointer into the resource → non-empty list; the longest prefix wins, "" is the resource itself. */
  origins: Record<Pointer, Origin[]>;
}

/** A resource of a type that every reader has a cell for. */
export interface Known<K extends ResourceType = ResourceType> extends Common {
  raw?: false;
  type: K;
}
/** Any other CloudFormation type, from a generic node: kept verbatim. */
export interface Raw extends Common {
  raw: true;
  type: string;
}
export type Resource = Known | Raw;

export interface Parameter {
  type: string;
  description: string;
  default?: string | number;
  allowedValues?: (string | number)[];
  /** What a text has to be like, for CloudFormation: a regular expression for the whole of it, in words that RE2 knows too. */
  allowedPattern?: string;
  /** What to give, when what was given is refused: one sentence. */
  constraintDescription?: string;
  minValue?: number;
  maxValue?: number;
  noEcho?: boolean;
  origin: Origin;
}

export interface Output {
  value: Value;
  description: string;
  /** Only where this condition holds. */
  condition?: string;
  origin: Origin;
}

/** Groups of resources that one idiomatic construct stands for (CDK reads these; CloudFormation and Terraform do not). */
export type Pattern =
  | "network"
  | "cluster"
  | "capacity"
  | "loadBalancer"
  | "loadBalancedService"
  | "service"
  | "scaling"
  | "taskDefinition"
  | "repository"
  | "fileSystem"
  | "bucket"
  | "queue"
  | "topic"
  | "secret"
  | "parameter"
  | "rule"
  | "schedule"
  | "grant"
  | "connection"
  | "serviceConnect"
  | "generic";

export interface Construct {
  pattern: Pattern;
  for: { node?: string; edge?: string };
  /** A whole resource, or a part of one (a policy statement, a group rule) by JSON Pointer. Each is in exactly one construct. */
  members: { resource: string; pointer?: Pointer }[];
}

/** Says that a stack stands for several environments at once, and how what differs between them is written. */
export interface Environments {
  /** Logical id of the parameter that names the environment. */
  parameter: string;
  /** Name of the mapping of scalars that differ: environment → key → value, read by `Fn::FindInMap`. */
  mapping: string;
  /** In order. */
  names: readonly string[];
  /** Condition of the stack → the environments that it holds in. */
  conditions: Readonly<Record<string, readonly string[]>>;
  /** Key in the metadata of resources: what they wait for in some environments only, as references. */
  waits: string;
  /** Logical ids that the stack of one environment does not use → those that it uses. */
  originalIds: Readonly<Record<string, string>>;
  /** Parameters that not every environment has alike: id → environment → the parameter there. */
  parameters: Readonly<Record<string, Readonly<Record<string, Parameter>>>>;
  /** Resources that outlive the stack in every environment, and the environments that ask for it. */
  kept: Readonly<Record<string, readonly string[]>>;
}

/** What a drawing creates, in CloudFormation's own vocabulary. Exists for faulty designs too. */
export interface Stack {
  description: string;
  parameters: Record<string, Parameter>;
  mappings: Record<string, Properties>;
  conditions: Record<string, Value>;
  /** In logical id order. */
  resources: Record<string, Resource>;
  outputs: Record<string, Output>;
  constructs: Construct[];
  /** Only in a stack that stands for several environments (environments.ts). */
  environments?: Environments;
}

/** The origins of a place in a resource: those of the longest known prefix. */
export function originsAt(resource: Resource, at: Pointer): Origin[] {
  for (let prefix = at; ; prefix = prefix.slice(0, prefix.lastIndexOf("/"))) {
    const found = Object.hasOwn(resource.origins, prefix) ? resource.origins[prefix] : undefined;
    if (found) return found;
    if (prefix === "") return [];
  }
}

/** Narrows a resource to one known type. */
export const isType = <K extends ResourceType>(resource: Resource | undefined, type: K): resource is Known<K> =>
  resource !== undefined && !resource.raw && resource.type === type;

/** All resources of one known type, in logical id order. */
export const resourcesOf = <K extends ResourceType>(stack: Stack, type: K): Known<K>[] =>
  Object.values(stack.resources).filter((resource): resource is Known<K> => isType(resource, type));
