import type { PriceBook } from "@/lib/cost/prices";

const DAY_MS = 86_400_000;

/** How old the prices are that a cost was counted with; bundled ones name the day they were compiled. */
export function priceAge({ about, compiled }: Pick<PriceBook, "about" | "compiled">, now: number): string {
  if (about.includes("AWS's own")) return "prices asked of AWS";
  const days = Math.max(0, Math.floor((now - Date.parse(compiled)) / DAY_MS));
  return days === 0 ? "prices of today" : days === 1 ? "prices 1 day old" : `prices ${days} days old`;
}
