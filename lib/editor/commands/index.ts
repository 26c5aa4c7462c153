import { autoLayout } from "./auto-layout";
import { fitBlocked, nextBlocked, previousBlocked } from "./blocked";
import type { Command } from "./command";
import { connect } from "./connect";
import { copy } from "./copy";
import { cut } from "./cut";
import { remove } from "./delete";
import { deselect } from "./deselect";
import { designs } from "./designs";
import { duplicate } from "./duplicate";
import { environments } from "./environments";
import { exportDesign } from "./export";
import { fit } from "./fit";
import { fitSelection } from "./fit-selection";
import { help } from "./help";
import { makeCopy } from "./make-copy";
import { newDesign } from "./new-design";
import { nudges } from "./nudge";
import { openFile } from "./open-file";
import { paste } from "./paste";
import { redo } from "./redo";
import { rename } from "./rename";
import { saveFile } from "./save-file";
import { search } from "./search";
import { selectAll } from "./select-all";
import { share } from "./share";
import { showAdd } from "./show-add";
import { showCode } from "./show-code";
import { showCost } from "./show-cost";
import { showFlows } from "./show-flows";
import { showOutline } from "./show-outline";
import { showProblems } from "./show-problems";
import { starters } from "./starters";
import { theme } from "./theme";
import { toggleDock } from "./toggle-dock";
import { toggleInspector } from "./toggle-inspector";
import { toggleRail } from "./toggle-rail";
import { trace } from "./trace";
import { undo } from "./undo";
import { zoomIn } from "./zoom-in";
import { zoomOut } from "./zoom-out";

/** Every command, in the order of menus and help. Ids are the keys of this table. */
export const commands = {
  undo,
  redo,
  copy,
  cut,
  paste,
  duplicate,
  remove,
  selectAll,
  deselect,
  rename,
  connect,
  autoLayout,
  ...nudges,
  fit,
  fitSelection,
  zoomIn,
  zoomOut,
  toggleRail,
  toggleInspector,
  toggleDock,
  showProblems,
  showFlows,
  trace,
  nextBlocked,
  previousBlocked,
  fitBlocked,
  showCost,
  showCode,
  showAdd,
  showOutline,
  theme,
  saveFile,
  openFile,
  newDesign,
  designs,
  starters,
  environments,
  share,
  exportDesign,
  makeCopy,
  search,
  help,
} satisfies Record<string, Command>;

export type CommandId = keyof typeof commands;
export const commandIds = Object.keys(commands) as readonly CommandId[];

/** A command by its id, with the table's own types erased. */
export const commandOf = (id: CommandId): Command => commands[id];
