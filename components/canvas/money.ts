import { count } from "@/lib/core/text";
import type { Cost, CostLine, UnknownCost } from "@/lib/cost/cost";

const dollars = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });

/** What one node or edge costs a month, in words for the canvas. */
export interface Money {
  /** "$36.04/mo", "$16.43/mo + unknown", "cost unknown". */
  text: string;
  /** The same where there is less room: "$36.04", "$16.43 + ?", "?". */
  brief: string;
  /** Nothing of it has a price. */
  unknown: boolean;
  /** Line by line: "NAT gateway hours $32.85; Data processed unknown". */
  lines: string;
}

/** Lines that are read out before the rest is counted. */
const FEW = 4;

/** Of every node and edge that pays something, or whose price nobody knows; what is never billed is not in it. */
export function moneyByPlace(cost: Cost): ReadonlyMap<string, Money> {
  const places = new Map<string, { lines: CostLine[]; unknown: UnknownCost[] }>();
  const at = ({ node, edge }: CostLine | UnknownCost) => {
    const id = node ?? edge ?? "";
    const known = places.get(id) ?? { lines: [], unknown: [] };
    places.set(id, known);
    return known;
  };
  for (const line of cost.lines) at(line).lines.push(line);
  for (const line of cost.unknown) at(line).unknown.push(line);
  return new Map([...places].map(([id, { lines, unknown }]) => [id, wordsOf(lines, unknown)]));
}

function wordsOf(lines: readonly CostLine[], unknown: readonly UnknownCost[]): Money {
  const open = unknown.length > 0;
  const said = [
    ...[...lines].sort((a, b) => b.amount - a.amount).map(({ item, amount }) => `${item} ${amountOf(amount)}`),
    ...unknown.map(({ item }) => `${item} unknown`),
  ];
  const rest = said.length - FEW;
  const all = [...said.slice(0, FEW), ...(rest > 0 ? [`and ${count(rest, "more line")}`] : [])].join("; ");
  if (lines.length === 0) return { text: "cost unknown", brief: "?", unknown: true, lines: all };
  const sum = amountOf(lines.reduce((total, { amount }) => total + amount, 0));
  return {
    text: `${sum}/mo${open ? " + unknown" : ""}`,
    brief: `${sum}${open ? " + ?" : ""}`,
    unknown: false,
    lines: all,
  };
}

/** In cents; what is less than one is not nothing. */
const amountOf = (amount: number): string => (amount > 0 && amount < 0.005 ? "<$0.01" : dollars.format(amount));
