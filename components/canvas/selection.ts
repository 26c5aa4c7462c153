import { useEditor } from "../editor/store";

/** Takes over what React Flow says was picked or dropped from the selection. */
export function selectionAfter(changes: readonly { type: string; id?: string; selected?: boolean }[]): void {
  const picks = changes.filter((change) => change.type === "select" && change.id !== undefined);
  if (picks.length === 0) return;
  const { state, select } = useEditor.getState();
  const picked = new Set(state.selection);
  for (const { id, selected } of picks) {
    if (selected) picked.add(id as string);
    else picked.delete(id as string);
  }
  select([...picked]);
}
