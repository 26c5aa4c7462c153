/** A resource after the differences that mean nothing (lib/export/cdk/PARITY.md) are gone. */
export interface NormalResource {
  /** Logical id, or the id of the construct that made it: only for messages. */
  name: string;
  /** The name where both templates have it; empty where a construct made the resource by itself. */
  identity: string;
  type: string;
  properties: unknown;
  /** Everything that CloudFormation finishes before it begins with this one. */
  waits: readonly { id: string; part: string }[];
  condition?: string;
  policies: Record<string, string>;
}

export interface NormalTemplate {
  description: unknown;
  parameters: Record<string, unknown>;
  conditions: Record<string, unknown>;
  outputs: Record<string, unknown>;
  resources: Record<string, NormalResource>;
}

interface Json {
  [key: string]: unknown;
}
interface Given {
  Type: string;
  Properties?: Json;
  DependsOn?: string | string[];
  Condition?: string;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
  Metadata?: Json;
  [key: string]: unknown;
}

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

/** Lists whose order CloudFormation does not read. */
const unordered: ReadonlySet<string> = new Set([
  "Action",
  "CapacityProviders",
  "LoadBalancerAttributes",
  "ManagedPolicyArns",
  "Resource",
  "RouteTableIds",
  "SecurityGroups",
  "TargetGroupAttributes",
]);
/** Tags that the CDK makes of its paths; the stack does not tag. */
const tagLists: ReadonlySet<string> = new Set(["Tags", "FileSystemTags", "AccessPointTags", "TagSpecifications"]);
const isCdkTags = (value: unknown): boolean =>
  listOf(value).every((tag) => {
    const { Key, Tags } = (tag ?? {}) as { Key?: unknown; Tags?: unknown };
    return Tags !== undefined ? isCdkTags(Tags) : Key === "Name" || String(Key).startsWith("aws-cdk:");
  });

/** Values in one form: references, texts, sets. */
function normalValue(value: unknown, isResource: (id: string) => boolean, key = ""): unknown {
  const inner = (item: unknown, at = ""): unknown => normalValue(item, isResource, at);
  if (Array.isArray(value)) {
    const items = value.map((item) => inner(item));
    return unordered.has(key) ? { $set: items } : items;
  }
  if (!isObject(value)) return value;
  const [name, ...others] = Object.keys(value);
  if (name !== undefined && others.length === 0) {
    const argument = value[name];
    if (name === "Ref") return isResource(String(argument)) ? { $ref: [argument, "Ref"] } : { $parameter: argument };
    if (name === "Fn::GetAtt") {
      const [id, attribute] = Array.isArray(argument) ? argument : splitOnce(String(argument));
      return { $ref: [id, attribute] };
    }
    if (name === "Fn::Sub") return textOf(substituted(argument, isResource));
    if (
      name === "Fn::Join" &&
      Array.isArray(argument) &&
      typeof argument[0] === "string" &&
      Array.isArray(argument[1])
    ) {
      const parts = argument[1].flatMap((part, at) => [...(at > 0 ? [argument[0]] : []), inner(part)]);
      return textOf(parts);
    }
  }
  const result: Json = {};
  for (const [at, item] of Object.entries(value)) {
    if (tagLists.has(at) && isCdkTags(item)) continue;
    if (at === "Statement") result.Statement = { $set: listOf(item).flatMap((one) => atoms(one, isResource)) };
    else if (at !== "Sid") result[at] = inner(item, at);
  }
  return result;
}

function splitOnce(text: string): [string, string] {
  const dot = text.indexOf(".");
  return [text.slice(0, dot), text.slice(dot + 1)];
}

function substituted(argument: unknown, isResource: (id: string) => boolean): unknown[] {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
  const parts: unknown[] = [];
  let last = 0;
  for (const match of String(text).matchAll(/\$\{(!?)([^}]*)\}/g)) {
    parts.push(String(text).slice(last, match.index));
    last = match.index + match[0].length;
    const name = (match[2] as string).trim();
    if (match[1] === "!") parts.push(`\${${match[2]}}`);
    else if (isObject(variables) && Object.hasOwn(variables, name))
      parts.push(normalValue(variables[name], isResource));
    else parts.push(normalValue(name.includes(".") ? { "Fn::GetAtt": splitOnce(name) } : { Ref: name }, isResource));
  }
  return [...parts, String(text).slice(last)];
}

/** A text of literal and other parts, neighbours joined. */
function textOf(parts: readonly unknown[]): unknown {
  const flat = parts.flatMap((part) => (isObject(part) && Array.isArray(part.$text) ? part.$text : [part]));
  const joined: unknown[] = [];
  for (const part of flat) {
    if (part === "") continue;
    if (typeof part === "string" && typeof joined.at(-1) === "string") joined[joined.length - 1] += part as never;
    else joined.push(part);
  }
  const whole = withAttributes(joined);
  return whole.length === 0 ? "" : whole.length === 1 ? whole[0] : { $text: whole };
}

const pseudo = (name: string): unknown => ({ $parameter: `AWS::${name}` });

/** Attributes that the CDK spells out from other parts, by the id of their resource. */
const spelt: Readonly<Record<string, (id: string) => unknown[]>> = {
  // https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html
  RepositoryUri(id) {
    const piece = (index: number): unknown => ({
      "Fn::Select": [index, { "Fn::Split": [":", { $ref: [id, "Arn"] }] }],
    });
    return [piece(4), ".dkr.ecr.", piece(3), ".", pseudo("URLSuffix"), "/", { $ref: [id, "Ref"] }];
  },
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticfilesystem.html
  Arn: (id) => [
    "arn:",
    pseudo("Partition"),
    ":elasticfilesystem:",
    pseudo("Region"),
    ":",
    pseudo("AccountId"),
    ":access-point/",
    { $ref: [id, "Ref"] },
  ],
};

/** Texts that say an attribute in other words, as that attribute. */
function withAttributes(parts: readonly unknown[]): unknown[] {
  const result: unknown[] = [];
  for (let at = 0; at < parts.length; at += 1) {
    const found = Object.entries(spelt).flatMap(([name, spell]) => {
      const length = spell("").length;
      const id = (parts[at + length - 1] as { $ref?: [string, string] } | undefined)?.$ref?.[0];
      const same = id !== undefined && JSON.stringify(parts.slice(at, at + length)) === JSON.stringify(spell(id));
      return same ? [{ value: { $ref: [id, name] }, length }] : [];
    })[0];
    result.push(found ? found.value : parts[at]);
    if (found) at += found.length - 1;
  }
  return result;
}

/** A statement as one entry for each action and resource: IAM unites statements. */
function atoms(statement: unknown, isResource: (id: string) => boolean): unknown[] {
  if (!isObject(statement)) return [statement];
  const { Action, Resource, Sid: _, ...rest } = statement;
  const actions = Action === undefined ? [undefined] : listOf(Action);
  const resources = Resource === undefined ? [undefined] : listOf(Resource);
  return actions.flatMap((action) =>
    resources.map((resource) => normalValue({ ...rest, Action: action, Resource: resource }, isResource)),
  );
}

export function normalise(template: object): NormalTemplate {
  const { Parameters, Conditions, Outputs, Resources } = template as Record<string, Json | undefined>;
  const given = Object.fromEntries(
    Object.entries((Resources ?? {}) as Record<string, Given>).filter(([, { Type }]) => Type !== "AWS::CDK::Metadata"),
  );
  const isResource = (id: string): boolean => Object.hasOwn(given, id);
  const folds = new Map<string, { id: string; part: string }>();
  const resources: Record<string, NormalResource & { properties: Json }> = {};
  const direct = new Map<string, string[]>();
  for (const [id, resource] of Object.entries(given)) {
    const properties = normalValue(resource.Properties ?? {}, isResource) as Json;
    direct.set(id, [...references(properties), ...(listOf(resource.DependsOn) as string[])]);
    const policies: Record<string, string> = {};
    for (const name of ["DeletionPolicy", "UpdateReplacePolicy"] as const) {
      const policy = resource[name];
      if (policy !== undefined && policy !== "Delete") policies[name] = policy;
    }
    for (const name of ["CreationPolicy", "UpdatePolicy"]) {
      if (resource[name] !== undefined) policies[name] = JSON.stringify(resource[name]);
    }
    resources[id] = {
      name: nameOf(id, resource),
      identity: nameOf(id, resource),
      type: resource.Type,
      properties,
      waits: [],
      policies,
      ...(resource.Condition === undefined ? {} : { condition: resource.Condition }),
    };
  }
  foldScaling(resources);
  foldRules(resources, folds);
  foldPolicies(resources, folds);
  for (const [id, resource] of Object.entries(resources)) {
    resource.waits = closure(id, direct)
      .map((other) => folds.get(other) ?? { id: other, part: "" })
      .filter((other) => other.id !== id);
    resource.waits = [...new Map(resource.waits.map((wait) => [`${wait.id} ${wait.part}`, wait])).values()];
  }
  const section = (values: Json | undefined): Record<string, unknown> =>
    Object.fromEntries(Object.entries(values ?? {}).map(([id, value]) => [id, normalValue(value, isResource)]));
  const parameters = section(Parameters);
  return {
    description: (template as Json).Description,
    parameters,
    conditions: section(Conditions),
    outputs: section(Outputs),
    resources,
  };
}

/** The construct's id, which is the logical id it was written for. */
function nameOf(id: string, { Metadata }: Given): string {
  const path = Metadata?.["aws:cdk:path"];
  if (typeof path !== "string") return id;
  const parts = path.split("/").filter((part) => part !== "Resource" && part !== "Default");
  return parts.at(-1) ?? id;
}

function references(value: unknown, into: string[] = []): string[] {
  if (Array.isArray(value)) for (const item of value) references(item, into);
  else if (isObject(value)) {
    if (Array.isArray(value.$ref)) into.push(String(value.$ref[0]));
    else for (const item of Object.values(value)) references(item, into);
  }
  return into;
}

/** All that a resource waits for, through references and DependsOn, at any distance. */
function closure(id: string, direct: ReadonlyMap<string, string[]>): string[] {
  const seen = new Set<string>();
  const open = [...(direct.get(id) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next) || !direct.has(next)) continue;
    seen.add(next);
    open.push(...(direct.get(next) ?? []));
  }
  return [...seen];
}

type Resources = Record<string, NormalResource & { properties: Json }>;
type Folds = Map<string, { id: string; part: string }>;

const targetOf = (value: unknown): string | undefined =>
  isObject(value) && Array.isArray(value.$ref) ? String(value.$ref[0]) : undefined;

/** The role that Application Auto Scaling takes for ECS. https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-service-linked-roles.html */
const SCALING_ROLE = {
  $text: [
    "arn:",
    pseudo("Partition"),
    ":iam::",
    pseudo("AccountId"),
    ":role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService",
  ],
};

/** Names of policies hold logical ids; a role is named that is taken anyway; the name of a load balancer is read from its listener's. */
function foldScaling(resources: Resources): void {
  for (const { type, properties } of Object.values(resources)) {
    if (type === "AWS::ApplicationAutoScaling::ScalableTarget") {
      if (JSON.stringify(properties.RoleARN) === JSON.stringify(SCALING_ROLE)) delete properties.RoleARN;
    } else if (type === "AWS::ApplicationAutoScaling::ScalingPolicy") {
      delete properties.PolicyName;
      const tracking = properties.TargetTrackingScalingPolicyConfiguration as Json | undefined;
      const metric = tracking?.PredefinedMetricSpecification as Json | undefined;
      const parts = (metric?.ResourceLabel as { $text?: unknown[] } | undefined)?.$text;
      const listener = isObject(parts?.[0]) ? references(parts[0])[0] : undefined;
      const piece = (at: number): unknown => ({
        "Fn::Select": [at, { "Fn::Split": ["/", { $ref: [listener, "Ref"] }] }],
      });
      const spelt = [piece(1), "/", piece(2), "/", piece(3)];
      if (!metric || !parts || listener === undefined || JSON.stringify(parts.slice(0, 5)) !== JSON.stringify(spelt))
        continue;
      const balancer = targetOf(resources[listener]?.properties.LoadBalancerArn);
      metric.ResourceLabel = { $text: [{ $ref: [balancer, "LoadBalancerFullName"] }, ...parts.slice(5)] };
    }
  }
}

/** Group rules inside the group and beside it are the same rule. */
function foldRules(resources: Resources, folds: Folds): void {
  for (const resource of Object.values(resources)) {
    if (resource.type !== "AWS::EC2::SecurityGroup") continue;
    for (const side of ["SecurityGroupIngress", "SecurityGroupEgress"]) {
      resource.properties[side] = { $set: listOf(resource.properties[side]) };
    }
  }
  for (const [id, { type, properties }] of Object.entries(resources)) {
    const side = /^AWS::EC2::(SecurityGroup(?:In|E)gress)$/.exec(type)?.[1];
    const { GroupId, ...rule } = properties;
    const group = targetOf(GroupId);
    const holder = side === undefined || group === undefined ? undefined : resources[group]?.properties[side];
    if (group === undefined || !isObject(holder)) continue;
    (holder.$set as unknown[]).push(rule);
    folds.set(id, { id: group, part: "" });
    delete resources[id];
  }
}

/** Policies belong to their roles, in one resource or several. */
function foldPolicies(resources: Resources, folds: Folds): void {
  const statementsOf = (role: Json): unknown[] => {
    role.$statements ??= { $set: [] };
    return (role.$statements as { $set: unknown[] }).$set;
  };
  const take = (role: Json, document: unknown): void => {
    const { Statement } = document as { Statement?: { $set: unknown[] } };
    statementsOf(role).push(...(Statement?.$set ?? []));
  };
  for (const [id, { type, properties }] of Object.entries(resources)) {
    if (type === "AWS::IAM::Role") {
      for (const policy of listOf(properties.Policies)) take(properties, (policy as Json).PolicyDocument);
      delete properties.Policies;
    }
    const roles = listOf(properties.Roles).map(targetOf);
    if (type !== "AWS::IAM::Policy" || roles.includes(undefined) || roles.length === 0) continue;
    for (const role of roles as string[]) {
      const holder = resources[role];
      if (holder) take(holder.properties, properties.PolicyDocument);
    }
    folds.set(id, { id: roles[0] as string, part: "policy of " });
    delete resources[id];
  }
}
