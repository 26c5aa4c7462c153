import type { Cost, CostLine, UnknownCost } from "@/lib/cost/cost";
import { type Payer, payerOf } from "./payer";

/** A row of the table of lines; `amount` undefined where it is unknown. */
export interface LineRow extends Payer {
  key: string;
  part: string;
  resource: string;
  item: string;
  unit: string;
  quantity: number;
  rate: number | undefined;
  amount: number | undefined;
  /** How the quantity came about, or why nothing is known. */
  note: string;
  assumption: string | undefined;
  /** Undefined for a rate that the person gave. */
  date: string | undefined;
  source: string;
}

export type Column = "part" | "item" | "quantity" | "rate" | "amount" | "date" | "source";

/** Order of a table: a column, and which end comes first. */
export interface Order {
  by: Column;
  down: boolean;
}

/** Every line of a bill as a row, those without an amount too. */
export function rowsOf(cost: Cost, nameOf: (payer: Payer) => string): LineRow[] {
  const common = ({ node, edge, resource, item, unit, quantity }: CostLine | UnknownCost, at: number) => ({
    key: `${payerOf({ node, edge })} ${resource} ${item} ${at}`,
    part: nameOf({ node, edge }),
    ...{ node, edge, resource, item, unit, quantity },
  });
  return [
    ...cost.lines.map((line, at): LineRow => {
      const { rate, amount, quantityNote: note, assumption, source } = line;
      return { ...common(line, at), rate, amount, note, assumption, date: line.priceDate ?? undefined, source };
    }),
    ...cost.unknown.map((line, at): LineRow => {
      const unknown = { rate: undefined, amount: undefined, assumption: undefined, date: undefined, source: "" };
      return { ...common(line, cost.lines.length + at), ...unknown, note: line.why };
    }),
  ];
}

const names = new Intl.Collator("en", { numeric: true });

/** Rows in an order; equal ones stay as they were, and what is unknown comes last either way. */
export function sortedRows(rows: readonly LineRow[], { by, down }: Order): LineRow[] {
  const sign = down ? -1 : 1;
  return [...rows].sort((one, other) => {
    const [a, b] = [one[by], other[by]];
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
    return sign * (typeof a === "number" && typeof b === "number" ? a - b : names.compare(String(a), String(b)));
  });
}
