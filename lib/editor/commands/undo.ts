import { defineCommand, needsWriting } from "./command";

export const undo = defineCommand({
  title: "Undo",
  group: "Edit",
  icon: "undo",
  keywords: ["back", "revert"],
  keys: ["mod+z"],
  scope: "panels",
  undo: "none",
  enabled: (state) => {
    const writing = needsWriting(state);
    if (writing !== true) return writing;
    return state.past.length > 0 ? true : "There is nothing to undo.";
  },
  run: () => ({ effects: [{ effect: "undo" }] }),
});
