import { defineCommand, needsWriting } from "./command";

export const showAdd = defineCommand({
  title: "Add a node",
  group: "Edit",
  icon: "plus",
  keywords: ["palette", "place", "insert", "new"],
  keys: ["a", "/"],
  scope: "canvas",
  undo: "none",
  enabled: needsWriting,
  run: () => ({ effects: [{ effect: "rail", tab: "add" }] }),
});
