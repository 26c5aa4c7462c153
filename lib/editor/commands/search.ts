import { always, defineCommand } from "./command";

export const search = defineCommand({
  title: "Search commands and nodes",
  group: "Help",
  icon: "search",
  keywords: ["command palette", "find", "go to"],
  keys: ["mod+k"],
  scope: "fields",
  undo: "none",
  enabled: always,
  run: () => ({ effects: [{ effect: "dialog", dialog: "commands" }] }),
});
