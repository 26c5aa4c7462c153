"use client";

import { memo, useState } from "react";
import { relationOf } from "@/lib/catalog/relations";
import { equalJson } from "@/lib/core/json";
import { placeName } from "@/lib/editor/names";
import type { Flow, Flows, Reach, Verdict } from "@/lib/network/flow";
import { standsFor } from "@/lib/network/path";
import { placeOfReach } from "@/lib/network/said";
import { fixForReach } from "@/lib/rules/hop-fix";
import { flowWords } from "../canvas/flow-text";
import { FixButton } from "../editor/fix-button";
import { useShown } from "../editor/shown";
import { useEditor } from "../editor/store";
import { goTo } from "../editor/use-findings";
import { Empty } from "../ui/empty";
import { Icon } from "../ui/icon";
import { useInView } from "../ui/use-in-view";
import { Hops } from "./hops";
import { List } from "./list";
import { Openings } from "./openings";
import { useFlowsPanel } from "./panel-state";
import { ShowAll } from "./show-all";
import { VerdictMark } from "./verdict";

const rank: Readonly<Record<Verdict, number>> = { blocked: 0, unknowable: 1, open: 2 };
const worstFirst = <T extends { verdict: Verdict }>(items: readonly T[]): T[] =>
  [...items].sort((a, b) => rank[a.verdict] - rank[b.verdict]);

/** What a packet meets along each connection, what tasks must reach, and openings that nobody drew. */
export function Connections({ flows }: { flows: Flows }) {
  const selection = useEditor(({ state }) => state.selection);
  const analysis = useShown();
  const { edges } = analysis.document;
  const selectionOnly = useFlowsPanel((panel) => panel.selectionOnly);
  const about = (ids: readonly (string | undefined)[]): boolean =>
    !selectionOnly || selection.length === 0 || ids.some((id) => id !== undefined && selection.includes(id));
  const ends = (edge: string): string[] => {
    const drawn = edges[edge];
    return drawn ? [drawn.from, drawn.to].map((end) => end.split("/")[0] as string) : [];
  };
  const selected = selection.flatMap((id) => analysis.model.edge(id) ?? []);
  const meant = (reach: Reach): boolean => selected.some((edge) => standsFor(edge, reach));
  const shown = worstFirst(flows.flows.filter(({ edge }) => about([edge, ...ends(edge)])));
  const reaches = worstFirst(
    flows.reaches.filter((reach) => about([reach.node, reach.edge, reach.from, reach.taskDefinition]) || meant(reach)),
  );
  if (flows.flows.length === 0 && flows.reaches.length === 0) {
    return (
      <Empty icon="flows" title="Nothing flows yet">
        Connect a load balancer, a service or a file system, and read here which security groups and routes a packet
        meets on the way.
      </Empty>
    );
  }
  if (shown.length === 0 && reaches.length === 0) {
    return (
      <Empty icon="flows" title="No connection touches the selection">
        <ShowAll count={flows.flows.length + flows.reaches.length} />
      </Empty>
    );
  }
  return (
    <>
      <List title="Traffic" {...stand(shown)} items={shown}>
        {(flow) => <FlowItem key={flow.edge} flow={flow} />}
      </List>
      <Openings about={about} />
      <List title="What tasks must reach" {...stand(reaches)} items={reaches}>
        {(reach) => (
          <ReachItem
            key={[reach.node, reach.edge, reach.taskDefinition, reach.dependency, reach.what].join(" ")}
            reach={reach}
            selected={meant(reach)}
          />
        )}
      </List>
    </>
  );
}

/** "2 blocked, 1 unknown": how it stands with a list. */
function stand(items: readonly { verdict: Verdict }[]): { note: string; bad: boolean } {
  const of = (wanted: Verdict): number => items.filter(({ verdict }) => verdict === wanted).length;
  const [blocked, unknown] = [of("blocked"), of("unknowable")];
  const note = [blocked > 0 ? `${blocked} blocked` : "nothing blocked", ...(unknown > 0 ? [`${unknown} unknown`] : [])];
  return { note: note.join(", "), bad: blocked > 0 };
}

/** Flows are new objects after every edit; a row is drawn again only when it reads differently. */
const FlowItem = memo(FlowItemView, (a, b) => equalJson(a.flow, b.flow));

function FlowItemView({ flow }: { flow: Flow }) {
  const { document } = useShown();
  const selected = useEditor(({ state }) => state.selection.includes(flow.edge));
  const [chosen, setChosen] = useState<boolean>();
  const edge = document.edges[flow.edge];
  const open = chosen ?? (selected || flow.verdict !== "open");
  const name = placeName(document, { edge: flow.edge });
  const { ports, pair } = flowWords(flow);
  const row = useInView<HTMLLIElement>(selected);
  return (
    <li ref={row} className="scroll-mt-7 border-line border-b">
      <div className={`flex h-7 items-center gap-2 pr-3 pl-2 ${selected ? "bg-accent-soft" : ""}`}>
        <button
          type="button"
          aria-expanded={open}
          aria-label={`Hops of ${name}`}
          onClick={() => setChosen(!open)}
          className="grid size-5 shrink-0 place-content-center rounded-sm text-ink-2 hover:bg-hover hover:text-ink"
        >
          <Icon name={open ? "chevron-down" : "chevron-right"} size={12} />
        </button>
        <VerdictMark verdict={flow.verdict} className="w-18" />
        <button
          type="button"
          className="min-w-0 shrink-0 truncate rounded-sm font-medium hover:underline hover:underline-offset-2"
          onClick={() => goTo({ edge: flow.edge })}
        >
          {name} {edge && <span className="ml-1 font-normal text-ink-3">{relationOf(edge.relation).verb}</span>}
        </button>
        {!open && (
          <span title={`${ports} ${pair}`} className="min-w-0 flex-1 truncate text-right font-mono text-ink-3 text-xs">
            {ports} {pair}
          </span>
        )}
      </div>
      {open && <Hops flow={flow} inset />}
    </li>
  );
}

const ReachItem = memo(ReachItemView, (a, b) => a.selected === b.selected && equalJson(a.reach, b.reach));

function ReachItemView({ reach, selected }: { reach: Reach; selected: boolean }) {
  const row = useInView<HTMLLIElement>(selected);
  const analysis = useShown();
  const fix = fixForReach(analysis, analysis.findings, reach);
  return (
    <li
      ref={row}
      className={`flex min-h-7 scroll-mt-7 flex-wrap items-baseline gap-x-2 gap-y-1 border-line border-b py-1 pr-2 pl-9 ${selected ? "bg-accent-soft" : "hover:bg-hover/60"}`}
    >
      <VerdictMark verdict={reach.verdict} className="w-18" />
      <button
        type="button"
        title="Show where this is said"
        className="min-w-0 rounded-sm text-left font-medium hover:underline hover:underline-offset-2"
        onClick={() => goTo(placeOfReach(analysis, reach))}
      >
        {placeName(analysis.document, { node: reach.node })}
        <span className="sr-only">: </span>
        <Icon name="chevron-right" size={12} className="mx-1 inline text-ink-3" />
        <span className="font-normal">{reach.what}</span>
      </button>
      <p className="min-w-0 flex-1 basis-72 text-ink-2">{reach.why}</p>
      {fix && <FixButton finding={fix} className="max-w-64" />}
    </li>
  );
}
