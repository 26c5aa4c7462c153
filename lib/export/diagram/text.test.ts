import { describe, expect, it } from "vitest";
import { fitted, fonts, type Shaped, shape, widthOf, wrap } from "./text";

const letters = (shaped: Shaped): string =>
  shaped.pieces.map((piece) => ("letter" in piece ? piece.letter : piece.run)).join("");

describe("text in pictures", () => {
  it.each(["regular", "bold"] as const)("has every letter of Latin scripts, typography and money in %s", (weight) => {
    const wanted = "AZaz09 ÀÿŁłŐőŒœßŽž¿¡«»“”‘’…–—·•€£¥¢₹₿→←↑↓×±−!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    expect([...wanted].filter((character) => !fonts[weight].glyphs.has(character))).toEqual([]);
  });

  it("is as wide as its letters and what kerning brings", () => {
    const { glyphs, kerning } = fonts.bold;
    for (const text of ["Front door", "AVATAR To Te 11:10", "Ünïcödé → 8080"]) {
      const characters = [...text];
      const sum = characters.reduce(
        (width, character, at) =>
          width +
          (glyphs.get(character)?.[0] ?? Number.NaN) +
          (kerning.get(characters[at - 1] ?? "")?.get(character) ?? 0),
        0,
      );
      expect(shape(text, "bold").width).toBe(sum);
    }
    expect(widthOf(shape("a"), 10)).toBeCloseTo(((glyphs.get("a")?.[0] ?? 0) / 500) * 10, 0);
  });

  it("never gets wider than its room, and says with an ellipsis what is left out", () => {
    for (const text of [
      "Front door",
      "W".repeat(300),
      "注文処理サービス",
      "mixed 混ぜた text",
      "🚢🚢🚢🚢🚢",
      "x".repeat(10_000),
    ]) {
      for (const room of [0, 5, 20, 60, 120]) {
        const shaped = fitted(text, "bold", 13, room);
        expect(widthOf(shaped, 13)).toBeLessThanOrEqual(room + 1e-9);
        if (letters(shaped) !== text && shaped.pieces.length > 0) expect(letters(shaped)).toMatch(/…$/);
      }
    }
    expect(letters(fitted("Front door", "bold", 13, 500))).toBe("Front door");
    // Room for the space as well: it is not kept before an ellipsis.
    const room = widthOf(shape("Front door …", "bold"), 13) + 0.1;
    expect(letters(fitted("Front door of the shop", "bold", 13, room))).toBe("Front door…");
  });

  it("joins what belongs together, and leaves out what breaks lines or turns directions", () => {
    expect(letters(shape("e\u0301te\u0301"))).toBe("été");
    expect(letters(shape(" a\n\tb\u202Ec\u0000\u2066d "))).toBe("a bc d");
    expect(letters(shape("\uD83D broken"))).toBe("\uFFFD broken");
    expect(shape("👨‍👩‍👧").pieces).toHaveLength(1);
  });

  it("breaks at spaces, and cuts only the last line", () => {
    const lines = wrap("Ask the platform team before you change this network, it is shared", "regular", 11.5, 130, 3);
    expect(lines.map(letters)).toEqual(["Ask the platform team", "before you change this", "network, it is shared"]);
    expect(wrap("one two three", "regular", 11.5, widthOf(shape("two…"), 11.5) + 0.1, 2).map(letters)).toEqual([
      "one",
      "two…",
    ]);
    for (const line of wrap("word ".repeat(2_000), "regular", 11.5, 130, 3)) {
      expect(widthOf(line, 11.5)).toBeLessThanOrEqual(130);
    }
  });
});
