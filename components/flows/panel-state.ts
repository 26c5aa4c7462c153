import { create } from "zustand";

export const flowsViews = ["connections", "groups", "starts", "grants"] as const;
export type FlowsView = (typeof flowsViews)[number];

/** What the flows panel shows; kept while another tab of the dock is looked at. */
export interface PanelState {
  view: FlowsView;
  /** Only what touches the selection. */
  selectionOnly: boolean;
  /** Nodes to trace between, as far as they are chosen; they may be gone from the design. */
  from: string | undefined;
  to: string | undefined;
}

export const useFlowsPanel = create<PanelState>()(() => ({
  view: "connections",
  selectionOnly: false,
  from: undefined,
  to: undefined,
}));
