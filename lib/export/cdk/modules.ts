import type { ResourceType } from "../../stack/resource-types";

/** Modules of aws-cdk-lib by the name under which the code knows them. */
export const modules = {
  appscaling: "aws-cdk-lib/aws-applicationautoscaling",
  autoscaling: "aws-cdk-lib/aws-autoscaling",
  cloudwatch: "aws-cdk-lib/aws-cloudwatch",
  ec2: "aws-cdk-lib/aws-ec2",
  ecr: "aws-cdk-lib/aws-ecr",
  ecs: "aws-cdk-lib/aws-ecs",
  efs: "aws-cdk-lib/aws-efs",
  elb: "aws-cdk-lib/aws-elasticloadbalancing",
  elbv2: "aws-cdk-lib/aws-elasticloadbalancingv2",
  elbv2Targets: "aws-cdk-lib/aws-elasticloadbalancingv2-targets",
  events: "aws-cdk-lib/aws-events",
  iam: "aws-cdk-lib/aws-iam",
  logs: "aws-cdk-lib/aws-logs",
  s3: "aws-cdk-lib/aws-s3",
  scheduler: "aws-cdk-lib/aws-scheduler",
  secretsmanager: "aws-cdk-lib/aws-secretsmanager",
  servicediscovery: "aws-cdk-lib/aws-servicediscovery",
  sns: "aws-cdk-lib/aws-sns",
  sqs: "aws-cdk-lib/aws-sqs",
  ssm: "aws-cdk-lib/aws-ssm",
} as const;

/** Names that the code takes from aws-cdk-lib itself. */
export const coreNames = [
  "Aws",
  "CfnCondition",
  "CfnDeletionPolicy",
  "CfnOutput",
  "CfnParameter",
  "CfnResource",
  "Duration",
  "Fn",
  "RemovalPolicy",
  "Size",
  "Stack",
  "TimeZone",
  "Token",
] as const;

type Namespace = ResourceType extends infer T ? (T extends `AWS::${infer N}::${string}` ? N : never) : never;

const aliases = {
  ApplicationAutoScaling: "appscaling",
  AutoScaling: "autoscaling",
  CloudWatch: "cloudwatch",
  EC2: "ec2",
  ECR: "ecr",
  ECS: "ecs",
  EFS: "efs",
  ElasticLoadBalancing: "elb",
  ElasticLoadBalancingV2: "elbv2",
  Events: "events",
  IAM: "iam",
  Logs: "logs",
  S3: "s3",
  SNS: "sns",
  SQS: "sqs",
  SSM: "ssm",
  Scheduler: "scheduler",
  SecretsManager: "secretsmanager",
  ServiceDiscovery: "servicediscovery",
} as const satisfies { [N in Namespace]: keyof typeof modules };

/** The L1 class of a resource type: "sqs.CfnQueue". */
export function cfnClass(type: ResourceType): string {
  const [, namespace, name] = type.split("::") as [string, Namespace, string];
  return `${aliases[namespace]}.Cfn${name}`;
}

/**
 * A property as L1 classes spell it: EnableECSManagedTags is enableEcsManagedTags. The rule of the generator of
 * aws-cdk-lib: words begin at a capital after a small letter and at the last capital of a run.
 */
export function camelCase(name: string): string {
  let spelt = spellings.get(name);
  if (spelt === undefined) {
    spelt = spell(name);
    // Names of a generic resource are the person's own and without end.
    if (spellings.size < 5_000) spellings.set(name, spelt);
  }
  return spelt;
}
const spellings = new Map<string, string>();

function spell(name: string): string {
  const words = name
    .replace(/ARNs$/, "Arns")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z])(?=[a-z])/g, "$1 $2")
    .split(" ");
  return words
    .map((word, at) => {
      const small = word.toLowerCase();
      return at === 0 ? small : small.charAt(0).toUpperCase() + small.slice(1);
    })
    .join("")
    .replace(/\d[a-z]/g, (pair) => pair.toUpperCase());
}
