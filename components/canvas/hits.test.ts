import { describe, expect, it } from "vitest";
import { analyse } from "@/lib/editor/analysis";
import { Board } from "@/lib/editor/geometry";
import { draw } from "@/lib/testing/draw";
import { refusal } from "./dragging";
import { absoluteRects, endAt } from "./hits";
import { createProjection } from "./projection";

const design = draw((draft) => {
  const vpc = draft.add("vpc", {}, { name: "Network" });
  const cluster = draft.add("cluster", {}, { name: "Main", parent: vpc });
  const task = draft.add(
    "taskDefinition",
    { containerDefinitions: { c1: { name: "web" }, c2: { name: "log" } } },
    { parent: cluster },
  );
  draft.document.layout[vpc] = { x: 100, y: 100, w: 900, h: 600 };
  draft.document.layout[cluster] = { x: 50, y: 60, w: 600, h: 400 };
  draft.document.layout[task] = { x: 20, y: 80 };
});
const analysis = analyse(design, { environment: null, scenario: "typical", prices: null });
const { cards } = createProjection()(design, analysis, "design");
const rects = absoluteRects(cards);
const at = (x: number, y: number) => endAt(cards, rects, { x, y });

describe("endAt", () => {
  it("finds cards by their head and containers by their row", () => {
    // The card's corner is 100 + 50 + 20, 100 + 60 + 80; its head is 72 high, each row 40.
    expect(rects.get("n3")).toEqual({ x: 170, y: 240, w: 260, h: 152 });
    expect(at(200, 260)).toBe("n3");
    expect(at(200, 320)).toBe("n3/c1");
    expect(at(200, 380)).toBe("n3/c2");
  });

  it("takes a box by its title only, for its inside is room for others", () => {
    expect(at(160, 170)).toBe("n2");
    expect(at(600, 500)).toBeUndefined();
    expect(at(110, 110)).toBe("n1");
    expect(at(0, 0)).toBeUndefined();
  });
});

it("says why a box does not take what is dragged over it, and where that goes", () => {
  const board = new Board(design);
  expect(refusal(board, "n2", "alb", "n1")).toBe(
    "Main (ECS cluster) cannot hold this Application Load Balancer. It goes into Network.",
  );
  expect(refusal(board, "n2", "ecrRepository", undefined)).toMatch(/It goes beside it\.$/);
});
