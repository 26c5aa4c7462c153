import { always, defineCommand } from "./command";

export const exportDesign = defineCommand({
  title: "Export",
  group: "Design",
  icon: "export",
  keywords: ["cloudformation", "template", "download", "task definition", "zip"],
  keys: ["mod+e"],
  scope: "fields",
  undo: "none",
  enabled: always,
  run: () => ({ effects: [{ effect: "dialog", dialog: "export" }] }),
});
