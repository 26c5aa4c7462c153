"use client";

import { memo, type ReactNode, useState } from "react";
import { relationOf } from "@/lib/catalog/relations";
import { equalJson } from "@/lib/core/json";
import { placeName } from "@/lib/editor/names";
import type { Flow, Flows, Reach, Verdict } from "@/lib/network/flow";
import { placeOfReach } from "@/lib/network/said";
import { fixForReach } from "@/lib/rules/hop-fix";
import { flowWords } from "../canvas/flow-text";
import { FixButton } from "../editor/fix-button";
import { useShown } from "../editor/shown";
import { useEditor } from "../editor/store";
import { goTo } from "../editor/use-findings";
import { Empty } from "../ui/empty";
import { Icon } from "../ui/icon";
import { Hops } from "./hops";
import { Openings } from "./openings";
import { useFlowsPanel } from "./panel-state";
import { SectionTitle } from "./section-title";
import { ShowAll } from "./show-all";
import { VerdictMark } from "./verdict";

/** Longest lists that are shown at once; what is blocked comes first. */
const MOST = 200;

const rank: Readonly<Record<Verdict, number>> = { blocked: 0, unknowable: 1, open: 2 };
const worstFirst = <T extends { verdict: Verdict }>(items: readonly T[]): T[] =>
  [...items].sort((a, b) => rank[a.verdict] - rank[b.verdict]);

/** What a packet meets along each connection, what tasks must reach, and openings that nobody drew. */
export function Connections({ flows }: { flows: Flows }) {
  const selection = useEditor(({ state }) => state.selection);
  const { edges } = useShown().document;
  const selectionOnly = useFlowsPanel((panel) => panel.selectionOnly);
  const about = (ids: readonly (string | undefined)[]): boolean =>
    !selectionOnly || selection.length === 0 || ids.some((id) => id !== undefined && selection.includes(id));
  const ends = (edge: string): string[] => {
    const drawn = edges[edge];
    return drawn ? [drawn.from, drawn.to].map((end) => end.split("/")[0] as string) : [];
  };
  const shown = worstFirst(flows.flows.filter(({ edge }) => about([edge, ...ends(edge)])));
  const reaches = worstFirst(
    flows.reaches.filter(({ node, edge, from, taskDefinition }) => about([node, edge, from, taskDefinition])),
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
      <List title="Traffic" items={shown.slice(0, MOST)} left={shown.length - MOST}>
        {(flow) => <FlowItem key={flow.edge} flow={flow} />}
      </List>
      <Openings about={about} />
      <List title="What tasks must reach" items={reaches.slice(0, MOST)} left={reaches.length - MOST}>
        {(reach) => (
          <ReachItem
            key={[reach.node, reach.edge, reach.taskDefinition, reach.dependency, reach.what].join(" ")}
            reach={reach}
          />
        )}
      </List>
    </>
  );
}

function List<T extends { verdict: Verdict }>({
  title,
  items,
  left,
  children,
}: {
  title: string;
  items: readonly T[];
  left: number;
  children(item: T): ReactNode;
}) {
  if (items.length === 0) return null;
  const blocked = items.filter(({ verdict }) => verdict === "blocked").length;
  return (
    <section aria-label={title}>
      <SectionTitle title={title} note={blocked > 0 ? `${blocked} blocked` : "nothing blocked"} bad={blocked > 0} />
      <ul>{items.map(children)}</ul>
      {left > 0 && <p className="px-3 py-1.5 text-ink-2">{left} more, all of them at most as bad as these.</p>}
    </section>
  );
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
  return (
    <li className={`border-line border-b ${selected ? "bg-accent-soft" : ""}`}>
      <div className="flex h-7 items-center gap-2 pr-3 pl-2">
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
          {name}
          {edge && <span className="ml-2 font-normal text-ink-3">{relationOf(edge.relation).verb}</span>}
        </button>
        {!open && (
          <span className="min-w-0 flex-1 truncate text-right font-mono text-ink-3 text-xs">
            {ports} {pair}
          </span>
        )}
      </div>
      {open && <Hops flow={flow} />}
    </li>
  );
}

const ReachItem = memo(ReachItemView, (a, b) => equalJson(a.reach, b.reach));

function ReachItemView({ reach }: { reach: Reach }) {
  const analysis = useShown();
  const fix = fixForReach(analysis, analysis.findings, reach);
  return (
    <li className="flex min-h-7 items-baseline gap-2 border-line border-b py-1 pr-2 pl-9 hover:bg-hover/60">
      <VerdictMark verdict={reach.verdict} className="w-18" />
      <button
        type="button"
        title="Show where this is said"
        className="shrink-0 rounded-sm font-medium hover:underline hover:underline-offset-2"
        onClick={() => goTo(placeOfReach(analysis, reach))}
      >
        {placeName(analysis.document, { node: reach.node })}
        <Icon name="chevron-right" size={12} className="mx-1 inline text-ink-3" />
        <span className="font-normal">{reach.what}</span>
      </button>
      <p className="min-w-0 flex-1 text-ink-2">{reach.why}</p>
      {fix && <FixButton finding={fix} className="max-w-64" />}
    </li>
  );
}
