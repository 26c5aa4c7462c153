import { connectEdits } from "../connect";
import type { EditorState } from "../state";
import { defineCommand, needsBoth } from "./command";

const nodesOf = ({ document, selection }: EditorState): string[] =>
  selection.filter((id) => Object.hasOwn(document.nodes, id));

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
    return nodesOf(state).length === 2 ? true : "Select two nodes, the first one first.";
  },
  run: (state) => {
    const [from = "", to = ""] = nodesOf(state);
    const connecting = connectEdits(state.document, { from, to });
    if (!connecting.ok) return { refusal: connecting.problems[0]?.message ?? "" };
    return { edits: connecting.value.edits, select: [connecting.value.edge], says: connecting.value.says };
  },
});
