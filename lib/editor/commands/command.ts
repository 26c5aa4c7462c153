import type { NodeKind } from "../../catalog";
import type { Edit } from "../../document/edits/edit";
import type { KeyCombo } from "../keys";
import { type EditorState, READ_ONLY } from "../state";

/** Where commands stand in the palette, the help and the menus. */
export const commandGroups = ["Edit", "Arrange", "View", "Design", "Help"] as const;
export type CommandGroup = (typeof commandGroups)[number];

/** Small line icons of the interface; drawn in `components/ui/icon.tsx`. */
export type UiIcon =
  | "undo"
  | "redo"
  | "trash"
  | "copy"
  | "cut"
  | "paste"
  | "duplicate"
  | "select-all"
  | "pencil"
  | "connect"
  | "layout"
  | "fit"
  | "zoom-in"
  | "zoom-out"
  | "target"
  | "search"
  | "panel-left"
  | "panel-right"
  | "panel-bottom"
  | "problems"
  | "flows"
  | "cost"
  | "code"
  | "theme"
  | "save"
  | "open"
  | "new"
  | "designs"
  | "starters"
  | "environments"
  | "share"
  | "export"
  | "help"
  | "move"
  | "deselect"
  | "plus"
  | "next"
  | "previous";

export interface Point {
  x: number;
  y: number;
}

/** What the surroundings tell a command; all of it optional, so that every command can be run by name alone. */
export interface CommandArgs {
  /** Where the person looks or points, in canvas units. */
  at?: Point;
  /** Text of the clipboard. */
  text?: string;
  /** What to place. */
  kind?: NodeKind;
  /** A new name. */
  name?: string;
}

export type PanelId = "rail" | "inspector" | "dock";
export type RailTab = "add" | "outline";
export type DockTab = "problems" | "flows" | "cost" | "code";
export type DialogId = "commands" | "share" | "export" | "designs" | "starters" | "environments" | "help";

/** What a command asks of the screen, the clipboard or the disk, as data: the components carry it out. */
export type Effect =
  | { effect: "undo" }
  | { effect: "redo" }
  | { effect: "fit"; ids?: readonly string[] }
  | { effect: "zoom"; by: "in" | "out" }
  | { effect: "reveal"; ids: readonly string[] }
  | { effect: "toggle"; panel: PanelId }
  | { effect: "rail"; tab: RailTab }
  | { effect: "dock"; tab: DockTab }
  | { effect: "trace"; from: string; to: string }
  | { effect: "blocked"; go: "next" | "previous" | "all" }
  | { effect: "dialog"; dialog: DialogId }
  | { effect: "copy"; text: string }
  | { effect: "paste" }
  | { effect: "rename"; id: string }
  | { effect: "layout" }
  | { effect: "saveFile" }
  | { effect: "openFile" }
  | { effect: "newDesign" }
  | { effect: "makeCopy" }
  | { effect: "theme" };

/** What a command does: edits as one undo step, effects, a new selection; or a sentence why it cannot. */
export type Outcome =
  | {
      edits?: readonly Edit[];
      select?: readonly string[];
      effects?: readonly Effect[];
      /** Read to screen readers: "Deleted 2 items." */
      says?: string;
    }
  | { refusal: string };

/** One object feeds toolbar, keys, context menu, command palette, help and tests. */
export interface Command {
  /** Sentence case, a verb first: "Duplicate". */
  title: string;
  group: CommandGroup;
  icon: UiIcon;
  keywords: readonly string[];
  /** The first is shown; all are handled. */
  keys: readonly KeyCombo[];
  /** Where the keys act: on the canvas and the page around it, in every panel, or even while text is typed. */
  scope: "canvas" | "panels" | "fields";
  /** step: one undo step; merge: steps of one burst become one; none: changes nothing that undo covers. */
  undo: "step" | "merge" | "none";
  /** True, or why not, for the tooltip. */
  enabled(state: EditorState): true | string;
  run(state: EditorState, args: CommandArgs): Outcome;
}

export const defineCommand = (command: Command): Command => command;

/** Why a command that needs a selection cannot run. */
export const needsSelection = (state: EditorState): true | string =>
  state.selection.length > 0 ? true : "Select something first.";

/** Why a command that changes the design cannot run. */
export const needsWriting = (state: EditorState): true | string => (state.readOnly ? READ_ONLY : true);

/** Both, the first reason that applies. */
export const needsBoth = (state: EditorState): true | string => {
  const writing = needsWriting(state);
  return writing === true ? needsSelection(state) : writing;
};

export const always = (): true => true;

/** What was pasted is also brought into view. */
export const shown = (pasted: { edits: readonly Edit[]; select: readonly string[]; says: string }): Outcome => ({
  ...pasted,
  effects: [{ effect: "reveal", ids: pasted.select }],
});
