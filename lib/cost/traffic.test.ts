import { beforeAll, describe, expect, it } from "vitest";
import { buildModel } from "../model/build";
import { lower } from "../stack/lower";
import { type Draft, draw } from "../testing/draw";
import { fargateWeb } from "../testing/presets";
import type { Estimate } from "./cost";
import { estimate } from "./estimate";
import { loadPrices, type PriceBook } from "./prices";

let book: PriceBook;
beforeAll(async () => {
  const loaded = await loadPrices("us-east-1");
  if (loaded.ok) book = loaded.value;
});

function costOf(build: (draft: Draft) => void): Estimate {
  const model = buildModel(draw(build));
  return estimate(model, lower(model), book, { scenario: "typical", environment: null });
}
const give = (draft: Draft, id: string, figures: Record<string, number>): void => {
  draft.document.usage.scenarios.typical[id] = figures;
};
const line = (cost: Estimate, item: string, id?: string) =>
  cost.lines.find((one) => one.item.includes(item) && (id === undefined || one.node === id || one.edge === id));

// 100 requests a second of 10.48576 KB are 1 MiB a second: 2,628,000 s of it are 2,566.40625 GB a month.
const HUNDRED = { requestsPerSecond: 100, responseKb: 10.24, requestKb: 0 };
const GB = (100 * 10.24 * 2_628_000) / 1024 / 1024;

describe("one assumption of traffic", () => {
  it("gives capacity units, logs and what leaves over the edge from the internet", () => {
    let ids = { alb: "", task: "", request: "" };
    const cost = costOf((draft) => {
      const web = fargateWeb(draft);
      const request = Object.entries(draft.document.edges).find(([, edge]) => edge.relation === "request")?.[0] ?? "";
      ids = { alb: web.alb, task: web.task, request };
      give(draft, web.alb, { ...HUNDRED, requestsPerConnection: 100, connectionSeconds: 1 });
      give(draft, web.task, { logKbPerRequest: 2 });
    });
    // GB an hour is the largest dimension.
    expect(line(cost, "capacity unit", ids.alb)?.quantity).toBeCloseTo(GB, 6);
    expect(line(cost, "Data transfer out", ids.request)).toMatchObject({ node: null, quantity: expect.closeTo(GB, 6) });
    expect(line(cost, "Logs written", ids.task)?.quantity).toBeCloseTo((GB * 2) / 10.24, 6);
    expect(line(cost, "Logs written", ids.task)).not.toHaveProperty("assumption");
    expect(cost.questions[ids.alb]).toEqual(expect.arrayContaining(["requestsPerSecond", "responseKb", "requestKb"]));
    expect(cost.questions[ids.task]).toEqual(["logKbPerRequest"]);
  });

  it("keeps what an older design says of the balancer itself", () => {
    let alb = "";
    const cost = costOf((draft) => {
      alb = fargateWeb(draft).alb;
      give(draft, alb, { internetGb: 50, capacityUnits: 3 });
    });
    expect(line(cost, "Data transfer out", alb)?.quantity).toBe(50);
    expect(cost.lines.filter(({ item, edge }) => item.includes("Data transfer out") && edge !== null)).toEqual([]);
    expect(line(cost, "capacity unit")?.quantity).toBe(3 * 730);
  });

  it("follows calls, and charges on them what crosses zones, on both sides", () => {
    let call = "";
    const cost = costOf((draft) => {
      const web = fargateWeb(draft, { vpc: { availabilityZones: 3 } });
      const other = draft.add("service", { launchType: "FARGATE", desiredCount: 1 }, { parent: web.cluster });
      draft.connect(other, "run", web.task);
      call = draft.connect(web.service, "call", other);
      give(draft, web.alb, HUNDRED);
      give(draft, call, { responseKb: 10.24, requestKb: 0 });
    });
    const crossing = line(cost, "between Availability Zones", call);
    // Two of three zones are others; 0.01 on each side.
    expect(crossing?.quantity).toBeCloseTo(2 * GB * (2 / 3), 6);
    expect(crossing?.amount).toBeCloseTo(0.02 * GB * (2 / 3), 6);
    expect(crossing?.assumption).toContain("one call of");
  });

  it("ends on a circle of calls, and says where an existing VPC hides its zones", () => {
    const cost = costOf((draft) => {
      const web = fargateWeb(draft, { vpc: { source: "existing" } });
      const other = draft.add("service", { launchType: "FARGATE", desiredCount: 1 }, { parent: web.cluster });
      draft.connect(other, "run", web.task);
      draft.connect(web.service, "call", other);
      draft.connect(other, "call", web.service);
    });
    const hidden = cost.unknown.filter(({ item }) => item.includes("between Availability Zones"));
    expect(hidden).toHaveLength(2);
    expect(hidden[0]?.why).toContain("Traffic that crosses zones");
  });

  it("shares requests evenly among what a balancer forwards to, until an edge says otherwise", () => {
    const build = (draft: Draft): { nlb: string; first: string; second: string } => {
      const web = fargateWeb(draft);
      const nlb = draft.add("nlb", {}, { parent: web.vpc });
      const other = draft.add("service", { launchType: "FARGATE", desiredCount: 1 }, { parent: web.cluster });
      draft.connect(other, "run", web.task);
      give(draft, nlb, HUNDRED);
      const first = draft.connect(nlb, "forward", web.service);
      const second = draft.connect(nlb, "forward", other);
      return { nlb, first, second };
    };
    let ids = { nlb: "", first: "", second: "" };
    const even = costOf((draft) => {
      ids = build(draft);
    });
    expect(line(even, "between Availability Zones", ids.first)?.quantity).toBeCloseTo((2 * GB) / 2 / 2, 6);
    const uneven = costOf((draft) => {
      ids = build(draft);
      give(draft, ids.first, { requestsPerSecond: 25 });
    });
    expect(line(uneven, "between Availability Zones", ids.first)?.quantity).toBeCloseTo((2 * GB) / 4 / 2, 6);
  });
});
