import { expect, it } from "vitest";
import { highlight } from "./highlight";

it("keeps every character and never makes markup of it", () => {
  const text = '{\n  "<script>": "a & b",\n  "n": [1, true, null]\n}';
  for (const language of ["json", "yaml"] as const) {
    const lines = highlight(text, language);
    expect(lines.map((line) => line.map((token) => token.text).join("")).join("\n")).toBe(text);
  }
});

it("tells keys from strings and numbers", () => {
  expect(highlight('{"port": 80}', "json")[0]).toContainEqual({ text: '"port"', className: "hljs-attr" });
  expect(highlight("Port: 80", "yaml")[0]).toContainEqual({ text: "80", className: "hljs-number" });
});
