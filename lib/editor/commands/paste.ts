import { pasteEdits } from "../clipboard";
import { defineCommand, needsWriting, shown } from "./command";

export const paste = defineCommand({
  title: "Paste",
  group: "Edit",
  icon: "paste",
  keywords: ["clipboard", "insert"],
  keys: ["mod+v"],
  scope: "panels",
  undo: "step",
  enabled: needsWriting,
  run: ({ document, selection }, { text, at }) => {
    // Without text the browser has to be asked for the clipboard first.
    if (text === undefined) return { effects: [{ effect: "paste" }] };
    const [into, ...others] = selection.filter((id) => Object.hasOwn(document.nodes, id));
    const target = into !== undefined && others.length === 0 ? { into } : {};
    const pasted = pasteEdits(document, text, { ...target, ...(at ? { at } : {}) });
    return pasted.ok ? shown(pasted.value) : { refusal: pasted.problems[0]?.message ?? "" };
  },
});
