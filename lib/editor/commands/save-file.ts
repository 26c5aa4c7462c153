import { always, defineCommand } from "./command";

export const saveFile = defineCommand({
  title: "Save the design file",
  group: "Design",
  icon: "save",
  keywords: ["download", "json", "file"],
  keys: ["mod+s"],
  scope: "fields",
  undo: "none",
  enabled: always,
  run: () => ({ effects: [{ effect: "saveFile" }] }),
});
