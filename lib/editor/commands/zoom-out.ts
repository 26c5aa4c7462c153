import { always, defineCommand } from "./command";

export const zoomOut = defineCommand({
  title: "Zoom out",
  group: "View",
  icon: "zoom-out",
  keywords: ["smaller"],
  keys: ["-"],
  scope: "canvas",
  undo: "none",
  enabled: always,
  run: () => ({ effects: [{ effect: "zoom", by: "out" }] }),
});
