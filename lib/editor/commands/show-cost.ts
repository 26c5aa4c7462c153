import { always, defineCommand } from "./command";

export const showCost = defineCommand({
  title: "Show cost",
  group: "View",
  icon: "cost",
  keywords: ["price", "money", "estimate"],
  keys: ["mod+shift+y"],
  scope: "fields",
  undo: "none",
  enabled: always,
  run: () => ({ effects: [{ effect: "dock", tab: "cost" }] }),
});
