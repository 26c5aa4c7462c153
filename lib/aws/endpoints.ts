import type { Sourced } from "./docs";

/** Services that a VPC endpoint can stand for, by the end of their service name: `com.amazonaws.REGION.NAME`. */
export const endpointServices = {
  "ecr.api": "Interface",
  "ecr.dkr": "Interface",
  s3: "Gateway",
  dynamodb: "Gateway",
  logs: "Interface",
  secretsmanager: "Interface",
  ssm: "Interface",
  ssmmessages: "Interface",
  kms: "Interface",
  ecs: "Interface",
  "ecs-agent": "Interface",
  "ecs-telemetry": "Interface",
  sqs: "Interface",
  sns: "Interface",
  events: "Interface",
  states: "Interface",
  sts: "Interface",
  ec2: "Interface",
  elasticloadbalancing: "Interface",
  xray: "Interface",
} as const satisfies Record<string, "Interface" | "Gateway">;
export type EndpointService = keyof typeof endpointServices;

/** What a task or its agent must reach outside the VPC. */
export const dependencies = [
  "ecr",
  "ecr-public",
  "other-registry",
  "logs",
  "secretsmanager",
  "ssm",
  "kms",
  "s3",
  "dynamodb",
  "sqs",
  "sns",
  "events",
  "states",
  "ssmmessages",
  "ecs-control",
  "service-connect",
  "internet",
] as const;
export type Dependency = (typeof dependencies)[number];

export interface DependencyRow {
  /** In words, for sentences. */
  label: string;
  /** All of these together replace a NAT gateway for it; null: no endpoint exists, only NAT or a public address. */
  endpoints: readonly EndpointService[] | null;
  /** Who opens the connection: on EC2 the agent, over the instance's interface; `code` always uses the task's own. */
  by: "agent" | "code";
  /** Not needed on Fargate, where AWS runs the agent. */
  instancesOnly: boolean;
}

const row = (
  label: string,
  by: "agent" | "code",
  endpoints: readonly EndpointService[] | null,
  instancesOnly = false,
): DependencyRow => ({ label, endpoints, by, instancesOnly });

/** Which VPC endpoints serve which dependency. All serve their own Region only; interface endpoints need tcp 443. */
export const dependencyEndpoints: Sourced & { readonly rows: { readonly [D in Dependency]: DependencyRow } } = {
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html",
  asOf: "2026-05",
  rows: {
    // The layers come from S3; an interface endpoint for S3 does not serve them.
    ecr: row("its image in Amazon ECR", "agent", ["ecr.api", "ecr.dkr", "s3"]),
    "ecr-public": row("its image in Amazon ECR Public", "agent", null),
    "other-registry": row("its image in a registry outside AWS", "agent", null),
    logs: row("CloudWatch Logs", "agent", ["logs"]),
    secretsmanager: row("Secrets Manager", "agent", ["secretsmanager"]),
    ssm: row("Systems Manager Parameter Store", "agent", ["ssm"]),
    kms: row("AWS KMS", "agent", ["kms"]),
    s3: row("Amazon S3", "code", ["s3"]),
    dynamodb: row("DynamoDB", "code", ["dynamodb"]),
    sqs: row("Amazon SQS", "code", ["sqs"]),
    sns: row("Amazon SNS", "code", ["sns"]),
    events: row("EventBridge", "code", ["events"]),
    states: row("Step Functions", "code", ["states"]),
    ssmmessages: row("ECS Exec", "agent", ["ssmmessages"]),
    "ecs-control": row("the ECS control plane", "agent", ["ecs", "ecs-agent", "ecs-telemetry"], true),
    "service-connect": row("the Service Connect control plane", "agent", ["ecs-agent"]),
    internet: row("the internet", "code", null),
  },
};

/** The endpoints that a dependency needs instead of a NAT gateway; null when none exist. */
export const endpointsFor = (dependency: Dependency): readonly EndpointService[] | null =>
  dependencyEndpoints.rows[dependency].endpoints;

/** The endpoints that are still missing for a dependency, given those present; null when none could ever do. */
export function missingEndpoints(dependency: Dependency, present: Iterable<string>): readonly EndpointService[] | null {
  const needed = endpointsFor(dependency);
  if (!needed) return null;
  const have = new Set(present);
  return needed.filter((service) => !have.has(service));
}

/** "com.amazonaws.eu-west-1.ecr.dkr". */
export const endpointServiceName = (region: string, service: EndpointService): string =>
  `com.amazonaws.${region}.${service}`;

/** True for the two services whose endpoint is a route (free of charge), not an interface. */
export const isGatewayEndpoint = (service: EndpointService): boolean => endpointServices[service] === "Gateway";
