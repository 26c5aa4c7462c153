import { duplicateEdits } from "../clipboard";
import { defineCommand, needsBoth, shown } from "./command";

export const duplicate = defineCommand({
  title: "Duplicate",
  group: "Edit",
  icon: "duplicate",
  keywords: ["copy", "clone"],
  keys: ["mod+d"],
  scope: "panels",
  undo: "step",
  enabled: needsBoth,
  run: ({ document, selection }) => {
    const copied = duplicateEdits(document, selection);
    return copied.ok ? shown(copied.value) : { refusal: copied.problems[0]?.message ?? "" };
  },
});
