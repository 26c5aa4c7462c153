import ELK from "elkjs/lib/elk.bundled.js";
import { describe, expect, it } from "vitest";
import { applyAll } from "../document/edits/apply";
import { starters } from "../document/starters";
import { draw } from "../testing/draw";
import { sampleDesign } from "../testing/sample-design";
import { Board, overlaps } from "./geometry";
import { type ElkNode, layoutEdits, layoutGraphs } from "./layout";
import { dropEdits, moveByEdits, resizeEdits } from "./move";

describe("automatic layout", () => {
  const designs = [
    ...starters.map(({ id, document }) => [id, document] as const),
    ...[1, 2].map((seed) => [`sample ${seed}`, sampleDesign(seed, 40)] as const),
  ];
  it.each(designs)("covers nothing with anything in %s, and keeps nodes in their boxes", async (_, document) => {
    const elk = new ELK();
    const graphs = await Promise.all(layoutGraphs(document).map((graph) => elk.layout(graph as never)));
    const result = applyAll(document, layoutEdits(document, graphs as unknown as ElkNode[]));
    if (!result.ok) throw new Error(result.problems[0]?.message);
    const board = new Board(result.value.document);
    const ids = Object.keys(document.nodes);
    for (const id of ids) {
      for (const other of ids) {
        if (id >= other || document.nodes[id]?.parent !== document.nodes[other]?.parent) continue;
        expect([id, other, overlaps(board.rect(id), board.rect(other))]).toEqual([id, other, false]);
      }
      const parent = document.nodes[id]?.parent;
      if (parent === undefined) continue;
      const rect = board.rect(id);
      const box = board.size(parent);
      expect(rect.x >= 0 && rect.y >= 0 && rect.x + rect.w <= box.w && rect.y + rect.h <= box.h).toBe(true);
    }
  });
});

describe("moving", () => {
  const document = draw((draft) => {
    const vpc = draft.add("vpc");
    draft.add("alb", {}, { parent: vpc });
    draft.add("efs");
    draft.add("sqsQueue");
  });
  document.layout = {
    n1: { x: 100, y: 100, w: 600, h: 400 },
    n2: { x: 52, y: 80 },
    n3: { x: 900, y: 100 },
    n4: { x: 900, y: 300 },
  };
  const applied = (edits: ReturnType<typeof dropEdits>) => {
    const result = applyAll(document, edits);
    if (!result.ok) throw new Error(result.problems[0]?.message);
    return result.value.document;
  };

  it("drops into the box under the middle, with coordinates of that box, and out of it again", () => {
    const inside = applied(dropEdits(document, { n3: { x: 300, y: 300 } }));
    expect(inside.nodes.n3?.parent).toBe("n1");
    expect(inside.layout.n3).toEqual({ x: 200, y: 200 });
    const outside = applied(dropEdits(document, { n2: { x: 900, y: 600 } }));
    expect(outside.nodes.n2).not.toHaveProperty("parent");
    expect(outside.layout.n2).toEqual({ x: 900, y: 600 });
  });

  it("leaves outside what a box may not hold", () => {
    expect(applied(dropEdits(document, { n4: { x: 300, y: 300 } })).nodes.n4).not.toHaveProperty("parent");
  });

  it("moves what a box holds once, with the box", () => {
    const moved = applied(moveByEdits(document, ["n1", "n2"], { x: 40, y: 0 }));
    expect(moved.layout.n1?.x).toBe(140);
    expect(moved.layout.n2).toEqual({ x: 52, y: 80 });
  });

  it("never makes a box smaller than what it holds", () => {
    const small = applied(resizeEdits(document, "n1", { x: 100, y: 100, w: 100, h: 100 }));
    // The load balancer ends at 52 + 220 and 80 + 80; 32 units of padding follow.
    expect(small.layout.n1).toEqual({ x: 100, y: 100, w: 304, h: 192 });
  });

  it("keeps what a box holds in place when its left side moves", () => {
    const wider = applied(resizeEdits(document, "n1", { x: 60, y: 100, w: 640, h: 400 }));
    expect(wider.layout.n2).toEqual({ x: 92, y: 80 });
  });
});
