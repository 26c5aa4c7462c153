import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextId } from "./ids";
import { compareKeys, printJson } from "./json";
import { readAt, writeAt } from "./pointer";

describe("order of keys", () => {
  const key = fc.oneof(
    fc.stringMatching(/^[a-z]{1,2}[0-9]{1,3}[a-z]?$/),
    fc.constantFrom("n1", "n01", "n2", "n10", "n1a", "n1000000000000000", "n999999999999999", "N1", "10", "", "é1"),
  );

  it("is the same wherever the keys started", () => {
    fc.assert(
      fc.property(fc.uniqueArray(key, { maxLength: 8 }), (keys) => {
        const sorted = [...keys].sort(compareKeys);
        expect([...keys].reverse().sort(compareKeys)).toEqual(sorted);
        for (const a of keys)
          for (const b of keys) expect(Math.sign(compareKeys(a, b)) + Math.sign(compareKeys(b, a))).toBe(0);
      }),
      { numRuns: 500, seed: 11 },
    );
    // Each of the three was before the next one once.
    const circle = { n2: 0, n10: 0, n1a: 0 };
    expect(printJson({ n1a: 0, n10: 0, n2: 0 })).toBe(printJson(circle));
    expect(printJson({ n10: 0, n1a: 0, n2: 0 })).toBe(printJson(circle));
  });

  it("counts as people do", () => {
    expect(["n10", "n2", "e3", "name", "n1000000000000000", "c1"].sort(compareKeys)).toEqual([
      "c1",
      "e3",
      "n2",
      "n10",
      "n1000000000000000",
      "name",
    ]);
  });
});

describe("ids", () => {
  it("finds a free one, even at the end of counting", () => {
    expect(nextId("n", [])).toBe("n1");
    expect(nextId("n", ["n2", "e9", "n10"])).toBe("n11");
    const taken = ["n1", `n${Number.MAX_SAFE_INTEGER}`, "n99999999999999999999"];
    expect(nextId("n", taken)).toBe("n2");
  });
});

describe("JSON Pointers", () => {
  it("remove what is there, and make nothing in order to remove", () => {
    expect(writeAt({ a: { b: 1 } }, "/a/b", undefined)).toEqual({ value: { a: {} } });
    expect(writeAt({}, "/a/b", undefined)).toEqual({ value: {} });
    expect(writeAt({ a: [1] }, "/a/7", undefined)).toBeNull();
  });

  it("reach every name but one, and never the prototype", () => {
    expect(writeAt({}, "/constructor/prototype", 1)).toEqual({ value: { constructor: { prototype: 1 } } });
    expect(writeAt({}, "/__proto__/polluted", 1)).toBeNull();
    expect(readAt({}, "/constructor")).toBeUndefined();
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  it("end somewhere", () => {
    expect(writeAt({}, "/a".repeat(100_000), 1)).toBeNull();
  });
});
