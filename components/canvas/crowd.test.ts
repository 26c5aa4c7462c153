import { expect, it } from "vitest";
import { createWireFinder, extentOf, widthOf } from "./crowd";
import type { WireView } from "./projection";

const wire = (id: string, ...points: { x: number; y: number }[]) => ({ id, route: { points } }) as unknown as WireView;

it("finds the nearest line within reach, and none beyond", () => {
  const find = createWireFinder([
    wire("e1", { x: 0, y: 0 }, { x: 100, y: 0 }, { x: 100, y: 900 }),
    wire("e2", { x: 0, y: 10 }, { x: 80, y: 10 }),
  ]);
  expect(find({ x: 50, y: 2 }, 6)).toBe("e1");
  expect(find({ x: 50, y: 7 }, 6)).toBe("e2");
  expect(find({ x: 103, y: 700 }, 6)).toBe("e1");
  expect(find({ x: 50, y: 40 }, 6)).toBeUndefined();
});

it("knows the extent of a line", () => {
  expect(
    extentOf([
      { x: 5, y: 9 },
      { x: 5, y: 2 },
      { x: 40, y: 2 },
    ]),
  ).toEqual({ x: 5, y: 2, w: 35, h: 7 });
});

it("draws no line under a pixel of the screen, and what is blocked or traced twice as wide", () => {
  const plain = { style: "thin", traced: undefined, verdict: undefined } as const;
  expect(widthOf(plain, 1)).toBe(1);
  for (const zoom of [0.05, 0.09, 0.2, 0.35]) {
    expect(widthOf(plain, zoom) * zoom).toBeGreaterThanOrEqual(1 - 1e-9);
    expect(widthOf({ ...plain, verdict: "blocked" }, zoom) * zoom).toBeGreaterThanOrEqual(2 - 1e-9);
    expect(widthOf({ ...plain, traced: true }, zoom) * zoom).toBeGreaterThanOrEqual(2 - 1e-9);
  }
});
