import { always, defineCommand } from "./command";

export const showFlows = defineCommand({
  title: "Show flows",
  group: "View",
  icon: "flows",
  keywords: ["security groups", "ports", "traffic"],
  keys: ["mod+shift+u"],
  scope: "fields",
  undo: "none",
  enabled: always,
  run: () => ({ effects: [{ effect: "dock", tab: "flows" }] }),
});
