import type { Comparison } from "../cost/compare";
import { type Cost, nothingKnown } from "../cost/cost";
import { dollars, rateText } from "../cost/words";
import type { Document } from "../document/document";

type Payer = { node: string | null; edge: string | null };

/** Who pays, as people call it: the node's name, or the names at both ends of an edge. */
export function payerName(document: Document, { node, edge }: Payer): string {
  if (node !== null) return document.nodes[node]?.name ?? node;
  if (edge === null) return "The design";
  const drawn = document.edges[edge];
  if (!drawn) return edge;
  const end = (id: string): string => document.nodes[id.split("/")[0] ?? ""]?.name ?? id;
  return `${end(drawn.from)} → ${end(drawn.to)}`;
}

const change = (amount: number): string => `${amount < 0 ? "−" : "+"}${dollars(Math.abs(amount))}`;
const section = (title: string, lines: readonly string[]): string[] => (lines.length > 0 ? ["", title, ...lines] : []);

/** A bill for people: each line, what was assumed, what could not be priced, and the total. */
export function costText(cost: Cost, document: Document, freeTier: boolean): string {
  const where = (line: Payer): string => payerName(document, line);
  const rows = cost.lines.map(
    (line) =>
      `${dollars(line.amount).padStart(10)}  ${where(line)}: ${line.item} (${line.quantityNote} at ${rateText(line.rate)} per ${line.unit})`,
  );
  const assumed = cost.lines.flatMap((line) =>
    line.assumption === undefined ? [] : [`  ${where(line)}: ${line.assumption}`],
  );
  const unknown = cost.unknown.map((line) => `         ?  ${where(line)}: ${line.item}. ${line.why}`);
  const dates = cost.lines.flatMap(({ priceDate }) => (priceDate ? [priceDate] : [])).sort();
  const priced = dates.length === 0 ? "" : `, with prices of ${dates[0]} to ${dates[dates.length - 1]}`;
  return [
    ...rows,
    ...section("Assumed:", [...new Set(assumed)]),
    ...section("Not in the total:", unknown),
    "",
    nothingKnown(cost)
      ? `Nothing of it could be priced, so there is no total for ${cost.region}.`
      : `${dollars(cost.total).padStart(10)}  a month in ${cost.region}, before tax${freeTier ? " and discounts" : ", discounts and free tiers"}${priced}`,
    "",
  ].join("\n");
}

/** What differs between two bills. */
export function comparisonText(found: Comparison, before: Document, after: Document): string {
  const name = (line: Payer): string => {
    const id = line.node ?? line.edge ?? "";
    const known = line.node === null ? Object.hasOwn(after.edges, id) : Object.hasOwn(after.nodes, id);
    return payerName(known ? after : before, line);
  };
  const rows = found.lines.map(
    (line) =>
      `${change(line.difference).padStart(11)}  ${name(line)}: ${line.item} (${dollars(line.before)} → ${dollars(line.after)})`,
  );
  const unknown = found.onlyUnknown.map(
    (line) =>
      `          ?  ${name(line)}: ${line.item}, unknown in the ${line.side === "before" ? "first" : "second"} design only${line.known > 0 ? `, ${dollars(line.known)} in the other` : ""}. ${line.why}`,
  );
  return [
    ...(rows.length > 0 ? rows : ["Nothing that has a price differs."]),
    ...section("Not in the difference:", unknown),
    "",
    found.before.priced && found.after.priced
      ? `${change(found.difference).padStart(11)}  a month: ${dollars(found.before.total)} in ${found.before.region} → ${dollars(found.after.total)} in ${found.after.region}`
      : `There are no prices for ${found.before.priced ? found.after.region : found.before.region}, so the difference is not known.`,
    "",
  ].join("\n");
}
