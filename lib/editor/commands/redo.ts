import { defineCommand, needsWriting } from "./command";

export const redo = defineCommand({
  title: "Redo",
  group: "Edit",
  icon: "redo",
  keywords: ["again"],
  keys: ["mod+shift+z", "mod+y"],
  scope: "panels",
  undo: "none",
  enabled: (state) => {
    const writing = needsWriting(state);
    if (writing !== true) return writing;
    return state.future.length > 0 ? true : "There is nothing to redo.";
  },
  run: () => ({ effects: [{ effect: "redo" }] }),
});
