import type { ResourceType } from "../../../stack/resource-types";
import { isType, type Known, type Resource } from "../../../stack/stack";
import { Intrinsic, type Properties, targetOf, type Value } from "../../../stack/value";
import { arr, call, type Expr, lit, make, member, method, obj, raw, unlessEmpty } from "../code";
import { attributeName, writeAttributes, writeWaits } from "../l1";
import { cfnClass } from "../modules";
import { json, str } from "../values";
import { type Handle, isPlain, originOf, type Writing } from "../writing";

/** An L2 construct that stands for one resource, as far as it can say what the stack has. */
interface L2 {
  /** The class: "sqs.Queue". */
  type: string;
  /** What `Ref` is called on it. */
  ref: string;
  /** Attributes that have a name on it. */
  attributes: Readonly<Record<string, string>>;
  /** True when the construct with `props` synthesises to exactly this resource. */
  says(writing: Writing, resource: Known): boolean;
  props(writing: Writing, resource: Known): Expr;
  /** The class sets the deletion policies itself. */
  retains?: boolean;
}

const only = (resource: Known, ...keys: string[]): boolean =>
  Object.keys(resource.properties).every((key) => keys.includes(key));
const isNumber = (value: Value | undefined): value is number => typeof value === "number";

/** A time in its largest whole unit. */
function duration(seconds: number): Expr {
  const [unit, size] = (
    [
      ["days", 86_400],
      ["hours", 3_600],
      ["minutes", 60],
    ] as const
  ).find(([, length]) => seconds > 0 && seconds % length === 0) ?? ["seconds", 1];
  return call(raw(`Duration.${unit}`), lit(seconds / size));
}
const seconds = (value: Value | undefined): Expr | undefined => (isNumber(value) ? duration(value) : undefined);

const removal = { Delete: "DESTROY", Retain: "RETAIN", RetainExceptOnCreate: "RETAIN_ON_UPDATE_OR_DELETE" } as const;
const removalPolicy = ({ deletionPolicy }: Known): Expr | undefined =>
  deletionPolicy === undefined || deletionPolicy === "Snapshot"
    ? undefined
    : raw(`RemovalPolicy.${removal[deletionPolicy]}`);

/** Names of RetentionDays. https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_logs.RetentionDays.html */
const retentions: Readonly<Record<number, string>> = {
  1: "ONE_DAY",
  3: "THREE_DAYS",
  5: "FIVE_DAYS",
  7: "ONE_WEEK",
  14: "TWO_WEEKS",
  30: "ONE_MONTH",
  60: "TWO_MONTHS",
  90: "THREE_MONTHS",
  120: "FOUR_MONTHS",
  150: "FIVE_MONTHS",
  180: "SIX_MONTHS",
  365: "ONE_YEAR",
  400: "THIRTEEN_MONTHS",
  545: "EIGHTEEN_MONTHS",
  731: "TWO_YEARS",
  1827: "FIVE_YEARS",
  3653: "TEN_YEARS",
};

const queue: L2 = {
  type: "sqs.Queue",
  ref: "queueUrl",
  attributes: { Arn: "queueArn", QueueName: "queueName" },
  says(writing, resource) {
    const { properties } = resource;
    const times = ["DelaySeconds", "MessageRetentionPeriod", "ReceiveMessageWaitTimeSeconds", "VisibilityTimeout"];
    const dead = properties.RedrivePolicy as Properties | undefined;
    const target = writing.resource(targetOf(dead?.deadLetterTargetArn) ?? "");
    return (
      only(resource, ...times, "SqsManagedSseEnabled", "RedrivePolicy") &&
      times.every((key) => properties[key] === undefined || isNumber(properties[key])) &&
      properties.SqsManagedSseEnabled === true &&
      (dead === undefined ||
        (isNumber(dead.maxReceiveCount) &&
          target !== undefined &&
          target !== resource &&
          l2Of(writing, target) !== undefined))
    );
  },
  props(writing, { properties }) {
    const dead = properties.RedrivePolicy as Properties | undefined;
    const target = writing.handle(targetOf(dead?.deadLetterTargetArn) ?? "");
    return obj({
      visibilityTimeout: seconds(properties.VisibilityTimeout),
      retentionPeriod: seconds(properties.MessageRetentionPeriod),
      receiveMessageWaitTime: seconds(properties.ReceiveMessageWaitTimeSeconds),
      deliveryDelay: seconds(properties.DelaySeconds),
      encryption: raw("sqs.QueueEncryption.SQS_MANAGED"),
      deadLetterQueue:
        target && dead && isNumber(dead.maxReceiveCount)
          ? obj({ queue: target.variable, maxReceiveCount: lit(dead.maxReceiveCount) })
          : undefined,
    });
  },
};

const logGroup: L2 = {
  type: "logs.LogGroup",
  ref: "logGroupName",
  attributes: { Arn: "logGroupArn" },
  retains: true,
  says(_writing, resource) {
    const { LogGroupName, RetentionInDays } = resource.properties;
    return (
      only(resource, "LogGroupName", "RetentionInDays") &&
      resource.deletionPolicy !== undefined &&
      resource.deletionPolicy !== "Snapshot" &&
      typeof LogGroupName === "string" &&
      isNumber(RetentionInDays) &&
      Object.hasOwn(retentions, RetentionInDays)
    );
  },
  props: (writing, resource) =>
    obj({
      logGroupName: str(writing, resource.properties.LogGroupName as Value),
      retention: raw(`logs.RetentionDays.${retentions[resource.properties.RetentionInDays as number]}`),
      removalPolicy: removalPolicy(resource),
    }),
};

const topic: L2 = {
  type: "sns.Topic",
  ref: "topicArn",
  attributes: { TopicArn: "topicArn", TopicName: "topicName" },
  says: (_writing, resource) => only(resource),
  props: () => obj({}),
};

const role: L2 = {
  type: "iam.Role",
  ref: "roleName",
  attributes: { Arn: "roleArn", RoleId: "roleId" },
  says(_writing, resource) {
    const trust = trustOf(resource);
    return (
      only(resource, "AssumeRolePolicyDocument", "ManagedPolicyArns") &&
      trust !== undefined &&
      isPlain(trust.Principal) &&
      typeof (trust.Principal as Properties).Service === "string"
    );
  },
  props(writing, resource) {
    const { Principal, Condition } = trustOf(resource) as { Principal: { Service: string }; Condition?: Value };
    const conditions = Condition === undefined ? undefined : obj({ conditions: json(writing, Condition) });
    const managed = resource.properties.ManagedPolicyArns;
    const policies = Array.isArray(managed)
      ? arr(
          managed.map((arn, at) =>
            call(
              raw("iam.ManagedPolicy.fromManagedPolicyArn"),
              raw("this"),
              lit(`${resource.id}Policy${at + 1}`),
              str(writing, arn),
            ),
          ),
        )
      : undefined;
    return obj({
      assumedBy: make("iam.ServicePrincipal", lit(Principal.Service), conditions),
      managedPolicies: policies,
    });
  },
};

/** The one statement of a role that one service takes on; undefined for any other trust. */
function trustOf(resource: Known): Properties | undefined {
  const document = resource.properties.AssumeRolePolicyDocument as Properties | undefined;
  const statements = document?.Statement;
  const [statement] = Array.isArray(statements) && statements.length === 1 ? statements : [];
  if (typeof statement !== "object" || statement === null || statement instanceof Intrinsic) return undefined;
  const { Action, Effect, Principal, Condition: _, ...others } = statement as Properties;
  const usual =
    Action === "sts:AssumeRole" && Effect === "Allow" && typeof Principal === "object" && Principal !== null;
  return usual && Object.keys(others).length === 0 && Object.keys(Principal).join() === "Service"
    ? (statement as Properties)
    : undefined;
}

const secret: L2 = {
  type: "secretsmanager.Secret",
  ref: "secretArn",
  attributes: {},
  retains: true,
  says(_writing, resource) {
    const generate = resource.properties.GenerateSecretString;
    return (
      only(resource, "Description", "GenerateSecretString") &&
      resource.deletionPolicy !== undefined &&
      resource.deletionPolicy !== "Snapshot" &&
      isPlain(resource.properties.Description) &&
      isPlain(generate) &&
      Object.keys((generate ?? {}) as object).every((key) => key in generated)
    );
  },
  props(writing, resource) {
    const { Description, GenerateSecretString } = resource.properties;
    const given = Object.entries((GenerateSecretString ?? {}) as Properties);
    const entries = given.map(([key, value]): [string, Expr] => [
      generated[key as keyof typeof generated],
      json(writing, value),
    ]);
    return obj({
      description: Description === undefined ? undefined : str(writing, Description),
      generateSecretString: unlessEmpty(obj(Object.fromEntries(entries))),
      removalPolicy: removalPolicy(resource),
    });
  },
};
/** https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_secretsmanager.SecretStringGenerator.html */
const generated = {
  ExcludePunctuation: "excludePunctuation",
  GenerateStringKey: "generateStringKey",
  PasswordLength: "passwordLength",
  SecretStringTemplate: "secretStringTemplate",
} as const;

const parameter: L2 = {
  type: "ssm.StringParameter",
  ref: "parameterName",
  attributes: {},
  says(_writing, resource) {
    const { Type, Tier, Value: value, Description } = resource.properties;
    return (
      only(resource, "Type", "Tier", "Value", "Description") &&
      Type === "String" &&
      typeof value === "string" &&
      isPlain(Description) &&
      typeof Tier === "string" &&
      Object.hasOwn(tiers, Tier)
    );
  },
  props(writing, { properties: { Tier, Value: value, Description } }) {
    return obj({
      description: Description === undefined ? undefined : str(writing, Description),
      stringValue: str(writing, value as Value),
      tier: raw(`ssm.ParameterTier.${tiers[Tier as keyof typeof tiers]}`),
    });
  },
};
const tiers = { Advanced: "ADVANCED", "Intelligent-Tiering": "INTELLIGENT_TIERING", Standard: "STANDARD" } as const;

const table: { readonly [K in ResourceType]?: L2 } = {
  "AWS::IAM::Role": role,
  "AWS::Logs::LogGroup": logGroup,
  "AWS::SNS::Topic": topic,
  "AWS::SQS::Queue": queue,
  "AWS::SSM::Parameter": parameter,
  "AWS::SecretsManager::Secret": secret,
};

/** The L2 construct of a resource; undefined where there is none or it cannot say all of it. */
export function l2Of(writing: Writing, resource: Resource): L2 | undefined {
  if (resource.raw || resource.condition !== undefined || resource.metadata || writing.isCircular(resource))
    return undefined;
  const l2 = table[resource.type];
  return l2?.says(writing, resource) ? l2 : undefined;
}

export function l2Handle(writing: Writing, resource: Known, l2: L2): Handle {
  const variable = writing.program.variable(resource.id, l2.type);
  const child: Expr = {
    is: "chain",
    parts: [raw("("), variable, raw(`.node.defaultChild as ${cfnClass(resource.type)})`)],
  };
  return {
    variable,
    ref: member(variable, l2.ref),
    attribute: (name) =>
      member(Object.hasOwn(l2.attributes, name) ? variable : child, l2.attributes[name] ?? attributeName(name)),
    l1: child,
  };
}

export function writeL2(writing: Writing, resource: Known, l2: L2): void {
  const handle = writing.handle(resource.id) as Handle;
  const props = unlessEmpty(l2.props(writing, resource));
  writing.program.declare(
    handle.variable,
    make(l2.type, raw("this"), lit(resource.id), props),
    writing.place(resource),
  );
  if (!l2.retains) writeAttributes(writing, resource, handle.l1);
  writeWaits(writing, resource, handle.l1);
}

/** The role that a policy of the stack belongs to, when the code may write the policy as that role's own. */
export function roleOfPolicy(writing: Writing, resource: Resource): Known | undefined {
  if (
    !isType(resource, "AWS::IAM::Policy") ||
    resource.condition !== undefined ||
    (resource.dependsOn ?? []).length > 0
  )
    return undefined;
  const roles = resource.properties.Roles;
  const target = Array.isArray(roles) && roles.length === 1 ? writing.resource(targetOf(roles[0]) ?? "") : undefined;
  if (!isType(target, "AWS::IAM::Role") || !l2Of(writing, target)) return undefined;
  const { Statement } = resource.properties.PolicyDocument as { Statement?: Value };
  return Array.isArray(Statement) && Statement.every(isUsual) ? target : undefined;
}

const isUsual = (statement: Value): boolean => {
  if (typeof statement !== "object" || statement === null || Array.isArray(statement) || statement instanceof Intrinsic)
    return false;
  const { Action, Resource, Effect, Condition: _, ...others } = statement;
  return Action !== undefined && Resource !== undefined && Effect === "Allow" && Object.keys(others).length === 0;
};

export function policyHandle(writing: Writing, role: Known): Handle {
  const { variable } = writing.handle(role.id) as Handle;
  const policy: Expr = {
    is: "chain",
    parts: [raw("("), variable, raw('.node.findChild("DefaultPolicy").node.defaultChild as iam.CfnPolicy)')],
  };
  return { variable, ref: member(policy, "ref"), attribute: (name) => member(policy, attributeName(name)), l1: policy };
}

/** The statements of a policy, each given to its role. */
export function writePolicy(writing: Writing, policy: Resource, role: Known): void {
  const { variable } = writing.handle(role.id) as Handle;
  const { Statement } = policy.properties.PolicyDocument as { Statement: Properties[] };
  Statement.forEach((statement, at) => {
    const listed = (value: Value): Expr =>
      arr((Array.isArray(value) ? value : [value]).map((item) => str(writing, item)));
    const props = obj({
      actions: listed(statement.Action as Value),
      resources: listed(statement.Resource as Value),
      conditions: statement.Condition === undefined ? undefined : json(writing, statement.Condition),
    });
    const from = originOf(policy, `/properties/PolicyDocument/Statement/${at}`);
    writing.program.run(method(variable, "addToPolicy", make("iam.PolicyStatement", props)), {
      ...writing.place(policy),
      from,
    });
  });
}
