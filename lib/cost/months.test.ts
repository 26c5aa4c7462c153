import { beforeAll, describe, expect, it } from "vitest";
import type { InputOf } from "../catalog";
import { buildModel } from "../model/build";
import { lower } from "../stack/lower";
import { type Draft, draw } from "../testing/draw";
import { estimate } from "./estimate";
import { loadPrices, type PriceBook } from "./prices";

/**
 * Whole months of small designs, worked out by hand with the rates of AWS's pricing pages for us-east-1 (named beside each
 * group) and nothing of this folder.
 */
let book: PriceBook;
beforeAll(async () => {
  const loaded = await loadPrices("us-east-1");
  if (loaded.ok) book = loaded.value;
});

const HOURS = 730;
const SECONDS = HOURS * 3600;
const DAYS = HOURS / 24;
const KB_PER_GB = 1024 * 1024;
const gbOf = (perSecond: number, kb: number): number => (perSecond * kb * SECONDS) / KB_PER_GB;
const sum = (parts: readonly number[]): number => parts.reduce((all, one) => all + one, 0);

const give = (draft: Draft, id: string, figures: Record<string, number>): void => {
  draft.document.usage.scenarios.typical[id] = figures;
};

function total(build: (draft: Draft) => void, freeTier = false): number {
  const model = buildModel(draw(build));
  return estimate(model, lower(model), book, { scenario: "typical", environment: null, freeTier }).total;
}

type Task = InputOf<"taskDefinition">;

/** One service in a VPC without NAT gateways, whose task writes no logs. */
function alone(
  draft: Draft,
  service: InputOf<"service">,
  task: Partial<Task>,
  network: InputOf<"vpc"> = { natGateways: "none" },
) {
  const vpc = draft.add("vpc", network);
  const cluster = draft.add("cluster", {}, { parent: vpc });
  const id = draft.add("service", { launchType: "FARGATE", tier: "public", ...service }, { parent: cluster });
  const definition = draft.add(
    "taskDefinition",
    {
      cpu: 256,
      memory: 512,
      networkMode: "awsvpc",
      requiresCompatibilities: ["FARGATE"],
      containerDefinitions: { c1: { name: "app", image: "public.ecr.aws/x/app:1" } },
      ...task,
    },
    { parent: cluster },
  );
  draft.connect(id, "run", definition);
  give(draft, definition, { logsGb: 0 });
  return { vpc, cluster, service: id, definition };
}

/** A load balancer with figures of use in a VPC of its own, in front of services that do not run. */
function front(
  draft: Draft,
  kind: "alb" | "nlb",
  figures: Record<string, number>,
  props: object = {},
  services = 1,
): string {
  const vpc = draft.add("vpc", { natGateways: "none" });
  const balancer = draft.add(kind, props, { parent: vpc });
  const cluster = draft.add("cluster", {}, { parent: vpc });
  for (let at = 0; at < services; at += 1)
    draft.connect(balancer, "forward", draft.add("service", { launchType: "FARGATE" }, { parent: cluster }), {
      pathPatterns: at === 0 ? [] : [`/${at}`],
    });
  give(draft, balancer, figures);
  return balancer;
}

type Month = [name: string, build: (draft: Draft) => void, parts: () => number[], freeTier?: boolean];
const check = ([, build, parts, freeTier]: Month): void => expect(total(build, freeTier)).toBeCloseTo(sum(parts()), 6);

// https://aws.amazon.com/fargate/pricing/, https://aws.amazon.com/vpc/pricing/
const VCPU = 0.04048;
const MEMORY = 0.004445;
const STORAGE = 0.000111;
const ADDRESS = 0.005;
const SMALL = 0.25 * VCPU + 0.5 * MEMORY;
const WINDOWS = 0.046552 + 0.046 + 2 * 0.00511175;
const windows: Partial<Task> = {
  cpu: 1024,
  memory: 2048,
  runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" },
};

describe("a month of Fargate", () => {
  it.each<Month>([
    [
      "x86 with 30 GB of storage, 20 of them included",
      (draft) => void alone(draft, { desiredCount: 2 }, { cpu: 1024, memory: 2048, ephemeralStorage: 30 }),
      () => [2 * HOURS * (VCPU + 2 * MEMORY + 10 * STORAGE)],
    ],
    [
      "ARM64, a base of one on demand, of four more three on Spot at 70 % off, storage never",
      (draft) => {
        const strategy = [
          { capacityProvider: "FARGATE" as const, base: 1, weight: 1 },
          { capacityProvider: "FARGATE_SPOT" as const, weight: 3 },
        ];
        const task: Partial<Task> = {
          cpu: 512,
          memory: 1024,
          ephemeralStorage: 50,
          runtimePlatform: { cpuArchitecture: "ARM64" },
        };
        const { service } = alone(
          draft,
          { desiredCount: 5, launchType: undefined, capacityProviderStrategy: strategy },
          task,
        );
        give(draft, service, { spotDiscount: 70 });
      },
      () => [HOURS * (2 + 3 * 0.3) * (0.5 * 0.03238 + 0.00356), HOURS * 5 * 30 * STORAGE],
    ],
    [
      "Windows with its licence",
      (draft) => void alone(draft, { desiredCount: 2 }, windows),
      () => [2 * HOURS * WINDOWS],
    ],
    [
      "public addresses, and 20 TB to the internet over two tiers",
      (draft) => {
        const { service } = alone(draft, { desiredCount: 3, assignPublicIp: true }, {});
        give(draft, service, { internetGb: 20_000 });
      },
      () => [3 * HOURS * (SMALL + ADDRESS), 10_240 * 0.09 + 9760 * 0.085],
    ],
    [
      "half a minute, three tasks at a time, every quarter of ten hours on working days: one minute each",
      (draft) => {
        const { cluster, definition } = alone(draft, { desiredCount: 0 }, {});
        const schedule = draft.add("eventSchedule", { scheduleExpression: "cron(0/15 8-17 ? * MON-FRI *)" });
        draft.connect(schedule, "runTask", definition, { cluster, taskCount: 3 });
        give(draft, schedule, { runMinutes: 0.5 });
      },
      () => [((40 * 5) / 7) * DAYS * 3 * (1 / 60) * SMALL],
    ],
    [
      "one minute of Windows every hour: five each",
      (draft) => {
        const { cluster, definition } = alone(draft, { desiredCount: 0 }, windows);
        const rule = draft.add("eventRule", { scheduleExpression: "rate(1 hour)" });
        draft.connect(rule, "runTask", definition, { cluster });
        give(draft, rule, { runMinutes: 1 });
      },
      () => [HOURS * (5 / 60) * WINDOWS],
    ],
    [
      "timetables that overlap: at least six from 8, seven from 12, two from 18 on working days",
      (draft) =>
        void alone(
          draft,
          {
            autoScaling: {
              minCapacity: 1,
              maxCapacity: 4,
              policies: [],
              scheduledActions: [
                { schedule: "cron(0 8 ? * MON-FRI *)", minCapacity: 6, maxCapacity: 8 },
                { schedule: "cron(0 12 ? * MON-FRI *)", minCapacity: 7 },
                { schedule: "cron(0 18 ? * MON-FRI *)", minCapacity: 2, maxCapacity: 2 },
              ],
            },
          },
          {},
        ),
      // Two all the time, on 261 days four more for four hours and five more for six.
      () => [HOURS * SMALL * (2 + (261 * (4 * 4 + 6 * 5)) / 8760)],
    ],
  ])("%s", (...month) => check(month));
});

// https://aws.amazon.com/elasticloadbalancing/pricing/, https://aws.amazon.com/ec2/pricing/on-demand/
const BALANCER = HOURS * (0.0225 + 2 * ADDRESS);
const LCU = HOURS * 0.008;
const NLCU = HOURS * 0.006;

describe("a month of load balancers", () => {
  it.each<Month>([
    [
      "new connections: 50 a second are two units",
      (draft) =>
        void front(draft, "alb", { requestsPerSecond: 100, requestKb: 1, responseKb: 1, requestsPerConnection: 2 }),
      () => [BALANCER, 2 * LCU, gbOf(100, 1) * 0.09],
    ],
    [
      "active connections: 10 a second of ten minutes are two units",
      (draft) =>
        void front(draft, "alb", { requestsPerSecond: 10, requestKb: 0, responseKb: 0, connectionSeconds: 600 }),
      () => [BALANCER, 2 * LCU],
    ],
    [
      "bytes in both directions, and those to clients over two tiers",
      (draft) =>
        void front(draft, "alb", { requestsPerSecond: 10, requestKb: 50, responseKb: 450, requestsPerConnection: 100 }),
      () => [BALANCER, gbOf(10, 500) * 0.008, 10_240 * 0.09 + (gbOf(10, 450) - 10_240) * 0.085],
    ],
    [
      "an internal one: no addresses and nothing to the internet",
      (draft) =>
        void front(
          draft,
          "alb",
          { requestsPerSecond: 100, requestKb: 1, responseKb: 1 },
          { scheme: "internal", tier: "private" },
        ),
      () => [HOURS * 0.0225, 4 * LCU],
    ],
    [
      "UDP: 1,000 flows of two minutes are 2.5 units",
      (draft) =>
        void front(
          draft,
          "nlb",
          { requestsPerSecond: 1000, requestKb: 0, responseKb: 0, connectionSeconds: 120 },
          { listeners: [{ port: 53, protocol: "UDP" }], crossZone: false },
        ),
      () => [BALANCER, 2.5 * NLCU],
    ],
    [
      "TLS, with half of the data crossing zones, on both sides",
      (draft) =>
        void front(
          draft,
          "nlb",
          { requestsPerSecond: 100, requestKb: 4, responseKb: 4 },
          { listeners: [{ port: 443, protocol: "TLS", certificate: { from: "parameter" } }] },
        ),
      () => [BALANCER, gbOf(100, 8) * 0.006, gbOf(100, 4) * 0.09, (gbOf(100, 8) / 2) * 0.02],
    ],
    [
      "200 TB by two of them: tiers count for the account",
      (draft) => {
        for (const _ of [1, 2]) front(draft, "alb", { requestsPerSecond: 0, internetGb: 100_000 });
      },
      () => [2 * BALANCER, 10_240 * 0.09 + 40_960 * 0.085 + 102_400 * 0.07 + 46_400 * 0.05],
    ],
    [
      "100 GB free, once for both",
      (draft) => {
        for (const _ of [1, 2]) front(draft, "alb", { requestsPerSecond: 0, internetGb: 80 });
      },
      () => [2 * BALANCER, 60 * 0.09],
      true,
    ],
  ])("%s", (...month) => check(month));
});

/** Services on instances in one cluster: how many tasks, CPU and memory of each. */
function onInstances(
  draft: Draft,
  capacity: InputOf<"asgCapacityProvider">,
  services: readonly (readonly [number, number, number])[],
) {
  const cluster = draft.add("cluster", {}, { parent: draft.add("vpc", { natGateways: "none" }) });
  const instances = draft.add("asgCapacityProvider", capacity, { parent: cluster });
  for (const [desiredCount, cpu, memoryReservation] of services) {
    const service = draft.add("service", { desiredCount }, { parent: cluster });
    const container = { name: "app", image: "public.ecr.aws/x/app:1", cpu, memoryReservation };
    const task = draft.add(
      "taskDefinition",
      { networkMode: "bridge", requiresCompatibilities: ["EC2"], containerDefinitions: { c1: container } },
      { parent: cluster },
    );
    draft.connect(service, "run", task);
    draft.connect(service, "useCapacity", instances);
    give(draft, task, { logsGb: 0 });
  }
}

describe("a month of instances, networks and the rest", () => {
  it.each<Month>([
    // https://aws.amazon.com/ec2/pricing/on-demand/, https://aws.amazon.com/ebs/pricing/, two alarms of managed scaling.
    [
      "three m5.large of 50 GB, never more or less",
      (draft) =>
        onInstances(
          draft,
          { instanceType: "m5.large", minSize: 3, maxSize: 3, rootVolumeGiB: 50, managedScaling: false },
          [[3, 512, 1024]],
        ),
      () => [3 * HOURS * 0.096, 3 * 50 * 0.08],
    ],
    [
      "nine tasks of half a vCPU fill three m5.large; a target of 80 % takes four",
      (draft) =>
        onInstances(draft, { instanceType: "m5.large", minSize: 1, maxSize: 10, targetCapacity: 80 }, [[9, 512, 1024]]),
      () => [4 * HOURS * 0.096, 4 * 30 * 0.08, 0.2],
    ],
    [
      "two services share c6g.xlarge: eight vCPU of tasks on two",
      (draft) =>
        onInstances(draft, { instanceType: "c6g.xlarge", ami: "al2023-arm64", minSize: 0, maxSize: 10 }, [
          [6, 1024, 1024],
          [4, 512, 512],
        ]),
      () => [2 * HOURS * 0.136, 2 * 30 * 0.08, 0.2],
    ],
    // https://aws.amazon.com/vpc/pricing/, https://aws.amazon.com/privatelink/pricing/
    [
      "a NAT gateway in each of three zones with 5 TB, one of them to the internet",
      (draft) =>
        give(draft, draft.add("vpc", { natGateways: "perZone", availabilityZones: 3 }), {
          natGb: 5000,
          internetGb: 1000,
        }),
      () => [3 * HOURS * (0.045 + ADDRESS), 5000 * 0.045, 1000 * 0.09],
    ],
    [
      "three endpoints in three zones with 2 PB over two tiers",
      (draft) =>
        give(
          draft,
          draft.add("vpc", { natGateways: "none", interfaceEndpoints: ["sqs", "sns", "logs"], availabilityZones: 3 }),
          { endpointGb: 2_000_000 },
        ),
      () => [9 * HOURS * 0.01, 1_048_576 * 0.01 + (2_000_000 - 1_048_576) * 0.006],
    ],
    [
      "images of two containers through NAT gateways: 5 deployments of three tasks, 200 MB each",
      (draft) => {
        const images = { c1: { name: "app", image: "nginx:1" }, c2: { name: "side", image: "ghcr.io/x/side:1" } };
        const ids = alone(
          draft,
          { desiredCount: 3, tier: "private" },
          { containerDefinitions: images },
          { natGateways: "perZone" },
        );
        give(draft, ids.service, { deployments: 5 });
        give(draft, ids.definition, { imageMb: 200, logsGb: 0 });
        give(draft, ids.vpc, { internetGb: 0, internetInGb: 0 });
      },
      () => [3 * HOURS * SMALL, 2 * HOURS * (0.045 + ADDRESS), ((5 * 3 * 2 * 200) / 1024) * 0.045],
    ],
    // https://aws.amazon.com/efs/pricing/
    [
      "EFS, elastic: 60 % hardly read",
      (draft) =>
        give(draft, draft.add("efs", { backup: false }, { parent: draft.add("vpc", { natGateways: "none" }) }), {
          storedGb: 1000,
          infrequentPercent: 60,
          infrequentGb: 20,
          readGb: 200,
          writtenGb: 100,
        }),
      () => [400 * 0.3, 600 * 0.016, 20 * 0.01, 60 * 0.01, 200 * 0.03, 100 * 0.06],
    ],
    // https://aws.amazon.com/sqs/pricing/
    [
      "150 billion requests of a queue over two tiers",
      (draft) => give(draft, draft.add("sqsQueue"), { messages: 5e10 }),
      () => [1e11 * 4e-7, 5e10 * 3e-7],
    ],
    [
      "a million requests free, once for two queues",
      (draft) => {
        for (const _ of [1, 2]) give(draft, draft.add("sqsQueue"), { requests: 800_000 });
      },
      () => [600_000 * 4e-7],
      true,
    ],
    // https://aws.amazon.com/s3/pricing/, https://aws.amazon.com/kms/pricing/
    [
      "60 TB in S3 over two tiers, each request one of KMS",
      (draft) =>
        give(draft, draft.add("s3Bucket", { encryption: "SSE-KMS" }), { storedGb: 60_000, writes: 1e6, reads: 1e7 }),
      () => [51_200 * 0.023 + 8800 * 0.022, 5, 4, 1.1e7 * 3e-6],
    ],
    // https://aws.amazon.com/secrets-manager/pricing/, https://aws.amazon.com/systems-manager/pricing/
    [
      "a secret and an advanced parameter with a million calls each",
      (draft) => {
        give(draft, draft.add("secret"), { requests: 1e6 });
        give(draft, draft.add("ssmParameter", { tier: "Advanced" }), { requests: 1e6 });
      },
      () => [0.4 + 5, HOURS * 0.00007 + 5],
    ],
    // https://aws.amazon.com/cloudwatch/pricing/: the 5 GB that are free are spent on what is written.
    [
      "6 GB of logs, five of them free",
      (draft) => give(draft, alone(draft, { desiredCount: 0 }, {}).definition, { logsGb: 6 }),
      () => [0.5, ((6 * 0.15 * 30) / DAYS) * 0.03],
      true,
    ],
  ])("%s", (...month) => check(month));
});
