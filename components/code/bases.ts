import { create } from "zustand";
import type { Document } from "@/lib/document/document";
import { type EditorState, MAX_STEPS } from "@/lib/editor/state";

/** What the drawing as it is now can be compared with. */
export const bases = {
  edit: {
    label: "Last edit",
    none: "Nothing was edited since this design was opened",
    same: "The last edit changes nothing in this format. Moving things changes pictures only.",
  },
  opened: {
    label: "Opened",
    none: "There were more edits since this design was opened than are kept",
    same: "This format is as it was when the design was opened.",
  },
  exported: {
    label: "Last export",
    none: "This design was not exported since the page was opened",
    same: "This format is as it was when the design was last exported.",
  },
} as const;
export type Base = keyof typeof bases;

interface Exported {
  designId: string | undefined;
  document: Document;
}

/** What was exported last, for as long as the page is open. */
export const useExported = create<{ last: Exported | undefined }>()(() => ({ last: undefined }));

export const rememberExport = (designId: string | undefined, document: Document): void =>
  useExported.setState({ last: { designId, document } });

/** The design to compare with: history keeps every earlier one, so this costs nothing. */
const found: { [B in Base]: (state: EditorState, exported: Document | undefined) => Document | undefined } = {
  edit: ({ past }) => past.at(-1)?.before,
  opened: ({ past, document }) => (past.length >= MAX_STEPS ? undefined : (past[0]?.before ?? document)),
  exported: (_, exported) => exported,
};

export const baseDocument = (base: Base, state: EditorState, exported: Document | undefined): Document | undefined =>
  found[base](state, exported);
