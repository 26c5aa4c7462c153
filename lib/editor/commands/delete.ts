import { count } from "../../core/text";
import { removeEdits } from "../remove";
import { defineCommand, needsBoth } from "./command";

export const remove = defineCommand({
  title: "Delete",
  group: "Edit",
  icon: "trash",
  keywords: ["remove"],
  keys: ["delete", "backspace"],
  scope: "canvas",
  undo: "step",
  enabled: needsBoth,
  run: ({ document, selection }) => {
    const edits = removeEdits(document, selection);
    const gone = edits.filter((edit) => edit.edit === "removeNode" || edit.edit === "removeEdge").length;
    return { edits, select: [], says: `Deleted ${count(gone, "item")}.` };
  },
});
