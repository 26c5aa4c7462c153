import { expect, it } from "vitest";
import { priceAge } from "./price-age";

const bundled = { about: "Prices are the bundled ones of 2026-11-21.", compiled: "2026-11-21" };
const at = (day: string): number => Date.parse(`${day}T12:00:00Z`);

it.each([
  ["2026-11-21", "prices of today"],
  ["2026-11-22", "prices 1 day old"],
  ["2027-01-20", "prices 60 days old"],
  // A clock that is behind makes no price younger than today's.
  ["2026-11-01", "prices of today"],
])("bundled prices on %s are %s", (day, says) => expect(priceAge(bundled, at(day))).toBe(says));

it("says of others where they are from", () => {
  expect(
    priceAge(
      { ...bundled, about: "18 prices are AWS's own, asked just now; 3 are the bundled ones of 2026-11-21." },
      at("2026-12-01"),
    ),
  ).toBe("prices asked of AWS");
});
