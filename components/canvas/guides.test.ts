import { expect, it } from "vitest";
import { snapTo } from "./guides";

const card = (x: number, y: number, w = 200, h = 80) => ({ x, y, w, h });

it("brings edges and middles in line when they are near, and shows along what", () => {
  const snap = snapTo(card(403, 297), [card(400, 0), card(0, 300)], 6);
  expect([snap.dx, snap.dy]).toEqual([-3, 3]);
  expect(snap.guides).toEqual([
    { axis: "x", at: 400, from: 0, to: 380 },
    { axis: "y", at: 300, from: 0, to: 600 },
  ]);
});

it("aligns middles of cards of different sizes, never a middle with an edge", () => {
  expect(snapTo(card(32, 300, 140), [card(0, 0)], 6).dx).toBe(-2);
  expect(snapTo(card(97, 300), [card(0, 0)], 6).dx).toBe(0);
});

it("leaves alone what is far from everything", () => {
  expect(snapTo(card(500, 500), [card(0, 0)], 6)).toEqual({ dx: 0, dy: 0, guides: [] });
});
