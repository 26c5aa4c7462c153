import { describe, expect, it } from "vitest";
import type { OutFile } from "@/lib/export/target";
import { linesOf, mainPlace, originsOf, placesOf } from "./text-lines";

const file = (path: string, lines: OutFile["lines"]): OutFile => ({ path, text: "a\nb\nc\nd\ne\n", lines });

it("does not count the end of the last line as a line", () => {
  expect(linesOf("a\n\nb\n")).toEqual(["a", "", "b"]);
  expect(linesOf("a")).toEqual(["a"]);
});

it("keeps the first origin of a line and none beyond the end", () => {
  const found = originsOf(
    file("a", [
      { line: 1, edge: "e1" },
      { line: 1, node: "n1" },
      { line: 9, node: "n1" },
    ]),
    5,
  );
  expect(found).toEqual([undefined, "e1", undefined, undefined, undefined]);
});

describe("places of a selection", () => {
  const files = [
    file("a", [
      { line: 3, node: "n1" },
      { line: 0, node: "n1" },
      { line: 1, node: "n2" },
    ]),
    file("b", [
      { line: 1, node: "n1" },
      { line: 2, edge: "e1" },
      { line: 3, node: "n1" },
    ]),
  ];

  it("are runs of lines in file order", () => {
    expect(placesOf(files, new Set(["n1"]))).toEqual([
      { path: "a", start: 0, length: 1, drawn: false },
      { path: "a", start: 3, length: 1, drawn: false },
      { path: "b", start: 1, length: 1, drawn: false },
      { path: "b", start: 3, length: 1, drawn: false },
    ]);
    expect(placesOf(files, new Set(["n1", "e1"]))).toContainEqual({ path: "b", start: 1, length: 3, drawn: false });
    expect(placesOf(files, new Set())).toEqual([]);
  });

  it("have the longest run as the main one, of the file that is open if it has any", () => {
    const places = placesOf(files, new Set(["n1", "e1"]));
    expect(mainPlace(places)).toEqual({ path: "b", start: 1, length: 3, drawn: false });
    expect(mainPlace(places, "a")).toEqual({ path: "a", start: 0, length: 1, drawn: false });
    expect(mainPlace(places, "c")).toEqual({ path: "b", start: 1, length: 3, drawn: false });
    expect(mainPlace([])).toBeUndefined();
  });

  it("begins with the resource itself, however long its policy is", () => {
    const lines = [
      { line: 0, node: "n1", drawn: true as const },
      { line: 2, node: "n1" },
      { line: 3, node: "n1", drawn: true as const },
      { line: 4, node: "n1" },
    ];
    expect(mainPlace(placesOf([file("a", lines)], new Set(["n1"])))).toEqual({
      path: "a",
      start: 0,
      length: 1,
      drawn: true,
    });
  });
});
