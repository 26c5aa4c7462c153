import { always, defineCommand } from "./command";

export const toggleRail = defineCommand({
  title: "Show or hide the left panel",
  group: "View",
  icon: "panel-left",
  keywords: ["panel", "sidebar", "collapse"],
  keys: ["mod+b"],
  scope: "fields",
  undo: "none",
  enabled: always,
  run: () => ({ effects: [{ effect: "toggle", panel: "rail" }] }),
});
