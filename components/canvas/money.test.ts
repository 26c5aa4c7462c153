import { expect, it } from "vitest";
import type { Cost } from "@/lib/cost/cost";
import { moneyByPlace } from "./money";

const line = (node: string | null, amount: number, item = "Hours", edge: string | null = null) => ({
  node,
  edge,
  resource: "",
  item,
  unit: "",
  quantity: 1,
  rate: amount,
  amount,
  source: "",
  quantityNote: "",
});
const open = (node: string | null, edge: string | null = null) => ({
  node,
  edge,
  resource: "",
  item: "Data",
  unit: "",
  quantity: 0,
  why: "",
});
const cost: Cost = {
  currency: "USD",
  region: "us-east-1",
  scenario: "typical",
  environment: null,
  total: 36.04,
  lines: [
    line("n1", 6.49, "Memory"),
    line("n1", 29.55, "Processors"),
    line("n2", 16.43),
    line(null, 2.256, "Data out", "e1"),
    line(null, 0.001, "Data out", "e2"),
  ],
  unknown: [open("n2"), open("n3"), open(null, "e3")],
};

it("adds up what a node or an edge costs, and never shows what is unknown as zero", () => {
  const money = moneyByPlace(cost);
  expect(money.get("n1")).toEqual({
    text: "$36.04/mo",
    brief: "$36.04",
    unknown: false,
    lines: "Processors $29.55; Memory $6.49",
  });
  expect(money.get("n2")).toMatchObject({ text: "$16.43/mo + unknown", brief: "$16.43 + ?" });
  expect(money.get("n3")).toMatchObject({ text: "cost unknown", brief: "?", unknown: true });
  expect(money.get("e1")).toMatchObject({ text: "$2.26/mo", lines: "Data out $2.26" });
  expect(money.get("e3")).toMatchObject({ text: "cost unknown", lines: "Data unknown" });
  expect([...money.keys()].sort()).toEqual(["e1", "e2", "e3", "n1", "n2", "n3"]);
});

it("says that less than a cent is something", () => {
  expect(moneyByPlace(cost).get("e2")?.text).toBe("<$0.01/mo");
});

it("names the largest lines and counts the rest", () => {
  const lines = [1, 2, 3, 4, 5, 6].map((amount) => line("n1", amount, `Line ${amount}`));
  expect(moneyByPlace({ ...cost, lines, unknown: [] }).get("n1")?.lines).toBe(
    "Line 6 $6.00; Line 5 $5.00; Line 4 $4.00; Line 3 $3.00; and 2 more lines",
  );
});
