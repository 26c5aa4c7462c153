import { always, defineCommand } from "./command";

export const makeCopy = defineCommand({
  title: "Make a copy",
  group: "Design",
  icon: "copy",
  keywords: ["fork", "edit", "duplicate design"],
  keys: [],
  scope: "fields",
  undo: "none",
  enabled: always,
  run: () => ({ effects: [{ effect: "makeCopy" }] }),
});
