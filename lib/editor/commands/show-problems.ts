import { always, defineCommand } from "./command";

export const showProblems = defineCommand({
  title: "Show problems",
  group: "View",
  icon: "problems",
  keywords: ["findings", "errors", "warnings", "check"],
  keys: ["mod+shift+m"],
  scope: "fields",
  undo: "none",
  enabled: always,
  run: () => ({ effects: [{ effect: "dock", tab: "problems" }] }),
});
