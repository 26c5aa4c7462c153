import { always, defineCommand } from "./command";

export const toggleInspector = defineCommand({
  title: "Show or hide the inspector",
  group: "View",
  icon: "panel-right",
  keywords: ["panel", "sidebar", "collapse"],
  keys: ["mod+i"],
  scope: "fields",
  undo: "none",
  enabled: always,
  run: () => ({ effects: [{ effect: "toggle", panel: "inspector" }] }),
});
