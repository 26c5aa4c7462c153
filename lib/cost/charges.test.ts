import { beforeAll, describe, expect, it } from "vitest";
import type { Scenario } from "../document/document";
import { buildModel } from "../model/build";
import { lower } from "../stack/lower";
import { type Draft, draw } from "../testing/draw";
import { ec2Web, fargateWeb } from "../testing/presets";
import type { Cost } from "./cost";
import { estimate } from "./estimate";
import { loadPrices, type PriceBook } from "./prices";

const books = new Map<string, PriceBook>();
beforeAll(async () => {
  for (const region of ["us-east-1", "us-east-2", "eu-west-1", "eu-central-1"]) {
    const loaded = await loadPrices(region);
    if (loaded.ok) books.set(region, loaded.value);
  }
});

function costOf(build: (draft: Draft) => void, region = "us-east-1", scenario: Scenario = "typical"): Cost {
  const model = buildModel(draw(build, { region }));
  return estimate(model, lower(model), books.get(region) as PriceBook, { scenario, environment: null });
}

const named = (lines: readonly { item: string }[], text: string) => lines.filter((line) => line.item.includes(text));
const sum = (cost: Cost, text: string): number =>
  cost.lines.filter((line) => line.item.includes(text)).reduce((total, line) => total + line.amount, 0);
const give = (draft: Draft, id: string, figures: Record<string, number>): void => {
  draft.document.usage.scenarios.typical[id] = figures;
};

/** Totals that AWS's own calculator printed; within two cents. calculator.aws, 2026 */
describe("AWS's own totals", () => {
  it.each<[string, string, (draft: Draft) => void, string[], number]>([
    [
      "an ALB with 35 capacity units",
      "eu-west-1",
      (draft) => give(draft, draft.add("alb"), { capacityUnits: 35 }),
      ["Application Load Balancer"],
      222.8,
    ],
    [
      "an NLB with 30 capacity units",
      "eu-west-1",
      (draft) => give(draft, draft.add("nlb"), { capacityUnits: 30 }),
      ["Network Load Balancer"],
      149.8,
    ],
    [
      "10 TB to the internet",
      "eu-west-1",
      (draft) => give(draft, draft.add("alb"), { internetGb: 10_240 }),
      ["Data transfer out"],
      921.6,
    ],
    [
      "NAT gateways in three zones with 1,024 GB together",
      "eu-central-1",
      (draft) => give(draft, draft.add("vpc", { availabilityZones: 3, natGateways: "perZone" }), { natGb: 1024 }),
      ["NAT gateway"],
      167.13,
    ],
    [
      "ten million requests of a standard and of a FIFO queue",
      "us-east-2",
      (draft) => {
        give(draft, draft.add("sqsQueue"), { requests: 10_000_000 });
        give(draft, draft.add("sqsQueue", { fifo: true }), { requests: 10_000_000 });
      },
      ["SQS requests"],
      9,
    ],
    [
      "10 GB in ECR",
      "us-east-2",
      (draft) => give(draft, draft.add("ecrRepository"), { storedGb: 10 }),
      ["ECR image storage"],
      1,
    ],
    [
      "a secret with one call",
      "us-east-2",
      (draft) => give(draft, draft.add("secret"), { requests: 1 }),
      ["Secrets"],
      0.4,
    ],
  ])("%s", (_case, region, build, items, total) => {
    const cost = costOf(build, region);
    expect(Math.abs(items.reduce((all, item) => all + sum(cost, item), 0) - total)).toBeLessThanOrEqual(0.02);
  });
});

describe("charges", () => {
  it("count what one node gives once, however many gateways and endpoints it makes", () => {
    const build = (draft: Draft): void =>
      give(draft, draft.add("vpc", { natGateways: "perZone", interfaceEndpoints: ["logs", "sqs", "sns"] }), {
        natGb: 100,
        endpointGb: 10,
        internetGb: 50,
      });
    const cost = costOf(build);
    expect(sum(cost, "Data processed by NAT gateways")).toBeCloseTo(100 * 0.045, 8);
    expect(sum(cost, "Data processed by interface endpoints")).toBeCloseTo(10 * 0.01, 8);
    expect(sum(cost, "Data transfer out")).toBeCloseTo(50 * 0.09, 8);
    const assumed = named(
      costOf((draft) => void draft.add("vpc", { natGateways: "perZone" })).lines,
      "processed by NAT",
    );
    expect(assumed).toEqual([
      expect.objectContaining({
        // One GB to the internet and one back, beside what connections carry.
        quantity: 2,
        assumption: expect.stringMatching(/^Data sent to the internet a month 1 GB, Data received .* 1 GB, until/),
      }),
    ]);
  });

  it("charge what reaches the one NAT gateway from other zones, on both sides", () => {
    const crossing = (natGateways: "one" | "perZone") =>
      sum(
        costOf((draft) => give(draft, draft.add("vpc", { natGateways, availabilityZones: 3 }), { natGb: 300 })),
        "between Availability Zones",
      );
    // 200 of 300 GB at 0.01 on each side
    expect(crossing("one")).toBeCloseTo(200 * 0.02, 8);
    expect(crossing("perZone")).toBe(0);
  });

  it("take public addresses of started tasks and of instances in public subnets", () => {
    const cost = costOf((draft) => {
      const vpc = draft.add("vpc");
      const cluster = draft.add("cluster", {}, { parent: vpc });
      const task = draft.add(
        "taskDefinition",
        {
          cpu: 256,
          memory: 512,
          networkMode: "awsvpc",
          requiresCompatibilities: ["FARGATE"],
          containerDefinitions: { c1: { name: "app", image: "public.ecr.aws/nginx/nginx:1.27" } },
        },
        { parent: cluster },
      );
      const schedule = draft.add("eventSchedule", { scheduleExpression: "rate(1 hour)" });
      draft.connect(schedule, "runTask", task, { cluster, tier: "public", assignPublicIp: true, taskCount: 2 });
      give(draft, schedule, { runMinutes: 30 });
    });
    // 730 runs × 2 tasks × half an hour, one address each; two of the VPC's NAT gateway are not among them.
    const line = cost.lines.find((one) => one.item.includes("Public IPv4") && one.node !== "n1");
    expect(line?.quantity).toBeCloseTo(730, 8);
    const instances = costOf((draft) => void ec2Web(draft, { capacity: { minSize: 3, maxSize: 3, tier: "public" } }));
    const capacity = instances.lines.find(
      (one) =>
        one.item.includes("Public IPv4") && instances.lines.some((l) => l.node === one.node && /EC2/.test(l.item)),
    );
    expect(capacity?.quantity).toBe(3 * 730);
  });

  it("bill five minutes at least of a Windows task, one of a Linux task", () => {
    const hours = (operatingSystemFamily: string): number => {
      const cost = costOf((draft) => {
        const cluster = draft.add("cluster");
        const task = draft.add("taskDefinition", {
          cpu: 1024,
          memory: 2048,
          networkMode: "awsvpc",
          requiresCompatibilities: ["FARGATE"],
          runtimePlatform: { operatingSystemFamily },
          containerDefinitions: { c1: { name: "app", image: "public.ecr.aws/nginx/nginx:1.27" } },
        });
        const rule = draft.add("eventRule", { scheduleExpression: "rate(1 hour)" });
        draft.connect(rule, "runTask", task, { cluster });
        give(draft, rule, { runMinutes: 0.5 });
      });
      return (named(cost.lines, "Fargate vCPU hours")[0] as Cost["lines"][number]).quantity;
    };
    expect(hours("LINUX")).toBeCloseTo(730 / 60, 8);
    expect(hours("WINDOWS_SERVER_2022_CORE")).toBeCloseTo((730 * 5) / 60, 8);
  });

  it("bill each begun second of a started task", () => {
    const cost = costOf((draft) => {
      const cluster = draft.add("cluster");
      const task = draft.add("taskDefinition", {
        cpu: 1024,
        memory: 2048,
        networkMode: "awsvpc",
        requiresCompatibilities: ["FARGATE"],
        containerDefinitions: { c1: { name: "app", image: "public.ecr.aws/nginx/nginx:1.27" } },
      });
      const schedule = draft.add("eventSchedule", { scheduleExpression: "rate(1 hour)" });
      draft.connect(schedule, "runTask", task, { cluster });
      give(draft, schedule, { runMinutes: 1.51 });
    });
    // 90.6 seconds are 91. https://aws.amazon.com/fargate/pricing/
    expect(named(cost.lines, "Fargate vCPU hours")[0]).toMatchObject({
      quantity: expect.closeTo((730 * 91) / 3600, 9),
    });
  });

  it("split started tasks between Fargate and Spot as ECS does", () => {
    const cost = costOf((draft) => {
      const cluster = draft.add("cluster");
      const task = draft.add("taskDefinition", {
        cpu: 1024,
        memory: 2048,
        networkMode: "awsvpc",
        requiresCompatibilities: ["FARGATE"],
        containerDefinitions: { c1: { name: "app", image: "public.ecr.aws/nginx/nginx:1.27" } },
      });
      const schedule = draft.add("eventSchedule", { scheduleExpression: "rate(1 hour)" });
      draft.connect(schedule, "runTask", task, {
        cluster,
        taskCount: 4,
        capacityProviderStrategy: [
          { capacityProvider: "FARGATE", base: 1, weight: 0 },
          { capacityProvider: "FARGATE_SPOT", weight: 1 },
        ],
      });
      give(draft, schedule, { runMinutes: 60 });
    });
    expect(named(cost.lines, "Fargate vCPU hours")[0]).toMatchObject({ quantity: 730 });
    expect(named(cost.unknown, "Fargate Spot")[0]).toMatchObject({ quantity: 3 * 730, unit: "hours" });
  });

  it("ask what instances in public subnets send, where tasks use their addresses", () => {
    const sent = (task: NonNullable<Parameters<typeof ec2Web>[1]>["task"], tier: "public" | "private") => {
      const ids = { capacity: "" };
      const cost = costOf((draft) => {
        ids.capacity = ec2Web(draft, { capacity: { tier }, ...(task ? { task } : {}) }).capacity;
        give(draft, ids.capacity, { internetGb: 100 });
      });
      return cost.lines
        .filter(({ node, item }) => node === ids.capacity && item.startsWith("Data transfer out"))
        .reduce((total, { amount }) => total + amount, 0);
    };
    // https://aws.amazon.com/ec2/pricing/on-demand/: 0.09 a GB.
    expect(sent(undefined, "public")).toBeCloseTo(9, 9);
    expect(sent(undefined, "private")).toBe(0);
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html: no public address on EC2.
    expect(sent({ networkMode: "awsvpc" }, "public")).toBe(0);
  });

  it("take off the EFS throughput that stored data includes", () => {
    const efs = (figures: Record<string, number>) =>
      costOf((draft) =>
        give(
          draft,
          draft.add("efs", {
            throughputMode: "provisioned",
            provisionedThroughputInMibps: 20,
            transitionToIaDays: null,
          }),
          figures,
        ),
      );
    // 20 MiB/s − 0.05 × 100 GB, at 6.00
    expect(sum(efs({ storedGb: 100 }), "provisioned")).toBeCloseTo(15 * 6, 8);
    // 10 GB are assumed.
    expect(sum(efs({}), "provisioned")).toBeCloseTo(19.5 * 6, 8);
    expect(named(efs({}).lines, "provisioned")[0]).toHaveProperty("assumption");
    expect(sum(efs({ storedGb: 9_000 }), "provisioned")).toBe(0);
  });

  it("keep logs compressed for as long as the group keeps them", () => {
    let task = "";
    const cost = costOf((draft) => {
      task = fargateWeb(draft).task;
      give(draft, task, { logsGb: 100 });
    });
    const line = named(cost.lines, "Logs stored")[0] as Cost["lines"][number];
    expect(line.node).toBe(task);
    // 100 GB × 0.15 × 30 days of 730 h / 24, at 0.03
    expect(line.amount).toBeCloseTo((100 * 0.15 * 30 * 24 * 0.03) / 730, 8);
  });

  it("take few messages for a queue that gets only what failed", () => {
    let failed = "";
    const cost = costOf((draft) => {
      failed = draft.add("sqsQueue");
      draft.connect(draft.add("sqsQueue"), "deadLetter", failed);
    });
    const [line] = named(cost.lines, "SQS").filter((one) => (one as Cost["lines"][number]).node === failed);
    // 1,000 messages, each sent, received and deleted
    expect(line).toMatchObject({ quantity: 3000, assumption: expect.stringContaining("Messages that fail") });
  });

  it("name deliveries over HTTPS and payloads of FIFO topics", () => {
    const cost = costOf((draft) => {
      const { alb } = fargateWeb(draft);
      const topic = draft.add("snsTopic");
      const edge = draft.connect(topic, "subscribeHttps", alb, { host: "hooks.example.com" });
      give(draft, edge, { deliveries: 1_100_000 });
      give(draft, draft.add("snsTopic", { fifo: true }), { payloadGb: 10 });
    });
    // The first 100,000 are free in the price list itself.
    expect(sum(cost, "SNS deliveries")).toBeCloseTo(0.6, 8);
    expect(sum(cost, "SNS published payload")).toBeCloseTo(0.17, 8);
  });

  it("say that capacity without tasks depends on use, and pay as many instances as tasks need", () => {
    const idle = costOf((draft) => void ec2Web(draft, { capacity: { minSize: 0 }, service: { desiredCount: 0 } }));
    expect(named(idle.lines, "EC2 instance hours")).toEqual([]);
    expect(named(idle.unknown, "EC2 instance hours")[0]).toHaveProperty("why", expect.stringContaining("4 instances"));
    // Two vCPU and 4 GiB take two tasks of one vCPU.
    const change = { capacity: { minSize: 0, maxSize: 9 }, service: { desiredCount: 5 }, container: { cpu: 1024 } };
    const busy = costOf((draft) => void ec2Web(draft, change));
    expect(named(busy.lines, "EC2 instance hours")[0]).toMatchObject({ quantity: 3 * 730 });
  });

  it("take figures of the typical month where another scenario does not say, and say so", () => {
    const build = (draft: Draft): void => {
      const queue = draft.add("sqsQueue");
      give(draft, queue, { requests: 1_000_000 });
      const other = draft.add("sqsQueue");
      give(draft, other, { requests: 1_000_000 });
      draft.document.usage.scenarios.high[other] = { requests: 5_000_000 };
    };
    const [first, second] = named(costOf(build, "us-east-1", "high").lines, "SQS") as Cost["lines"];
    expect(first).toMatchObject({ quantity: 1_000_000, assumption: expect.stringContaining("typical month") });
    expect(second).toMatchObject({ quantity: 5_000_000 });
    expect(second).not.toHaveProperty("assumption");
  });

  it("charge nothing for a service that runs no task, and say why where it does not say how many", () => {
    const none = costOf((draft) => void fargateWeb(draft, { service: { desiredCount: 0 } }));
    expect(named([...none.lines, ...none.unknown], "Fargate")).toEqual([]);
    const open = costOf((draft) => void fargateWeb(draft, { service: { desiredCount: undefined } }));
    expect(named(open.unknown, "Fargate tasks")[0]).toHaveProperty("why");
  });
});
