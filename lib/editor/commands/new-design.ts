import { always, defineCommand } from "./command";

export const newDesign = defineCommand({
  title: "New design",
  group: "Design",
  icon: "new",
  keywords: ["blank", "empty", "create"],
  keys: [],
  scope: "fields",
  undo: "none",
  enabled: always,
  run: () => ({ effects: [{ effect: "newDesign" }] }),
});
