"use client";

import { type ReactNode, useMemo, useState } from "react";
import type { Cost } from "@/lib/cost/cost";
import type { Document } from "@/lib/document/document";
import { placeName } from "@/lib/editor/names";
import { measured, moneyExact, moneyRate, saysMore } from "../editor/money";
import { useEditor } from "../editor/store";
import { goTo } from "../editor/use-findings";
import { useInView } from "../ui/use-in-view";
import { Head } from "./head";
import { payerOf, placeOf } from "./payer";
import { type Column, type Order, rowsOf, sortedRows } from "./sort-lines";

const columns: readonly { id: Column; label: string; figure?: true; wide?: true }[] = [
  { id: "part", label: "Part" },
  { id: "item", label: "What", wide: true },
  { id: "quantity", label: "Quantity", figure: true },
  { id: "rate", label: "Rate", figure: true },
  { id: "amount", label: "A month", figure: true },
  { id: "date", label: "Price date" },
  { id: "source", label: "Source", figure: true },
];

/** Every line of the bill, in the order of any column. */
export function Lines({ cost, document, sources }: { cost: Cost; document: Document; sources: readonly string[] }) {
  const [order, setOrder] = useState<Order>({ by: "amount", down: true });
  const selection = useEditor(({ state }) => state.selection);
  const rows = useMemo(() => rowsOf(cost, (payer) => placeName(document, placeOf(payer))), [cost, document]);
  const sorted = useMemo(() => sortedRows(rows, order), [rows, order]);
  const first = sorted.find((row) => selection.includes(payerOf(row)));
  // A column of figures begins with the largest, one of words with A.
  const sortBy = (by: Column, figure: boolean): void =>
    setOrder((now) => (now.by === by ? { by, down: !now.down } : { by, down: figure }));
  return (
    <table aria-label="Lines of cost" className="w-full border-collapse">
      <thead className="sticky top-0 z-10 bg-sunken text-left text-ink-2">
        <tr>
          {columns.map(({ id, label, figure, wide }) => (
            <Head
              key={id}
              end={figure ?? false}
              wide={wide ?? false}
              {...(order.by === id ? { sort: order.down ? "descending" : "ascending" } : {})}
            >
              <button
                type="button"
                onClick={() => sortBy(id, figure ?? false)}
                className={`inline-flex items-center gap-1 rounded-sm font-medium hover:text-ink ${figure ? "flex-row-reverse" : ""}`}
              >
                {label}
                {/* On the side away from the figures, so that label and figures end in one line. */}
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
          <Row key={row.key} selected={selection.includes(payerOf(row))} first={row === first}>
            <td className="px-3 sm:min-w-32 py-1">
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
            <td className="px-3 py-1 text-right text-ink-2 text-xs leading-5 tabular-nums" title={row.source}>
              {row.source === "" ? "" : sources.indexOf(row.source) + 1}
            </td>
          </Row>
        ))}
      </tbody>
    </table>
  );
}

function Row({ selected, first, children }: { selected: boolean; first: boolean; children: ReactNode }) {
  const row = useInView<HTMLTableRowElement>(first);
  return (
    <tr ref={row} className={`scroll-mt-7 border-line border-t align-top ${selected ? "bg-accent-soft" : ""}`}>
      {children}
    </tr>
  );
}
