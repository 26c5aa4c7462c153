import type { Cost } from "@/lib/cost/cost";

const dollars = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });

/** What one node or edge costs a month: "$36.04/mo", "$0.00/mo + use" where part of it depends on use; undefined for what is never billed. */
export function moneyOf(cost: Cost, id: string): string | undefined {
  const owned = ({ node, edge }: { node: string | null; edge: string | null }): boolean => node === id || edge === id;
  const lines = cost.lines.filter(owned);
  const open = cost.unknown.some(owned);
  if (lines.length === 0) return open ? "depends on use" : undefined;
  const sum = lines.reduce((total, line) => total + line.amount, 0);
  return `${dollars.format(sum)}/mo${open ? " + use" : ""}`;
}
