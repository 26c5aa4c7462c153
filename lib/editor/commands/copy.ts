import { count } from "../../core/text";
import { copyText } from "../clipboard";
import { withContents } from "../remove";
import { defineCommand, needsSelection } from "./command";

export const copy = defineCommand({
  title: "Copy",
  group: "Edit",
  icon: "copy",
  keywords: ["clipboard"],
  keys: ["mod+c"],
  scope: "panels",
  undo: "none",
  enabled: needsSelection,
  run: ({ document, selection }) => {
    const text = copyText(document, selection);
    if (text === undefined) return { refusal: "Select a node to copy. A connection is copied with its two ends." };
    const nodes = withContents(document, selection).size;
    return { effects: [{ effect: "copy", text }], says: `Copied ${count(nodes, "node")}.` };
  },
});
