"use client";

import type { Place } from "@/lib/document/document";
import type { Flow, Hop } from "@/lib/network/flow";
import { placeOfHop } from "@/lib/network/said";
import { fixForHop } from "@/lib/rules/hop-fix";
import { FixButton } from "../editor/fix-button";
import { useShown } from "../editor/shown";
import { useEditor } from "../editor/store";
import { goTo } from "../editor/use-findings";
import { IconButton } from "../ui/button";
import { VerdictSign } from "./verdict";

/**
 * What a packet meets along one connection. Each hop leads to where it is said; a blocked one has its repair beside it.
 * Columns where there is room for them, otherwise a hop's words stand below one another.
 */
export function Hops({
  flow,
  inset,
}: {
  flow: Flow /** Under a row of a list, in line with its words. */;
  inset?: boolean;
}) {
  return (
    <div className="@container">
      <ol className={`pb-1.5 ${inset ? "@max-3xl:pr-3 @max-3xl:pl-9" : ""}`}>
        {flow.hops.map((hop, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: hops have no identity but their order
          <HopRow key={at} flow={flow} hop={hop} />
        ))}
      </ol>
    </div>
  );
}

function HopRow({ flow, hop }: { flow: Flow; hop: Hop }) {
  const analysis = useShown();
  const place = placeOfHop(analysis, flow.edge, hop);
  const fix = fixForHop(analysis, analysis.findings, flow, hop);
  return (
    <li className="group/hop relative grid grid-cols-[1rem_minmax(0,1fr)_auto] items-baseline gap-x-2 py-1 hover:bg-hover/60 @3xl:grid-cols-[1rem_minmax(0,22rem)_8rem_minmax(0,1fr)_auto] @3xl:py-px @3xl:pr-2 @3xl:pl-8">
      <VerdictSign verdict={hop.verdict} />
      <button
        type="button"
        title={`${hop.at}: show where this is said`}
        onClick={() => goTo(place)}
        className="rounded-sm text-left font-mono text-ink text-xs [overflow-wrap:anywhere] hover:underline hover:underline-offset-2 @3xl:truncate"
      >
        {hop.at}
      </button>
      <span className="truncate font-mono text-ink-2 text-xs">{hop.port}</span>
      <span className="col-span-2 col-start-2 min-w-0 text-ink-2 [overflow-wrap:anywhere] @max-3xl:text-xs @max-3xl:leading-4 @3xl:col-span-1 @3xl:col-start-4">
        {hop.traffic === "health" && <span className="mr-1.5 rounded-sm bg-sunken px-1 text-xs">Health checks</span>}
        {hop.why}
      </span>
      <span className="col-span-2 col-start-2 flex items-center gap-1 pr-6 @3xl:pr-0 @3xl:col-span-1 @3xl:col-start-5">
        {fix && <FixButton finding={fix} className="my-1 max-w-64 @3xl:my-0" />}
        <span className="rounded-sm @max-3xl:absolute @max-3xl:right-0 @max-3xl:bottom-1">
          <ShowCode place={place} what={hop.at} />
        </span>
      </span>
    </li>
  );
}

/** Shows the lines of the export that a place becomes; quiet until the row is pointed at or has the focus. */
export function ShowCode({ place, what }: { place: Place; what: string }) {
  const show = (): void => {
    goTo(place);
    useEditor.getState().run("showCode");
  };
  return (
    <IconButton
      icon="code"
      label={`Show the code of ${what}`}
      side="left"
      className="size-5! opacity-0 focus-visible:opacity-100 group-hover/hop:opacity-100"
      onClick={show}
    />
  );
}
