import { connectEdits } from "../connect";
import { selectedNodes } from "../state";
import { defineCommand, needsBoth } from "./command";

export const connect = defineCommand({
  title: "Connect the selected nodes",
  group: "Arrange",
  icon: "connect",
  keywords: ["edge", "wire", "link"],
  keys: ["mod+enter"],
  scope: "panels",
  undo: "step",
  enabled: (state) => {
    const both = needsBoth(state);
    if (both !== true) return both;
    return selectedNodes(state).length === 2 ? true : "Select two nodes, the first one first.";
  },
  run: (state) => {
    const [from = "", to = ""] = selectedNodes(state);
    const connecting = connectEdits(state.document, { from, to });
    if (!connecting.ok) return { refusal: connecting.problems[0]?.message ?? "" };
    return { edits: connecting.value.edits, select: [connecting.value.edge], says: connecting.value.says };
  },
});
