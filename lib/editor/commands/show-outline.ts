import { always, defineCommand } from "./command";

export const showOutline = defineCommand({
  title: "Show outline",
  group: "View",
  icon: "panel-left",
  keywords: ["tree", "list", "structure"],
  keys: ["o"],
  scope: "canvas",
  undo: "none",
  enabled: always,
  run: () => ({ effects: [{ effect: "rail", tab: "outline" }] }),
});
