import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { regionCodes } from "../aws/regions";
import type { Document, Scenario } from "../document/document";
import { buildModel } from "../model/build";
import { lower } from "../stack/lower";
import { arbitraryDesign } from "../testing/arbitrary-design";
import { sampleDesign } from "../testing/sample-design";
import { type Estimate, totalsBy } from "./cost";
import { estimate } from "./estimate";
import { loadPrices, type PriceBook } from "./prices";
import { type UsageName, usageKeys } from "./usage";

const books = new Map<string, PriceBook>();
beforeAll(async () => {
  for (const region of ["us-east-1", "eu-west-1"]) {
    const loaded = await loadPrices(region);
    if (loaded.ok) books.set(region, loaded.value);
  }
});

function costOf(document: Document, scenario: Scenario = "typical", freeTier = false): Estimate {
  const model = buildModel(document);
  const prices = books.get(document.settings.region) ?? books.get("us-east-1") ?? null;
  return estimate(model, lower(model), prices, { scenario, environment: null, freeTier });
}

/** What is wrong with an estimate: nothing, in a good one. */
function faultsOf(cost: Estimate): string[] {
  const faults: string[] = [];
  const demand = (holds: boolean, what: string): void => {
    if (!holds) faults.push(what);
  };
  demand(Number.isFinite(cost.total), `total ${cost.total}`);
  for (const line of cost.lines) {
    demand(line.amount === line.quantity * line.rate, `${line.item}: amount is not quantity × rate`);
    demand(Number.isFinite(line.amount) && line.amount >= 0, `${line.item}: amount ${line.amount}`);
    demand(line.quantity > 0, `${line.item}: quantity ${line.quantity}`);
    demand((line.node === null) !== (line.edge === null), `${line.item}: nobody or two pay`);
    demand(line.source !== "", `${line.item}: no source`);
  }
  for (const { why } of [...cost.unknown, ...cost.free])
    demand(/\.$/.test(why) && !/NaN|undefined|Infinity/.test(why), `not a sentence: ${why}`);
  const { nodes, edges } = totalsBy(cost);
  const sum = (parts: Iterable<number>): number => [...parts].reduce((all, one) => all + one, 0);
  const near = (total: number): boolean => Math.abs(total - cost.total) <= 1e-9 * Math.max(1, cost.total);
  demand(near(sum(nodes.values()) + sum(edges.values())), "nodes and edges do not add up to the total");
  demand(near(sum(cost.lines.map(({ amount }) => amount))), "lines do not add up to the total");
  return faults;
}
function expectSound(cost: Estimate): void {
  expect(faultsOf(cost)).toEqual([]);
}

/** The design with something changed. */
function changed(document: Document, change: (copy: Document) => void): Document {
  const copy = structuredClone(document);
  change(copy);
  return copy;
}

/** Costs of one design under other figures of use; the stack is the same for all. */
function underUse(
  document: Document,
): (scenario: Scenario, figures?: Record<string, Record<string, number>>) => Estimate {
  const model = buildModel(document);
  const stack = lower(model);
  const prices = books.get(document.settings.region) ?? null;
  return (scenario, figures) => {
    const { usage } = document;
    const scenarios = { ...usage.scenarios, typical: { ...usage.scenarios.typical, ...figures } };
    const asked = { ...model, document: { ...document, usage: { scenarios } } };
    return estimate(asked, stack, prices, { scenario, environment: null });
  };
}

const slack = (total: number): number => total - 1e-9 * Math.max(1, total);

describe("laws", () => {
  it("hold for anything that can be drawn: the total is the sum of its lines, of its nodes and its edges", () => {
    fc.assert(
      fc.property(
        arbitraryDesign,
        fc.constantFrom<Scenario>("low", "typical", "high"),
        fc.boolean(),
        (design, scenario, free) => expectSound(costOf(design, scenario, free)),
      ),
      { seed: 11, numRuns: 40 },
    );
  });

  it.each(regionCodes)("hold in %s, whose prices are known in part", async (region) => {
    const loaded = await loadPrices(region);
    const model = buildModel({ ...sampleDesign(1, 60), settings: { region, production: false } });
    const cost = estimate(model, lower(model), loaded.ok ? loaded.value : null, {
      scenario: "typical",
      environment: null,
    });
    expectSound(cost);
    expect(cost.total).toBeGreaterThan(0);
    // What the list lacks is named with its quantity, not left out.
    // In the words that its lines have where it is known.
    expect(cost.unknown.filter(({ item, unit }) => item.startsWith("Data processed") && unit !== "GB")).toEqual([]);
    if (loaded.ok && !loaded.value.price("nat.gb"))
      expect(
        cost.unknown.find(({ item, node }) => item.includes("NAT gateways") && model.node(node ?? "")?.kind === "vpc"),
        // One GB to the internet and one back.
      ).toMatchObject({ quantity: 2 });
  });

  const seeds = Array.from({ length: 12 }, (_, at) => at + 1);

  it.each(seeds)("more tasks, larger tasks and larger disks never cost less (%i)", (seed) => {
    const design = sampleDesign(seed, 60);
    const before = costOf(design).total;
    const grow: ((props: Record<string, unknown>) => void)[] = [
      (props) => {
        if (typeof props.desiredCount === "number") props.desiredCount += 3;
      },
      (props) => {
        if (typeof props.cpu === "number") props.cpu *= 2;
        if (typeof props.memory === "number") props.memory *= 2;
      },
      (props) => {
        if (props.networkMode === "awsvpc") props.ephemeralStorage = 100;
      },
      (props) => {
        if (props.instanceType !== undefined || props.minSize !== undefined) props.rootVolumeGiB = 200;
      },
    ];
    for (const more of grow) {
      const grown = changed(design, (copy) => {
        for (const node of Object.values(copy.nodes)) more(node.props as Record<string, unknown>);
      });
      expect(costOf(grown).total).toBeGreaterThanOrEqual(slack(before));
    }
  });

  it.each(seeds)(
    "services that scale cost no less with more tasks at least, more at most, more requests (%i)",
    (seed) => {
      const design = sampleDesign(seed, 60);
      type Props = { autoScaling?: { minCapacity: number; maxCapacity: number } };
      const before = costOf(design);
      const scaled = Object.values(design.nodes).filter(({ props }) => "autoScaling" in props);
      expect(scaled.length).toBeGreaterThan(0);
      const grow: ((scaling: NonNullable<Props["autoScaling"]>) => void)[] = [
        (scaling) => {
          scaling.minCapacity += 1;
          scaling.maxCapacity += 1;
        },
        (scaling) => {
          scaling.maxCapacity += 5;
        },
      ];
      for (const more of grow) {
        const grown = changed(design, (copy) => {
          for (const { props } of Object.values(copy.nodes)) {
            const { autoScaling } = props as Props;
            if (autoScaling) more(autoScaling);
          }
        });
        expectSound(costOf(grown));
        expect(costOf(grown).total).toBeGreaterThanOrEqual(slack(before.total));
      }
      const cost = underUse(design);
      const asked = Object.keys(before.questions).filter((id) =>
        before.questions[id]?.includes("peakRequestsPerSecond"),
      );
      // Of the same peak.
      const at = (requestsPerSecond: number): number =>
        cost("typical", Object.fromEntries(asked.map((id) => [id, { requestsPerSecond, peakRequestsPerSecond: 100 }])))
          .total;
      const totals = [0, 1, 20, 60, 100, 500].map(at);
      for (const [i, total] of totals.entries())
        if (i > 0) expect(total).toBeGreaterThanOrEqual(slack(totals[i - 1] ?? 0));
    },
  );

  // A higher peak leaves the maximum idle at other times; a larger discount, longer connections reused and colder files are what a person saves by.
  const savers = new Set<UsageName>([
    "peakRequestsPerSecond",
    "spotDiscount",
    "requestsPerConnection",
    "infrequentPercent",
  ]);

  it("more use never costs less, and low ≤ typical ≤ high until the person says otherwise", () => {
    for (const seed of seeds.slice(0, 4)) {
      const cost = underUse(sampleDesign(seed, 40));
      const [low, typical, high] = (["low", "typical", "high"] as const).map((scenario) => cost(scenario).total);
      expect(slack(low ?? 0)).toBeLessThanOrEqual(typical ?? 0);
      expect(slack(typical ?? 0)).toBeLessThanOrEqual(high ?? 0);
      const { questions } = cost("typical");
      for (const key of Object.keys(usageKeys) as UsageName[]) {
        if (savers.has(key)) continue;
        const asked = Object.keys(questions).filter((id) => questions[id]?.includes(key));
        const at = (value: number): number =>
          cost("typical", Object.fromEntries(asked.map((id) => [id, { [key]: value }]))).total;
        const totals = [0, 1, 50, Math.min(usageKeys[key].most, 10_000)].map(at);
        for (const [i, total] of totals.entries())
          if (i > 0) expect(total, key).toBeGreaterThanOrEqual(slack(totals[i - 1] ?? 0));
      }
    }
  });

  it("takes off the free tier once for the whole account, whoever uses it", () => {
    for (const seed of seeds.slice(0, 6)) {
      const design = sampleDesign(seed, 60);
      const [full, less] = [costOf(design), costOf(design, "typical", true)];
      const free = less.lines.filter(({ source }) => source.includes("free tier"));
      expect(less.total).toBeLessThanOrEqual(full.total);
      // Each allowance at most once, at the highest rate it can have stood for.
      const worth = 1e6 * 0.0000005 + 1e6 * 0.0000005 + 10 * 0.3 + 10 * 0.1 + 5 * 0.6 + 20_000 * 3e-6 + 100 * 0.09;
      expect(full.total - less.total).toBeLessThanOrEqual(worth + 1e-9);
      for (const line of free) expect(line.amount).toBe(0);
    }
  });
});

describe("figures that cannot be", () => {
  const absurd = [1e15, 1e300, -1, Number.NaN, Number.POSITIVE_INFINITY];

  it.each(Object.keys(usageKeys) as UsageName[])("%s is answered with a sentence, never not-a-number or $0", (key) => {
    const costUnder = underUse(sampleDesign(3, 60));
    const asked = Object.entries(costUnder("typical").questions).filter(([, names]) => names.includes(key));
    for (const value of absurd) {
      const cost = costUnder("typical", Object.fromEntries(asked.map(([id]) => [id, { [key]: value }])));
      expectSound(cost);
      const { label } = usageKeys[key];
      if (asked.length > 0) expect(cost.unknown.some(({ why }) => why.includes(`“${label}”`))).toBe(true);
    }
  });

  it.each([1, 2, 3, 4])("make no charge disappear: what had a price has none and says so (%i)", (seed) => {
    const costUnder = underUse({ ...sampleDesign(seed, 60), settings: { region: "us-east-1", production: false } });
    const before = costUnder("typical");
    for (const key of Object.keys(usageKeys) as UsageName[]) {
      const asked = Object.keys(before.questions).filter((id) => before.questions[id]?.includes(key));
      const cost = costUnder("typical", Object.fromEntries(asked.map((id) => [id, { [key]: 1e15 }])));
      const gone = before.lines.filter(({ node, edge, item }) => {
        const mine = (other: { node: string | null; edge: string | null }): boolean =>
          other.node === node && other.edge === edge;
        const priced = cost.lines.some((line) => mine(line) && line.item === item);
        const said = cost.unknown.some(
          (line) => mine(line) && (line.item === item || line.stands?.some((start) => item.startsWith(start))),
        );
        return !priced && !said;
      });
      expect(gone, key).toEqual([]);
    }
  });

  it.each([1e15, -3])("%d tasks of a service are no bill", (desiredCount) => {
    const design = changed(sampleDesign(3, 40), (copy) => {
      for (const node of Object.values(copy.nodes)) if (node.kind === "service") node.props.desiredCount = desiredCount;
    });
    expectSound(costOf(design));
    expect(costOf(design).unknown.length).toBeGreaterThan(0);
  });

  it("so many tasks that AWS as a whole bills less are no bill", () => {
    const design = changed(sampleDesign(3, 40), (copy) => {
      for (const node of Object.values(copy.nodes)) if (node.kind === "service") node.props.desiredCount = 1e12;
    });
    const cost = costOf(design);
    expectSound(cost);
    expect(cost.total).toBeLessThan(1e9);
    expect(cost.unknown.map(({ why }) => why).join(" ")).toContain("billion dollars");
  });

  it("figures for what is no longer there are said, and change nothing", () => {
    const design = sampleDesign(3, 20);
    const gone = changed(design, (copy) => {
      copy.usage.scenarios.typical.n9999 = { requestsPerSecond: 1000 };
    });
    expect(costOf(gone).total).toBe(costOf(design).total);
    expect(costOf(gone).unknown).toContainEqual(
      expect.objectContaining({ node: null, edge: null, item: "Figures of use for “n9999”" }),
    );
  });

  it("a figure of a name that no charge knows is said, not passed over", () => {
    const design = changed(sampleDesign(3, 20), (copy) => {
      copy.usage.scenarios.typical[Object.keys(copy.nodes)[0] ?? ""] = { requets: 5 };
    });
    expect(costOf(design).unknown.map(({ item }) => item)).toContain("Figure of use “requets”");
  });
});
