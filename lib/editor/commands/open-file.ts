import { always, defineCommand } from "./command";

export const openFile = defineCommand({
  title: "Open a design file",
  group: "Design",
  icon: "open",
  keywords: ["upload", "import", "json", "file"],
  keys: ["mod+o"],
  scope: "fields",
  undo: "none",
  enabled: always,
  run: () => ({ effects: [{ effect: "openFile" }] }),
});
