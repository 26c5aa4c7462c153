import { describe, expect, it } from "vitest";
import { printDocument } from "../../document/parse";
import { starters } from "../../document/starters";
import { type EditorState, edit, initialState, select, undo } from "../state";
import { commandIds, commandOf, commands } from ".";

const document = starters[0]?.document as EditorState["document"];
const ids = Object.keys(document.nodes);

/** A state in which most commands have something to do. */
const states: EditorState[] = [
  initialState(document),
  select(initialState(document), [ids[2] as string]),
  select(initialState(document), [ids[0] as string, ids[2] as string, "e1"]),
  select(initialState(document), ["e2"]),
  select(initialState(), []),
  initialState(document, true),
];

describe("commands", () => {
  it("have unique keys, so that one combination means one thing", () => {
    const seen = new Map<string, string>();
    for (const id of commandIds) {
      for (const keys of commandOf(id).keys) {
        expect([keys, seen.get(keys)]).toEqual([keys, undefined]);
        seen.set(keys, id);
      }
    }
  });

  it("spell their keys in lower case with modifiers in order", () => {
    for (const id of commandIds) {
      for (const keys of commandOf(id).keys)
        expect(keys).toMatch(/^(mod\+)?(alt\+)?(shift\+)?([a-z0-9]+|[^a-z0-9\s])$/);
    }
  });

  it.each(commandIds)("%s says why it cannot run, and undoes what it does or says that it does nothing", (id) => {
    const command = commandOf(id);
    for (const state of states) {
      const enabled = command.enabled(state);
      if (enabled !== true) {
        expect(enabled).toMatch(/^[A-Z].*\.$/);
        continue;
      }
      const outcome = command.run(state, {});
      if ("refusal" in outcome) {
        expect(outcome.refusal).toMatch(/^[A-Z“].*\.$/);
        continue;
      }
      const edits = outcome.edits ?? [];
      if (command.undo === "none") expect(edits).toEqual([]);
      if (edits.length === 0) continue;
      const after = edit(state, edits, outcome.select ? { select: outcome.select } : {});
      if (!after.ok) throw new Error(after.problems[0]?.message);
      expect(printDocument(undo(after.value).document)).toBe(printDocument(state.document));
    }
  });

  it("change nothing of a design that is open read-only", () => {
    const state = select(initialState(document, true), [ids[2] as string]);
    for (const id of commandIds) {
      if (commandOf(id).undo !== "none") expect(commandOf(id).enabled(state)).toMatch(/read-only/);
    }
  });

  it("move the selection by the grid and by a large step", () => {
    const state = select(initialState(document), [ids[0] as string]);
    const before = document.layout[ids[0] as string] ?? { x: 0, y: 0 };
    expect(commands.nudgeRight.run(state, {})).toMatchObject({
      edits: [{ edit: "move", id: ids[0], layout: { ...before, x: before.x + 4 } }],
    });
    expect(commands.nudgeFarUp.run(state, {})).toMatchObject({
      edits: [{ edit: "move", id: ids[0], layout: { ...before, y: before.y - 40 } }],
    });
  });
});
