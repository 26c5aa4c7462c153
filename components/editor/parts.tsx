"use client";

import { useEffect } from "react";
import { onDemand } from "../ui/on-demand";
import { useEditor } from "./store";

/** A dialog that does not come leaves the screen as it was, with the reason. */
function NoDialog() {
  useEffect(() => {
    useEditor.setState({ dialog: undefined });
    useEditor.getState().notify("This dialog could not be loaded. Check the connection and try again.", "refusal");
  }, []);
  return null;
}
const asDialog = { waiting: () => null, failed: NoDialog };

export const Problems = onDemand(async () => (await import("../problems/problems")).Problems);
export const FlowsPanel = onDemand(async () => (await import("../flows/flows")).FlowsPanel);
export const CostPanel = onDemand(async () => (await import("../cost/cost")).CostPanel);
export const CodePanel = onDemand(async () => (await import("../code/panel")).Panel);

export const NodeInspector = onDemand(async () => (await import("../inspector/node-inspector")).NodeInspector);
export const EdgeInspector = onDemand(async () => (await import("../inspector/edge-inspector")).EdgeInspector);
export const Many = onDemand(async () => (await import("../inspector/many")).Many);

export const CommandPalette = onDemand(async () => (await import("./command-palette")).CommandPalette, asDialog);
export const ShareDialog = onDemand(async () => (await import("./share-dialog")).ShareDialog, asDialog);
export const ExportDialog = onDemand(async () => (await import("../export/export-dialog")).ExportDialog, asDialog);
export const DesignsDialog = onDemand(async () => (await import("../designs/designs-dialog")).DesignsDialog, asDialog);
export const StartersDialog = onDemand(
  async () => (await import("../designs/designs-dialog")).StartersDialog,
  asDialog,
);
export const EnvironmentsDialog = onDemand(
  async () => (await import("../environments/environments-dialog")).EnvironmentsDialog,
  asDialog,
);
export const HelpDialog = onDemand(async () => (await import("./help-dialog")).HelpDialog, asDialog);

/** What is likely to be wanted next comes first. */
const inOrder = [
  NodeInspector,
  EdgeInspector,
  CommandPalette,
  FlowsPanel,
  CostPanel,
  CodePanel,
  ExportDialog,
  ShareDialog,
  Many,
  EnvironmentsDialog,
  DesignsDialog,
  HelpDialog,
];

const idle = (): Promise<unknown> =>
  new Promise((resolve) => {
    if ("requestIdleCallback" in window) window.requestIdleCallback(resolve, { timeout: 5_000 });
    else setTimeout(resolve, 200);
  });

/** Fetches every part while nothing else happens, so that each opens at once, also with the network off. */
export async function prepareParts(): Promise<void> {
  for (const part of inOrder) {
    await idle();
    await part.prepare();
  }
}
