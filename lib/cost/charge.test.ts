import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { Account, type Charge, price, priceAll } from "./charge";
import { fargateTasks } from "./formulas/fargate";
import { freeTier } from "./free-tier";
import { loadPrices, type PriceBook, type Sku } from "./prices";
import { globalSkus, regionalSkus } from "./prices/skus";

let book: PriceBook;
let skus: Sku[] = [];
beforeAll(async () => {
  const loaded = await loadPrices("us-east-1");
  if (!loaded.ok) return;
  book = loaded.value;
  skus = ([...Object.keys(regionalSkus), ...globalSkus] as Sku[]).filter((sku) => book.price(sku));
});

const charge = (sku: Sku, quantity: number): Charge => ({ tariff: { sku }, item: sku, quantity, note: "" });
const total = (charges: readonly Charge[], free = false): number =>
  priceAll(charges, book, "us-east-1", new Account(free ? freeTier() : undefined)).total;
const near = (a: number, b: number): void => expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(1, a, b));

/** Small and large quantities, across every tier there is. */
const quantities = fc.oneof(
  fc.double({ min: 0, max: 1000, noNaN: true }),
  fc.double({ min: 0, max: 1e7, noNaN: true }),
  fc.double({ min: 0, max: 4e11, noNaN: true }),
);

describe("a price", () => {
  it("grows with the quantity, and two charges of one account cost what one of both does", () => {
    fc.assert(
      fc.property(fc.nat(), quantities, quantities, fc.boolean(), (at, first, second, free) => {
        const sku = skus[at % skus.length] as Sku;
        const together = total([charge(sku, first + second)], free);
        expect(together).toBeGreaterThanOrEqual(total([charge(sku, first)], free) * (1 - 1e-12));
        near(total([charge(sku, first), charge(sku, second)], free), together);
      }),
      { seed: 3, numRuns: 1000 },
    );
  });

  it("covers the whole quantity, part by part", () => {
    fc.assert(
      fc.property(fc.nat(), quantities, fc.boolean(), (at, quantity, free) => {
        const sku = skus[at % skus.length] as Sku;
        const { priced } = price(charge(sku, quantity), book, "us-east-1", new Account(free ? freeTier() : undefined));
        near(
          priced.reduce((sum, part) => sum + part.quantity, 0),
          quantity,
        );
      }),
      { seed: 4, numRuns: 500 },
    );
  });

  it("of Fargate grows with CPU, memory, storage and hours", () => {
    const size = fc.record({
      vcpu: fc.constantFrom<number>(0.25, 0.5, 1, 2, 4, 8, 16),
      gb: fc.integer({ min: 1, max: 120 }),
      storageGb: fc.integer({ min: 20, max: 200 }),
      hours: fc.double({ min: 0, max: 1e5, noNaN: true }),
    });
    fc.assert(
      fc.property(size, size, fc.constantFrom("x86", "arm"), fc.constantFrom("linux", "windows"), (a, b, arch, os) => {
        const cost = (of: typeof a): number =>
          total(
            fargateTasks(
              { os, arch, vcpu: of.vcpu, gb: of.gb, storageGb: of.storageGb },
              { hours: of.hours, note: "" },
            ),
          );
        const larger = {
          vcpu: Math.max(a.vcpu, b.vcpu),
          gb: Math.max(a.gb, b.gb),
          storageGb: Math.max(a.storageGb, b.storageGb),
          hours: Math.max(a.hours, b.hours),
        };
        expect(cost(larger)).toBeGreaterThanOrEqual(cost(a));
        expect(cost(a)).toBeGreaterThanOrEqual(0);
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it("that a person types is taken at its word, unless it is no price", () => {
    const typed = (given: number): Charge => ({
      tariff: { given, unit: "hour", source: "my contract" },
      item: "Hours",
      quantity: 10,
      note: "",
    });
    expect(priceAll([typed(0.5)], null, "mars").total).toBe(5);
    for (const rate of [-1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(priceAll([typed(rate)], book, "us-east-1").unpriced[0]?.why).toContain("no price");
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 1e16])("says of %d units that no bill has them", (quantity) => {
    const { priced, unpriced } = price(charge("alb.hour", quantity), book, "us-east-1");
    expect(priced).toEqual([]);
    expect(unpriced[0]?.why).toMatch(/\.$/);
  });

  it("that is not known stays unknown, with the row's own word for it", () => {
    const { unpriced } = priceAll([charge("ecr.public", 1), charge("fargate.savings_plan", 1)], book, "us-east-1");
    expect(unpriced.map(({ why }) => why)).toEqual([
      expect.stringContaining("have no figure for this in US East (N. Virginia)"),
      expect.stringContaining("Compute Savings Plan"),
    ]);
  });
});
