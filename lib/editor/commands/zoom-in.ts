import { always, defineCommand } from "./command";

export const zoomIn = defineCommand({
  title: "Zoom in",
  group: "View",
  icon: "zoom-in",
  keywords: ["larger"],
  keys: ["+", "="],
  scope: "canvas",
  undo: "none",
  enabled: always,
  run: () => ({ effects: [{ effect: "zoom", by: "in" }] }),
});
