import { describe, expect, it } from "vitest";
import type { Cost, CostLine } from "@/lib/cost/cost";
import { type Column, rowsOf, sortedRows } from "./sort-lines";

const line = (node: string, item: string, quantity: number, rate: number, priceDate = "2026-02-07"): CostLine => ({
  node,
  edge: null,
  resource: node,
  item,
  unit: "h",
  quantity,
  rate,
  amount: quantity * rate,
  source: "List",
  priceDate,
  quantityNote: "",
});
const cost: Cost = {
  currency: "USD",
  region: "us-east-1",
  scenario: "typical",
  environment: null,
  total: 112,
  unknown: [
    { node: "n9", edge: null, resource: "n9", item: "Requests", unit: "requests", quantity: 1, why: "Say how many." },
  ],
  lines: [line("n10", "Hours", 100, 1), line("n2", "Hours", 1, 10), line("n2", "hours", 2, 1, "2025-06-05")],
};
const rows = rowsOf(cost, ({ node }) => `Part ${node?.slice(1)}`);
const order = (by: Column, down: boolean): string[] => sortedRows(rows, { by, down }).map(({ key }) => key);

describe("the table of lines", () => {
  it("has a row for each line, and for what is unknown one without an amount", () => {
    expect(rows.map(({ part, item, amount, note }) => [part, item, amount, note])).toEqual([
      ["Part 10", "Hours", 100, ""],
      ["Part 2", "Hours", 10, ""],
      ["Part 2", "hours", 2, ""],
      ["Part 9", "Requests", undefined, "Say how many."],
    ]);
  });

  it("sorts figures by size and puts the unknown last either way", () => {
    expect(order("amount", true)).toEqual(["n10 n10 Hours 0", "n2 n2 Hours 1", "n2 n2 hours 2", "n9 n9 Requests 3"]);
    expect(order("amount", false)).toEqual(["n2 n2 hours 2", "n2 n2 Hours 1", "n10 n10 Hours 0", "n9 n9 Requests 3"]);
  });

  it("sorts by the date of the price, the oldest first", () => {
    expect(order("date", false)).toEqual(["n2 n2 hours 2", "n10 n10 Hours 0", "n2 n2 Hours 1", "n9 n9 Requests 3"]);
  });

  it("sorts names as people count, and leaves equal ones as they were", () => {
    expect(order("part", false)).toEqual(["n2 n2 Hours 1", "n2 n2 hours 2", "n9 n9 Requests 3", "n10 n10 Hours 0"]);
  });
});
