import { always, defineCommand } from "./command";

export const help = defineCommand({
  title: "Keyboard shortcuts",
  group: "Help",
  icon: "help",
  keywords: ["keys", "shortcuts", "help"],
  keys: ["?"],
  scope: "panels",
  undo: "none",
  enabled: always,
  run: () => ({ effects: [{ effect: "dialog", dialog: "help" }] }),
});
