import { always, defineCommand } from "./command";

export const toggleDock = defineCommand({
  title: "Show or hide the bottom panel",
  group: "View",
  icon: "panel-bottom",
  keywords: ["panel", "sidebar", "collapse"],
  keys: ["mod+j"],
  scope: "fields",
  undo: "none",
  enabled: always,
  run: () => ({ effects: [{ effect: "toggle", panel: "dock" }] }),
});
