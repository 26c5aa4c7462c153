import { describe, expect, it } from "vitest";
import { allKeys, foldsOf, hiddenBy, unfoldedAt } from "./folds";
import type { Language } from "./languages";

const ranges = (text: string, language: Language) =>
  foldsOf(text.split("\n"), language).map(({ line, end }) => [line, end]);

describe("folds", () => {
  it("follow the indentation and leave blank lines at the end outside", () => {
    const text = "Resources:\n  A:\n    Type: x\n\n    Name: y\n\nOutputs:\n  B: z";
    expect(ranges(text, "yaml")).toEqual([
      [0, 4],
      [1, 4],
      [6, 7],
    ]);
  });

  it("know lists that are not indented, and their items", () => {
    expect(ranges("Tags:\n- Key: a\n  Value: b\n- Key: c\nNext: 1", "yaml")).toEqual([
      [0, 3],
      [1, 2],
    ]);
  });

  it("leave the closing bracket on the screen", () => {
    expect(ranges('{\n  "a": {\n    "b": 1\n  },\n  "c": 2\n}', "json")).toEqual([
      [0, 4],
      [1, 2],
    ]);
    expect(ranges('resource "a" "b" {\n  c = 1\n}\n', "hcl")).toEqual([[0, 1]]);
  });

  it("are the same after an edit elsewhere", () => {
    const before = foldsOf("R:\n  A:\n    x: 1\n  B:\n    x: 1".split("\n"), "yaml");
    const after = foldsOf("R:\n  A:\n    x: 1\n    y: 1\n  B:\n    x: 1".split("\n"), "yaml");
    expect(after.map(({ key }) => key)).toEqual(before.map(({ key }) => key));
    expect(new Set(before.map(({ key }) => key)).size).toBe(before.length);
  });

  it("with equal headings are told apart", () => {
    const keys = foldsOf("A:\n- x:\n    y: 1\n- x:\n    y: 2".split("\n"), "yaml").map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("all at once keep the headings of a template in sight", () => {
    const folds = foldsOf("R:\n  A:\n    x: 1\n  B:\n    x: 1".split("\n"), "yaml");
    const hidden = hiddenBy(folds, new Set(allKeys(folds, "yaml")), 5);
    expect([...hidden]).toEqual([0, 0, 1, 0, 1]);
  });

  it("open where a line within is to be seen", () => {
    const folds = foldsOf("R:\n  A:\n    x: 1\n  B:\n    x: 1".split("\n"), "yaml");
    const folded = new Set(folds.map(({ key }) => key));
    const next = unfoldedAt(folds, folded, 4);
    expect([...hiddenBy(folds, next, 5)]).toEqual([0, 0, 1, 0, 0]);
    expect(unfoldedAt(folds, next, 4)).toBe(next);
  });

  it("of plain text are none", () => {
    expect(ranges("a\n  b", "plain")).toEqual([]);
  });
});
