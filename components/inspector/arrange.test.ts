import { describe, expect, it } from "vitest";
import type { Document } from "@/lib/document/document";
import { applyAll } from "@/lib/document/edits/apply";
import type { Edit } from "@/lib/document/edits/edit";
import { draw } from "@/lib/testing/draw";
import { alignEdits, distributeEdits } from "./arrange";

/** Three queues, 200 wide and 64 high, at 0, 300 and 900. */
const three = draw((draft) => {
  for (const [at, x] of [0, 300, 900].entries()) draft.document.layout[draft.add("sqsQueue")] = { x, y: at * 100 };
});
const ids = ["n1", "n2", "n3"];
const placed = (document: Document, edits: Edit[]) => {
  const result = applyAll(document, edits);
  if (!result.ok) throw new Error(result.problems[0]?.message);
  return ids.map((id) => result.value.document.layout[id]);
};

describe("arranging", () => {
  it("aligns edges and middles of what is selected", () => {
    expect(placed(three, alignEdits(three, ids, "left")).map((at) => at?.x)).toEqual([0, 0, 0]);
    expect(placed(three, alignEdits(three, ids, "bottom")).map((at) => at?.y)).toEqual([200, 200, 200]);
    expect(placed(three, alignEdits(three, ids, "middle")).map((at) => at?.y)).toEqual([100, 100, 100]);
  });

  it("leaves the same space between, and the outermost where they are", () => {
    // 1100 wide in all, 600 of it cards: 250 between.
    expect(placed(three, distributeEdits(three, ids, "x")).map((at) => at?.x)).toEqual([0, 452, 900]);
    expect(distributeEdits(three, ["n1", "n2"], "x")).toEqual([]);
  });

  it("moves nothing twice that stands in another selected box", () => {
    const boxed = draw((draft) => {
      const vpc = draft.add("vpc");
      const alb = draft.add("alb", {}, { parent: vpc });
      const queue = draft.add("sqsQueue");
      draft.document.layout[vpc] = { x: 100, y: 0, w: 400, h: 300 };
      draft.document.layout[alb] = { x: 60, y: 80 };
      draft.document.layout[queue] = { x: 0, y: 500 };
    });
    const edits = alignEdits(boxed, ["n1", "n2", "n3"], "left");
    expect(edits).toEqual([{ edit: "move", id: "n1", layout: { x: 0, y: 0, w: 400, h: 300 } }]);
  });
});
