"use client";

import { memo, useMemo } from "react";
import { equalJson } from "@/lib/core/json";
import type { Cost, CostLine, UnknownCost } from "@/lib/cost/cost";
import type { Document } from "@/lib/document/document";
import { placeName } from "@/lib/editor/names";
import { measured, moneyExact, moneyRate, saysMore } from "../editor/money";
import { useEditor } from "../editor/store";
import { goTo } from "../editor/use-findings";
import { useInView } from "../ui/use-in-view";
import { Head } from "./head";
import { type Payer, payerOf, placeOf } from "./payer";

interface Group {
  payer: Payer;
  lines: CostLine[];
  unknown: UnknownCost[];
  total: number;
}

function groupsOf(cost: Cost): Group[] {
  const groups = new Map<string, Group>();
  const group = (of: Payer): Group => {
    const id = payerOf(of);
    let known = groups.get(id);
    if (!known) {
      known = { payer: { node: of.node, edge: of.edge }, lines: [], unknown: [], total: 0 };
      groups.set(id, known);
    }
    return known;
  };
  for (const line of cost.lines) {
    const own = group(line);
    own.lines.push(line);
    own.total += line.amount;
  }
  for (const line of cost.unknown) group(line).unknown.push(line);
  for (const { lines } of groups.values()) lines.sort((a, b) => b.amount - a.amount);
  return [...groups.values()].sort((a, b) => b.total - a.total);
}

/** The bill by what pays, the dearest first. */
export function Parts({ cost, document, sources }: { cost: Cost; document: Document; sources: readonly string[] }) {
  const groups = useMemo(() => groupsOf(cost), [cost]);
  return (
    <table aria-label="Cost by part" className="w-full border-collapse tabular-nums">
      <thead className="sticky top-0 z-10 bg-sunken text-left text-ink-2">
        <tr>
          <Head wide>What</Head>
          <Head end>Quantity</Head>
          <Head end>Rate</Head>
          <Head end>A month</Head>
          <Head end>Source</Head>
        </tr>
      </thead>
      {groups.map((group) => (
        <GroupRows
          key={payerOf(group.payer)}
          group={group}
          name={placeName(document, placeOf(group.payer))}
          sources={sources}
        />
      ))}
    </table>
  );
}

interface GroupProps {
  group: Group;
  name: string;
  sources: readonly string[];
}

/** Lines are new objects after every edit; a group is drawn again only when it reads differently. */
const GroupRows = memo(
  GroupRowsView,
  (a, b) => a.name === b.name && equalJson(a.group, b.group) && equalJson(a.sources, b.sources),
);

function GroupRowsView({ group, name, sources }: GroupProps) {
  const { payer, lines, unknown, total } = group;
  const selected = useEditor(({ state }) => state.selection.includes(payerOf(payer)));
  const body = useInView<HTMLTableSectionElement>(selected);
  return (
    <tbody ref={body} className={`scroll-mt-7 border-line border-t ${selected ? "bg-accent-soft" : ""}`}>
      <tr>
        <th scope="rowgroup" colSpan={3} className="px-3 pt-1.5 text-left font-medium">
          <button type="button" className="rounded-sm hover:underline" onClick={() => goTo(placeOf(payer))}>
            {name}
          </button>
        </th>
        <td className="px-3 pt-1.5 text-right font-medium">{lines.length > 0 ? moneyExact(total) : "Unknown"}</td>
        <td />
      </tr>
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two lines of one payer may be alike
        <tr key={`line ${at}`} className="align-top text-ink-2">
          <td className="py-0.5 pr-3 pl-6 text-ink">
            {line.item}
            <span className="block text-ink-3 text-xs">
              {[
                saysMore(line.quantityNote) ? line.quantityNote : "",
                line.assumption ? `Assumed: ${line.assumption}` : "",
              ]
                .filter((text) => text !== "")
                .join(" · ")}
            </span>
          </td>
          <td className="whitespace-nowrap px-3 py-0.5 text-right">{measured(line.quantity, line.unit)}</td>
          <td className="px-3 py-0.5 text-right">{moneyRate(line.rate)}</td>
          <td className="px-3 py-0.5 text-right text-ink">{moneyExact(line.amount)}</td>
          <td className="px-3 py-0.5 text-right text-xs" title={line.source}>
            {sources.indexOf(line.source) + 1}
          </td>
        </tr>
      ))}
      {unknown.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two lines of one payer may be alike
        <tr key={`unknown ${at}`} className="align-top text-ink-2">
          <td colSpan={3} className="py-0.5 pr-3 pl-6 text-ink">
            {line.item}
            <span className="block text-ink-3 text-xs">{line.why}</span>
          </td>
          <td className="px-3 py-0.5 text-right text-warning">Unknown</td>
          <td />
        </tr>
      ))}
    </tbody>
  );
}
