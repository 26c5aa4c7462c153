"use client";

import { useMemo } from "react";
import { placeName } from "@/lib/editor/names";
import { unservedOpenings } from "@/lib/network/unserved";
import { fixAt } from "@/lib/rules/hop-fix";
import { FixButton } from "../editor/fix-button";
import { useShown } from "../editor/shown";
import { goTo } from "../editor/use-findings";
import { RemoveRule } from "./remove-rule";
import { SectionTitle } from "./section-title";

/** Rules that let something in and that no drawn connection needs. */
export function Openings({ about }: { about(ids: readonly (string | undefined)[]): boolean }) {
  const analysis = useShown();
  const found = useMemo(() => unservedOpenings(analysis.model, analysis.stack, analysis.flows), [analysis]).filter(
    ({ origin }) => about([origin?.node]),
  );
  return (
    <section aria-label="Openings that serve no connection">
      <SectionTitle
        title="Openings that serve no connection"
        note={found.length === 0 ? "none" : `${found.length} unused`}
      />
      <ul>
        {found.map((opening) => {
          const { resource, pointer, origin, why } = opening;
          const fix = origin && fixAt(analysis.findings, origin);
          return (
            <li
              key={`${resource} ${pointer}`}
              className="flex min-h-7 flex-wrap items-baseline gap-x-2 gap-y-1 border-line border-b py-1 pr-2 pl-9 hover:bg-hover/60"
            >
              <span className="inline-flex w-18 shrink-0 items-center gap-1 font-medium text-warning text-xs">
                <span aria-hidden="true" className="w-3 text-center text-[10px]">
                  ▲
                </span>
                Unused
              </span>
              <button
                type="button"
                title="Show the rule"
                className="shrink-0 rounded-sm font-medium hover:underline hover:underline-offset-2"
                onClick={() => origin && goTo({ ...origin })}
              >
                {origin ? placeName(analysis.document, origin) : resource}
              </button>
              <p className="min-w-0 flex-1 basis-72 text-ink-2">{why}</p>
              {fix && <FixButton finding={fix} className="max-w-64" />}
              <RemoveRule analysis={analysis} opening={opening} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
