import { describe, expect, it } from "vitest";
import type { Resource, Stack } from "../stack/stack";
import { att, Intrinsic, join, type Properties, ref, sub } from "../stack/value";
import { type Caller, type GrantRequest, mayDo, readGrants } from "./evaluate";
import { arnOf, textOf } from "./names";

/** A stack of a role, a queue, a bucket and a key, with whatever a case adds. */
function stackOf(more: Record<string, [type: string, properties: Properties]>): Stack {
  const all: typeof more = {
    Role: ["AWS::IAM::Role", { AssumeRolePolicyDocument: { Statement: [] } }],
    Queue: ["AWS::SQS::Queue", {}],
    Other: ["AWS::SQS::Queue", {}],
    Bucket: ["AWS::S3::Bucket", {}],
    ...more,
  };
  const resources = Object.fromEntries(
    Object.entries(all).map(([id, [type, properties]]): [string, Resource] => [
      id,
      { raw: true, id, type, properties, origins: {} },
    ]),
  );
  return { description: "", parameters: {}, mappings: {}, conditions: {}, resources, outputs: {}, constructs: [] };
}

const policy = (...statements: Properties[]): [string, Properties] => [
  "AWS::IAM::Policy",
  { PolicyDocument: { Statement: statements }, Roles: [ref("Role")] },
];
const queuePolicy = (...statements: Properties[]): [string, Properties] => [
  "AWS::SQS::QueuePolicy",
  { PolicyDocument: { Statement: statements }, Queues: [ref("Queue")] },
];
const allow = (Action: Properties[string], Resource: Properties[string], more: Properties = {}): Properties => ({
  Action,
  Effect: "Allow",
  Resource,
  ...more,
});
const queue = att("Queue", "Arn");

interface Case {
  says: string;
  with: Record<string, [string, Properties]>;
  who?: Caller;
  action?: string;
  context?: Record<string, string>;
  verdict: "allowed" | "denied" | "unknown";
  why: RegExp;
}

const send = allow("sqs:SendMessage", queue);
const unsafe = { Bool: { "aws:SecureTransport": "false" } };
const everybody = { AWS: "*" };

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html and the pages of each element. */
const cases: readonly Case[] = [
  {
    says: "nothing allows",
    with: {},
    verdict: "denied",
    why: /^No statement lets Role do sqs:SendMessage on arn:aws:sqs/,
  },
  { says: "the role's policy allows", with: { P: policy(send) }, verdict: "allowed", why: /^P allows/ },
  {
    says: "inline in the role",
    with: {
      Role: ["AWS::IAM::Role", { Policies: [{ PolicyName: "x", PolicyDocument: { Statement: send } }] }],
    },
    verdict: "allowed",
    why: /^Role allows/,
  },
  {
    says: "a managed policy of the stack",
    with: {
      Role: ["AWS::IAM::Role", { ManagedPolicyArns: [ref("M")] }],
      M: ["AWS::IAM::ManagedPolicy", { PolicyDocument: { Statement: [send] } }],
    },
    verdict: "allowed",
    why: /^M allows/,
  },
  {
    says: "a policy of AWS",
    with: {
      Role: [
        "AWS::IAM::Role",
        { ManagedPolicyArns: [sub("arn:${AWS::Partition}:iam::aws:policy/AmazonSQSFullAccess")] },
      ],
    },
    verdict: "allowed",
    why: /^AmazonSQSFullAccess of Role allows/,
  },
  {
    says: "a policy that nobody knows",
    with: { Role: ["AWS::IAM::Role", { ManagedPolicyArns: ["arn:aws:iam::123456789012:policy/Ours"] }] },
    verdict: "unknown",
    why: /policy\/Ours, whose statements are not known/,
  },
  {
    says: "a policy that nobody knows beside one that allows: it may refuse",
    with: {
      Role: ["AWS::IAM::Role", { ManagedPolicyArns: ["arn:aws:iam::123456789012:policy/Ours"] }],
      P: policy(send),
    },
    verdict: "unknown",
    why: /policy\/Ours/,
  },
  {
    says: "a policy of AWS that is not known here beside one that allows",
    with: {
      Role: ["AWS::IAM::Role", { ManagedPolicyArns: ["arn:aws:iam::aws:policy/AmazonRedshiftFullAccess"] }],
      P: policy(send),
    },
    verdict: "allowed",
    why: /^P allows/,
  },
  {
    says: "a permissions boundary",
    with: {
      Role: ["AWS::IAM::Role", { PermissionsBoundary: "arn:aws:iam::123456789012:policy/Edge" }],
      P: policy(send),
    },
    verdict: "unknown",
    why: /permissions boundary/,
  },
  {
    says: "letter case and wildcards of actions",
    with: { P: policy(allow("SQS:send*", queue)) },
    verdict: "allowed",
    why: /P/,
  },
  { says: "one character", with: { P: policy(allow("sqs:SendMessag?", queue)) }, verdict: "allowed", why: /P/ },
  { says: "another action", with: { P: policy(allow("sqs:Receive*", queue)) }, verdict: "denied", why: /No statement/ },
  {
    says: "all but another action",
    with: { P: policy({ Effect: "Allow", NotAction: "sqs:Delete*", Resource: "*" }) },
    verdict: "allowed",
    why: /P/,
  },
  {
    says: "all but this action",
    with: { P: policy({ Effect: "Allow", NotAction: ["sqs:Send*"], Resource: "*" }) },
    verdict: "denied",
    why: /No statement/,
  },
  { says: "the other queue", with: { P: policy(allow("sqs:*", att("Other", "Arn"))) }, verdict: "denied", why: /No/ },
  {
    says: "all but the other queue",
    with: { P: policy({ Effect: "Allow", Action: "sqs:*", NotResource: att("Other", "Arn") }) },
    verdict: "allowed",
    why: /P/,
  },
  {
    says: "every queue of the account, spelt out",
    with: { P: policy(allow("sqs:*", sub("arn:${AWS::Partition}:sqs:*:${AWS::AccountId}:*"))) },
    verdict: "allowed",
    why: /P/,
  },
  {
    says: "queues of an account by number",
    with: { P: policy(allow("sqs:*", "arn:aws:sqs:*:123456789012:*")) },
    verdict: "unknown",
    why: /only the deployment tells/,
  },
  {
    says: "queues of another Region",
    with: { P: policy(allow("sqs:*", "arn:aws:sqs:us-east-2:*:*")) },
    verdict: "denied",
    why: /No/,
  },
  { says: "topics", with: { P: policy(allow("*", "arn:aws:sns:*:*:*")) }, verdict: "denied", why: /No/ },
  {
    says: "a queue by a name of its own",
    with: { P: policy(allow("sqs:*", "arn:aws:sqs:*:*:orders")) },
    verdict: "unknown",
    why: /P/,
  },
  {
    says: "a queue whose name is given",
    with: { Queue: ["AWS::SQS::Queue", { QueueName: "orders" }], P: policy(allow("sqs:*", "arn:aws:sqs:*:*:orders")) },
    verdict: "allowed",
    why: /P/,
  },
  {
    says: "a queue whose other name is given",
    with: { Queue: ["AWS::SQS::Queue", { QueueName: "letters" }], P: policy(allow("sqs:*", "arn:aws:sqs:*:*:orders")) },
    verdict: "denied",
    why: /No/,
  },
  {
    says: "the ARN put together",
    with: {
      P: policy(
        allow(
          "sqs:*",
          join(":", ["arn:aws:sqs", ref("AWS::Region"), ref("AWS::AccountId"), att("Queue", "QueueName")]),
        ),
      ),
    },
    verdict: "allowed",
    why: /P/,
  },
  { says: "what a parameter names", with: { P: policy(allow("sqs:*", ref("Arn"))) }, verdict: "unknown", why: /P/ },
  {
    says: "an explicit deny wins",
    with: { P: policy(send, { ...allow("sqs:*", "*"), Effect: "Deny" }) },
    verdict: "denied",
    why: /^P denies sqs:SendMessage/,
  },
  {
    says: "a deny of the resource wins",
    with: { P: policy(send), Q: queuePolicy({ ...allow("sqs:*", queue), Effect: "Deny", Principal: "*" }) },
    verdict: "denied",
    why: /^Q denies/,
  },
  {
    says: "calls come over TLS",
    with: {
      P: policy(send),
      Q: queuePolicy({ ...allow("sqs:*", queue), Effect: "Deny", Principal: everybody, Condition: unsafe }),
    },
    verdict: "allowed",
    why: /^P allows/,
  },
  {
    says: "a deny for what only the request shows",
    with: {
      P: policy(send, {
        ...allow("sqs:*", "*"),
        Effect: "Deny",
        Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } },
      }),
    },
    verdict: "unknown",
    why: /Whether P denies/,
  },
  {
    says: "an allow for what only the request shows",
    with: { P: policy(allow("sqs:*", "*", { Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } } })) },
    verdict: "unknown",
    why: /Whether what P allows/,
  },
  {
    says: "the resource lets the role in, in one account",
    with: { Q: queuePolicy(allow("sqs:SendMessage", queue, { Principal: { AWS: att("Role", "Arn") } })) },
    verdict: "allowed",
    why: /^Q allows/,
  },
  {
    says: "the resource lets the account in, which then decides",
    with: {
      Q: queuePolicy(
        allow("sqs:SendMessage", queue, { Principal: { AWS: sub("arn:aws:iam::${AWS::AccountId}:root") } }),
      ),
    },
    verdict: "denied",
    why: /No statement/,
  },
  {
    says: "two policies of one queue, of which one stays",
    with: {
      P: policy(send),
      Q: queuePolicy({ ...allow("sqs:*", queue), Effect: "Deny", Principal: everybody, Condition: unsafe }),
      R: queuePolicy({ ...allow("sqs:*", queue), Effect: "Deny", Principal: everybody }),
    },
    verdict: "unknown",
    why: /^Q and R each set the policy of Queue/,
  },
  {
    says: "a service, by the ARN of what it acts for",
    with: {
      Q: queuePolicy(
        allow("sqs:SendMessage", queue, {
          Principal: { Service: "sns.amazonaws.com" },
          Condition: { ArnEquals: { "aws:SourceArn": ref("Topic") } },
        }),
      ),
      Topic: ["AWS::SNS::Topic", {}],
    },
    who: { service: "sns.amazonaws.com" },
    context: { "aws:sourcearn": "Topic" },
    verdict: "allowed",
    why: /^Q allows/,
  },
  {
    says: "a service, for another topic",
    with: {
      Q: queuePolicy(
        allow("sqs:SendMessage", queue, {
          Principal: { Service: "sns.amazonaws.com" },
          Condition: { ArnLike: { "aws:SourceArn": ref("News") } },
        }),
      ),
      Topic: ["AWS::SNS::Topic", {}],
      News: ["AWS::SNS::Topic", {}],
    },
    who: { service: "sns.amazonaws.com" },
    context: { "aws:sourcearn": "Topic" },
    verdict: "denied",
    why: /No statement lets sns\.amazonaws\.com/,
  },
  {
    says: "another service",
    with: { Q: queuePolicy(allow("sqs:SendMessage", queue, { Principal: { Service: "s3.amazonaws.com" } })) },
    who: { service: "sns.amazonaws.com" },
    verdict: "denied",
    why: /No/,
  },
  {
    says: "a role by ARN, which nobody knows",
    with: {},
    who: { role: "arn:aws:iam::123456789012:role/theirs" },
    verdict: "unknown",
    why: /exists outside the design/,
  },
  {
    says: "a whole document that only the deployment knows",
    with: { P: ["AWS::IAM::Policy", { PolicyDocument: new Intrinsic("Fn::Transform", {}), Roles: [ref("Role")] }] },
    verdict: "unknown",
    why: /known only when the template is deployed/,
  },
];

describe("may this role do that?", () => {
  it.each(cases.map((one) => [one.says, one] as const))("%s", (_, one) => {
    const grants = readGrants(stackOf(one.with), "eu-west-1");
    const context = new Map(
      Object.entries(one.context ?? {}).map(([key, id]) => [key, arnOf(grants.names, id)] as const),
    );
    const request: GrantRequest = {
      who: one.who ?? { role: "Role" },
      action: one.action ?? "sqs:SendMessage",
      resource: arnOf(grants.names, "Queue"),
      of: "Queue",
      context,
    };
    const { verdict, why, by } = mayDo(grants, request);
    expect([verdict, why]).toEqual([one.verdict, expect.stringMatching(one.why)]);
    if (verdict === "allowed") expect(by.length).toBeGreaterThan(0);
  });

  it("hands a key to IAM only where the key's policy does", () => {
    const use = allow("kms:Decrypt", att("Key", "Arn"));
    const verdict = (...statements: Properties[]): string => {
      const key: [string, Properties] = ["AWS::KMS::Key", { KeyPolicy: { Statement: statements } }];
      const grants = readGrants(stackOf({ P: policy(use), Key: key }), "eu-west-1");
      const request = { who: { role: "Role" }, action: "kms:Decrypt", resource: arnOf(grants.names, "Key"), of: "Key" };
      return mayDo(grants, request).verdict;
    };
    const root = { AWS: sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:root") };
    expect(verdict(allow("kms:*", "*", { Principal: root }))).toBe("allowed");
    expect(verdict(allow("kms:*", "*", { Principal: { Service: "logs.amazonaws.com" } }))).toBe("denied");
    expect(verdict(allow("kms:Decrypt", "*", { Principal: { AWS: att("Role", "Arn") } }))).toBe("allowed");
  });

  it.each([
    ["a bucket policy", "Bucket", "AWS::S3::BucketPolicy", "PolicyDocument", { Bucket: ref("Bucket") }],
    [
      "the policy of a secret",
      "Login",
      "AWS::SecretsManager::ResourcePolicy",
      "ResourcePolicy",
      { SecretId: ref("Login") },
    ],
    ["the policy of a topic", "Topic", "AWS::SNS::TopicPolicy", "PolicyDocument", { Topics: ref("Topic") }],
    ["the policy of a repository", "Images", "AWS::ECR::Repository", "RepositoryPolicyText", undefined],
  ] as const)("reads %s, which lets the role in or keeps it out", (_, id, type, property, names) => {
    const verdict = (Effect: "Allow" | "Deny", identity: boolean): string => {
      const statement = {
        Action: "*",
        Effect,
        Principal: { AWS: att("Role", "Arn") },
        ...(names ? { Resource: "*" } : {}),
      };
      const document = { [property]: { Statement: [statement] } };
      const grants = readGrants(
        stackOf({
          Login: ["AWS::SecretsManager::Secret", {}],
          Topic: ["AWS::SNS::Topic", {}],
          Images: ["AWS::ECR::Repository", names ? {} : document],
          ...(names ? { Guard: [type, { ...names, ...document }] } : {}),
          ...(identity ? { P: policy(allow("*", "*")) } : {}),
        }),
        "eu-west-1",
      );
      return mayDo(grants, { who: { role: "Role" }, action: "x:Do", resource: arnOf(grants.names, id), of: id })
        .verdict;
    };
    expect(verdict("Allow", false)).toBe("allowed");
    expect(verdict("Deny", true)).toBe("denied");
  });

  it("does not take a missing file system policy for a refusal", () => {
    const grants = readGrants(stackOf({ Files: ["AWS::EFS::FileSystem", {}] }), "eu-west-1");
    const resource = arnOf(grants.names, "Files");
    const request = { who: { role: "Role" }, action: "elasticfilesystem:ClientMount", resource, of: "Files" };
    expect(mayDo(grants, request)).toMatchObject({
      verdict: "unknown",
      why: expect.stringMatching(/no file system policy/),
    });
  });

  it("asks every object of a bucket of a pattern", () => {
    const verdict = (resource: Properties[string]): string => {
      const grants = readGrants(stackOf({ P: policy(allow("s3:GetObject", resource)) }), "eu-west-1");
      const objects = [
        ...textOf(grants.names, att("Bucket", "Arn")),
        "/",
        { token: "anything", holds: "text" as const },
      ];
      return mayDo(grants, { who: { role: "Role" }, action: "s3:GetObject", resource: objects, of: "Bucket" }).verdict;
    };
    expect(verdict(join("", [att("Bucket", "Arn"), "/*"]))).toBe("allowed");
    expect(verdict("arn:aws:s3:::*")).toBe("allowed");
    expect(verdict(join("", [att("Bucket", "Arn"), "/uploads/*"]))).toBe("unknown");
    expect(verdict(att("Bucket", "Arn"))).toBe("denied");
  });
});
