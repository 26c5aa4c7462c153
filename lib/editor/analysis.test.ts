import { expect, it } from "vitest";
import { loadPrices } from "../cost/prices";
import { starters } from "../document/starters";
import { analyse, reprice } from "./analysis";

it("comes to the same cost at other prices and another use as the whole analysis does", async () => {
  const prices = await loadPrices("us-east-1");
  if (!prices.ok) throw new Error(prices.problems[0]?.message);
  for (const { document } of starters) {
    const unpriced = analyse(document, { environment: null, scenario: "typical", prices: null });
    const options = { environment: null, scenario: "high", prices: prices.value } as const;
    const again = reprice(unpriced, options);
    expect(again.cost.total).toBeGreaterThan(0);
    expect(again.cost).toEqual(analyse(document, options).cost);
    expect(again.findings).toBe(unpriced.findings);
  }
});
