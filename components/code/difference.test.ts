import { describe, expect, it } from "vitest";
import type { OutFile } from "@/lib/export/target";
import { compare, type DiffLine, type Gap, summaryOf } from "./difference";

const file = (path: string, text: string): OutFile => ({ path, text, lines: [] });
const numbers = (count: number, change: Record<number, string> = {}): string =>
  Array.from({ length: count }, (_, at) => `${change[at] ?? `Line${at}: ${at}`}\n`).join("");
const drawn = (rows: readonly (DiffLine | Gap)[]): string[] =>
  rows.map((row) => ("gap" in row ? `… ${row.gap.length}` : `${row.sign}${row.text}`));

async function only(was: string, is: string) {
  const { files } = await compare([file("a", was)], [file("a", is)]);
  const [change] = files;
  if (!change || change.rows === "too much") throw new Error("There is no comparison.");
  return { ...change, rows: change.rows };
}

describe("the comparison of two exports", () => {
  it("shows each change with three lines around it and counts the rest", async () => {
    const { rows, added, removed } = await only(numbers(20), numbers(20, { 10: "Line10: new" }));
    expect(drawn(rows)).toEqual([
      "… 7",
      " Line7: 7",
      " Line8: 8",
      " Line9: 9",
      "-Line10: 10",
      "+Line10: new",
      " Line11: 11",
      " Line12: 12",
      " Line13: 13",
      "… 6",
    ]);
    expect([added, removed]).toEqual([1, 1]);
  });

  it("numbers the lines of both sides", async () => {
    const { rows } = await only("a\nb\nc\n", "a\nx\ny\nb\nc\n");
    expect(rows.map((row) => ("gap" in row ? [] : [row.was, row.is]))).toEqual([
      [0, 0],
      [undefined, 1],
      [undefined, 2],
      [1, 3],
      [2, 4],
    ]);
  });

  it("marks the words that changed within a line", async () => {
    const { rows } = await only("Timeout: 30\n", "Timeout: 240\n");
    const words = rows.map((row) => ("gap" in row ? [] : row.words?.map(([from, to]) => row.text.slice(from, to))));
    expect(words).toEqual([["30"], ["240"]]);
  });

  it("marks no words of lines that are quite different", async () => {
    const { rows } = await only("Alpha\n", "Omega: 1\n");
    expect(rows.every((row) => "gap" in row || row.words === undefined)).toBe(true);
  });

  it("knows files that came and went, and leaves out what is the same", async () => {
    const changes = await compare(
      [file("same", "a\n"), file("gone", "b\n")],
      [file("same", "a\n"), file("new", "c\nd\n")],
    );
    expect(changes.files.map(({ path, status, added, removed }) => [path, status, added, removed])).toEqual([
      ["new", "added", 2, 0],
      ["gone", "removed", 0, 1],
    ]);
    expect(summaryOf(changes)).toBe("2 files changed, +2 −1");
    expect(summaryOf(await compare([file("a", "b")], [file("a", "b")]))).toBe("No file changed");
  });

  it("gives up on what is too large or too different, and says so", async () => {
    const large = await compare([file("a", "a\n".repeat(3_000_000))], [file("a", "b\n")]);
    expect(large.files[0]?.rows).toBe("too much");
    const was = Array.from({ length: 8000 }, (_, at) => `a${at}\n`).join("");
    const different = await compare([file("a", was)], [file("a", was.replaceAll("a", "b"))]);
    expect(different.files[0]?.rows).toBe("too much");
  });

  it("of a rename in a large file takes little time", async () => {
    const started = performance.now();
    const changes = await compare([file("a", numbers(20_000))], [file("a", numbers(20_000, { 5: "x", 19990: "y" }))]);
    expect(changes).toMatchObject({ added: 2, removed: 2 });
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
