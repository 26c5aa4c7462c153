import { always, defineCommand } from "./command";

export const designs = defineCommand({
  title: "All designs",
  group: "Design",
  icon: "designs",
  keywords: ["list", "recent", "library", "delete design"],
  keys: ["mod+shift+o"],
  scope: "fields",
  undo: "none",
  enabled: always,
  run: () => ({ effects: [{ effect: "dialog", dialog: "designs" }] }),
});
