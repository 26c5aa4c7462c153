"use client";

import { own } from "@/lib/core/json";
import { assumedOf, type UsageName, usageKey } from "@/lib/cost/usage";
import { scenarioLabels } from "../cost/scenarios";
import { measured, moneyExact, moneyRate } from "../editor/money";
import { useEditor } from "../editor/store";
import { control, Refusal, useTyped } from "./form/simple";
import { readNumber } from "./form/write";

/** What the selection costs a month, line by line, and the figures that only the person knows. */
export function CostTab({ id }: { id: string }) {
  const { cost } = useEditor((store) => store.judged);
  const prices = useEditor((store) => store.prices);
  const scenario = useEditor((store) => store.scenario);
  const names = own(cost.questions, id) ?? [];
  const owned = ({ node, edge }: { node: string | null; edge: string | null }) => node === id || edge === id;
  const lines = cost.lines.filter(owned);
  const unknown = cost.unknown.filter(owned);
  const total = lines.reduce((sum, line) => sum + line.amount, 0);
  const sources = [...new Set(lines.map((line) => line.source))];
  if (prices.status === "loading") return <p className="text-ink-3">Loading prices…</p>;
  return (
    <div className="space-y-3">
      {lines.length === 0 && unknown.length === 0 ? (
        <p className="text-ink-3">AWS bills nothing for this by itself.</p>
      ) : (
        <p>
          <span className="font-semibold text-base">{lines.length > 0 ? moneyExact(total) : "Unknown"}</span>
          <span className="text-ink-2">
            {" "}
            a month, 730 hours{unknown.length > 0 && lines.length > 0 ? `, and ${unknown.length} unknown` : ""}
          </span>
        </p>
      )}
      <ul className="space-y-2">
        {lines.map((line, at) => (
          <li
            key={`${line.resource} ${line.item} ${line.rate} ${lines.indexOf(line)}`}
            className={at > 0 ? "border-line border-t pt-2" : ""}
          >
            <p className="flex justify-between gap-2">
              <span>{line.item}</span>
              <span className="font-medium tabular-nums">{moneyExact(line.amount)}</span>
            </p>
            <p className="text-ink-3 text-xs leading-4">
              {measured(line.quantity, line.unit)} × {moneyRate(line.rate)}
              {line.quantityNote ? ` (${line.quantityNote})` : ""}
            </p>
            {line.assumption && <p className="text-warning text-xs leading-4">Assumed: {line.assumption}</p>}
          </li>
        ))}
        {unknown.map((line) => (
          <li key={`${line.resource} ${line.item} ${unknown.indexOf(line)}`} className="border-line border-t pt-2">
            <p className="flex justify-between gap-2">
              <span>{line.item}</span>
              <span className="text-warning">Unknown</span>
            </p>
            <p className="text-ink-3 text-xs leading-4">{line.why}</p>
          </li>
        ))}
      </ul>
      {names.length > 0 && (
        <section aria-label="Use" className="space-y-1.5 border-line border-t pt-3">
          <h2 className="text-ink-3 text-xs">{scenarioLabels[scenario]}</h2>
          {names.map((name) => (
            <UsageField key={name} id={id} name={name} />
          ))}
        </section>
      )}
      {lines.length > 0 && (
        <section aria-label="Sources" className="space-y-1 border-line border-t pt-3 text-ink-3 text-xs leading-4">
          <h2>{sources.length === 1 ? "Source" : "Sources"}</h2>
          {sources.map((source) => (
            <p key={source}>{source}</p>
          ))}
        </section>
      )}
    </div>
  );
}

function UsageField({ id, name }: { id: string; name: UsageName }) {
  const scenario = useEditor((store) => store.scenario);
  const usage = useEditor((store) => store.analysis.model.document.usage.scenarios);
  const readOnly = useEditor((store) => store.state.readOnly);
  const { label, unit } = usageKey(name);
  const given = own(own(usage[scenario], id) ?? {}, name);
  const typical = own(own(usage.typical, id) ?? {}, name);
  const derived = useEditor((store) => store.judged.cost.derived.get(`${id} ${name}`));
  const fallback = typical ?? derived ?? assumedOf(name, scenario);
  const typed = useTyped(given === undefined ? "" : String(given), (text) => {
    const read = readNumber(text, false);
    if ("problem" in read) return read.problem;
    const figures = { ...(own(usage[scenario], id) ?? {}) };
    if (read.value === undefined) delete figures[name];
    else figures[name] = read.value;
    const field = `/usage/scenarios/${scenario}/${id}`;
    const value = Object.keys(figures).length === 0 ? {} : { value: figures };
    const result = useEditor.getState().dispatchHere([{ edit: "setDesign", field, ...value }], { quiet: true });
    return result.ok ? undefined : (result.problems[0]?.message ?? "The design does not take this.");
  });
  const field = `usage-${name}`;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_112px] items-start gap-2">
      <label htmlFor={field} className="py-1 text-ink-2 leading-5">
        {label}
      </label>
      <span>
        <span className="relative block">
          <input
            {...typed.props}
            id={field}
            readOnly={readOnly}
            inputMode="decimal"
            placeholder={fallback === undefined ? "Not given" : String(Number(fallback.toPrecision(6)))}
            className={`${control} pr-14`}
          />
          <span className="pointer-events-none absolute inset-y-0 right-2 flex items-center text-ink-3 text-xs">
            {unit}
          </span>
        </span>
        <Refusal id={`${field}-problem`}>{typed.problem}</Refusal>
      </span>
    </div>
  );
}
