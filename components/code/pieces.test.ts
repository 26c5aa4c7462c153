import { expect, it } from "vitest";
import { cut, MOST_COLUMNS, piecesOf } from "./pieces";

const tokens = [
  { text: "Port", className: "key" },
  { text: ": ", className: "" },
  { text: "8080", className: "number" },
];

it("cuts tokens where ranges begin and end", () => {
  expect(piecesOf(tokens, [[2, 8]])).toEqual([
    { text: "Po", className: "key", range: undefined },
    { text: "rt", className: "key", range: 0 },
    { text: ": ", className: "", range: 0 },
    { text: "80", className: "number", range: 0 },
    { text: "80", className: "number", range: undefined },
  ]);
});

it("keeps neighbouring ranges apart and leaves out those beyond the end", () => {
  const found = piecesOf(tokens, [
    [0, 2],
    [2, 4],
    [50, 60],
  ]);
  expect(found.map(({ text, range }) => [text, range])).toEqual([
    ["Po", 0],
    ["rt", 1],
    [": ", undefined],
    ["8080", undefined],
  ]);
});

it("draws the beginning of a line that is longer than any screen", () => {
  expect(cut("a".repeat(MOST_COLUMNS))).toEqual({ text: "a".repeat(MOST_COLUMNS), left: 0 });
  expect(cut("a".repeat(MOST_COLUMNS + 5)).left).toBe(5);
});
