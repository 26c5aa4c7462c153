import { always, defineCommand } from "./command";

export const share = defineCommand({
  title: "Share",
  group: "Design",
  icon: "share",
  keywords: ["link", "copy link", "review", "send"],
  keys: ["mod+shift+s"],
  scope: "fields",
  undo: "none",
  enabled: always,
  run: () => ({ effects: [{ effect: "dialog", dialog: "share" }] }),
});
