"use client";

import { memo, useDeferredValue, useMemo } from "react";
import { equalJson } from "@/lib/core/json";
import type { Cost, CostLine, UnknownCost } from "@/lib/cost/cost";
import { type Document, type Scenario, scenarios } from "@/lib/document/document";
import { clipboard } from "../editor/clipboard";
import { moneyExact, moneyRate, quantity } from "../editor/money";
import { useEditor } from "../editor/store";
import { goTo, placeName } from "../editor/use-findings";
import { Button } from "../ui/button";
import { Empty } from "../ui/empty";
import { Select } from "../ui/field";
import { costCsv } from "./csv";

const scenarioOptions: readonly { value: Scenario; label: string }[] = scenarios.map((value) => ({
  value,
  label: { low: "Low use", typical: "Typical use", high: "High use" }[value],
}));

type Payer = { node: string | null; edge: string | null };
const payerOf = ({ node, edge }: Payer): string => node ?? edge ?? "";
const placeOf = ({ node, edge }: Payer) => (node === null ? { edge: edge ?? "" } : { node });

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
  return [...groups.values()].sort((a, b) => b.total - a.total);
}

/** The monthly bill, line by line: quantity × rate with its source; what depends on use stands apart, never as 0. */
export function CostPanel() {
  const cost = useDeferredValue(useEditor(({ analysis }) => analysis.cost));
  const prices = useEditor((store) => store.prices);
  const scenario = useEditor((store) => store.scenario);
  const document = useEditor(({ state }) => state.document);
  const groups = useMemo(() => groupsOf(cost), [cost]);
  const sources = useMemo(() => [...new Set(cost.lines.map((line) => line.source))], [cost]);

  if (prices.status === "loading") return <Empty icon="cost" title="Loading prices…" />;
  if (cost.lines.length === 0 && cost.unknown.length === 0) {
    return (
      <Empty icon="cost" title="Nothing costs anything yet">
        {prices.status === "missing" ? prices.why : "Charges appear here as soon as something is drawn that AWS bills."}
      </Empty>
    );
  }
  return (
    <div className="flex h-full flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-3 border-line border-b px-3 py-1.5">
        <p>
          <span className="font-semibold text-base">{moneyExact(cost.total)}</span>
          <span className="text-ink-2"> a month in {cost.region}, 730 hours, list prices before tax</span>
        </p>
        <span className="flex-1" />
        <Select
          label="Scenario"
          value={scenario}
          options={scenarioOptions}
          onChange={(value) => useEditor.getState().setScenario(value)}
        />
        <Button icon="copy" onClick={() => void copyCsv(cost, document)}>
          Copy CSV
        </Button>
      </div>
      {prices.status === "missing" && <p className="bg-warning-soft px-3 py-1.5 text-warning">{prices.why}</p>}
      <div className="min-h-0 flex-1 overflow-auto">
        <table className="w-full border-collapse">
          <thead className="sticky top-0 z-10 bg-sunken text-left text-ink-2">
            <tr>
              <Head>What</Head>
              <Head>Quantity</Head>
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
        {sources.length > 0 && (
          <section aria-label="Sources" className="border-line border-t px-3 py-2 text-ink-2 text-xs">
            <h3 className="font-medium">Sources</h3>
            <ol className="list-decimal pl-5">
              {sources.map((source) => (
                <li key={source}>{source}</li>
              ))}
            </ol>
          </section>
        )}
      </div>
    </div>
  );
}

const Head = ({ children, end }: { children: string; end?: boolean }) => (
  <th scope="col" className={`px-3 py-1 font-medium ${end ? "text-right" : ""}`}>
    {children}
  </th>
);

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
  return (
    <tbody className={`border-line border-t ${selected ? "bg-accent-soft" : ""}`}>
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
          <td className="py-0.5 pr-3 pl-6 text-ink">{line.item}</td>
          <td className="px-3 py-0.5">
            {quantity(line.quantity)} {line.unit}
            <span className="block text-ink-3 text-xs">
              {line.quantityNote}
              {line.assumption && <span> · Assumed: {line.assumption}</span>}
            </span>
          </td>
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
          <td className="py-0.5 pr-3 pl-6 text-ink">{line.item}</td>
          <td colSpan={2} className="px-3 py-0.5">
            {line.why}
          </td>
          <td className="px-3 py-0.5 text-right text-warning">Unknown</td>
          <td />
        </tr>
      ))}
    </tbody>
  );
}

async function copyCsv(cost: Cost, document: Document): Promise<void> {
  const { announce, notify } = useEditor.getState();
  const copied = await clipboard.write(costCsv(cost, (payer) => placeName(document, placeOf(payer))));
  if (copied) notify("Copied the cost table as CSV.");
  else notify("The browser did not give access to the clipboard, so nothing was copied.", "refusal");
  announce("");
}
