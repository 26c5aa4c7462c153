import { isObject, own } from "../core/json";
import type { Resource, Stack } from "../stack/stack";
import { exportText, expressionText, Intrinsic, type Properties, targetOf, type Value } from "../stack/value";
import type { Text, Token } from "./text";

/** What texts of a stack mean: its resources, and the Region that it is drawn for, where that is known. */
export interface Names {
  stack: Stack;
  region: string | undefined;
  /** Where no Region says it: the partition that the ARNs of a template are written for. */
  partition?: string | undefined;
}

/** The account that the stack is deployed to. */
export const account: Token = { token: "AWS::AccountId", holds: "digits" };
const regionOf = ({ region }: Names): string | Token => region ?? { token: "AWS::Region", holds: "name" };
const partitionOf = ({ region, partition }: Names): string | Token => {
  if (region === undefined) return partition ?? { token: "AWS::Partition", holds: "name" };
  return region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
};

/** "arn:PARTITION:" and what follows; {region}, {account}, {name} and {parent}, what it belongs to, are filled in. */
interface Shape {
  arn: string;
  /** The property that may fix the name; without one AWS generates it. */
  property?: string;
  /** The property that names what it belongs to. */
  parent?: string;
  /** What `Ref` gives. */
  ref: "name" | "arn" | "other";
  /** Attributes that give the ARN or the name. */
  arns: readonly string[];
  names?: readonly string[];
  /** What the name is once AWS has added to the property. */
  suffix?: (id: string) => Text;
}

const revision = (id: string): Text => [":", { token: `${id}.Revision`, holds: "digits", own: true }];
/** Characters that Secrets Manager adds to a secret's name. https://docs.aws.amazon.com/secretsmanager/latest/userguide/getting-started.html */
export const SUFFIX = 6;
const secretSuffix = (id: string): Text => ["-", { token: `${id}.Suffix`, holds: "name", own: true, length: SUFFIX }];

/** https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html */
const shapes: Readonly<Record<string, Shape>> = {
  "AWS::DynamoDB::Table": {
    arn: "dynamodb:{region}:{account}:table/{name}",
    property: "TableName",
    ref: "name",
    arns: ["Arn"],
  },
  "AWS::ECR::Repository": {
    arn: "ecr:{region}:{account}:repository/{name}",
    property: "RepositoryName",
    ref: "name",
    arns: ["Arn"],
  },
  "AWS::ECS::Cluster": {
    arn: "ecs:{region}:{account}:cluster/{name}",
    property: "ClusterName",
    ref: "name",
    arns: ["Arn"],
  },
  "AWS::ECS::TaskDefinition": {
    arn: "ecs:{region}:{account}:task-definition/{name}",
    property: "Family",
    suffix: revision,
    ref: "arn",
    arns: ["TaskDefinitionArn"],
  },
  "AWS::EFS::AccessPoint": {
    arn: "elasticfilesystem:{region}:{account}:access-point/{name}",
    ref: "name",
    arns: ["Arn"],
    names: ["AccessPointId"],
  },
  "AWS::EFS::FileSystem": {
    arn: "elasticfilesystem:{region}:{account}:file-system/{name}",
    ref: "name",
    arns: ["Arn"],
    names: ["FileSystemId"],
  },
  "AWS::Events::Rule": { arn: "events:{region}:{account}:rule/{name}", property: "Name", ref: "other", arns: ["Arn"] },
  "AWS::IAM::Role": { arn: "iam::{account}:role/{name}", property: "RoleName", ref: "name", arns: ["Arn"] },
  "AWS::KMS::Key": { arn: "kms:{region}:{account}:key/{name}", ref: "name", arns: ["Arn"], names: ["KeyId"] },
  "AWS::Logs::LogGroup": {
    arn: "logs:{region}:{account}:log-group:{name}:*",
    property: "LogGroupName",
    ref: "name",
    arns: ["Arn"],
  },
  "AWS::S3::Bucket": { arn: "s3:::{name}", property: "BucketName", ref: "name", arns: ["Arn"] },
  "AWS::S3Files::AccessPoint": {
    arn: "s3files:{region}:{account}:file-system/{parent}/access-point/{name}",
    parent: "FileSystemId",
    ref: "name",
    arns: ["AccessPointArn"],
    names: ["AccessPointId"],
  },
  "AWS::S3Files::FileSystem": {
    arn: "s3files:{region}:{account}:file-system/{name}",
    ref: "arn",
    arns: ["FileSystemArn"],
    names: ["FileSystemId"],
  },
  "AWS::SNS::Topic": {
    arn: "sns:{region}:{account}:{name}",
    property: "TopicName",
    ref: "arn",
    arns: ["TopicArn"],
    names: ["TopicName"],
  },
  "AWS::SQS::Queue": {
    arn: "sqs:{region}:{account}:{name}",
    property: "QueueName",
    ref: "other",
    arns: ["Arn"],
    names: ["QueueName"],
  },
  "AWS::SSM::Parameter": {
    arn: "ssm:{region}:{account}:parameter/{name}",
    property: "Name",
    ref: "name",
    arns: [],
  },
  "AWS::SecretsManager::Secret": {
    arn: "secretsmanager:{region}:{account}:secret:{name}",
    property: "Name",
    suffix: secretSuffix,
    ref: "arn",
    arns: ["Id"],
  },
};

function nameOf(names: Names, resource: Resource, shape: Shape): Text {
  const given = shape.property === undefined ? undefined : resource.properties[shape.property];
  if (given === undefined) return [{ token: resource.id, holds: "name", own: true }];
  return [...textOf(names, given), ...(shape.suffix?.(resource.id) ?? [])];
}

/** ARN of a resource of the stack, part by part; a token of its own where its shape is not known here. */
export function arnOf(names: Names, id: string): Text {
  let known = arns.get(names);
  if (!known) {
    known = new Map();
    arns.set(names, known);
  }
  const found = known.get(id) ?? merged(arnFor(names, id));
  known.set(id, found);
  return found;
}

const arns = new WeakMap<Names, Map<string, Text>>();

/** Literal runs that follow each other as one. */
export function merged(text: Text): Text {
  const parts: (string | Token)[] = [];
  for (const part of text) {
    if (part === "") continue;
    const last = parts[parts.length - 1];
    if (typeof part === "string" && typeof last === "string") parts[parts.length - 1] = last + part;
    else parts.push(part);
  }
  return parts;
}

function arnFor(names: Names, id: string): Text {
  const resource = own(names.stack.resources, id);
  const shape = resource && own(shapes, resource.type);
  if (!resource || !shape) return [{ token: `${id}.Arn`, holds: "text", own: true }];
  // Roles may stand in a path, rules on a bus of their own.
  const { Path: path, EventBusName: bus } = resource.properties;
  const folder: Text =
    resource.type === "AWS::IAM::Role" && path !== undefined
      ? textOf(names, path).map((part) => (typeof part === "string" ? part.replace(/^\//, "") : part))
      : resource.type === "AWS::Events::Rule" && bus !== undefined
        ? [...textOf(names, bus), "/"]
        : [];
  const fill: Readonly<Record<string, Text>> = {
    region: [regionOf(names)],
    account: [account],
    name: [...folder, ...nameOf(names, resource, shape)],
    parent: parentOf(names, resource, shape),
  };
  return [
    "arn:",
    partitionOf(names),
    ":",
    ...shape.arn.split(/\{(\w+)\}/).flatMap((part, index) => (index % 2 === 0 ? [part] : (fill[part] ?? []))),
  ];
}

function parentOf(names: Names, { id, properties }: Resource, { parent }: Shape): Text {
  const value = parent === undefined ? undefined : properties[parent];
  const target = targetOf(value);
  if (target !== undefined && Object.hasOwn(names.stack.resources, target)) return physicalName(names, target);
  return value === undefined ? [{ token: `${id}.parent`, holds: "name" }] : textOf(names, value);
}

/** Name of a resource of the stack, as `Ref` or an attribute gives it. */
export function physicalName(names: Names, id: string): Text {
  const resource = own(names.stack.resources, id);
  const shape = resource && own(shapes, resource.type);
  return resource && shape ? nameOf(names, resource, shape) : [{ token: id, holds: "text", own: true }];
}

const pseudo: Readonly<Record<string, (names: Names) => Text>> = {
  "AWS::Region": (names) => [regionOf(names)],
  "AWS::Partition": (names) => [partitionOf(names)],
  "AWS::AccountId": () => [account],
  "AWS::URLSuffix": ({ region }) => [region?.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com"],
  "AWS::StackName": () => [{ token: "AWS::StackName", holds: "name" }],
};

function reference(names: Names, id: string, attribute: string | undefined): Text {
  const fixed = attribute === undefined ? own(pseudo, id) : undefined;
  if (fixed) return fixed(names);
  const resource = own(names.stack.resources, id);
  const shape = resource && own(shapes, resource.type);
  const whole = attribute === undefined ? id : `${id}.${attribute}`;
  if (!resource) return [{ token: whole, holds: "text" }];
  if (shape && (attribute === undefined ? shape.ref === "arn" : shape.arns.includes(attribute)))
    return arnOf(names, id);
  if (shape && (attribute === undefined ? shape.ref === "name" : shape.names?.includes(attribute))) {
    return nameOf(names, resource, shape);
  }
  if (attribute === "Arn") return arnOf(names, id);
  return [{ token: whole, holds: "text", own: true }];
}

const readers: Readonly<Record<string, (names: Names, argument: Value) => Text | undefined>> = {
  Ref: (names, argument) => (typeof argument === "string" ? reference(names, argument, undefined) : undefined),
  "Fn::GetAtt": (names, argument) => {
    const parts = Array.isArray(argument) ? argument : typeof argument === "string" ? argument.split(".") : [];
    if (!parts.every((part): part is string => typeof part === "string")) return undefined;
    const [id, ...rest] = parts;
    return id === undefined || rest.length === 0 ? undefined : reference(names, id, rest.join("."));
  },
  "Fn::Join": (names, argument) => {
    if (!Array.isArray(argument) || typeof argument[0] !== "string" || !Array.isArray(argument[1])) return undefined;
    const [separator, parts] = argument as [string, Value[]];
    return parts.flatMap((part, index) => [
      ...(index > 0 && separator !== "" ? [separator] : []),
      ...textOf(names, part),
    ]);
  },
  "Fn::Sub": (names, argument) => {
    const text = Array.isArray(argument) ? argument[0] : argument;
    const local = Array.isArray(argument) && isObject(argument[1]) ? (argument[1] as Properties) : {};
    if (typeof text !== "string") return undefined;
    return text.split(/(\$\{[^}]*\})/).flatMap((part): Text => {
      const key = /^\$\{([^}]*)\}$/.exec(part)?.[1];
      if (key === undefined) return part === "" ? [] : [part];
      if (key.startsWith("!")) return literal(`\${${key.slice(1)}}`);
      if (Object.hasOwn(local, key)) return textOf(names, local[key] as Value);
      const [id = "", ...rest] = key.split(".");
      return reference(names, id, rest.length > 0 ? rest.join(".") : undefined);
    });
  },
};

/** `${aws:username}` and the like are policy variables, which IAM fills in for each request. */
const literal = (text: string): Text => (text !== "" && !text.includes("${") ? [text] : variablesIn(text));

const variablesIn = (text: string): Text =>
  text.split(/(\$\{[^}]*\})/).flatMap((part): Text => {
    const variable = /^\$\{([^}]+)\}$/.exec(part)?.[1];
    if (variable === undefined) return part === "" ? [] : [part];
    return /^[*?$]$/.test(variable) ? [variable] : [{ token: variable, holds: "text" }];
  });

/** A value as a text; what cannot be read is a single token. */
export function textOf(names: Names, value: Value): Text {
  if (typeof value === "string") return literal(value);
  if (typeof value === "number" || typeof value === "boolean") return [String(value)];
  if (value instanceof Intrinsic) {
    const read = own(readers, value.name)?.(names, value.argument);
    if (read) return merged(read);
  }
  return [{ token: exportText(value) ?? expressionText(value), holds: "text" }];
}

/** The resource of the stack that a value names: by Ref, by an attribute or by its full name. */
export const resourceNamed = (names: Names, value: Value | undefined): Resource | undefined => {
  const id = targetOf(value);
  return id === undefined ? undefined : own(names.stack.resources, id);
};
