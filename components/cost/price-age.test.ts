import { expect, it } from "vitest";
import { priceAge } from "./price-age";

const at = (day: string): number => Date.parse(`${day}T12:00:00Z`);
const of = (...dates: (string | null | undefined)[]) => dates.map((priceDate) => ({ priceDate }));

it.each([
  ["2026-11-21", "prices of today"],
  ["2026-11-22", "prices up to 1 day old"],
  ["2027-01-20", "prices up to 60 days old"],
  ["2027-01-21", "prices up to 2 months old"],
  ["2027-05-21", "prices up to 5 months old"],
  // A clock that is behind makes no price younger than today's.
  ["2026-11-01", "prices of today"],
])("prices of 2026-11-21 on %s are %s", (day, says) => expect(priceAge(of("2026-11-21"), at(day))).toBe(says));

it("is that of the oldest, however new the others are, and none where nothing says it", () => {
  expect(priceAge(of("2026-11-20", "2025-06", null, undefined, "2026-10-09"), at("2026-11-26"))).toBe(
    "prices up to 17 months old",
  );
  expect(priceAge(of(null), at("2026-11-26"))).toBeUndefined();
});
