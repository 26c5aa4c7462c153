import type { Resource, Stack } from "../../stack/stack";
import { Intrinsic, type Properties, targetOf, type Value } from "../../stack/value";

/** What a review by rule finds in designs of this kind, and why it stands. */
export interface Answer {
  /** Id in cdk-nag's AwsSolutions pack: https://github.com/cdklabs/cdk-nag/blob/main/RULES.md#awssolutions */
  rule: string;
  /** What the rule wants. */
  wants: string;
  /** Why it is otherwise here, and how to have it. */
  because: string;
}

interface Question extends Answer {
  /** True for a resource that the rule reports. */
  found(resource: Resource, stack: Stack): boolean;
}

const list = (value: Value | undefined): readonly Value[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];
const objects = (value: Value | undefined): Properties[] => list(value).map(asObject);
const asObject = (value: Value | undefined): Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Intrinsic)
    ? (value as Properties)
    : {};

/** The rule reports a range that it cannot read as well. */
const isOpen = ({ CidrIp, CidrIpv6 }: Properties): boolean =>
  [CidrIp, CidrIpv6].some((range) => (typeof range === "string" ? range.endsWith("/0") : range !== undefined));

/** Every text in a value, those inside functions too. */
function textsIn(value: Value | undefined): string[] {
  if (typeof value === "string") return [value];
  if (value instanceof Intrinsic) return textsIn(value.argument);
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

const allowsWildcard = (document: Value | undefined): boolean =>
  objects(asObject(document).Statement).some(
    ({ Effect, Action, Resource: resource }) =>
      Effect === "Allow" && [...textsIn(Action), ...textsIn(resource)].some((text) => text.includes("*")),
  );

const attribute = (resource: Resource, key: string): Value | undefined =>
  objects(resource.properties.LoadBalancerAttributes).find(({ Key }) => Key === key)?.Value;

const deadLetters = (stack: Stack): ReadonlySet<string | undefined> =>
  new Set(
    Object.values(stack.resources)
      .filter(({ type }) => type === "AWS::SQS::Queue")
      .map(({ properties }) => targetOf(asObject(properties.RedrivePolicy).deadLetterTargetArn)),
  );

/** True where no policy of the stack refuses plain HTTP for the resource. */
const takesPlainHttp = (id: string, { resources }: Stack, policyType: string, of: string): boolean =>
  !Object.values(resources).some(
    ({ type, properties }) =>
      type === policyType &&
      list(properties[of]).some((one) => targetOf(one) === id) &&
      objects(asObject(properties.PolicyDocument).Statement).some(
        ({ Effect, Condition }) => Effect === "Deny" && textsIn(Condition).includes("false"),
      ),
  );

const questions: readonly Question[] = [
  {
    rule: "AS3",
    wants: "notifications for every scaling event of an Auto Scaling group",
    because:
      "The ECS capacity provider starts and ends the instances. Their events are in the activity history of the group and on the default event bus; add a rule for them where somebody should hear of it.",
    found: ({ type }) => type === "AWS::AutoScaling::AutoScalingGroup",
  },
  {
    rule: "EC23",
    wants: "no security group that is open to 0.0.0.0/0 or ::/0",
    because:
      "What is drawn as reached from the internet is open to it, on those ports alone. A range that is taken from the VPC at deployment is reported too, because the rule cannot read it.",
    found: ({ type, properties }) =>
      (type === "AWS::EC2::SecurityGroup" && objects(properties.SecurityGroupIngress).some(isOpen)) ||
      (type === "AWS::EC2::SecurityGroupIngress" && isOpen(properties)),
  },
  {
    rule: "ECS2",
    wants: "no environment variables in task definitions",
    because:
      "What Bayplan adds to them are names and addresses. Keep what is secret in Secrets Manager or Parameter Store, from where ECS reads it when a task starts.",
    found: ({ type, properties }) =>
      type === "AWS::ECS::TaskDefinition" &&
      objects(properties.ContainerDefinitions).some(({ Environment }) => Environment !== undefined),
  },
  {
    rule: "ECS4",
    wants: "Container Insights on every cluster",
    because:
      "CloudWatch bills its metrics per cluster, service and task. ECS's own CPU and memory metrics come without it; turn Container Insights on in the cluster when the rest is wanted.",
    found: ({ type, properties }) =>
      type === "AWS::ECS::Cluster" &&
      !objects(properties.ClusterSettings).some(
        ({ Name, Value: value }) => Name === "containerInsights" && value !== "disabled",
      ),
  },
  {
    rule: "EFS1",
    wants: "encryption at rest for every file system",
    because: "The design turns it off. It can only be chosen when a file system is created.",
    found: ({ type, properties }) => type === "AWS::EFS::FileSystem" && properties.Encrypted !== true,
  },
  {
    rule: "ELB1",
    wants: "no Classic Load Balancer for HTTP",
    because: "The design keeps one. An Application Load Balancer does all that it does.",
    found: ({ type, properties }) =>
      type === "AWS::ElasticLoadBalancing::LoadBalancer" &&
      objects(properties.Listeners).some(({ Protocol }) => /^https?$/i.test(String(Protocol))),
  },
  {
    rule: "ELB2",
    wants: "access logs for every load balancer",
    because:
      "Access logs fill a bucket that somebody has to own, pay for and empty. Draw a bucket and connect the load balancer to it: permission and setting follow.",
    found: (resource) =>
      (resource.type === "AWS::ElasticLoadBalancingV2::LoadBalancer" &&
        attribute(resource, "access_logs.s3.enabled") !== "true") ||
      (resource.type === "AWS::ElasticLoadBalancing::LoadBalancer" &&
        resource.properties.AccessLoggingPolicy === undefined),
  },
  {
    rule: "IAM4",
    wants: "no policies that AWS manages",
    because:
      "They are AWS's own for this very purpose, and AWS extends them when its agents need more. Everything that the design itself calls has a policy of its own.",
    found: ({ type, properties }) =>
      type === "AWS::IAM::Role" && textsIn(properties.ManagedPolicyArns).some((arn) => arn.includes(":iam::aws:")),
  },
  {
    rule: "IAM5",
    wants: "no wildcards in policies",
    because:
      "A `*` stands only where AWS knows no narrower resource (`ecr:GetAuthorizationToken`, the channels of ECS Exec), or for the objects of the one bucket that is named.",
    found: ({ type, properties }) => type === "AWS::IAM::Policy" && allowsWildcard(properties.PolicyDocument),
  },
  {
    rule: "S1",
    wants: "server access logs for every bucket",
    because:
      "They go to another bucket, which would need them too. CloudTrail's data events tell who read and wrote, per account.",
    found: ({ type }) => type === "AWS::S3::Bucket",
  },
  {
    rule: "S10",
    wants: "a bucket policy that refuses plain HTTP",
    because: "The design turns it off.",
    found: ({ id, type }, stack) =>
      type === "AWS::S3::Bucket" && takesPlainHttp(id, stack, "AWS::S3::BucketPolicy", "Bucket"),
  },
  {
    rule: "SMG4",
    wants: "rotation for every secret",
    because:
      "To rotate a password, a function has to change it in the database too, which is not part of this design. Set rotation up where the database is.",
    found: ({ type }) => type === "AWS::SecretsManager::Secret",
  },
  {
    rule: "SNS3",
    wants: "a topic policy that refuses plain HTTP",
    because: "The design turns it off.",
    found: ({ id, type }, stack) =>
      type === "AWS::SNS::Topic" && takesPlainHttp(id, stack, "AWS::SNS::TopicPolicy", "Topics"),
  },
  {
    rule: "SQS2",
    wants: "encryption at rest for every queue",
    because: "The design turns it off.",
    found: ({ type, properties }) => type === "AWS::SQS::Queue" && properties.SqsManagedSseEnabled === false,
  },
  {
    rule: "SQS3",
    wants: "a dead-letter queue for every queue that is none itself",
    because:
      "The rule knows only queues that other queues name. A queue that takes what a rule or schedule could not deliver is a dead-letter queue as well; any other waits for one to be drawn.",
    found: ({ id, type, properties }, stack) =>
      type === "AWS::SQS::Queue" && properties.RedrivePolicy === undefined && !deadLetters(stack).has(id),
  },
  {
    rule: "SQS4",
    wants: "a queue policy that refuses plain HTTP",
    because: "The design turns it off.",
    found: ({ id, type }, stack) =>
      type === "AWS::SQS::Queue" && takesPlainHttp(id, stack, "AWS::SQS::QueuePolicy", "Queues"),
  },
  {
    rule: "VPC7",
    wants: "flow logs for every VPC",
    because:
      "They cost by volume and are most often kept for the whole account. Turn them on where your account keeps them.",
    found: ({ type }) => type === "AWS::EC2::VPC",
  },
];

/** The answers to what cdk-nag's AwsSolutions pack reports of a stack, by rule. */
export function answersTo(stack: Stack): Answer[] {
  const resources = Object.values(stack.resources).filter(({ raw }) => !raw);
  return questions
    .filter(({ found }) => resources.some((resource) => found(resource, stack)))
    .map(({ rule, wants, because }) => ({ rule, wants, because }));
}
