import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { darkInk, glyphOnly, glyphs, hasArtwork, iconNames } from "./icons";

const sprite = readFileSync("public/icons/aws.svg", "utf8");
const symbols = [...sprite.matchAll(/<symbol id="([^"]+)" viewBox="([^"]+)">([\s\S]*?)<\/symbol>/g)].map((match) => ({
  id: match[1] ?? "",
  viewBox: match[2] ?? "",
  body: match[3] ?? "",
}));

describe("icons", () => {
  it("names each icon once", () => {
    expect(new Set(iconNames).size).toBe(iconNames.length);
  });

  it.each(iconNames)("%s has a glyph of plain path data inside the 24×24 box", (name) => {
    const path = glyphs[name];
    expect(path).toMatch(/^M[MmLlHhVvCcSsQqTtAaZz0-9 ,.-]+$/);
    const absolute = [...path.matchAll(/[MLHVC]([-\d. ]+)/g)].flatMap(
      (match) => (match[1] ?? "").match(/-?\d*\.?\d+/g) ?? [],
    );
    for (const number of absolute.map(Number)) {
      expect(number).toBeGreaterThanOrEqual(0);
      expect(number).toBeLessThanOrEqual(24);
    }
  });

  it("has AWS artwork in the sprite for every icon but our own, and nothing else in it", () => {
    expect(symbols.map((symbol) => symbol.id).sort()).toEqual(iconNames.filter(hasArtwork).sort());
  });

  it("draws each symbol with shapes only, in a square box", () => {
    for (const { id, viewBox, body } of symbols) {
      const [x, y, width, height] = viewBox.split(" ").map(Number);
      expect([x, y, width === height], id).toEqual([0, 0, true]);
      expect(body, id).toMatch(/<path /);
      expect(body, id).not.toMatch(/<(script|style|image|foreignObject|use)|\son\w+=|href=/i);
    }
  });

  it("shares no id between symbols, so that no gradient or clip path of one paints another", () => {
    const ids = [...sprite.matchAll(/\bid="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    const references = [...sprite.matchAll(/url\(#([^)]+)\)/g)].map((match) => match[1]);
    expect(references.filter((reference) => !ids.includes(reference))).toEqual([]);
  });

  it("has artwork for the icons it calls dark ink", () => {
    for (const name of darkInk) {
      expect(glyphOnly.has(name)).toBe(false);
      expect(symbols.find((symbol) => symbol.id === name)?.body).toContain("#232f3d");
    }
    const inked = symbols.filter((symbol) => symbol.body.includes("#232f3d")).map((symbol) => symbol.id);
    expect(inked).toEqual([...darkInk]);
  });
});
