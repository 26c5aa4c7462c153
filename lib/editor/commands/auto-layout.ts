import { defineCommand, needsWriting } from "./command";

export const autoLayout = defineCommand({
  title: "Arrange automatically",
  group: "Arrange",
  icon: "layout",
  keywords: ["layout", "tidy", "elk", "auto layout"],
  keys: ["mod+shift+l"],
  scope: "panels",
  undo: "none",
  enabled: (state) => {
    const writing = needsWriting(state);
    if (writing !== true) return writing;
    return Object.keys(state.document.nodes).length > 0 ? true : "There is nothing to arrange.";
  },
  run: () => ({ effects: [{ effect: "layout" }] }),
});
