"use client";

import { useDeferredValue, useEffect, useMemo, useState } from "react";
import { regionCodes, regionName } from "@/lib/aws/regions";
import { compare } from "@/lib/cost/compare";
import type { Cost } from "@/lib/cost/cost";
import { costOfDesign } from "@/lib/cost/savings";
import type { Document, Scenario } from "@/lib/document/document";
import { readDocument } from "@/lib/document/parse";
import { placeName } from "@/lib/editor/names";
import { type DesignSummary, listDesigns, readDesign } from "../designs/database";
import { moneyExact, totalText } from "../editor/money";
import { useShown } from "../editor/shown";
import { useEditor } from "../editor/store";
import { goTo } from "../editor/use-findings";
import { pricesOf } from "../editor/use-prices";
import { Head } from "./head";
import { payerOf, placeOf } from "./payer";
import { CostTable, Figure } from "./table";

/** What the open design is compared with: itself in another Region, or another design of this browser. */
type Other = { region: string } | { design: string };

let last: Other | undefined;

/** The design and something else, side by side. */
export default function Compare() {
  const cost = useShown().cost;
  const document = useDeferredValue(useEditor(({ state }) => state.document));
  const environment = useEditor((store) => store.environment);
  const scenario = useEditor((store) => store.scenario);
  const [other, setOther] = useState<Other | undefined>(last);
  last = other;
  const priced = useOther(document, other, environment, scenario);
  return (
    <>
      <div className="flex flex-wrap items-center gap-3 px-3 py-1.5">
        <OtherSelect other={other} region={document.settings.region} onChange={setOther} />
        {"problem" in priced && (
          <p role="alert" className="text-error">
            {priced.problem}
          </p>
        )}
      </div>
      {!other && (
        <p className="px-3 py-1 text-ink-2">
          Choose a Region or another design of this browser, and read here line by line what costs more and what less.
        </p>
      )}
      {"cost" in priced && <Differences cost={cost} other={priced.cost} document={document} also={priced.document} />}
    </>
  );
}

type Priced = { cost: Cost; document: Document } | { problem: string } | Record<string, never>;

/** Reads and prices the other side, each time that this one or the choice changes. */
function useOther(
  document: Document,
  other: Other | undefined,
  environment: string | null,
  scenario: Scenario,
): Priced {
  const [priced, setPriced] = useState<Priced>({});
  useEffect(() => {
    let current = true;
    void price(document, other, environment, scenario).then((found) => {
      if (current) setPriced(found);
    });
    return () => {
      current = false;
    };
  }, [document, other, environment, scenario]);
  return priced;
}

async function price(
  document: Document,
  other: Other | undefined,
  environment: string | null,
  scenario: Scenario,
): Promise<Priced> {
  if (!other) return {};
  let compared: Document = document;
  if ("design" in other) {
    const stored = await readDesign(other.design).catch(() => undefined);
    const read = stored && readDocument(stored.document);
    if (!read) return { problem: "This design is no longer in the browser. Choose another." };
    if (!read.ok) return { problem: "This design cannot be read by this version. Choose another." };
    compared = read.value;
  } else compared = { ...document, settings: { ...document.settings, region: other.region } };
  const prices = await pricesOf(compared.settings.region);
  if (!prices.ok) return { problem: prices.problems[0]?.message ?? "There are no prices for this Region." };
  // An environment belongs to one design; another one is taken as it was drawn.
  const here = "design" in other ? null : environment;
  const { cost } = costOfDesign(compared, { scenario, environment: here, prices: prices.value });
  return { cost, document: compared };
}

/** Regions and the designs of this browser in one list. */
function OtherSelect({
  other,
  region,
  onChange,
}: {
  other: Other | undefined;
  region: string;
  onChange(other: Other | undefined): void;
}) {
  const own = useEditor((store) => store.designId);
  const [designs, setDesigns] = useState<readonly DesignSummary[]>([]);
  useEffect(() => {
    void listDesigns().then(setDesigns, () => undefined);
  }, []);
  const others = designs.filter(({ id }) => id !== own);
  const value = other === undefined ? "" : "region" in other ? `region ${other.region}` : `design ${other.design}`;
  const choose = (text: string): void => {
    const [what, ...rest] = text.split(" ");
    const id = rest.join(" ");
    onChange(what === "region" ? { region: id } : what === "design" ? { design: id } : undefined);
  };
  return (
    <label className="inline-flex items-center gap-2 text-ink-2">
      Compare with
      <select
        value={value}
        onChange={(event) => choose(event.target.value)}
        className="h-7 min-w-0 rounded-md border border-line bg-surface px-2 text-ink hover:border-line-strong"
      >
        <option value="">Choose…</option>
        <optgroup label="This design in another Region">
          {regionCodes
            .filter((code) => code !== region)
            .map((code) => (
              <option key={code} value={`region ${code}`}>
                {code} · {regionName(code)}
              </option>
            ))}
        </optgroup>
        {others.length > 0 && (
          <optgroup label="Another design of this browser">
            {others.map(({ id, name }) => (
              <option key={id} value={`design ${id}`}>
                {name}
              </option>
            ))}
          </optgroup>
        )}
      </select>
    </label>
  );
}

function Differences({ cost, other, document, also }: { cost: Cost; other: Cost; document: Document; also: Document }) {
  const found = useMemo(() => compare(cost, other), [cost, other]);
  const nameOf = (payer: { node: string | null; edge: string | null }): string => {
    const id = payerOf(payer);
    const here = document.nodes[id] ?? document.edges[id];
    return placeName(here ? document : also, placeOf(payer));
  };
  return (
    <>
      <CostTable
        label="Costs compared"
        head={
          <>
            <Head>Part</Head>
            <Head>What</Head>
            <Head end>This design</Head>
            <Head end>{also.name === document.name ? other.region : also.name}</Head>
            <Head end>Difference</Head>
          </>
        }
      >
        <tr className="border-line border-t font-medium">
          <th scope="row" colSpan={2} className="px-3 py-1 text-left font-medium">
            Total
          </th>
          <Figure>{totalText(cost, moneyExact)}</Figure>
          <Figure>{totalText(other, moneyExact)}</Figure>
          <Figure>{found.before.priced && found.after.priced ? signed(found.difference) : "unknown"}</Figure>
        </tr>
        {found.lines.map((line) => (
          <tr key={`${payerOf(line)} ${line.item}`} className="border-line border-t">
            <td className="px-3 py-1">
              <button
                type="button"
                className="rounded-sm text-left hover:underline"
                onClick={() => goTo(placeOf(line))}
              >
                {nameOf(line)}
              </button>
            </td>
            <td className="px-3 py-1">{line.item}</td>
            <Figure>{moneyExact(line.before)}</Figure>
            <Figure>{moneyExact(line.after)}</Figure>
            <Figure className={line.difference < 0 ? "text-good" : ""}>{signed(line.difference)}</Figure>
          </tr>
        ))}
      </CostTable>
      {found.lines.length === 0 && <p className="px-3 py-2 text-ink-2">Both cost the same, line by line.</p>}
      {found.onlyUnknown.length > 0 && (
        <section aria-label="Not compared" className="border-line border-t px-3 py-2 text-ink-2">
          <h3 className="font-medium">Known on one side only, and in no difference</h3>
          <ul className="list-disc pl-5">
            {found.onlyUnknown.map((line) => (
              <li key={`${line.side} ${payerOf(line)} ${line.item}`}>
                {nameOf(line)}: {line.item}
                {line.known > 0 && `, ${moneyExact(line.known)} ${line.side === "before" ? "there" : "here"}`}.{" "}
                {line.why}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

const signed = (amount: number): string =>
  amount === 0 ? moneyExact(0) : `${amount > 0 ? "+" : "−"}${moneyExact(Math.abs(amount))}`;
