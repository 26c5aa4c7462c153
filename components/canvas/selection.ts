import { endpoint } from "@/lib/document/document";
import { useEditor } from "../editor/store";

/** True while a marquee is being drawn: then boxes and lines wait for its end, see `endMarquee`. */
let marquee = false;

export const startMarquee = (): void => {
  marquee = true;
};

/** Takes over what React Flow says was picked or dropped from the selection. */
export function selectionAfter(
  changes: readonly { type: string; id?: string; selected?: boolean }[],
  waits: (id: string) => boolean = () => false,
): void {
  const picks = changes.filter((change) => change.type === "select" && change.id !== undefined);
  if (picks.length === 0) return;
  const { state, select } = useEditor.getState();
  const picked = new Set(state.selection);
  for (const { id, selected } of picks) {
    if (!selected) picked.delete(id as string);
    else if (!marquee || !waits(id as string)) picked.add(id as string);
  }
  select([...picked]);
}

/**
 * A marquee picks cards that it touches; a box only when everything in it is picked, a line only with both its ends.
 * Otherwise a marquee inside a VPC would pick the VPC, and moving a few cards would move the whole board.
 */
export function endMarquee(): void {
  marquee = false;
  const { state, select } = useEditor.getState();
  const { nodes, edges } = state.document;
  const picked = new Set(state.selection);
  for (let size = -1; size !== picked.size; ) {
    size = picked.size;
    for (const [id, node] of Object.entries(nodes)) {
      const siblings = Object.keys(nodes).filter((other) => nodes[other]?.parent === node.parent);
      if (node.parent !== undefined && picked.has(id) && siblings.every((other) => picked.has(other)))
        picked.add(node.parent);
    }
  }
  if (picked.size > 1) {
    for (const [id, edge] of Object.entries(edges)) {
      if (picked.has(endpoint(edge.from).node) && picked.has(endpoint(edge.to).node)) picked.add(id);
    }
  }
  select([...picked]);
}
