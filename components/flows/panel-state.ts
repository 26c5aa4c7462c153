import { create } from "zustand";

export const flowsViews = ["connections", "groups"] as const;
export type FlowsView = (typeof flowsViews)[number];

/** What the flows panel shows; kept while another tab of the dock is looked at. */
export interface PanelState {
  view: FlowsView;
  /** Only what touches the selection. */
  selectionOnly: boolean;
}

export const useFlowsPanel = create<PanelState>()(() => ({ view: "connections", selectionOnly: false }));
