import type { Parameter } from "./stack";

type Constraint = Pick<Parameter, "allowedPattern" | "constraintDescription">;

/** Partition, Region and account of an ARN: every partition, so that no legal value is refused. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
const partition = "arn:aws[a-z0-9-]*";
const region = "[a-z0-9-]+";
const account = "[0-9]{12}";

/** A certificate of ACM or IAM. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Certificate.html */
export const certificateArn: Constraint = {
  allowedPattern: `${partition}:(acm:${region}:${account}:certificate/.+|iam::${account}:server-certificate/.+)`,
  constraintDescription: "Give the ARN of a certificate, such as arn:aws:acm:REGION:ACCOUNT:certificate/ID.",
};

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Cluster.html */
export const clusterArn: Constraint = {
  allowedPattern: `${partition}:ecs:${region}:${account}:cluster/[A-Za-z0-9_-]{1,255}`,
  constraintDescription: "Give the ARN of a cluster, such as arn:aws:ecs:REGION:ACCOUNT:cluster/NAME.",
};

/** What Scheduler calls: a resource, or an action of an API. https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html */
export const targetArn: Constraint = {
  allowedPattern: `${partition}:[a-z0-9-]+:.*`,
  constraintDescription: "Give the ARN of what the schedule calls, such as arn:aws:sqs:REGION:ACCOUNT:QUEUE.",
};

/** IPv4, as a VPC has it. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
export const ipv4Range: Constraint = {
  allowedPattern: "([0-9]{1,3}[.]){3}[0-9]{1,3}/[0-9]{1,2}",
  constraintDescription: "Give a range of IPv4 addresses, such as 10.0.0.0/16.",
};
