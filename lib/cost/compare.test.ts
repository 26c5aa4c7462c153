import { beforeAll, describe, expect, it } from "vitest";
import type { InputOf } from "../catalog";
import { buildModel } from "../model/build";
import { lower } from "../stack/lower";
import { draw } from "../testing/draw";
import { fargateWeb } from "../testing/presets";
import { compare } from "./compare";
import type { Estimate } from "./cost";
import { estimate } from "./estimate";
import { loadPrices, type PriceBook } from "./prices";

let book: PriceBook;
beforeAll(async () => {
  const loaded = await loadPrices("us-east-1");
  if (loaded.ok) book = loaded.value;
});

/** The usual web service, with its own settings and figures of use. */
function costOf(service: InputOf<"service">, figures: Record<string, number> = {}): Estimate {
  const document = draw((draft) => {
    const web = fargateWeb(draft, { service, task: { cpu: 1024, memory: 2048 } });
    draft.document.usage.scenarios.typical[web.task] = figures;
  });
  const model = buildModel(document);
  return estimate(model, lower(model), book, { scenario: "typical", environment: null });
}

const TASK = 730 * (0.04048 + 2 * 0.004445);

describe("a comparison", () => {
  it("takes nothing for the difference that is unknown on one side alone", () => {
    const spot = {
      launchType: undefined,
      capacityProviderStrategy: [{ capacityProvider: "FARGATE_SPOT" as const, weight: 1 }],
    };
    const found = compare(costOf({ desiredCount: 2 }), costOf({ desiredCount: 2, ...spot }));
    // Spot has no list price: two tasks on demand are no saving.
    expect(found.difference).toBeCloseTo(0, 9);
    expect(found.lines).toEqual([]);
    expect(found.onlyUnknown).toEqual([
      expect.objectContaining({ side: "after", item: "Fargate Spot task hours", known: expect.closeTo(2 * TASK, 9) }),
    ]);
  });

  it("holds nothing against a number of tasks that nobody says", () => {
    const found = compare(costOf({ desiredCount: undefined }), costOf({ desiredCount: 3 }));
    expect(found.onlyUnknown.find(({ item }) => item === "Fargate tasks")?.known).toBeCloseTo(3 * TASK, 9);
    expect(found.lines.filter(({ item }) => item.startsWith("Fargate"))).toEqual([]);
  });

  it("names once what is unknown twice for one reason", () => {
    const both = (runMinutes: number): Estimate => {
      const document = draw((draft) => {
        const web = fargateWeb(draft);
        const rule = draft.add("eventRule", { scheduleExpression: "rate(1 hour)" });
        for (const taskCount of [1, 2]) draft.connect(rule, "runTask", web.task, { cluster: web.cluster, taskCount });
        draft.document.usage.scenarios.typical[rule] = { runMinutes };
      });
      const model = buildModel(document);
      return estimate(model, lower(model), book, { scenario: "typical", environment: null });
    };
    expect(both(1e15).unknown.filter(({ item }) => item === "Fargate tasks started by events")).toHaveLength(2);
    const found = compare(both(60), both(1e15));
    const started = found.onlyUnknown.filter(({ item }) => item === "Fargate tasks started by events");
    // Three tasks of a quarter of a vCPU and half a GB, an hour each hour.
    expect(started).toEqual([
      expect.objectContaining({ known: expect.closeTo(3 * 730 * (0.25 * 0.04048 + 0.5 * 0.004445), 9) }),
    ]);
    expect(found.lines.filter(({ item }) => item.startsWith("Fargate"))).toEqual([]);
  });

  it("of logs without a figure that can be leaves out what is kept of them too", () => {
    const found = compare(costOf({ desiredCount: 2 }), costOf({ desiredCount: 2 }, { logsGb: 1e15 }));
    expect(found.difference).toBeCloseTo(0, 9);
    expect(found.onlyUnknown.map(({ item }) => item)).toEqual(expect.arrayContaining(["Logs written", "Logs stored"]));
  });
});
