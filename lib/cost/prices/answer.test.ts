import { describe, expect, it } from "vitest";
import { bundledPrices } from ".";
import { pricesIn } from "./answer";

const REGION = "eu-west-1";
const good = async () => ({ says: "3 prices are AWS's own.", live: 3, bundled: 80, data: await bundledPrices(REGION) });

describe("an answer with prices", () => {
  it("is taken as it is when every row is one", async () => {
    const answer = JSON.parse(JSON.stringify(await good())) as unknown;
    expect(pricesIn(answer, REGION)?.data).toEqual(await bundledPrices(REGION));
    expect(pricesIn(answer, REGION)?.says).toBe("3 prices are AWS's own.");
  });

  type Answer = Awaited<ReturnType<typeof good>> & {
    data: { skus: Record<string, unknown>; ec2: Record<string, unknown> };
  };
  it.each<[string, (answer: Answer) => unknown]>([
    ["nothing", () => null],
    ["a page of a proxy", () => "<html>"],
    ["a list", () => []],
    ["no data", ({ data: _, ...rest }) => rest],
    ["another Region", (answer) => ({ ...answer, data: { ...answer.data, region: "us-east-1" } })],
    ["no live price", (answer) => ({ ...answer, live: 0 })],
    ["words that are none", (answer) => ({ ...answer, says: 5 })],
    ["a missing row", (answer) => void delete (answer.data.skus as Record<string, unknown>)["alb.hour"]],
    ["a price in words", (answer) => set(answer, { unit: "LB-hour", price: "0.02", source: [] })],
    ["a negative price", (answer) => set(answer, { unit: "LB-hour", price: -1, source: [] })],
    [
      "a price beyond all numbers",
      (answer) => set(answer, { unit: "LB-hour", price: Number.POSITIVE_INFINITY, source: [] }),
    ],
    ["a row that is none", (answer) => set(answer, null)],
    ["sources that are none", (answer) => set(answer, { unit: "LB-hour", price: 1, source: "AWS" })],
    [
      "tiers with a gap",
      (answer) => set(answer, { unit: "LB-hour", source: [], tiers: [{ from: 5, to: null, price: 1 }] }),
    ],
    ["tiers that are none", (answer) => set(answer, { unit: "LB-hour", source: [], tiers: {} })],
    ["instances at no price", (answer) => void Object.assign(answer.data.ec2, { hourly: { "m5.large": null } })],
    ["instances without a list", (answer) => void Object.assign(answer.data.ec2, { hourly: undefined })],
  ])("is not taken with %s", async (_case, change) => {
    const answer = structuredClone(await good()) as unknown as Answer;
    const changed = change(answer);
    expect(pricesIn(changed === undefined ? answer : changed, REGION)).toBeUndefined();
  });
});

function set(answer: { data: { skus: unknown } }, row: unknown): void {
  (answer.data.skus as Record<string, unknown>)["alb.hour"] = row;
}
