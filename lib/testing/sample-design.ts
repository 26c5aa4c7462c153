import type { InputOf } from "../catalog";
import type { Document } from "../document/document";
import { type Draft, draw } from "./draw";
import { type Random, random } from "./random";

/** Fargate sizes used by samples: rows of AWS's table. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html */
const sizes = [
  [256, 512],
  [256, 1024],
  [512, 1024],
  [512, 4096],
  [1024, 2048],
  [2048, 8192],
  [4096, 30720],
] as const;

/**
 * A random design of about `size` nodes as people draw them: networks with clusters, services behind load balancers,
 * workers on queues, scheduled tasks, storage, secrets and repositories. Valid by construction; the seed decides all.
 */
export function sampleDesign(seed: number, size: number): Document {
  const dice = random(seed);
  return draw(
    (draft) => {
      const count = (): number => Object.keys(draft.document.nodes).length;
      while (count() < size) network(draft, dice, Math.min(size, count() + 40));
    },
    { region: dice.pick(["us-east-1", "eu-west-1"]), production: dice.chance(0.3) },
  );
}

interface Surroundings {
  draft: Draft;
  dice: Random;
  vpc: string | undefined;
  cluster: string;
  ec2: string | undefined;
  balancer: string | undefined;
  files: string | undefined;
  alerts: string | undefined;
  secrets: string[];
  number: number;
}

function network(draft: Draft, dice: Random, until: number): void {
  const nat = dice.pick(["one", "perZone", "one"] as const);
  const vpc = dice.chance(0.9)
    ? draft.add("vpc", {
        availabilityZones: dice.pick([2, 3] as const),
        natGateways: nat,
        isolatedSubnets: dice.chance(0.3),
        gatewayEndpoints: dice.chance(0.5) ? ["s3"] : [],
        interfaceEndpoints: dice.chance(0.3) ? ["logs", "ecr.api", "ecr.dkr"] : [],
        source: dice.chance(0.1) ? "existing" : "new",
      })
    : undefined;
  const parent = vpc === undefined ? {} : { parent: vpc };
  const cluster = draft.add(
    "cluster",
    { containerInsights: dice.pick(["disabled", "enabled", "enhanced"] as const) },
    parent,
  );
  const ec2 = dice.chance(0.4)
    ? draft.add(
        "asgCapacityProvider",
        { instanceType: dice.pick(["t3.medium", "m6i.large", "c6i.xlarge"]), minSize: 2, maxSize: dice.int(3, 10) },
        { parent: cluster },
      )
    : undefined;
  const balancer = dice.chance(0.8) ? loadBalancer(draft, dice, parent) : undefined;
  const around: Surroundings = {
    draft,
    dice,
    vpc,
    cluster,
    ec2,
    balancer,
    files: dice.chance(0.5)
      ? draft.add("efs", { throughputMode: dice.pick(["elastic", "bursting"] as const) }, parent)
      : undefined,
    alerts: dice.chance(0.4) ? draft.add("snsTopic", {}) : undefined,
    secrets: [draft.add("secret", {}), draft.add("ssmParameter", { source: { from: "value", value: "on" } })],
    number: 0,
  };
  const cells = [webCell, workerCell, scheduleCell, storageCell, genericCell];
  webCell(around);
  while (Object.keys(draft.document.nodes).length < until) dice.pick(cells)(around);
  if (around.alerts !== undefined) {
    const rule = draft.add("eventRule", {});
    draft.connect(cluster, "intercept", rule);
    draft.connect(rule, "deliver", around.alerts);
  }
}

function loadBalancer(draft: Draft, dice: Random, at: { parent?: string }): string {
  const users = draft.add("internet", {});
  const alb = draft.add(
    "alb",
    {
      listeners: [
        { port: 80, protocol: "HTTP", redirectToHttps: true },
        { port: 443, protocol: "HTTPS", certificate: { from: "parameter" } },
      ],
      idleTimeout: dice.chance(0.3) ? 120 : undefined,
    },
    at,
  );
  draft.connect(users, "request", alb);
  if (dice.chance(0.2)) draft.connect(alb, "accessLogs", draft.add("s3Bucket", {}));
  return alb;
}

/** A task definition with its image, log, secrets; returns `TASK/c1`. */
function task(
  around: Surroundings,
  where: "FARGATE" | "EC2",
  port: number | undefined,
): { task: string; container: string } {
  const { draft, dice } = around;
  const [cpu, memory] = dice.pick(sizes);
  const containers: NonNullable<InputOf<"taskDefinition">["containerDefinitions"]> = {
    c1: {
      name: "app",
      readonlyRootFilesystem: true,
      portMappings: port === undefined ? [] : [{ containerPort: port }],
      environment: dice.chance(0.5) ? [{ name: "STAGE", value: "sample" }] : [],
      ...(where === "EC2" ? { memoryReservation: 256, memory: 512 } : {}),
    },
  };
  if (dice.chance(0.3)) {
    containers.c2 = {
      name: "sidecar",
      image: "public.ecr.aws/aws-observability/aws-otel-collector:v0.40.0",
      essential: false,
      readonlyRootFilesystem: true,
      ...(where === "EC2" ? { memoryReservation: 64, memory: 128 } : {}),
    };
  }
  const id = draft.add(
    "taskDefinition",
    where === "FARGATE"
      ? {
          cpu,
          memory,
          networkMode: "awsvpc",
          requiresCompatibilities: ["FARGATE"],
          containerDefinitions: containers,
          runtimePlatform: { cpuArchitecture: dice.pick(["X86_64", "ARM64"] as const) },
          ephemeralStorage: dice.chance(0.2) ? dice.int(21, 200) : undefined,
        }
      : { networkMode: "bridge", requiresCompatibilities: ["EC2"], containerDefinitions: containers },
    { parent: around.cluster },
  );
  const container = `${id}/c1`;
  if (dice.chance(0.7)) draft.connect(container, "pull", draft.add("ecrRepository", {}), { tag: `v${dice.int(1, 9)}` });
  else draft.connect(container, "pull", draft.add("dockerHub", {}), { tag: "1.27" });
  if (containers.c2 && dice.chance(0.5)) draft.connect(container, "dependsOn", `${id}/c2`);
  const [secret, parameter] = around.secrets;
  if (secret && dice.chance(0.5)) draft.connect(container, "inject", secret, { name: "DB_PASSWORD" });
  if (parameter && dice.chance(0.3)) draft.connect(container, "inject", parameter, { name: "FEATURE" });
  if (around.files && dice.chance(0.4)) {
    draft.connect(container, "mount", around.files, {
      containerPath: "/data",
      ...(dice.chance(0.5) ? { accessPoint: { path: "/app" } } : {}),
    });
  }
  return { task: id, container };
}

type Scaling = NonNullable<InputOf<"service">["autoScaling"]>;

function service(around: Surroundings, where: "FARGATE" | "EC2", autoScaling?: Scaling): string {
  const { draft, dice } = around;
  const spot = where === "FARGATE" && dice.chance(0.2);
  const id = draft.add(
    "service",
    {
      ...(where === "FARGATE" && !spot ? { launchType: "FARGATE" as const } : {}),
      ...(autoScaling ? { autoScaling } : { desiredCount: dice.int(2, 6) }),
      ...(spot
        ? {
            capacityProviderStrategy: [
              { capacityProvider: "FARGATE" as const, base: 1, weight: 1 },
              { capacityProvider: "FARGATE_SPOT" as const, weight: 3 },
            ],
          }
        : {}),
    },
    { parent: around.cluster },
  );
  if (where === "EC2" && around.ec2) draft.connect(id, "useCapacity", around.ec2);
  return id;
}

function webCell(around: Surroundings): void {
  const { draft, dice } = around;
  const where = around.ec2 !== undefined && dice.chance(0.5) ? "EC2" : "FARGATE";
  const web = service(around, where, dice.chance(0.5) ? webScaling(around) : undefined);
  const { task: definition } = task(around, where, 8080);
  draft.connect(web, "run", definition);
  if (around.balancer === undefined) return;
  around.number += 1;
  draft.connect(around.balancer, "forward", web, {
    healthCheck: { path: "/health" },
    ...(around.number === 1 ? {} : { pathPatterns: [`/part${around.number}/*`] }),
  });
}

/** What keeps up with requests; a load balancer counts them where there is one. */
function webScaling({ dice, balancer }: Surroundings): Scaling {
  const policies: Scaling["policies"] = [
    {
      policyType: "TargetTrackingScaling",
      predefinedMetricType: dice.pick(["ECSServiceAverageCPUUtilization", "ECSServiceAverageMemoryUtilization"]),
      targetValue: dice.pick([50, 60, 75]),
      ...(dice.chance(0.3) ? { scaleInCooldown: 120, scaleOutCooldown: 60 } : {}),
    },
  ];
  if (balancer !== undefined && dice.chance(0.5))
    policies.push({
      policyType: "TargetTrackingScaling",
      predefinedMetricType: "ALBRequestCountPerTarget",
      targetValue: 1000,
      disableScaleIn: dice.chance(0.3),
    });
  const night: Scaling["scheduledActions"] = dice.chance(0.3)
    ? [
        { schedule: "cron(0 7 ? * MON-FRI *)", timezone: "Europe/Berlin", minCapacity: 3, maxCapacity: 8 },
        { schedule: "cron(0 20 ? * MON-FRI *)", timezone: "Europe/Berlin", minCapacity: 2 },
      ]
    : [];
  return { minCapacity: 2, maxCapacity: dice.int(4, 8), policies, scheduledActions: night };
}

/** What keeps up with a queue, in the usual steps or in others. */
const workerScaling = (dice: Random): Scaling => ({
  minCapacity: 2,
  maxCapacity: dice.int(4, 20),
  policies: [
    dice.chance(0.5)
      ? { policyType: "StepScaling" }
      : {
          policyType: "StepScaling",
          steps: [
            { threshold: 0, scalingAdjustment: -2 },
            { threshold: 10, scalingAdjustment: -1 },
            { threshold: 50, scalingAdjustment: 2 },
          ],
          cooldown: 120,
        },
  ],
});

function workerCell(around: Surroundings): void {
  const { draft, dice } = around;
  const worker = service(around, "FARGATE", workerScaling(dice));
  const { task: definition, container } = task(around, "FARGATE", undefined);
  draft.connect(worker, "run", definition);
  const queue = draft.add("sqsQueue", { visibilityTimeout: 180, fifo: false });
  const failed = draft.add("sqsQueue", { messageRetentionPeriod: 1209600 });
  draft.connect(queue, "deadLetter", failed, { maxReceiveCount: dice.int(3, 5) });
  draft.connect(queue, "poll", worker);
  if (around.alerts && dice.chance(0.5)) draft.connect(container, "publish", around.alerts);
}

function scheduleCell(around: Surroundings): void {
  const { draft, dice } = around;
  const { task: definition } = task(around, "FARGATE", undefined);
  const lost = draft.add("sqsQueue", {});
  const schedule = draft.add("eventSchedule", {
    scheduleExpression: dice.pick(["cron(0 3 * * ? *)", "rate(6 hours)", "rate(1 day)"]),
  });
  draft.connect(schedule, "runTask", definition, { cluster: around.cluster, deadLetterQueue: lost });
}

function storageCell(around: Surroundings): void {
  const { draft, dice } = around;
  const bucket = draft.add("s3Bucket", {});
  const writer = service(around, "FARGATE");
  const { task: definition, container } = task(around, "FARGATE", undefined);
  draft.connect(writer, "run", definition);
  draft.connect(container, "access", bucket, { may: dice.pick(["read", "write", "readWrite"] as const) });
  if (dice.chance(0.3)) draft.connect(bucket, "notify", draft.add("sqsQueue", {}));
}

function genericCell(around: Surroundings): void {
  around.draft.add("generic", {
    type: "AWS::DynamoDB::Table",
    properties: {
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    },
  });
  if (around.dice.chance(0.3)) around.draft.add("note", { text: "To be discussed" });
}
