import { always, defineCommand } from "./command";

export const theme = defineCommand({
  title: "Switch between light and dark",
  group: "View",
  icon: "theme",
  keywords: ["dark", "light", "theme", "appearance"],
  keys: ["mod+shift+d"],
  scope: "fields",
  undo: "none",
  enabled: always,
  run: () => ({ effects: [{ effect: "theme" }] }),
});
