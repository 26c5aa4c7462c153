import { isKind } from "../model/build";
import type { ModelEdge, ModelNode } from "../model/model";
import { constructOf, derived, type Lowering, type Owner, perLowering } from "./lowering";
import { PropertySet } from "./property-set";
import type { Origin, Pattern } from "./stack";
import { att, join, type Properties, ref, sub, type Value } from "./value";

/** Kinds whose resource carries a policy of its own: AWS keeps exactly one for each. */
interface PolicyShape {
  type: "AWS::SQS::QueuePolicy" | "AWS::SNS::TopicPolicy" | "AWS::S3::BucketPolicy";
  pattern: Pattern;
  /** Suffix of the policy's logical id. */
  suffix: string;
  attach(id: string): [property: string, value: Value];
  /** What is refused when it comes without TLS. */
  plain(id: string): { Sid?: string; Action: string; Principal: Value; Resource: Value };
}
const shapes = {
  sqsQueue: {
    type: "AWS::SQS::QueuePolicy",
    pattern: "queue",
    suffix: "Policy",
    attach: (id) => ["Queues", [ref(id)]],
    plain: (id) => ({ Action: "sqs:*", Principal: { AWS: "*" }, Resource: att(id, "Arn") }),
  },
  snsTopic: {
    type: "AWS::SNS::TopicPolicy",
    pattern: "topic",
    suffix: "Policy",
    attach: (id) => ["Topics", [ref(id)]],
    // Worded as the CDK does.
    plain: (id) => ({ Action: "sns:Publish", Principal: "*", Resource: ref(id), Sid: "AllowPublishThroughSSLOnly" }),
  },
  s3Bucket: {
    type: "AWS::S3::BucketPolicy",
    pattern: "bucket",
    suffix: "Policy",
    attach: (id) => ["Bucket", ref(id)],
    plain: (id) => ({
      Action: "s3:*",
      Principal: { AWS: "*" },
      Resource: [att(id, "Arn"), join("", [att(id, "Arn"), "/*"])],
    }),
  },
} satisfies { [kind: string]: PolicyShape };
type PolicyKind = keyof typeof shapes;

const hasPolicy = (node: ModelNode): node is ModelNode & { kind: PolicyKind } => Object.hasOwn(shapes, node.kind);

/** Id of the policy of a queue, topic or bucket, whether it is made or not. */
export const resourcePolicyId = (lowering: Lowering, target: ModelNode): string =>
  lowering.idFor(target, hasPolicy(target) ? shapes[target.kind].suffix : "Policy");

/** Statements written so far, by policy and text: the same thing twice is one statement. */
const written = perLowering(() => new Map<string, string | undefined>());

/** Adds a statement to the policy of a queue, topic or bucket, because of a node or edge. */
export function addPolicyStatement(
  lowering: Lowering,
  target: ModelNode,
  statement: Properties,
  because: Owner,
  origin: Origin = derived(because),
): void {
  if (!hasPolicy(target)) return;
  const id = resourcePolicyId(lowering, target);
  if (!lowering.resource(id)) {
    const shape: PolicyShape = shapes[target.kind];
    const [property, value] = shape.attach(lowering.idOf(target));
    const properties = new PropertySet()
      .set(property, value, derived(target))
      .set("PolicyDocument", { Statement: [], Version: "2012-10-17" }, derived(target));
    lowering.add(shape.type, id, properties, {
      origins: derived(target),
      construct: constructOf(shape.pattern, target),
    });
    refusePlainHttp(lowering, target);
  }
  const key = `${id} ${JSON.stringify(statement)}`;
  const same = written(lowering).get(key);
  if (same !== undefined) {
    lowering.origin(id, same, origin);
    return;
  }
  const at = lowering.patch(id, "/PolicyDocument/Statement/-", statement, origin);
  written(lowering).set(key, at);
  lowering.member(constructOf("grant", because), id, at);
}

/**
 * The first statement of a policy, where the node asks for it: nobody gets in without TLS.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html
 * https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
 */
export function refusePlainHttp(lowering: Lowering, target: ModelNode): void {
  if (!hasPolicy(target) || !(target as ModelNode<PolicyKind>).props.enforceTls) return;
  const shape: PolicyShape = shapes[target.kind];
  const { Action, ...plain } = shape.plain(lowering.idOf(target));
  const statement: Properties = {
    Action,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
    Effect: "Deny",
    ...plain,
  };
  addPolicyStatement(lowering, target, statement, target, lowering.from(target, "/enforceTls"));
}

/** What a sender calls on the target, and the target's ARN. */
const deliveries: Partial<Record<ModelNode["kind"], { action: string; arn(id: string): Value }>> = {
  sqsQueue: { action: "sqs:SendMessage", arn: (id) => att(id, "Arn") },
  snsTopic: { action: "sns:Publish", arn: (id) => ref(id) },
};

function admitService(
  lowering: Lowering,
  target: ModelNode,
  service: string,
  conditions: Properties,
  because: ModelEdge,
): void {
  const delivery = deliveries[target.kind];
  if (!delivery) return;
  const statement: Properties = {
    Action: delivery.action,
    Condition: conditions,
    Effect: "Allow",
    Principal: { Service: service },
    Resource: delivery.arn(lowering.idOf(target)),
  };
  addPolicyStatement(lowering, target, statement, because);
}

/** Queues and topics that a bucket notifies directly. */
const notifiedByBuckets = perLowering((lowering) => {
  const targets = new Set<string>();
  for (const edge of lowering.model.edgesOf("notify")) if (isKind(edge.from, "s3Bucket")) targets.add(edge.to.id);
  return targets;
});

/**
 * A rule may deliver to a queue or topic. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
 * A bucket that notifies the same target waits for this policy, and the rule may wait for the bucket, so there the
 * policy names the rules of this account instead of referring to the one rule.
 */
export function admitRule(lowering: Lowering, target: ModelNode, rule: ModelNode, because: ModelEdge): void {
  const conditions: Properties = notifiedByBuckets(lowering).has(target.id)
    ? {
        ArnLike: {
          "aws:SourceArn": sub("arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/*"),
        },
      }
    : { ArnEquals: { "aws:SourceArn": att(lowering.idOf(rule), "Arn") } };
  admitService(lowering, target, "events.amazonaws.com", conditions, because);
}

/** A topic may send to a queue. https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html */
export function admitTopic(lowering: Lowering, queue: ModelNode, topic: ModelNode, because: ModelEdge): void {
  const conditions = { ArnEquals: { "aws:SourceArn": ref(lowering.idOf(topic)) } };
  admitService(lowering, queue, "sns.amazonaws.com", conditions, because);
}

/**
 * Buckets of this account may notify a queue or topic. S3 tests the permission when the bucket is created, so the
 * policy comes first and cannot refer to the bucket, whose generated name nobody knows before. https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html
 */
export function admitBucket(lowering: Lowering, target: ModelNode, because: ModelEdge): void {
  const conditions = {
    ArnLike: { "aws:SourceArn": sub("arn:${AWS::Partition}:s3:::*") },
    StringEquals: { "aws:SourceAccount": ref("AWS::AccountId") },
  };
  admitService(lowering, target, "s3.amazonaws.com", conditions, because);
}
