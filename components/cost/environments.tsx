"use client";

import { useDeferredValue, useMemo } from "react";
import { scenarios } from "@/lib/document/document";
import { costByEnvironment } from "@/lib/editor/cost-by-environment";
import { BASE } from "@/lib/editor/environments";
import { bookOf } from "../code/use-emitted";
import { moneyExact, totalText } from "../editor/money";
import { useEditor } from "../editor/store";
import { Head } from "./head";
import { scenarioLabels } from "./scenarios";

/** What each environment comes to a month at low, typical and high use. Computed only while it is on the screen. */
export function EnvironmentCosts() {
  const document = useDeferredValue(useEditor(({ state }) => state.document));
  const prices = useEditor(bookOf);
  const readOnly = useEditor(({ state }) => state.readOnly);
  const current = useEditor((store) => store.environment);
  const scenario = useEditor((store) => store.scenario);
  const rows = useMemo(() => costByEnvironment(document, prices), [document, prices]);
  return (
    <>
      <table aria-label="Cost by environment" className="w-full border-collapse">
        <thead className="sticky top-0 z-10 bg-sunken text-left text-ink-2">
          <tr>
            <Head>Environment</Head>
            {scenarios.map((one) => (
              <Head key={one} end>
                {scenarioLabels[one]}
              </Head>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ environment, costs }) => (
            <tr key={environment ?? BASE} className="border-line border-t">
              <th scope="row" className="px-3 py-1 text-left font-normal">
                <button
                  type="button"
                  aria-pressed={environment === current}
                  className={`rounded-sm hover:underline ${environment === current ? "font-medium" : ""}`}
                  onClick={() => useEditor.getState().setEnvironment(environment)}
                >
                  {environment ?? BASE}
                </button>
              </th>
              {scenarios.map((one) => (
                <td
                  key={one}
                  className={`px-3 py-1 text-right tabular-nums ${environment === current && one === scenario ? "bg-accent-soft font-medium" : ""}`}
                >
                  {totalText(costs[one], moneyExact)}
                  {costs[one].unknown.length > 0 && (
                    <span className="block text-ink-3 text-xs">and {costs[one].unknown.length} unknown</span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 1 && (
        <p className="px-3 py-2 text-ink-2">
          {readOnly
            ? "This design has no environments."
            : "This design has no environments yet. Add some in the bar, and each has its row here."}
        </p>
      )}
    </>
  );
}
