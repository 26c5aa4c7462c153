import { count } from "../../core/text";
import { copyText } from "../clipboard";
import { removeEdits, withContents } from "../remove";
import { defineCommand, needsBoth } from "./command";

export const cut = defineCommand({
  title: "Cut",
  group: "Edit",
  icon: "cut",
  keywords: ["clipboard", "move"],
  keys: ["mod+x"],
  scope: "panels",
  undo: "step",
  enabled: needsBoth,
  run: ({ document, selection }) => {
    const text = copyText(document, selection);
    if (text === undefined) return { refusal: "Select a node to cut. A connection is cut with its two ends." };
    return {
      edits: removeEdits(document, selection),
      select: [],
      effects: [{ effect: "copy", text }],
      says: `Cut ${count(withContents(document, selection).size, "node")}.`,
    };
  },
});
