import { expect, it } from "vitest";
import type { Cost } from "@/lib/cost/cost";
import { moneyOf } from "./money";

const line = (node: string, amount: number) => ({
  node,
  edge: null,
  resource: "",
  item: "",
  unit: "",
  quantity: 1,
  rate: amount,
  amount,
  source: "",
  quantityNote: "",
});
const open = (node: string) => ({ node, edge: null, resource: "", item: "", unit: "", quantity: 0, why: "" });
const cost: Cost = {
  currency: "USD",
  region: "us-east-1",
  scenario: "typical",
  environment: null,
  total: 36.04,
  lines: [line("n1", 29.55), line("n1", 6.49), line("n2", 16.43)],
  unknown: [open("n2"), open("n3")],
};

it("adds up what a node costs, and never shows what depends on use as zero", () => {
  expect(moneyOf(cost, "n1")).toBe("$36.04/mo");
  expect(moneyOf(cost, "n2")).toBe("$16.43/mo + use");
  expect(moneyOf(cost, "n3")).toBe("depends on use");
  expect(moneyOf(cost, "n4")).toBeUndefined();
});
