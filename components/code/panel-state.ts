import { create } from "zustand";
import type { Base } from "./bases";
import { codeChoices } from "./choices";

/** What the code panel shows; kept while another tab of the dock is looked at. */
export interface PanelState {
  choice: string;
  /** The open file of each format. */
  paths: Readonly<Record<string, string>>;
  /** Keys of folded parts by format and file. */
  folded: Readonly<Record<string, ReadonlySet<string>>>;
  changes: boolean;
  base: Base;
}

export const useCodePanel = create<PanelState>()(() => ({
  choice: codeChoices[0]?.id ?? "",
  paths: {},
  folded: {},
  changes: false,
  base: "edit",
}));
