import { always, defineCommand } from "./command";

export const environments = defineCommand({
  title: "Environments",
  group: "Design",
  icon: "environments",
  keywords: ["dev", "stage", "prod", "overlay", "compare", "patch"],
  keys: [],
  scope: "fields",
  undo: "none",
  enabled: always,
  run: () => ({ effects: [{ effect: "dialog", dialog: "environments" }] }),
});
