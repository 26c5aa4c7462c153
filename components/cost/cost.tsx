"use client";

import { lazy, Suspense, useDeferredValue, useMemo, useState } from "react";
import { type Cost, nothingKnown } from "@/lib/cost/cost";
import { costCsv } from "@/lib/cost/csv";
import { type Document, type Scenario, scenarios } from "@/lib/document/document";
import { placeName } from "@/lib/editor/names";
import { clipboard } from "../editor/clipboard";
import { moneyExact } from "../editor/money";
import { useShown } from "../editor/shown";
import { useEditor } from "../editor/store";
import { Button } from "../ui/button";
import { Empty } from "../ui/empty";
import { Select } from "../ui/field";
import { Segmented } from "../ui/segmented";
import { EnvironmentCosts } from "./environments";
import { Lines } from "./lines";
import { Parts } from "./parts";
import { placeOf } from "./payer";
import { priceAge } from "./price-age";
import { scenarioLabels } from "./scenarios";

const scenarioOptions: readonly { value: Scenario; label: string }[] = scenarios.map((value) => ({
  value,
  label: scenarioLabels[value],
}));

const views = [
  { value: "parts", label: "Parts", about: "What each node and connection costs" },
  { value: "lines", label: "Lines", about: "Every line, in the order of any column" },
  { value: "environments", label: "Environments", about: "Each environment at low, typical and high use" },
  { value: "compare", label: "Compare", about: "With another Region or another design" },
  { value: "savings", label: "Savings", about: "What one change would save" },
  { value: "capacity", label: "Capacity", about: "How tasks fit on EC2 instances" },
] as const;
type View = (typeof views)[number]["value"];

const Compare = lazy(() => import("./compare"));
const Savings = lazy(() => import("./savings"));
const Capacity = lazy(() => import("./capacity"));

/** The view last looked at stays while the panel is closed. */
let last: View = "parts";

/** The monthly bill, line by line: quantity × rate with its source; what depends on use stands apart, never as 0. */
export function CostPanel() {
  const { cost, document } = useShown();
  const prices = useDeferredValue(useEditor((store) => store.prices));
  const scenario = useEditor((store) => store.scenario);
  const [view, setView] = useState<View>(last);
  const sources = useMemo(() => [...new Set(cost.lines.map((line) => line.source))], [cost]);

  const age = priceAge(cost.lines, Date.now());
  const about = [
    `List prices before tax and discounts, 730 hours a month${cost.unknown.length > 0 ? "; what is unknown is not in the total" : ""}.`,
    ...(prices.status === "ready" ? [prices.book.about] : []),
    ...(age === undefined ? [] : [`These are ${age}.`]),
  ].join(" ");

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
      <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5 border-line border-b px-3 py-1.5">
        <p className="min-w-64 flex-1 truncate" title={about}>
          <span className="font-semibold text-base tabular-nums">
            {nothingKnown(cost) ? "No total" : moneyExact(cost.total)}
          </span>
          <span className="text-ink-2">
            {nothingKnown(cost) ? "" : " a month"} in {cost.region}
          </span>
          {cost.unknown.length > 0 && (
            <span className="text-warning">
              {nothingKnown(cost) ? ": " : " and "}
              {cost.unknown.length} unknown
            </span>
          )}
          {age !== undefined && <span className="text-ink-3"> · {age}</span>}
          <span className="text-ink-2"> · 730 hours, list prices before tax</span>
        </p>
        <Segmented
          label="View of the cost"
          value={view}
          segments={views}
          onChange={(value) => {
            last = value;
            setView(value);
          }}
        />
        <Select
          label="Scenario"
          value={scenario}
          options={scenarioOptions}
          onChange={(value) => useEditor.getState().setScenario(value)}
        />
        <Button
          icon="copy"
          aria-label="Copy CSV"
          title="Copy the lines as CSV"
          onClick={() => void copyCsv(cost, document)}
        >
          CSV
        </Button>
      </div>
      {prices.status === "missing" && <p className="bg-warning-soft px-3 py-1.5 text-warning">{prices.why}</p>}
      {/* Each view begins at its top. */}
      <div key={view} className="min-h-0 flex-1 overflow-auto">
        {view === "parts" && <Parts cost={cost} document={document} sources={sources} />}
        {view === "lines" && <Lines cost={cost} document={document} sources={sources} />}
        {view === "environments" && <EnvironmentCosts />}
        <Suspense fallback={<p className="px-3 py-2 text-ink-3">Loading…</p>}>
          {view === "compare" && <Compare />}
          {view === "savings" && <Savings />}
          {view === "capacity" && <Capacity />}
        </Suspense>
        {(view === "parts" || view === "lines") && sources.length > 0 && (
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

async function copyCsv(cost: Cost, document: Document): Promise<void> {
  const { announce, notify } = useEditor.getState();
  const copied = await clipboard.write(costCsv(cost, (payer) => placeName(document, placeOf(payer))));
  if (copied) notify("Copied the cost table as CSV.");
  else notify("The browser did not give access to the clipboard, so nothing was copied.", "refusal");
  announce("");
}
