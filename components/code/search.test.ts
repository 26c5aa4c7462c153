import { describe, expect, it } from "vitest";
import { find, hitFrom, MOST_HITS, type Query } from "./search";

const query = (text: string, more: Partial<Query> = {}): Query => ({ text, matchCase: false, regex: false, ...more });
const hits = (text: string, asked: Query) => {
  const found = find(text, asked);
  if ("problem" in found) throw new Error(found.problem);
  return found.hits.map(({ line, from, to }) => [line, from, to]);
};

describe("find", () => {
  it("gives line and columns of each match, whatever the case", () => {
    expect(hits("Port\n a port\n", query("port"))).toEqual([
      [0, 0, 4],
      [1, 3, 7],
    ]);
    expect(hits("Port\n a port\n", query("port", { matchCase: true }))).toEqual([[1, 3, 7]]);
  });

  it("takes text as text", () => {
    expect(hits("a.b\naxb ${x} [", query("a.b"))).toEqual([[0, 0, 3]]);
    expect(hits("a.b\naxb ${x} [", query("${x}"))).toEqual([[1, 4, 8]]);
    expect(hits("a [b", query("["))).toEqual([[0, 2, 3]]);
    expect(hits("a-b", query("-"))).toEqual([[0, 1, 2]]);
  });

  it("takes patterns when asked, line by line", () => {
    expect(hits("a1\nb22\nc", query("^\\w\\d+$", { regex: true }))).toEqual([
      [0, 0, 2],
      [1, 0, 3],
    ]);
    expect(hits("ab\n\nc", query("[^x]+", { regex: true }))).toEqual([[0, 0, 2]]);
    expect(hits("ab", query("x*", { regex: true }))).toEqual([]);
  });

  it("says what is wrong with a pattern", () => {
    expect(find("a", query("(", { regex: true }))).toEqual({
      problem: "This is no regular expression: unterminated group.",
    });
  });

  it("stops counting where nobody would go on", () => {
    const found = find("a".repeat(MOST_HITS + 1), query("a"));
    expect(found).toMatchObject({ more: true });
    expect("hits" in found && found.hits).toHaveLength(MOST_HITS);
  });

  it("finds nothing for nothing", () => {
    expect(hits("a", query(""))).toEqual([]);
  });

  it("starts at the line that is looked at and goes round", () => {
    const lines = [2, 5].map((line) => ({ line, from: 0, to: 1 }));
    expect([hitFrom(lines, 0), hitFrom(lines, 3), hitFrom(lines, 9), hitFrom([], 0)]).toEqual([0, 1, 0, -1]);
  });
});
