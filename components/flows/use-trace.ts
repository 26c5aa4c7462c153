"use client";

import { useEffect, useMemo } from "react";
import { selectedNodes } from "@/lib/editor/state";
import { type Path, pathBetween } from "@/lib/network/path";
import { useShown } from "../editor/shown";
import { type EditorStore, useEditor } from "../editor/store";
import { useFlowsPanel } from "./panel-state";

/** The two ends that are traced, and the way between them. */
export interface Trace {
  from: string;
  to: string;
  path: Path;
}

/** The trace, while both its ends are chosen and in the design. */
export function useTrace(): Trace | undefined {
  const { from, to } = useFlowsPanel();
  const analysis = useShown();
  return useMemo(() => {
    const there = (id: string | undefined): id is string => id !== undefined && analysis.model.node(id) !== undefined;
    if (!there(from) || !there(to)) return undefined;
    return { from, to, path: pathBetween(analysis.model, analysis.flows, from, to) };
  }, [analysis, from, to]);
}

const watches = ({ state, panels, dockTab }: EditorStore): boolean =>
  state.mode === "flows" || (panels.dock && dockTab === "flows");

/**
 * While flows are looked at, two picked nodes are the ends of a trace, and a single one is where the next starts. A
 * trace stays while other things are selected, so that its hops can be followed one after the other.
 */
export function useTraceFollowsSelection(): void {
  useEffect(
    () =>
      useEditor.subscribe((now, before) => {
        const begins = watches(now) && !watches(before);
        if (!watches(now) || (now.state.selection === before.state.selection && !begins)) return;
        const [from, to, ...others] = selectedNodes(now.state);
        if (from === undefined || others.length > 0) return;
        const known = useFlowsPanel.getState();
        if (to !== undefined) useFlowsPanel.setState({ from, to });
        else if (known.from === undefined || known.to === undefined) useFlowsPanel.setState({ from });
      }),
    [],
  );
}
