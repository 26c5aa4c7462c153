import { always, defineCommand } from "./command";

export const showCode = defineCommand({
  title: "Show code",
  group: "View",
  icon: "code",
  keywords: ["cloudformation", "template", "yaml", "task definition"],
  keys: ["mod+shift+h"],
  scope: "fields",
  undo: "none",
  enabled: always,
  run: () => ({ effects: [{ effect: "dock", tab: "code" }] }),
});
