import type { CostLine } from "@/lib/cost/cost";

const DAY_MS = 86_400_000;
const DAYS_PER_MONTH = 365 / 12;
/** Younger than this, days say it better than months. */
const MOST_DAYS = 61;

/**
 * How old the oldest price of a bill is, by the date on which its source was last read or published; undefined where no
 * line names one. The day on which a list was compiled makes none of its prices younger.
 */
export function priceAge(lines: readonly Pick<CostLine, "priceDate">[], now: number): string | undefined {
  const oldest = lines.reduce(
    (first, { priceDate }) => (priceDate ? Math.min(first, Date.parse(priceDate)) : first),
    Number.POSITIVE_INFINITY,
  );
  if (!Number.isFinite(oldest)) return undefined;
  const days = Math.max(0, Math.floor((now - oldest) / DAY_MS));
  if (days === 0) return "prices of today";
  if (days < MOST_DAYS) return `prices up to ${days} ${days === 1 ? "day" : "days"} old`;
  return `prices up to ${Math.floor(days / DAYS_PER_MONTH)} months old`;
}
