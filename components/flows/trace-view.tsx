"use client";

import { useEffect, useMemo, useRef } from "react";
import { relationOf } from "@/lib/catalog/relations";
import { placeName } from "@/lib/editor/names";
import { type Leg, pathBetween } from "@/lib/network/path";
import { fixForHop } from "@/lib/rules/hop-fix";
import { FixButton } from "../editor/fix-button";
import { useShown } from "../editor/shown";
import { useEditor } from "../editor/store";
import { goTo } from "../editor/use-findings";
import { Button } from "../ui/button";
import { Hops } from "./hops";
import { useFlowsPanel } from "./panel-state";
import type { Trace } from "./use-trace";
import { VerdictMark } from "./verdict";

/** What a packet meets between two nodes: a sentence, then every hop of every connection on the way. */
export function TraceView({ trace }: { trace: Trace }) {
  const { path, from, to } = trace;
  const { document } = useShown();
  const [start, end] = [placeName(document, { node: from }), placeName(document, { node: to })];
  const says = sentence(trace, start, end);
  // What comes with the panel is not read aloud by itself; what changes in it later is.
  const ends = useRef("");
  useEffect(() => {
    const now = `${from} ${to}`;
    if (ends.current !== now) useEditor.getState().announce(says);
    ends.current = now;
  }, [from, to, says]);
  return (
    <section aria-label={`Trace from ${start} to ${end}`}>
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1 px-3 py-2">
        <VerdictMark verdict={path.verdict} className="w-18" />
        <p role="status" className="min-w-0 flex-1 basis-72">
          {says}
        </p>
        <FirstFix trace={trace} />
        <OtherWay trace={trace} />
      </div>
      <ol className="border-line border-t">
        {path.legs.map((leg) => (
          <LegItem key={leg.edge} leg={leg} />
        ))}
      </ol>
    </section>
  );
}

function sentence({ path }: Trace, start: string, end: string): string {
  const { verdict, legs, hops } = path;
  if (legs.length === 0) return hops[0]?.why ?? "";
  if (verdict === "open") return `A packet gets from ${start} to ${end}.`;
  const first = hops.find((hop) => hop.verdict === verdict);
  const lead =
    verdict === "blocked"
      ? `A packet from ${start} does not reach ${end}:`
      : `Whether a packet gets from ${start} to ${end}, the design does not say:`;
  return `${lead} ${first?.why ?? ""}`;
}

/** The repair of the first hop that blocks, where it is read first. */
function FirstFix({ trace: { path } }: { trace: Trace }) {
  const analysis = useShown();
  for (const leg of path.legs) {
    for (const hop of leg.hops) {
      const fix = fixForHop(analysis, analysis.findings, leg, hop);
      if (fix) return <FixButton finding={fix} className="max-w-64" />;
    }
  }
  return null;
}

function LegItem({ leg }: { leg: Leg }) {
  const { document } = useShown();
  const edge = document.edges[leg.edge];
  return (
    <li className="border-line border-b">
      <div className="flex h-7 items-center gap-2 px-3">
        <VerdictMark verdict={leg.verdict} className="w-18" />
        <button
          type="button"
          className="min-w-0 truncate rounded-sm font-medium hover:underline hover:underline-offset-2"
          onClick={() => goTo({ edge: leg.edge })}
        >
          {placeName(document, { edge: leg.edge })}{" "}
          {edge && <span className="ml-1 font-normal text-ink-3">{relationOf(edge.relation).verb}</span>}
        </button>
        {leg.hops.length === 0 && <span className="text-ink-3">One interface: no packet travels here.</span>}
      </div>
      {leg.hops.length > 0 && <Hops flow={leg} inset />}
    </li>
  );
}

/** Offered where nothing leads this way, and something the other. */
function OtherWay({ trace: { path, from, to } }: { trace: Trace }) {
  const analysis = useShown();
  const back = useMemo(
    () => (path.legs.length > 0 ? [] : pathBetween(analysis.model, analysis.flows, to, from).legs),
    [analysis, path, from, to],
  );
  if (back.length === 0) return null;
  return (
    <Button size="small" icon="swap" onClick={() => useFlowsPanel.setState({ from: to, to: from })}>
      Trace the other way
    </Button>
  );
}
