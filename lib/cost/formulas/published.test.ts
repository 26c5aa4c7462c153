import { beforeAll, describe, expect, it } from "vitest";
import { type Charge, type PricedPart, priceAll } from "../charge";
import { hoursPerMonth, loadPrices, type PriceBook } from "../prices";
import { albUnits, balancerHours, capacityUnitHours, nlbUnits } from "./balancers";
import { sqsFairRequests, sqsRequests } from "./events";
import { billedHours, eksCluster, eksPods, fargateTasks } from "./fargate";
import { ecsAnywhere, managedInstances } from "./instances";
import { secretCalls, secretMonths } from "./keeping";
import { internetOut, interZone, natData, natHours, publicAddresses } from "./network";
import { ecrStorage } from "./storage";
import { dashboards } from "./watching";

/** Totals that AWS published, or that AWS's own calculator printed, each line within two cents. */

const CENTS = 0.02;
const books = new Map<string, PriceBook>();
beforeAll(async () => {
  for (const region of ["us-east-1", "us-east-2", "eu-west-1", "eu-central-1"]) {
    const loaded = await loadPrices(region);
    if (loaded.ok) books.set(region, loaded.value);
  }
});

function bill(region: string, charges: readonly Charge[]): { parts: PricedPart[]; total: number } {
  const { priced, unpriced, total } = priceAll(charges, books.get(region) ?? null, region);
  expect(unpriced).toEqual([]);
  return { parts: priced, total };
}

/** Each published part, and their sum, which was rounded part by part. */
function expectParts(region: string, charges: readonly Charge[], published: readonly number[]): void {
  const { parts, total } = bill(region, charges);
  expect(parts).toHaveLength(published.length);
  for (const [at, part] of parts.entries()) {
    expect(Math.abs(part.amount - (published[at] as number)), part.item).toBeLessThanOrEqual(CENTS);
  }
  expect(Math.abs(total - published.reduce((sum, one) => sum + one, 0))).toBeLessThanOrEqual(CENTS);
}

const near = (region: string, charges: readonly Charge[], published: number): void =>
  expect(Math.abs(bill(region, charges).total - published)).toBeLessThanOrEqual(CENTS);

describe("the Fargate pricing page", () => {
  const short = { hours: billedHours(5 * 30, 10), note: "150 runs × 10 min" };
  const size = { os: "linux", vcpu: 1, gb: 2, storageGb: 30 } as const;

  it("F1: five 10-minute tasks a day on x86", () => {
    expectParts("us-east-1", fargateTasks({ ...size, arch: "x86" }, short), [1.01, 0.22, 0.03]);
  });
  it("F2: the same on ARM64", () => {
    expectParts("us-east-1", fargateTasks({ ...size, arch: "arm" }, short), [0.81, 0.18, 0.03]);
  });
  it("F3: EKS pods, ten a day for an hour", () => {
    expectParts(
      "us-east-1",
      eksPods({ vcpu: 0.25, gb: 1 }, { hours: billedHours(300, 60), note: "300 h" }),
      // The page's own parts: 3.04 for vCPU, 1.33 for memory.
      [3.04, 1.33],
    );
  });
  it("F4: Windows with the page's own three rates, and not with those of the price list", () => {
    const windows = { os: "windows", arch: "x86", vcpu: 1, gb: 2, storageGb: 20 } as const;
    const run = { hours: billedHours(10 * 30, 60, "windows"), note: "300 h" };
    const rates = {
      vcpuHour: 0.0000254167 * 3600,
      gbHour: 0.0000027778 * 3600,
      licenceHour: 0.0000127778 * 3600,
      source: "https://aws.amazon.com/fargate/pricing/, the page's example",
    };
    expectParts("us-east-1", fargateTasks(windows, run, rates), [27.45, 6.0, 13.8]);
    const listed = bill("us-east-1", fargateTasks(windows, run)).total;
    expect(Math.abs(listed - 47.25)).toBeGreaterThan(1);
    // 300 h × (0.046552 + 0.046 + 2 × 0.00511175)
    expect(listed).toBeCloseTo(30.83, 2);
  });
});

describe("AWS's calculator", () => {
  it("C1: four ARM64 tasks, always on", () => {
    const run = { hours: 4 * hoursPerMonth, note: "730 h × 4 tasks" };
    near("eu-central-1", fargateTasks({ os: "linux", arch: "arm", vcpu: 2, gb: 4, storageGb: 20 }, run), 265.31);
  });
  it("C2: one minute a day", () => {
    const run = { hours: billedHours(hoursPerMonth / 24, 1), note: "30.4 runs" };
    near("us-east-2", fargateTasks({ os: "linux", arch: "x86", vcpu: 1, gb: 8 }, run), 0.04);
  });
  it("C3: an ALB with instance and Lambda targets", () => {
    const load = { newConnectionsPerSecond: 10, connectionSeconds: 10, requestsPerSecond: 10, rules: 10 };
    const units = albUnits({ ...load, gbPerHour: 10, lambdaGbPerHour: 10 });
    expect(units).toMatchObject({ units: 35, largest: "processed bytes", "new connections": 0.4 });
    expect(units["rule evaluations"]).toBe(0);
    near("eu-west-1", [balancerHours("alb"), capacityUnitHours("alb", units.units)], 222.8);
  });
  it("C4: an NLB with three listeners", () => {
    const load = { newFlowsPerSecond: 0, flowSeconds: 0, gbPerHour: 10 };
    const units = nlbUnits({ tcp: load, udp: load, tls: load });
    expect(units).toBe(30);
    near("eu-west-1", [balancerHours("nlb"), capacityUnitHours("nlb", units)], 149.8);
  });
  it("C5: public IPv4 addresses, used and idle", () => {
    const hours = 10 * hoursPerMonth;
    near("eu-west-1", [publicAddresses(hours, "730 h × 10"), publicAddresses(hours, "730 h × 10", true)], 73);
  });
  it("C6: 10 TB to the internet, 10 TB between zones", () => {
    expectParts("eu-west-1", [internetOut(10 * 1024), interZone(10 * 1024)], [921.6, 204.8]);
  });
  it("C7: 5 TB to the internet, 20 TB between zones", () => {
    near("eu-central-1", [internetOut(5 * 1024), interZone(20 * 1024)], 870.4);
  });
  it("C8: a NAT gateway in three zones", () => {
    near("eu-central-1", [natHours(3), natData(1024)], 167.13);
  });
  it("C7 and C8 together, as the capture adds them", () => {
    near("eu-central-1", [internetOut(5 * 1024), interZone(20 * 1024), natHours(3), natData(1024)], 1037.53);
  });
  it("C9: ten million requests of a standard, a FIFO and a fair queue", () => {
    const ten = 10_000_000;
    near("us-east-2", [sqsRequests(ten), sqsRequests(ten, true)], 9);
    near("us-east-2", [sqsRequests(ten), sqsFairRequests(ten), sqsRequests(ten, true)], 10);
  });
  it("C10: ECR, 10 GB stored and 10 TB to the internet", () => {
    near("us-east-2", [ecrStorage(10), internetOut(10 * 1024)], 922.6);
  });
  it("C11: a secret with one call", () => near("us-east-2", [secretMonths(1), secretCalls(1)], 0.4));
  it("C12, C13: an EKS control plane, and what extended support adds", () => {
    near("us-east-2", eksCluster(), 73);
    expectParts("us-east-2", eksCluster({ extendedSupport: true }), [73, 365]);
  });
  it("C14: five dashboards, three of them free", () => near("us-east-1", [dashboards(5)], 6));
});

describe("AWS's page on load balancers", () => {
  it("takes the largest of the four dimensions", () => {
    // One connection a second for two minutes, 1.08 GB an hour, five requests a second against 60 rules.
    // https://aws.amazon.com/elasticloadbalancing/pricing/
    const load = {
      newConnectionsPerSecond: 1,
      connectionSeconds: 120,
      gbPerHour: 1.08,
      requestsPerSecond: 5,
      rules: 60,
    };
    const units = albUnits(load);
    expect(units["new connections"]).toBeCloseTo(0.04, 10);
    expect(units["active connections"]).toBeCloseTo(0.04, 10);
    expect(units["processed bytes"]).toBeCloseTo(1.08, 10);
    expect(units["rule evaluations"]).toBeCloseTo(0.25, 10);
    expect(units.units).toBe(units["processed bytes"]);
  });
});

describe("kinds of capacity that a design cannot hold yet", () => {
  it("Managed Instances: the EC2 price and a fee of 12 %", () => {
    const { parts } = bill(
      "us-east-1",
      managedInstances({ type: "m5.large", instances: 1 }, books.get("us-east-1") ?? null),
    );
    // 730 h × 0.096, and 12 % of it.
    expect(parts.map(({ amount }) => amount)).toEqual([expect.closeTo(70.08, 8), expect.closeTo(70.08 * 0.12, 8)]);
    expect(parts[1]?.assumption).toContain("fee");
  });
  it("ECS Anywhere: 0.01025 an instance-hour", () => {
    // https://aws.amazon.com/ecs/anywhere/pricing/
    near("us-east-1", [ecsAnywhere(2, 730)], 2 * 730 * 0.01025);
  });
});
