import { type ManagedStatement, managedPolicy, policyCalled } from "../aws/managed-policies";
import { isObject } from "../core/json";
import type { Pointer } from "../core/pointer";
import { list } from "../core/text";
import type { Resource, Stack } from "../stack/stack";
import { Intrinsic, type Properties, targetOf, type Value } from "../stack/value";
import { type Names, textOf } from "./names";
import { show, type Text } from "./text";

/** One statement of a policy, and where it is written. */
export interface Statement {
  /** Logical id of the resource that holds it, or that carries the policy of AWS. */
  resource: string;
  /** JSON Pointer into that resource. */
  pointer: Pointer;
  /** Name of the policy of AWS that it is from. */
  managed?: string;
  allows: boolean;
  actions: { not: boolean; patterns: readonly Value[] };
  /** Undefined in policies of resources that say none: the resource itself. */
  resources: { not: boolean; patterns: readonly Text[] } | undefined;
  principals: { not: boolean; value: Value } | undefined;
  conditions: Value | undefined;
}

/** What a role may do, or what a resource says of those who come. */
export interface Policies {
  statements: readonly Statement[];
  /** Why there may be more than these, in full sentences; each may allow, and refuse. */
  unknown: readonly { why: string; mayRefuse: boolean }[];
  /** What a role may do at the most, whatever its policies say. */
  boundary?: { name: string; statements: readonly Statement[]; unknown: readonly { why: string }[] };
  /** Policies that it is to carry and that do not exist, in full sentences. */
  missing?: readonly string[];
}

/** All policies of a stack, by the role that they speak of and by the resource that they guard. */
export interface AllPolicies {
  /** By logical id; by ARN or name for roles outside the stack. */
  ofRole(role: string): Policies;
  /** By logical id; undefined where the resource has none. */
  ofResource(id: string): Policies | undefined;
  /** Every role of the stack, and every name outside it, that a policy speaks of. */
  roles: readonly string[];
  guarded: readonly string[];
}

interface Draft {
  statements: Statement[];
  unknown: { why: string; mayRefuse: boolean }[];
  boundary?: { name: string } & Draft;
  missing?: string[];
}
const draft = (): Draft => ({ statements: [], unknown: [] });
const listOf = (value: Value | undefined): readonly Value[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];
const isMap = (value: unknown): value is Properties => isObject(value) && !(value instanceof Intrinsic);

/** Types that hold the policy of a resource: the property with the document, and those that name what it guards. */
const guards: Readonly<Record<string, { document: string; of: string }>> = {
  "AWS::SQS::QueuePolicy": { document: "PolicyDocument", of: "Queues" },
  "AWS::SQS::QueueInlinePolicy": { document: "PolicyDocument", of: "Queue" },
  "AWS::SNS::TopicPolicy": { document: "PolicyDocument", of: "Topics" },
  "AWS::SNS::TopicInlinePolicy": { document: "PolicyDocument", of: "TopicArn" },
  "AWS::S3::BucketPolicy": { document: "PolicyDocument", of: "Bucket" },
  "AWS::SecretsManager::ResourcePolicy": { document: "ResourcePolicy", of: "SecretId" },
  "AWS::ECR::Repository": { document: "RepositoryPolicyText", of: "self" },
  "AWS::EFS::FileSystem": { document: "FileSystemPolicy", of: "self" },
  "AWS::S3Files::FileSystemPolicy": { document: "Policy", of: "FileSystemId" },
  "AWS::KMS::Key": { document: "KeyPolicy", of: "self" },
  "AWS::IAM::Role": { document: "AssumeRolePolicyDocument", of: "self" },
};

/** Types that hold a policy of roles apart from them, and the property that names the roles. */
const identities: Readonly<Record<string, string>> = {
  "AWS::IAM::Policy": "Roles",
  "AWS::IAM::ManagedPolicy": "Roles",
  "AWS::IAM::RolePolicy": "RoleName",
};

/** Reads every policy of the stack once. Never throws: what cannot be read is said. */
export function policiesOf(names: Names): AllPolicies {
  const ofRole = new Map<string, Draft>();
  const ofResource = new Map<string, Draft>();
  const writers = new Map<string, string[]>();
  const role = (value: Value): Draft => draftOf(ofRole, keyOf(names, value));
  for (const resource of Object.values(names.stack.resources)) {
    const guard = Object.hasOwn(guards, resource.type) ? guards[resource.type] : undefined;
    const document = guard && resource.properties[guard.document];
    if (guard && document !== undefined) {
      const guarded = guard.of === "self" ? [resource.id] : listOf(resource.properties[guard.of]).map(guardedKey);
      for (const id of guarded) {
        writers.set(id, [...(writers.get(id) ?? []), resource.id]);
        read(names, draftOf(ofResource, id), resource, `/properties/${guard.document}`, document);
      }
    }
    const speaksOf = Object.hasOwn(identities, resource.type) ? identities[resource.type] : undefined;
    for (const value of speaksOf === undefined ? [] : listOf(resource.properties[speaksOf])) {
      read(names, role(value), resource, "/properties/PolicyDocument", resource.properties.PolicyDocument);
    }
    if (resource.type === "AWS::IAM::Role") readRole(names, draftOf(ofRole, resource.id), resource);
  }
  // A queue, topic or bucket keeps one policy, and each of several replaces what was there.
  for (const [id, ids] of writers) {
    if (ids.length < 2) continue;
    const why = `${list(ids)} each set the policy of ${id}, which keeps only one; which one that is, only the deployment tells.`;
    ofResource.set(id, { statements: [], unknown: [{ why, mayRefuse: true }] });
  }
  const outside = (key: string): Policies => {
    const known = ofRole.get(key) ?? draft();
    const why = `The role ${key} exists outside the design, and so do its policies.`;
    return { statements: known.statements, unknown: [...known.unknown, { why, mayRefuse: true }] };
  };
  const isRole = (key: string): boolean => Object.hasOwn(names.stack.resources, key);
  return {
    ofRole: (key) => (isRole(key) ? (ofRole.get(key) ?? draft()) : outside(key)),
    ofResource: (id) => ofResource.get(id),
    roles: [...ofRole.keys()].sort(),
    guarded: [...ofResource.keys()].sort(),
  };
}

function draftOf(map: Map<string, Draft>, key: string): Draft {
  const found = map.get(key) ?? draft();
  map.set(key, found);
  return found;
}

/** What names a role: its logical id, also where its name or ARN is written out; else its ARN or name. */
export function keyOf(names: Names, value: Value): string {
  const id = targetOf(value);
  if (id !== undefined && Object.hasOwn(names.stack.resources, id)) return id;
  const text = show(textOf(names, value));
  const name = text.replace(/^arn:[^:]*:iam::\$\{AWS::AccountId\}:role\/(.*\/)?/, "");
  return rolesByName(names).get(name) ?? text;
}

const named = new WeakMap<Names, ReadonlyMap<string, string>>();

/** Roles of the stack whose name is given, by that name. */
function rolesByName(names: Names): ReadonlyMap<string, string> {
  const known = named.get(names);
  if (known) return known;
  const found = new Map(
    Object.values(names.stack.resources).flatMap(({ id, type, properties: { RoleName } }) =>
      type === "AWS::IAM::Role" && RoleName !== undefined ? [[show(textOf(names, RoleName)), id] as const] : [],
    ),
  );
  named.set(names, found);
  return found;
}

const guardedKey = (value: Value): string => targetOf(value) ?? JSON.stringify(value);

function readRole(names: Names, into: Draft, resource: Resource): void {
  const { Policies: inline, ManagedPolicyArns: managed, PermissionsBoundary: boundary } = resource.properties;
  listOf(inline).forEach((policy, index) => {
    const document = isMap(policy) ? policy.PolicyDocument : policy;
    read(names, into, resource, `/properties/Policies/${index}/PolicyDocument`, document);
  });
  listOf(managed).forEach((value, index) => {
    readManaged(names, into, resource, value, `/properties/ManagedPolicyArns/${index}`);
  });
  if (boundary === undefined) return;
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
  const bound = { name: keyOf(names, boundary), ...draft() };
  readManaged(names, bound, resource, boundary, "/properties/PermissionsBoundary");
  into.boundary = bound;
}

/** A policy that a role carries by its ARN. */
function readManaged(names: Names, into: Draft, resource: Resource, value: Value, pointer: Pointer): void {
  const id = targetOf(value);
  const own = id === undefined ? undefined : stackPolicy(names.stack, id);
  if (own) {
    read(names, into, own, "/properties/PolicyDocument", own.properties.PolicyDocument);
    return;
  }
  const arn = show(textOf(names, value));
  const known = managedPolicy(arn.replace("${AWS::Partition}", "aws"));
  const name = arn.slice(arn.lastIndexOf("/") + 1);
  if (known) {
    for (const statement of known.statements) into.statements.push(ofManaged(resource.id, pointer, name, statement));
    return;
  }
  const whole = /^arn:[^:]*:iam::aws:policy\//.test(arn) ? policyCalled(name) : undefined;
  if (whole !== undefined) {
    into.missing = [
      ...(into.missing ?? []),
      `There is no policy ${arn}, so that AWS refuses ${resource.id}: it is called arn:aws:iam::aws:policy/${whole}.`,
    ];
    return;
  }
  // The policies that AWS keeps for roles only allow.
  const mayRefuse = !/^arn:[^:]*:iam::aws:policy\//.test(arn);
  into.unknown.push({
    why: `${resource.id} carries the policy ${arn}, whose statements are not known here.`,
    mayRefuse,
  });
}

const stackPolicy = (stack: Stack, id: string): Resource | undefined =>
  Object.hasOwn(stack.resources, id) && stack.resources[id]?.type === "AWS::IAM::ManagedPolicy"
    ? stack.resources[id]
    : undefined;

const ofManaged = (resource: string, pointer: Pointer, managed: string, statement: ManagedStatement): Statement => ({
  resource,
  pointer,
  managed,
  allows: true,
  actions: { not: false, patterns: statement.actions },
  resources: { not: false, patterns: statement.resources.map((text) => [text]) },
  principals: undefined,
  conditions: statement.conditions as Properties | undefined,
});

function read(names: Names, into: Draft, resource: Resource, pointer: Pointer, document: Value | undefined): void {
  const parsed = typeof document === "string" ? parsedText(document) : document;
  if (!isMap(parsed)) {
    into.unknown.push({
      why: `The policy of ${resource.id} is known only when the template is deployed.`,
      mayRefuse: true,
    });
    return;
  }
  const many = Array.isArray(parsed.Statement);
  listOf(parsed.Statement).forEach((statement, index) => {
    const at = many ? `${pointer}/Statement/${index}` : `${pointer}/Statement`;
    if (!isMap(statement)) {
      into.unknown.push({
        why: `A statement of ${resource.id} is known only when the template is deployed.`,
        mayRefuse: true,
      });
      return;
    }
    into.statements.push(statementOf(names, resource.id, at, statement));
  });
}

function parsedText(text: string): Value | undefined {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}

/** Of a name and its opposite: "Action" and "NotAction". */
function element(statement: Properties, name: string): { not: boolean; value: Value } | undefined {
  const [plain, opposite] = [statement[name], statement[`Not${name}`]];
  if (plain !== undefined) return { not: false, value: plain };
  return opposite === undefined ? undefined : { not: true, value: opposite };
}

function statementOf(names: Names, resource: string, pointer: Pointer, statement: Properties): Statement {
  const actions = element(statement, "Action");
  const resources = element(statement, "Resource");
  return {
    resource,
    pointer,
    allows: statement.Effect === "Allow",
    actions: { not: actions?.not ?? false, patterns: listOf(actions?.value) },
    resources: resources && {
      not: resources.not,
      patterns: listOf(resources.value).map((value) => textOf(names, value)),
    },
    principals: element(statement, "Principal"),
    conditions: statement.Condition,
  };
}
