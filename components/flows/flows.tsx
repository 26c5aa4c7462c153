"use client";

import { useMemo } from "react";
import { count } from "@/lib/core/text";
import type { Analysis } from "@/lib/editor/analysis";
import { blockedIn } from "@/lib/network/path";
import { unservedOpenings } from "@/lib/network/unserved";
import { startsIn } from "@/lib/start/start";
import { useShown } from "../editor/shown";
import { Button } from "../ui/button";
import { type Segment, Segmented } from "../ui/segmented";
import { Connections } from "./connections";
import { deniedIn, Grants } from "./grants";
import { SecurityGroups } from "./groups";
import { type FlowsView, useFlowsPanel } from "./panel-state";
import { Starts } from "./starts";
import { TraceEnds } from "./trace-ends";
import { TraceView } from "./trace-view";
import { useTrace } from "./use-trace";

type Alarm = NonNullable<Segment<FlowsView>["alarm"]>;

/** What each view would show first, if anything. */
function alarms(analysis: Analysis): Record<FlowsView, Alarm | undefined> {
  const { model, stack, flows } = analysis;
  const blocked = blockedIn(flows);
  const unserved = unservedOpenings(model, stack, flows).length;
  const failing = startsIn(analysis).filter(({ verdict }) => verdict === "fails").length;
  const denied = deniedIn(analysis);
  const some = (alarm: Alarm): Alarm | undefined => (alarm.count > 0 ? alarm : undefined);
  return {
    connections: some({ sign: "✕", count: blocked, says: `${blocked} blocked`, tone: "error" }),
    groups: some({
      sign: "▲",
      count: unserved,
      says: count(unserved, "opening serves no connection", "openings serve no connection"),
      tone: "warning",
    }),
    starts: some({ sign: "✕", count: failing, says: `${failing} will not start`, tone: "error" }),
    grants: some({ sign: "✕", count: denied, says: `${denied} denied`, tone: "error" }),
  };
}

const segments: readonly Segment<FlowsView>[] = [
  { value: "connections", label: "Connections", about: "What a packet meets, hop by hop" },
  { value: "groups", label: "Security groups", about: "Every rule, and what it serves" },
  { value: "starts", label: "Start-up", about: "Whether each task will start" },
  { value: "grants", label: "Permissions", about: "Whether each role may do what the drawing needs" },
];

/** What a packet meets along each connection and in each security group, whether each task will start, and what roles may do. */
export function FlowsPanel() {
  const analysis = useShown();
  const view = useFlowsPanel((panel) => panel.view);
  const trace = useTrace();
  const alarm = useMemo(() => alarms(analysis), [analysis]);
  return (
    <div className="@container flex h-full flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-line border-b px-2 py-1">
        <Segmented
          label="Show"
          value={view}
          segments={segments.map((segment) => ({ ...segment, alarm: alarm[segment.value] }))}
          onChange={(value) => useFlowsPanel.setState({ view: value })}
        />
        <span className="flex-1" />
        {view === "connections" && <TraceEnds />}
        {(view !== "connections" || !trace) && <SelectionOnly />}
      </div>
      {/* Each view begins at its top. */}
      <div key={trace && view === "connections" ? "trace" : view} className="min-h-0 flex-1 overflow-auto">
        {view === "connections" && (trace ? <TraceView trace={trace} /> : <Connections flows={analysis.flows} />)}
        {view === "groups" && <SecurityGroups />}
        {view === "starts" && <Starts />}
        {view === "grants" && <Grants />}
      </div>
    </div>
  );
}

function SelectionOnly() {
  const only = useFlowsPanel((panel) => panel.selectionOnly);
  return (
    <Button
      size="small"
      look="quiet"
      icon="target"
      aria-pressed={only}
      title="Selection only"
      className="aria-pressed:bg-hover aria-pressed:text-ink"
      onClick={() => useFlowsPanel.setState({ selectionOnly: !only })}
    >
      {/* Where there is no room the icon stands alone. */}
      <span className="@max-6xl:sr-only">Selection only</span>
    </Button>
  );
}
