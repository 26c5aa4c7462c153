import { defineCommand, needsBoth } from "./command";

export const rename = defineCommand({
  title: "Rename",
  group: "Edit",
  icon: "pencil",
  keywords: ["name", "title"],
  keys: ["f2"],
  scope: "panels",
  undo: "none",
  enabled: (state) => {
    const both = needsBoth(state);
    if (both !== true) return both;
    return state.selection.length === 1 ? true : "Select one node to rename it.";
  },
  run: ({ document, selection }, { name }) => {
    const id = selection[0] ?? "";
    if (!Object.hasOwn(document.nodes, id)) return { refusal: "A connection has no name; its ends have." };
    return name === undefined ? { effects: [{ effect: "rename", id }] } : { edits: [{ edit: "rename", id, name }] };
  },
});
