import { always, defineCommand } from "./command";

export const deselect = defineCommand({
  title: "Select nothing",
  group: "Edit",
  icon: "deselect",
  keywords: ["clear", "escape"],
  keys: ["escape"],
  scope: "canvas",
  undo: "none",
  enabled: always,
  run: () => ({ select: [] }),
});
