import { describe, expect, it } from "vitest";
import type { Rect } from "./geometry";
import { briefOf, labelLines, labelRect } from "./labels";
import { passes, pathOf, simplify } from "./lines";
import type { Anchor } from "./route";
import { type Memory, routeAll, type Wire } from "./routes";

const all = ["right", "left", "bottom", "top"] as const;
const anchor = (card: Rect, rect = card, sides: Anchor["sides"] = all): Anchor => ({ card, rect, sides });
const wire = (id: string, from: Rect, to: Rect, ...label: string[]): Wire => ({
  id,
  from: anchor(from),
  to: anchor(to),
  ends: [`${from.x} ${from.y}`, `${to.x} ${to.y}`],
  labels: label,
});
const card = (x: number, y: number): Rect => ({ x, y, w: 200, h: 80 });
const obstacles = (...rects: Rect[]) => rects.map((rect, at) => ({ id: `n${at}`, rect }));
const route = (wires: Wire[], ...cards: Rect[]) => routeAll(wires, obstacles(...cards));

const crosses = (points: readonly { x: number; y: number }[], rect: Rect): boolean =>
  points.some((point, at) => at > 0 && passes(points[at - 1] as typeof point, point, rect, 0));

describe("routeAll", () => {
  it("goes straight between cards that face each other, out on the right and in on the left", () => {
    const [a, b] = [card(0, 0), card(400, 0)];
    const found = route([wire("e1", a, b)], a, b).get("e1");
    expect(found?.points).toEqual([
      { x: 200, y: 40 },
      { x: 400, y: 40 },
    ]);
    expect(found?.path).toBe("M200 40L400 40");
  });

  it("bends only at right angles and around what stands between", () => {
    const [a, b, wall] = [card(0, 0), card(800, 40), card(400, 20)];
    const points = route([wire("e1", a, b)], a, b, wall).get("e1")?.points ?? [];
    expect(crosses(points, wall)).toBe(false);
    for (const [at, point] of points.entries()) {
      const before = points[at - 1];
      if (before) expect(before.x === point.x || before.y === point.y).toBe(true);
    }
  });

  it("goes down from a card to one that stands right below", () => {
    const [a, b] = [card(0, 0), card(0, 300)];
    const points = route([wire("e1", a, b)], a, b).get("e1")?.points;
    expect(points).toEqual([
      { x: 100, y: 80 },
      { x: 100, y: 300 },
    ]);
  });

  it("spreads lines that leave one side, in the order of their targets, so that none crosses", () => {
    const [a, up, down] = [card(0, 200), card(500, 0), card(500, 400)];
    const found = route([wire("e1", a, down), wire("e2", a, up)], a, up, down);
    const start = (id: string) => found.get(id)?.points[0]?.y ?? 0;
    expect(start("e2")).toBeLessThan(start("e1"));
    expect(start("e1") - start("e2")).toBe(16);
  });

  it("draws no small step between cards that nearly face each other", () => {
    const [a, b] = [card(0, 0), card(400, 12)];
    const points = route([wire("e1", a, b)], a, b).get("e1")?.points ?? [];
    expect(points).toHaveLength(2);
    expect(points[0]?.y).toBe(points[1]?.y);
  });

  it("starts at the row of a card where one is named", () => {
    const [task, file] = [{ x: 0, y: 0, w: 260, h: 152 }, card(500, 0)];
    const row = { x: 0, y: 112, w: 260, h: 40 };
    const found = routeAll(
      [{ id: "e1", from: anchor(task, row, ["right", "left"]), to: anchor(file), ends: ["n1/c2", "n2"], labels: [] }],
      obstacles(task, file),
    );
    expect(found.get("e1")?.points[0]).toEqual({ x: 260, y: 132 });
  });

  it("keeps labels off cards and off one another, and says when there is no room", () => {
    const [a, b, c, d] = [card(0, 0), card(400, 0), card(0, 12), card(210, 400)];
    const found = route([wire("e1", a, b, "HTTP 80 → 8080"), wire("e2", c, d, "x".repeat(80))], a, b, d);
    expect(found.get("e1")?.label).toEqual({ x: 300, y: 40, text: "HTTP 80 → 8080", free: true });
    const narrow = route([wire("e3", card(0, 0), card(230, 0), "x".repeat(40))], card(0, 0), card(230, 0));
    expect(narrow.get("e3")?.label.free).toBe(false);
    const short = route([wire("e4", card(0, 0), card(280, 0), "x".repeat(40), "443")], card(0, 0), card(280, 0));
    expect(short.get("e4")?.label).toMatchObject({ text: "443", free: true });
  });

  it("stands words of several lines over and under a line that is shorter than they would be side by side", () => {
    const [a, b] = [card(0, 0), card(284, 0)];
    const words = "✓ 443, 80\nUsers\n→ FrontDoor";
    const found = route([wire("e1", a, b, words.replaceAll("\n", " "), words)], a, b).get("e1")?.label;
    expect(found).toEqual({ x: 242, y: 40, text: words, free: true });
    const { x, y, w, h } = labelRect({ x: 242, y: 40 }, words);
    expect([x > 200, x + w < 284, y < 40, y + h > 40]).toEqual([true, true, true, true]);
    const lines = labelLines({ x: 242, y: 40, text: words });
    expect(lines.map(({ text }) => text)).toEqual(["✓ 443, 80", "Users", "→ FrontDoor"]);
    // Further away, where letters are larger, shorter words take no more room.
    expect(briefOf(words, ["✓ tcp/443, tcp/80", "✓ 443, 80", "✓"])).toBe("✓ 443, 80");
    expect(briefOf("✓\n8080\nA\n→ B", ["✓ tcp/8080", "✓ 8080", "✓"])).toBe("✓");
    // The line itself stays in sight between them.
    expect(lines.map((line) => Math.sign(line.y - 40))).toEqual([-1, 1, 1]);
  });

  it("leaves a box towards what stands in it", () => {
    const [box, inner] = [{ x: 0, y: 0, w: 900, h: 500 }, card(300, 200)];
    const points = route([wire("e1", box, inner)], inner).get("e1")?.points ?? [];
    expect(points.every(({ x, y }) => x >= 0 && x <= 900 && y >= 0 && y <= 500)).toBe(true);
  });

  it("draws a thousand lines in a moment, and hardly anything anew after one card has moved", () => {
    const cards = Array.from({ length: 1000 }, (_, at) => card((at % 40) * 300, Math.floor(at / 40) * 160));
    const wires = cards
      .slice(1)
      .map((rect, at) => wire(`e${at}`, cards[(at + 1038 - (at % 3) * 30) % 1000] as Rect, rect));
    const memory: Memory = new Map();
    const first = routeAll(wires, obstacles(...cards), memory);
    expect(first.size).toBe(999);
    const kept = new Map([...memory].map(([id, { points }]) => [id, points]));
    routeAll([...wires.slice(0, -1), wire("e998", card(0, -400), card(300, -400))], obstacles(...cards), memory);
    const anew = [...memory].filter(([id, { points }]) => kept.get(id) !== points);
    expect(anew.map(([id]) => id)).toContain("e998");
    expect(anew.length).toBeLessThan(20);
  });
});

describe("lines", () => {
  it("drops points on a straight way and refuses to turn back", () => {
    const at = (x: number, y: number) => ({ x, y });
    expect(simplify([at(0, 0), at(5, 0), at(5, 0), at(9, 0), at(9, 4)])).toEqual([at(0, 0), at(9, 0), at(9, 4)]);
    expect(simplify([at(0, 0), at(9, 0), at(5, 0)])).toBeNull();
  });

  it("rounds corners no further than half a piece", () => {
    expect(
      pathOf([
        { x: 0, y: 0 },
        { x: 8, y: 0 },
        { x: 8, y: 100 },
      ]),
    ).toBe("M0 0L4 0Q8 0 8 4L8 100");
  });
});
