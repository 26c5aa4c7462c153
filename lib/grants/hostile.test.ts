import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildModel } from "../model/build";
import { lower } from "../stack/lower";
import { arbitraryDesign } from "../testing/arbitrary-design";
import { denseDesign } from "../testing/dense-design";
import { grantsOf, together } from "./grants";
import { matches, type Text } from "./text";

describe("reading grants of whatever is drawn", () => {
  it("never throws, and gives every permission a verdict and a sentence", () => {
    fc.assert(
      fc.property(arbitraryDesign, (document) => {
        const model = buildModel(document);
        const { permissions, edges, unused } = grantsOf(model, lower(model));
        for (const { why } of [...permissions, ...unused]) expect(why).toMatch(/\.$/);
        for (const { edge, verdict, permissions: list } of edges) {
          expect(model.edge(edge)).toBeDefined();
          expect(verdict).toBe(together(list));
        }
      }),
      { numRuns: 150, seed: 4 },
    );
  });

  it("denies nothing that lowering derived, in designs where everything is connected to everything", () => {
    for (const seed of [1, 2, 3, 4]) {
      const model = buildModel(denseDesign(seed));
      const { edges } = grantsOf(model, lower(model));
      expect(edges.length).toBeGreaterThan(20);
      expect(edges.filter(({ verdict }) => verdict !== "allowed")).toEqual([]);
    }
  });
});

/** A text of few characters, wildcards and tokens, and what IAM says of one deployment of it. */
const piece = fc.constantFrom<Text[number]>(
  "a",
  "b",
  ":",
  "*",
  "?",
  { token: "A", holds: "name" },
  { token: "B", holds: "text" },
);
const texts: fc.Arbitrary<Text> = fc.array(piece, { maxLength: 5 });
const filled = (text: Text, values: Readonly<Record<string, string>>): string =>
  text.map((part) => (typeof part === "string" ? part : (values[part.token] ?? ""))).join("");

/** IAM's own matching, for a deployment that is known to the last character. */
function globbed(pattern: Text, values: Readonly<Record<string, string>>, subject: string): boolean {
  const source = pattern
    .map((part) => {
      if (typeof part !== "string") return (values[part.token] ?? "").replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      return [...part].map((character) => (character === "*" ? ".*" : character === "?" ? "." : character)).join("");
    })
    .join("");
  return new RegExp(`^${source}$`).test(subject);
}

describe("patterns over texts that the deployment completes", () => {
  it("say yes only where every deployment matches, and no only where none does", () => {
    const name = fc.constantFrom("a", "b", "ab", "aab");
    const any = fc.constantFrom("a", "b", ":", "a:b", "b*");
    fc.assert(
      fc.property(texts, texts, name, any, (pattern, subject, A, B) => {
        const verdict = matches(pattern, subject);
        const real = globbed(pattern, { A, B }, filled(subject, { A, B }));
        if (verdict === "yes") expect(real).toBe(true);
        if (verdict === "no") expect(real).toBe(false);
      }),
      { numRuns: 4000, seed: 7 },
    );
  });
});
