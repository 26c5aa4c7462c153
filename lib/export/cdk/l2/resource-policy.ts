import type { ResourceType } from "../../../stack/resource-types";
import type { Known } from "../../../stack/stack";
import { att, Intrinsic, join, type Properties, ref, targetOf, type Value } from "../../../stack/value";
import { arr, type Expr, lit, make, member, method, obj, raw, type Variable } from "../code";
import { cfnClass } from "../modules";
import { json, str } from "../values";
import { type Handle, originOf, type Writing } from "../writing";
import { child, isText, same } from "./shared";
import type { OwnPolicy } from "./single";

/** The type of the policy that a resource carries, and the property that names the resource. */
const policies = {
  "AWS::S3::Bucket": { type: "AWS::S3::BucketPolicy", of: "Bucket", listed: false },
  "AWS::SNS::Topic": { type: "AWS::SNS::TopicPolicy", of: "Topics", listed: true },
  "AWS::SQS::Queue": { type: "AWS::SQS::QueuePolicy", of: "Queues", listed: true },
} as const satisfies { readonly [T in ResourceType]?: { type: ResourceType; of: string; listed: boolean } };

/** How a construct takes on the policy of its resource. */
export const ownPolicy: OwnPolicy = {
  policyOf: resourcePolicyOf,
  handle: resourcePolicyHandle,
  write: writeResourcePolicy,
};

/** `enforceSSL: true` where the first statement is the one that it writes. */
export function enforceSsl(writing: Writing, resource: Known): Expr | undefined {
  const policy = resourcePolicyOf(writing, resource);
  return policy && isTlsOnly(policy, 0) ? lit(true) : undefined;
}

/** The statements that the classes write, by the type of their policy. */
const tlsOnly: Readonly<Record<string, (id: string) => Properties>> = {
  "AWS::S3::BucketPolicy": (id) => ({
    Action: "s3:*",
    Principal: { AWS: "*" },
    Resource: [att(id, "Arn"), join("", [att(id, "Arn"), "/*"])],
  }),
  "AWS::SNS::TopicPolicy": (id) => ({
    Action: "sns:Publish",
    Principal: "*",
    Resource: ref(id),
    Sid: "AllowPublishThroughSSLOnly",
  }),
  "AWS::SQS::QueuePolicy": (id) => ({ Action: "sqs:*", Principal: { AWS: "*" }, Resource: att(id, "Arn") }),
};

function isTlsOnly({ type, properties }: Known, at: number): boolean {
  if (at > 0) return false;
  const of = Object.values(policies).find((one) => one.type === type)?.of ?? "";
  const value = properties[of];
  const id = targetOf(Array.isArray(value) ? value[0] : value) ?? "";
  const { Statement } = properties.PolicyDocument as { Statement: Properties[] };
  const refused = { Condition: { Bool: { "aws:SecureTransport": "false" } }, Effect: "Deny" };
  return same(Statement[at], { ...tlsOnly[type]?.(id), ...refused });
}

/** The policy of a queue, topic or bucket, where `addToResourcePolicy` says all of it. */
export function resourcePolicyOf(writing: Writing, resource: Known): Known | undefined {
  const shape = policies[resource.type as keyof typeof policies];
  const [policy, ...others] = shape
    ? writing.usersOf(resource.id, shape.type).filter((one) => names(one, resource))
    : [];
  if (!shape || !policy || others.length > 0) return undefined;
  if (policy.condition !== undefined || (policy.dependsOn ?? []).length > 0 || writing.isCircular(policy))
    return undefined;
  const { [shape.of]: of, PolicyDocument, ...more } = policy.properties;
  const own = shape.listed ? [ref(resource.id)] : ref(resource.id);
  const { Statement, Version, ...rest } = PolicyDocument as Properties;
  return same(of, own) &&
    Object.keys(more).length + Object.keys(rest).length === 0 &&
    Version === "2012-10-17" &&
    Array.isArray(Statement) &&
    Statement.length > 0 &&
    Statement.every((one, at) => isTlsOnly(policy, at) || principalOf(writing, one as Properties) !== undefined)
    ? policy
    : undefined;
}

function names({ properties, type }: Known, { id }: Known): boolean {
  const of = Object.values(policies).find((one) => one.type === type)?.of ?? "";
  const value = properties[of];
  return (Array.isArray(value) ? value : [value]).some((one) => targetOf(one) === id);
}

/** How the code speaks of the policy that a queue, topic or bucket has made. */
function resourcePolicyHandle(variable: Variable, policy: Known): Handle {
  const l1 = child(variable, 'findChild("Policy").node.defaultChild', cfnClass(policy.type));
  return { variable, ref: member(l1, "ref"), attribute: (name) => member(l1, `attr${name}`), l1 };
}

/** Everything that a policy says but what `enforceSSL` does, as `queue.addToResourcePolicy(…)`. */
function writeResourcePolicy(writing: Writing, policy: Known, variable: Variable): void {
  const { Statement } = policy.properties.PolicyDocument as { Statement: Properties[] };
  Statement.forEach((statement, at) => {
    if (isTlsOnly(policy, at)) return;
    const from = originOf(policy, `/properties/PolicyDocument/Statement/${at}`);
    const expr = method(variable, "addToResourcePolicy", statementOf(writing, statement));
    writing.program.run(expr, { ...writing.place(policy), from });
  });
}

function statementOf(writing: Writing, { Action, Condition, Effect, Principal, Resource }: Properties): Expr {
  const texts = (value: Value): Expr => arr((Array.isArray(value) ? value : [value]).map((one) => str(writing, one)));
  const props = obj({
    effect: Effect === "Deny" ? raw("iam.Effect.DENY") : undefined,
    principals: arr([principalOf(writing, { Action, Effect, Principal, Resource } as Properties) as Expr]),
    actions: texts(Action as Value),
    resources: texts(Resource as Value),
    conditions: Condition === undefined ? undefined : json(writing, Condition),
  });
  return make("iam.PolicyStatement", props);
}

/** Whom a statement is about; undefined for a statement that the class does not know. */
function principalOf(writing: Writing, { Action, Effect, Principal, Resource, ...more }: Properties): Expr | undefined {
  const others = Object.keys(more).filter((key) => key !== "Condition" && key !== "Sid");
  if (others.length > 0 || Action === undefined || Resource === undefined) return undefined;
  if (Effect !== "Allow" && Effect !== "Deny") return undefined;
  if (typeof Principal !== "object" || Principal === null || Array.isArray(Principal) || Principal instanceof Intrinsic)
    return undefined;
  const [[kind, who] = ["", ""], ...rest] = Object.entries(Principal);
  if (rest.length > 0 || (!isText(who) && !(who instanceof Intrinsic))) return undefined;
  if (kind === "Service" && isText(who)) return make("iam.ServicePrincipal", lit(who));
  if (kind !== "AWS") return undefined;
  return who === "*" ? raw("new iam.AnyPrincipal()") : make("iam.ArnPrincipal", str(writing, who));
}
