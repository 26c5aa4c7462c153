import { defineCommand, needsSelection } from "./command";

export const fitSelection = defineCommand({
  title: "Zoom to selection",
  group: "View",
  icon: "target",
  keywords: ["zoom", "focus"],
  keys: ["shift+f"],
  scope: "canvas",
  undo: "none",
  enabled: needsSelection,
  run: ({ selection }) => ({ effects: [{ effect: "fit", ids: selection }] }),
});
