import { always, defineCommand } from "./command";

export const fit = defineCommand({
  title: "Zoom to fit",
  group: "View",
  icon: "fit",
  keywords: ["zoom", "all", "overview"],
  keys: ["f"],
  scope: "canvas",
  undo: "none",
  enabled: always,
  run: () => ({ effects: [{ effect: "fit" }] }),
});
