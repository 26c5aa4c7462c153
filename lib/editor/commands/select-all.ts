import { count } from "../../core/text";
import { always, defineCommand } from "./command";

export const selectAll = defineCommand({
  title: "Select all",
  group: "Edit",
  icon: "select-all",
  keywords: ["everything"],
  keys: ["mod+a"],
  scope: "panels",
  undo: "none",
  enabled: always,
  run: ({ document }) => {
    const select = Object.keys(document.nodes);
    return { select, says: `Selected ${count(select.length, "node")}.` };
  },
});
