import type { NodeKind } from "./index";
import type { Pair, Refusal } from "./relation";
import type { RelationId } from "./relations";

const pair = (from: NodeKind, to: NodeKind, ...relations: [RelationId, ...RelationId[]]): Pair<RelationId> => ({
  from,
  to,
  relations,
});

/** Which kinds may be connected, in the stored direction, and what the edge can mean. `rules.md`, "Connection grammar". */
export const pairs: readonly Pair<RelationId>[] = [
  pair("internet", "alb", "request"),
  pair("internet", "nlb", "request"),
  pair("internet", "clb", "request"),
  pair("alb", "service", "forward"),
  pair("nlb", "service", "forward"),
  pair("clb", "service", "forward"),
  pair("nlb", "alb", "forward"),
  pair("alb", "s3Bucket", "accessLogs"),
  pair("nlb", "s3Bucket", "accessLogs"),
  pair("clb", "s3Bucket", "accessLogs"),
  pair("service", "service", "call"),
  pair("service", "taskDefinition", "run"),
  pair("service", "asgCapacityProvider", "useCapacity"),
  pair("taskDefinition", "taskDefinition", "dependsOn"),
  pair("taskDefinition", "ecrRepository", "pull"),
  pair("taskDefinition", "dockerHub", "pull"),
  pair("taskDefinition", "efs", "mount"),
  pair("taskDefinition", "s3Bucket", "access", "environmentFile"),
  pair("taskDefinition", "secret", "inject", "read", "credentials"),
  pair("taskDefinition", "ssmParameter", "inject", "read"),
  pair("taskDefinition", "sqsQueue", "send"),
  pair("taskDefinition", "snsTopic", "publish"),
  pair("sqsQueue", "service", "poll"),
  pair("sqsQueue", "sqsQueue", "deadLetter"),
  pair("snsTopic", "sqsQueue", "subscribe"),
  pair("snsTopic", "alb", "subscribeHttps"),
  pair("eventRule", "taskDefinition", "runTask"),
  pair("eventRule", "service", "runTask"),
  pair("eventRule", "sqsQueue", "deliver"),
  pair("eventRule", "snsTopic", "deliver"),
  pair("eventSchedule", "taskDefinition", "runTask"),
  pair("eventSchedule", "service", "runTask"),
  pair("eventSchedule", "sqsQueue", "deliver"),
  pair("eventSchedule", "snsTopic", "deliver"),
  pair("cluster", "eventRule", "intercept"),
  pair("service", "eventRule", "intercept"),
  pair("s3Bucket", "eventRule", "notify"),
  pair("s3Bucket", "sqsQueue", "notify"),
  pair("s3Bucket", "snsTopic", "notify"),
  pair("ecrRepository", "eventRule", "notify"),
  pair("secret", "eventRule", "notify"),
  pair("ssmParameter", "eventRule", "notify"),
];

const balancers = ["alb", "nlb", "clb"] as const;

/** Pairs refused whatever their settings. Where several rows match, the first one speaks. `rules.md`, "Refused pairs and what to say". */
export const refusals: readonly Refusal<RelationId>[] = [
  {
    from: "taskDefinition",
    to: "s3Bucket",
    relation: "mount",
    rule: "ECS-STO-001",
    reason: "An S3 bucket is not a file system, and ECS has no bucket volume: the task definition would be refused",
    instead:
      "Use EFS for shared files or read the objects with the AWS SDK. An S3 Files file system in front of the bucket also works, on Fargate and Managed Instances",
  },
  {
    from: ["alb", "nlb", "clb"],
    to: "taskDefinition",
    rule: "ECS-GR-001",
    reason: "Load balancers register the tasks of a service; a definition or a one-off task is never registered",
    instead: "Connect the service that runs this definition",
  },
  {
    from: ["alb", "clb"],
    to: "alb",
    rule: "ECS-GR-001",
    reason: "Load balancers are not chained this way",
    instead: "A Network Load Balancer may stand in front of an ALB, for static addresses or PrivateLink",
  },
  // ALB → NLB is turned round: an NLB may stand in front of an ALB.
  {
    from: "alb",
    to: "clb",
    rule: "ECS-GR-001",
    reason: "Load balancers are not chained this way",
    instead: "A Network Load Balancer may stand in front of an ALB, for static addresses or PrivateLink",
  },
  {
    from: ["nlb", "clb"],
    to: ["clb", "nlb"],
    rule: "ECS-GR-001",
    reason: "Load balancers are not chained this way",
    instead: "A Network Load Balancer may stand in front of an ALB, for static addresses or PrivateLink",
  },
  {
    from: balancers,
    to: "asgCapacityProvider",
    rule: "ECS-GR-001",
    reason: "ECS registers the tasks of a service with the load balancer, not the instances they run on",
    instead: "Connect the service",
  },
  {
    from: "internet",
    to: ["service", "taskDefinition"],
    rule: "ECS-GR-006",
    reason: "Task addresses change with every deployment; users need one entry point",
    instead: "Put an ALB (web) or an NLB (TCP, UDP) in front of the service",
  },
  {
    from: "internet",
    to: ["efs", "sqsQueue"],
    rule: "ECS-GR-006",
    reason: "Storage and queues stay inside AWS; users do not reach them from the internet",
    instead: "Put a service in front",
  },
  {
    from: "snsTopic",
    to: ["service", "taskDefinition"],
    rule: "ECS-EVT-008",
    reason: "SNS cannot start or call a task",
    instead: "Use SNS → SQS → service, or SNS → ALB over HTTPS",
    via: "sqsQueue",
  },
  {
    from: "sqsQueue",
    to: "taskDefinition",
    rule: "ECS-EVT-008",
    reason: "A queue does not start tasks",
    instead: "Connect the queue to a service that polls it, or use an EventBridge Pipe",
  },
  {
    from: "s3Bucket",
    to: "service",
    rule: "ECS-EVT-008",
    reason: "S3 notifies topics, queues, Lambda or EventBridge, not a service",
    instead: "Use S3 → EventBridge rule → task definition. To read the bucket, draw from the container to the bucket",
  },
  {
    from: ["eventRule", "eventSchedule"],
    to: ["secret", "ssmParameter", "efs", "s3Bucket", "ecrRepository", "dockerHub"],
    rule: "ECS-GR-001",
    reason: "This is not a target that EventBridge can deliver to",
    instead: "Start a task that uses it",
  },
  {
    from: ["eventRule", "eventSchedule"],
    to: ["asgCapacityProvider", "cluster"],
    rule: "ECS-GR-001",
    reason: "RunTask starts whole tasks of a definition on a cluster, not on chosen instances",
    instead: "Connect the task definition; the edge names the cluster",
  },
  {
    from: "taskDefinition",
    to: ["service", "eventRule", "eventSchedule"],
    rule: "ECS-GR-001",
    reason: "A task definition is a description; services, rules and schedules use it, not the other way round",
    instead: "Draw from the service, rule or schedule to the definition",
  },
  {
    from: "service",
    to: "eventSchedule",
    rule: "ECS-GR-001",
    reason: "A schedule fires by the clock and watches nothing",
    instead: "Connect the service to an EventBridge rule",
  },
  {
    from: ["eventRule", "eventSchedule"],
    to: ["eventRule", "eventSchedule"],
    rule: "ECS-GR-001",
    reason: "Rules and schedules do not start one another",
    instead: "Give each its own target, or let the first send to a topic or queue",
  },
  {
    from: "ecrRepository",
    to: ["ecrRepository", "dockerHub"],
    rule: "ECS-GR-001",
    reason: "A pull-through cache is a rule of the registry, not a link between repositories",
    instead: "Add the cache rule as a generic resource (AWS::ECR::PullThroughCacheRule)",
  },
  {
    from: "sqsQueue",
    to: ["snsTopic", "eventRule", "eventSchedule"],
    rule: "ECS-GR-001",
    reason: "A queue keeps messages until somebody fetches them; it sends nothing on by itself",
    instead: "Connect the queue to a service that polls it and sends on",
  },
  {
    from: "service",
    to: "internet",
    rule: "ECS-GR-001",
    reason: "Tasks reach the internet through the subnets they stand in, not through an arrow",
    instead: "Choose public subnets with a public IP address, or private subnets behind a NAT gateway",
  },
  {
    from: "snsTopic",
    to: ["snsTopic", "eventRule", "nlb", "clb"],
    rule: "ECS-GR-001",
    reason: "SNS delivers to queues, functions and HTTPS endpoints",
    instead: "Use SNS → SQS, or SNS → ALB over HTTPS",
  },
];

/** Relations that a gesture in the other direction may mean, because the reverse has no meaning of its own. */
export const pairsFrom = (from: NodeKind, to: NodeKind): readonly RelationId[] =>
  pairs.find((row) => row.from === from && row.to === to)?.relations ?? [];
