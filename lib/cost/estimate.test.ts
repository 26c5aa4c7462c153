import { beforeAll, describe, expect, it } from "vitest";
import { buildModel } from "../model/build";
import { lower } from "../stack/lower";
import type { Known, Stack } from "../stack/stack";
import { type Draft, draw } from "../testing/draw";
import { fargateWeb } from "../testing/presets";
import { sampleDesign } from "../testing/sample-design";
import type { Cost } from "./cost";
import { estimate } from "./estimate";
import { Ledger } from "./ledger";
import { loadPrices, type PriceBook } from "./prices";
import { spotTasks } from "./resources/ecs-service";
import { chargeFargate } from "./resources/fargate";

const books = new Map<string, PriceBook>();
beforeAll(async () => {
  for (const region of ["us-east-1", "us-east-2", "eu-west-1", "eu-central-1"]) {
    const loaded = await loadPrices(region);
    if (loaded.ok) books.set(region, loaded.value);
  }
});
const book = (region: string): PriceBook => books.get(region) as PriceBook;

const options = { scenario: "typical", environment: null } as const;

function costOf(build: (draft: Draft) => void, region = "us-east-1", prices: PriceBook | null = book(region)): Cost {
  const model = buildModel(draw(build, { region }));
  return estimate(model, lower(model), prices, options);
}

/** Cost of task hours alone, outside any design. */
function fargate(
  region: string,
  hours: number,
  definition: { cpu: number; memory: number; arm?: boolean; storage?: number },
): number {
  const model = buildModel(draw(() => undefined, { region }));
  const stack = lower(model) satisfies Stack;
  const ledger = new Ledger(model, stack, book(region), options);
  const resource: Known<"AWS::ECS::TaskDefinition"> = {
    id: "Task",
    type: "AWS::ECS::TaskDefinition",
    properties: {
      Cpu: String(definition.cpu),
      Memory: String(definition.memory),
      RuntimePlatform: { CpuArchitecture: definition.arm ? "ARM64" : "X86_64", OperatingSystemFamily: "LINUX" },
      ...(definition.storage === undefined ? {} : { EphemeralStorage: { SizeInGiB: definition.storage } }),
    },
    origins: {},
  };
  chargeFargate(ledger, resource, { hours, note: "" });
  return ledger.lines.reduce((sum, line) => sum + line.amount, 0);
}

/** Totals that AWS published, each within two cents. https://aws.amazon.com/fargate/pricing/ and calculator.aws */
describe("AWS's own totals", () => {
  it.each([
    [
      "Fargate, five 10-minute tasks a day for 30 days, x86, 1 vCPU, 2 GB, 30 GB storage",
      "us-east-1",
      (5 * 600 * 30) / 3600,
      { cpu: 1024, memory: 2048, storage: 30 },
      1.26,
    ],
    [
      "the same on ARM64",
      "us-east-1",
      (5 * 600 * 30) / 3600,
      { cpu: 1024, memory: 2048, storage: 30, arm: true },
      1.02,
    ],
    [
      "Fargate ARM64 always on, 4 tasks of 2 vCPU and 4 GB",
      "eu-central-1",
      730 * 4,
      { cpu: 2048, memory: 4096, arm: true },
      265.31,
    ],
    ["Fargate, one minute a day, 1 vCPU, 8 GB", "us-east-2", 730 / 24 / 60, { cpu: 1024, memory: 8192 }, 0.04],
  ] as const)("%s", (_case, region, hours, definition, total) => {
    expect(Math.abs(fargate(region, hours, definition) - total)).toBeLessThanOrEqual(0.02);
  });
});

describe("estimate", () => {
  const item = (cost: Cost, text: string) => cost.lines.filter((line) => line.item.includes(text));

  it("prices the usual web service from the price list", () => {
    const cost = costOf((draft) => void fargateWeb(draft));
    // 730 h × 2 tasks × 0.25 vCPU × 0.04048 and × 0.5 GB × 0.004445
    expect(item(cost, "Fargate vCPU hours")[0]?.amount).toBeCloseTo(14.7752, 6);
    expect(item(cost, "Fargate memory hours")[0]?.amount).toBeCloseTo(3.24485, 6);
    // 730 h × 0.0225; two public addresses of the load balancer and one of the NAT gateway at 0.005
    expect(item(cost, "Application Load Balancer hours")[0]?.amount).toBeCloseTo(16.425, 6);
    expect(item(cost, "Public IPv4").reduce((sum, line) => sum + line.amount, 0)).toBeCloseTo(3 * 730 * 0.005, 6);
    expect(item(cost, "NAT gateway hours")[0]?.amount).toBeCloseTo(32.85, 6);
    expect(cost.unknown.map((line) => line.item)).toContain("Application Load Balancer capacity unit hours");
  });

  it("adds up: total = lines, each line = quantity × rate, one owner each", () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const model = buildModel(sampleDesign(seed, 60));
      const cost = estimate(model, lower(model), book(model.region), options);
      expect(cost.total).toBeCloseTo(
        cost.lines.reduce((sum, line) => sum + line.amount, 0),
        8,
      );
      for (const line of cost.lines) {
        expect(line.amount).toBe(line.quantity * line.rate);
        expect(line.amount).toBeGreaterThanOrEqual(0);
        expect([line.node, line.edge].filter((owner) => owner !== null)).toHaveLength(1);
        expect(line.source).not.toBe("");
      }
    }
  });

  it("says that nothing is known where a region has no prices, and never $0", () => {
    const cost = costOf((draft) => void fargateWeb(draft), "us-east-1", null);
    expect(cost.lines).toEqual([]);
    expect(cost.unknown.length).toBeGreaterThan(3);
  });

  it("prices scheduled runs with five minutes each, and says so", () => {
    const cost = costOf((draft) => {
      const cluster = draft.add("cluster");
      const task = draft.add("taskDefinition", {
        cpu: 1024,
        memory: 2048,
        networkMode: "awsvpc",
        requiresCompatibilities: ["FARGATE"],
        containerDefinitions: { c1: { name: "app", image: "public.ecr.aws/nginx/nginx:1.27" } },
      });
      const schedule = draft.add("eventSchedule", { scheduleExpression: "rate(1 day)" });
      draft.connect(schedule, "runTask", task, { cluster });
    });
    const [line] = item(cost, "Fargate vCPU hours");
    // 730 h / 24 h runs × 5 min
    expect(line?.quantity).toBeCloseTo((730 / 24) * (5 / 60), 6);
    expect(line?.assumption).toContain("5 min");
  });

  it("splits a strategy into base and weights as ECS does", () => {
    const strategy = [
      { capacityProvider: "FARGATE" as const, base: 1, weight: 1 },
      { capacityProvider: "FARGATE_SPOT" as const, base: 0, weight: 3 },
    ];
    expect(spotTasks(5, strategy)).toBe(3);
    expect(spotTasks(1, strategy)).toBe(0);
    expect(spotTasks(4, [])).toBe(0);
  });
});
