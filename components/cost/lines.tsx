"use client";

import { useMemo, useState } from "react";
import type { Cost } from "@/lib/cost/cost";
import type { Document } from "@/lib/document/document";
import { placeName } from "@/lib/editor/names";
import { measured, moneyExact, moneyRate, saysMore } from "../editor/money";
import { useEditor } from "../editor/store";
import { goTo } from "../editor/use-findings";
import { Head } from "./head";
import { payerOf, placeOf } from "./payer";
import { type Column, type Order, rowsOf, sortedRows } from "./sort-lines";

const columns: readonly { id: Column; label: string; figure?: true }[] = [
  { id: "part", label: "Part" },
  { id: "item", label: "What" },
  { id: "quantity", label: "Quantity", figure: true },
  { id: "rate", label: "Rate", figure: true },
  { id: "amount", label: "A month", figure: true },
  { id: "date", label: "Price date" },
  { id: "source", label: "Source" },
];

/** Every line of the bill, in the order of any column. */
export function Lines({ cost, document }: { cost: Cost; document: Document }) {
  const [order, setOrder] = useState<Order>({ by: "amount", down: true });
  const selection = useEditor(({ state }) => state.selection);
  const rows = useMemo(() => rowsOf(cost, (payer) => placeName(document, placeOf(payer))), [cost, document]);
  const sorted = useMemo(() => sortedRows(rows, order), [rows, order]);
  // A column of figures begins with the largest, one of words with A.
  const sortBy = (by: Column, figure: boolean): void =>
    setOrder((now) => (now.by === by ? { by, down: !now.down } : { by, down: figure }));
  return (
    <table aria-label="Lines of cost" className="w-full border-collapse">
      <thead className="sticky top-0 z-10 bg-sunken text-left text-ink-2">
        <tr>
          {columns.map(({ id, label, figure }) => (
            <Head
              key={id}
              end={figure ?? false}
              {...(order.by === id ? { sort: order.down ? "descending" : "ascending" } : {})}
            >
              <button
                type="button"
                onClick={() => sortBy(id, figure ?? false)}
                className="inline-flex items-center gap-1 rounded-sm font-medium hover:text-ink"
              >
                {label}
                <span aria-hidden="true" className={`w-2 text-xs ${order.by === id ? "" : "invisible"}`}>
                  {order.down ? "↓" : "↑"}
                </span>
              </button>
            </Head>
          ))}
        </tr>
      </thead>
      <tbody>
        {sorted.map((row) => (
          <tr
            key={row.key}
            className={`border-line border-t align-top ${selection.includes(payerOf(row)) ? "bg-accent-soft" : ""}`}
          >
            <td className="px-3 py-1">
              <button type="button" className="rounded-sm text-left hover:underline" onClick={() => goTo(placeOf(row))}>
                {row.part}
              </button>
            </td>
            <td className="px-3 py-1">
              {row.item}
              <span className="block text-ink-3 text-xs">
                {[saysMore(row.note) ? row.note : "", row.assumption ? `Assumed: ${row.assumption}` : ""]
                  .filter((text) => text !== "")
                  .join(" · ")}
              </span>
            </td>
            <td className="whitespace-nowrap px-3 py-1 text-right tabular-nums">
              {row.amount === undefined ? "" : measured(row.quantity, row.unit)}
            </td>
            <td className="px-3 py-1 text-right tabular-nums">{row.rate === undefined ? "" : moneyRate(row.rate)}</td>
            <td className="px-3 py-1 text-right tabular-nums">
              {row.amount === undefined ? <span className="text-warning">Unknown</span> : moneyExact(row.amount)}
            </td>
            <td className="whitespace-nowrap px-3 py-1 text-ink-2 text-xs tabular-nums">{row.date}</td>
            <td className="max-w-64 truncate px-3 py-1 text-ink-2 text-xs" title={row.source}>
              {row.source}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
