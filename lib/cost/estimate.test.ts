import { beforeAll, describe, expect, it } from "vitest";
import { buildModel } from "../model/build";
import { lower } from "../stack/lower";
import { type Draft, draw } from "../testing/draw";
import { fargateWeb } from "../testing/presets";
import { sampleDesign } from "../testing/sample-design";
import type { Cost, Estimate } from "./cost";
import { estimate } from "./estimate";
import { loadPrices, type PriceBook } from "./prices";
import { spotTasks } from "./resources/strategy";

const books = new Map<string, PriceBook>();
beforeAll(async () => {
  for (const region of ["us-east-1", "us-east-2", "eu-west-1", "eu-central-1"]) {
    const loaded = await loadPrices(region);
    if (loaded.ok) books.set(region, loaded.value);
  }
});
const book = (region: string): PriceBook => books.get(region) as PriceBook;

const options = { scenario: "typical", environment: null } as const;

function costOf(
  build: (draft: Draft) => void,
  region = "us-east-1",
  prices: PriceBook | null = book(region),
): Estimate {
  const model = buildModel(draw(build, { region }));
  return estimate(model, lower(model), prices, options);
}

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
    // One request a second on a connection of its own is assumed: 1 / 25 of a unit for 730 h, at 0.008
    expect(item(cost, "capacity unit")[0]).toMatchObject({
      amount: expect.closeTo((730 * 0.008) / 25, 8),
      assumption: expect.stringContaining("Requests on average 1 requests/s"),
    });
    expect(cost.unknown).toEqual([]);
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

  it("names the figures that a bill depends on, and no others", () => {
    let alb = "";
    const { questions } = costOf((draft) => {
      alb = fargateWeb(draft).alb;
    });
    expect(questions[alb]).toEqual([
      "requestsPerSecond",
      "requestKb",
      "responseKb",
      "requestsPerConnection",
      "connectionSeconds",
    ]);
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
