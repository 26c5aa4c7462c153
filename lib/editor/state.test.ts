import { describe, expect, it } from "vitest";
import type { Document } from "../document/document";
import type { Edit } from "../document/edits/edit";
import { printDocument } from "../document/parse";
import { draw } from "../testing/draw";
import {
  type EditOptions,
  type EditorState,
  edit,
  initialState,
  MAX_STEPS,
  READ_ONLY,
  redo,
  select,
  undo,
} from "./state";

const design = (): Document =>
  draw((draft) => {
    draft.add("service", { desiredCount: 1 }, { name: "Web" });
    draft.add("sqsQueue", {}, { name: "Orders" });
  });

function changed(state: EditorState, edits: readonly Edit[], options?: EditOptions): EditorState {
  const result = edit(state, edits, options);
  if (!result.ok) throw new Error(result.problems[0]?.message);
  return result.value;
}

const count = (value: number): Edit => ({ edit: "setField", id: "n1", field: "/desiredCount", value });
const bytes = (state: EditorState): string => printDocument(state.document);

describe("history", () => {
  it("undoes and redoes to the same bytes, with the selection of the time", () => {
    const start = select(initialState(design()), ["n1"]);
    const altered = changed(start, [count(4), { edit: "removeNode", id: "n2" }], { select: [] });
    const back = undo(altered);
    expect(bytes(back)).toBe(bytes(start));
    expect(back.selection).toEqual(["n1"]);
    const again = redo(back);
    expect(bytes(again)).toBe(bytes(altered));
    expect(again.selection).toEqual([]);
  });

  it("makes one step of a burst with one key, and another after anything else happened", () => {
    let state = initialState(design());
    for (const x of [4, 8, 12])
      state = changed(state, [{ edit: "move", id: "n1", layout: { x, y: 0 } }], { merge: "nudge" });
    expect(state.past).toHaveLength(1);
    state = select(state, ["n2"]);
    state = changed(state, [{ edit: "move", id: "n1", layout: { x: 16, y: 0 } }], { merge: "nudge" });
    expect(state.past).toHaveLength(2);
    expect(undo(state).document.layout.n1).toEqual({ x: 12, y: 0 });
    expect(undo(undo(state)).document.layout.n1).toBeUndefined();
  });

  it("makes one step of each edit without a key", () => {
    const state = changed(changed(initialState(design()), [count(2)]), [count(3)]);
    expect(state.past).toHaveLength(2);
  });

  it("forgets what was undone when something else is done", () => {
    const state = changed(undo(changed(initialState(design()), [count(2)])), [count(3)]);
    expect(state.future).toEqual([]);
    expect(redo(state)).toBe(state);
  });

  it("applies all or none and says why", () => {
    const state = initialState(design());
    const result = edit(state, [count(2), { edit: "removeNode", id: "n9" }]);
    expect(result).toEqual({
      ok: false,
      problems: [{ path: "", message: "“n9” is not in this design any more." }],
    });
  });

  it("changes nothing of a design that is open read-only", () => {
    const state = initialState(design(), true);
    expect(edit(state, [count(2)])).toEqual({ ok: false, problems: [{ path: "", message: READ_ONLY }] });
  });

  it("keeps a limited number of steps", () => {
    let state = initialState(design());
    for (let value = 0; value < MAX_STEPS + 20; value += 1) state = changed(state, [count(value + 2)]);
    expect(state.past).toHaveLength(MAX_STEPS);
  });

  it("selects only what exists, each once", () => {
    expect(select(initialState(design()), ["n1", "n7", "n1"]).selection).toEqual(["n1"]);
  });

  it("drops from the selection what an edit removed", () => {
    const state = select(initialState(design()), ["n1", "n2"]);
    expect(changed(state, [{ edit: "removeNode", id: "n2" }]).selection).toEqual(["n1"]);
  });
});
