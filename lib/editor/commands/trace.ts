import { selectedNodes } from "../state";
import { defineCommand } from "./command";

export const trace = defineCommand({
  title: "Trace from one selected node to the other",
  group: "View",
  icon: "flows",
  keywords: ["path", "reach", "packet", "hops", "security groups", "route"],
  keys: ["t"],
  scope: "canvas",
  undo: "none",
  enabled: (state) => (selectedNodes(state).length === 2 ? true : "Select two nodes, the first one first."),
  run: (state) => {
    const [from = "", to = ""] = selectedNodes(state);
    const name = (id: string): string => state.document.nodes[id]?.name ?? id;
    return { effects: [{ effect: "trace", from, to }], says: `Tracing from ${name(from)} to ${name(to)}.` };
  },
});
