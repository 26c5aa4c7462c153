"use client";

import * as Tabs from "@radix-ui/react-tabs";
import type { FC } from "react";
import { nothingKnown } from "@/lib/cost/cost";
import type { DockTab } from "@/lib/editor/commands/command";
import { blockedIn } from "@/lib/network/path";
import { SeverityBadge } from "../ui/severity";
import { CommandIcon } from "./command-button";
import { money } from "./money";
import { CodePanel, CostPanel, FlowsPanel, Problems } from "./parts";
import { ShownLater } from "./shown";
import { useEditor } from "./store";
import { useCost } from "./use-cost";
import { useFindingCounts } from "./use-findings";

const tabLook =
  "relative flex h-8 items-center gap-1.5 px-2.5 text-ink-2 hover:text-ink data-[state=active]:font-medium data-[state=active]:text-ink data-[state=active]:after:absolute data-[state=active]:after:inset-x-2 data-[state=active]:after:bottom-0 data-[state=active]:after:h-0.5 data-[state=active]:after:rounded-full data-[state=active]:after:bg-accent outline-offset-[-2px]";

/** One element for all time, so that the panels are drawn anew when what they show is another, not with every count above. */
const panels = (
  <ShownLater>
    {(
      Object.entries({ problems: Problems, flows: FlowsPanel, cost: CostPanel, code: CodePanel }) as [DockTab, FC][]
    ).map(([tab, Panel]) => (
      <Tabs.Content key={tab} value={tab} className="min-h-0 flex-1" tabIndex={-1}>
        <Panel />
      </Tabs.Content>
    ))}
  </ShownLater>
);

/** The panel below the canvas: problems, flows, cost, code. */
export function Dock() {
  const tab = useEditor((store) => store.dockTab);
  const counts = useFindingCounts();
  const blocked = useEditor(({ judged }) => blockedIn(judged.flows));
  const { cost, prices } = useCost();
  const total = prices.status === "ready" && !nothingKnown(cost) ? cost.total : undefined;
  return (
    <Tabs.Root
      value={tab}
      onValueChange={(value) => useEditor.setState({ dockTab: value as DockTab })}
      className="flex h-full flex-col bg-surface"
    >
      <div className="flex shrink-0 items-center border-line border-b px-1">
        <Tabs.List aria-label="Bottom panel" className="flex">
          <Tabs.Trigger value="problems" className={tabLook}>
            Problems
            {counts.error > 0 && <SeverityBadge severity="error" count={counts.error} />}
            {counts.warning > 0 && <SeverityBadge severity="warning" count={counts.warning} />}
            {counts.error + counts.warning === 0 && counts.info > 0 && (
              <SeverityBadge severity="info" count={counts.info} />
            )}
          </Tabs.Trigger>
          <Tabs.Trigger value="flows" className={tabLook}>
            Flows
            {blocked > 0 && <span className="text-error text-xs">{blocked} blocked</span>}
          </Tabs.Trigger>
          <Tabs.Trigger value="cost" className={tabLook}>
            Cost
            {total !== undefined && <span className="text-ink-3 text-xs">{money(total)}</span>}
          </Tabs.Trigger>
          <Tabs.Trigger value="code" className={tabLook}>
            Code
          </Tabs.Trigger>
        </Tabs.List>
        <span className="flex-1" />
        <CommandIcon id="toggleDock" side="top" />
      </div>
      {panels}
    </Tabs.Root>
  );
}
