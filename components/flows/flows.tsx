"use client";

import { useDeferredValue } from "react";
import { relationOf } from "@/lib/catalog/relations";
import type { Flow, Reach, Verdict } from "@/lib/network/flow";
import { useEditor } from "../editor/store";
import { goTo, placeName } from "../editor/use-findings";
import { Empty } from "../ui/empty";
import { Icon } from "../ui/icon";

const looks: Readonly<Record<Verdict, { word: string; mark: string; tone: string }>> = {
  open: { word: "Open", mark: "✓", tone: "text-good" },
  blocked: { word: "Blocked", mark: "✕", tone: "text-error" },
  unknowable: { word: "Depends", mark: "?", tone: "text-warning" },
};

/** A verdict by sign and word as well as colour. */
function VerdictMark({ verdict }: { verdict: Verdict }) {
  const { word, mark, tone } = looks[verdict];
  return (
    <span className={`inline-flex h-5 w-20 shrink-0 items-center gap-1 self-start font-medium text-xs ${tone}`}>
      <span aria-hidden="true" className="w-3 text-center">
        {mark}
      </span>
      {word}
    </span>
  );
}

/** What a packet meets along each connection, and what each task must reach to start, in words. */
export function FlowsPanel() {
  const flows = useDeferredValue(useEditor(({ analysis }) => analysis.flows));
  const selection = useEditor(({ state }) => state.selection);
  const document = useEditor(({ state }) => state.document);
  const about = (ids: readonly (string | undefined)[]): boolean =>
    selection.length === 0 || ids.some((id) => id !== undefined && selection.includes(id));
  const ends = (edge: string): string[] => {
    const drawn = document.edges[edge];
    return drawn ? [drawn.from, drawn.to].map((end) => end.split("/")[0] as string) : [];
  };
  const shown = flows.flows.filter(({ edge }) => about([edge, ...ends(edge)]));
  const reaches = flows.reaches.filter(({ node, edge, taskDefinition }) => about([node, edge, taskDefinition]));

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
      <Empty icon="flows" title="No flow touches the selection">
        <button
          type="button"
          className="text-accent underline underline-offset-2"
          onClick={() => useEditor.getState().select([])}
        >
          Show all {flows.flows.length + flows.reaches.length}
        </button>
      </Empty>
    );
  }
  return (
    <div className="h-full overflow-auto">
      {shown.length > 0 && (
        <section aria-label="Traffic">
          <h3 className="sticky top-0 z-10 bg-sunken px-3 py-1 font-medium">Traffic</h3>
          <ul>
            {shown.map((flow) => (
              <FlowItem key={flow.edge} flow={flow} />
            ))}
          </ul>
        </section>
      )}
      {reaches.length > 0 && (
        <section aria-label="What tasks need to start">
          <h3 className="sticky top-0 z-10 bg-sunken px-3 py-1 font-medium">What tasks need to start</h3>
          <ul>
            {reaches.map((reach) => (
              <ReachItem
                key={[reach.node, reach.edge, reach.taskDefinition, reach.dependency, reach.what].join(" ")}
                reach={reach}
              />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function FlowItem({ flow }: { flow: Flow }) {
  const document = useEditor(({ state }) => state.document);
  const selected = useEditor(({ state }) => state.selection.includes(flow.edge));
  const edge = document.edges[flow.edge];
  return (
    <li className={`flex gap-2 border-line border-b px-3 py-1.5 ${selected ? "bg-accent-soft" : ""}`}>
      <VerdictMark verdict={flow.verdict} />
      <div className="min-w-0 flex-1">
        <button
          type="button"
          className="rounded-sm font-medium hover:underline hover:underline-offset-2"
          onClick={() => goTo({ edge: flow.edge })}
        >
          {placeName(document, { edge: flow.edge })}
          {edge && <span className="ml-2 font-normal text-ink-3">{relationOf(edge.relation).verb}</span>}
        </button>
        <ol className="mt-0.5">
          {flow.hops.map((hop, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: hops have no identity but their order
            <li key={at} className="flex items-baseline gap-2 text-ink-2">
              <span aria-hidden="true" className={`w-3 shrink-0 text-center text-xs ${looks[hop.verdict].tone}`}>
                {looks[hop.verdict].mark}
              </span>
              <span className="sr-only">{looks[hop.verdict].word}: </span>
              <span className="shrink-0 font-mono text-ink text-xs">{hop.at}</span>
              {hop.port !== "" && <span className="shrink-0 font-mono text-xs">{hop.port}</span>}
              <span className="min-w-0">{hop.why}</span>
            </li>
          ))}
        </ol>
      </div>
    </li>
  );
}

function ReachItem({ reach }: { reach: Reach }) {
  const document = useEditor(({ state }) => state.document);
  return (
    <li className="flex gap-2 border-line border-b px-3 py-1.5">
      <VerdictMark verdict={reach.verdict} />
      <div className="min-w-0 flex-1">
        <button
          type="button"
          className="rounded-sm font-medium hover:underline hover:underline-offset-2"
          onClick={() => goTo(reach.edge === undefined ? { node: reach.node } : { edge: reach.edge })}
        >
          {placeName(document, { node: reach.node })}
          <Icon name="chevron-right" size={12} className="mx-1 inline text-ink-3" />
          <span className="font-normal">{reach.what}</span>
        </button>
        <p className="text-ink-2">{reach.why}</p>
      </div>
    </li>
  );
}
