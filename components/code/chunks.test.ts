import { describe, expect, it } from "vitest";
import { chunksOf } from "./chunks";

const resource = (name: string): string[] => [
  `  ${name}:`,
  ...Array.from({ length: 19 }, (_, at) => `    Key${at}: ${name}`),
];
const names = ["A", "B", "C", "D", "E", "F"];

describe("chunks", () => {
  it("hold every line once, in order", () => {
    const lines = names.flatMap(resource);
    const chunks = chunksOf(lines, "yaml");
    expect(chunks.flatMap((chunk) => chunk.lines)).toEqual(lines);
    for (const { start, lines: part } of chunks) expect(lines[start]).toBe(part[0]);
    expect(new Set(chunks.map(({ key }) => key)).size).toBe(chunks.length);
  });

  it("of other parts stay what they are when one part grows", () => {
    const before = chunksOf(names.flatMap(resource), "yaml").map(({ key }) => key);
    const grown = names.flatMap((name) => [...resource(name), ...(name === "B" ? ["    More: true"] : [])]);
    const after = chunksOf(grown, "yaml").map(({ key }) => key);
    expect(before).toHaveLength(names.length);
    expect(after.filter((key) => !before.includes(key))).toHaveLength(1);
  });

  it("have different keys for equal texts", () => {
    const keys = chunksOf([...resource("A"), ...resource("A")], "yaml").map(({ key }) => key);
    expect(new Set(keys).size).toBe(2);
  });

  it("do not end within what runs over several lines", () => {
    const text = Array.from({ length: 30 }, (_, at) => `line ${at}`);
    const starts = (lines: string[], language: "hcl" | "markdown" | "typescript") =>
      chunksOf(lines, language).map(({ start }) => start);
    expect(starts(["a = <<-EOT", ...text, "EOT", "b = 1"], "hcl")).toEqual([0, 32]);
    expect(starts(["```", ...text, "```", "# b"], "markdown")).toEqual([0, 32]);
    expect(starts(["const a = `", ...text, "`;", "const b = 1;"], "typescript")).toEqual([0, 32]);
  });

  it("are never longer than what is drawn at once", () => {
    const long = Array.from({ length: 1000 }, () => "      deep");
    for (const { lines } of chunksOf(long, "yaml")) expect(lines.length).toBeLessThanOrEqual(160);
  });

  it("of nothing are none but the empty line", () => {
    expect(chunksOf([""], "yaml").map(({ lines }) => lines)).toEqual([[""]]);
    expect(chunksOf([], "yaml")).toEqual([]);
  });
});
