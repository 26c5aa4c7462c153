import { always, defineCommand } from "./command";

export const starters = defineCommand({
  title: "Start from a starter",
  group: "Design",
  icon: "starters",
  keywords: ["template", "example", "sample"],
  keys: [],
  scope: "fields",
  undo: "none",
  enabled: always,
  run: () => ({ effects: [{ effect: "dialog", dialog: "starters" }] }),
});
