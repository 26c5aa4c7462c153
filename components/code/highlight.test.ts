import { beforeAll, describe, expect, it } from "vitest";
import { highlight, loadLanguage } from "./highlight";
import { type Language, languageOf } from "./languages";

const languages: readonly Language[] = ["yaml", "json", "typescript", "hcl", "xml", "markdown", "bash", "plain"];

beforeAll(async () => {
  await Promise.all(languages.map(loadLanguage));
});

it("keeps every character and never makes markup of it", () => {
  const text = '{\n  "<script>": "a & b",\n  "n": [1, true, null]\n}\n<!-- `${x}` -->\n# <<EOT\n\n\t$${y} "';
  for (const language of languages) {
    const lines = highlight(text, language);
    expect(lines.map((line) => line.map((token) => token.text).join("")).join("\n"), language).toBe(text);
  }
});

it("tells keys from strings and numbers", () => {
  expect(highlight('{"port": 80}', "json")[0]).toContainEqual({ text: '"port"', className: "hljs-attr" });
  expect(highlight("Port: 80", "yaml")[0]).toContainEqual({ text: "80", className: "hljs-number" });
});

describe("HCL", () => {
  const tokens = (text: string) => highlight(text, "hcl").flat();

  it("knows blocks, names, strings, numbers and references in strings", () => {
    const found = tokens('resource "aws_lb" "web" {\n  idle_timeout = 60\n  name         = "web-${var.stage}"\n}');
    expect(found).toContainEqual({ text: "resource", className: "hljs-keyword" });
    expect(found).toContainEqual({ text: '"aws_lb"', className: "hljs-string" });
    expect(found).toContainEqual({ text: "  idle_timeout", className: "hljs-attr" });
    expect(found).toContainEqual({ text: "60", className: "hljs-number" });
    expect(found).toContainEqual({ text: "${var.stage}", className: "hljs-subst" });
  });

  it("ends a here document at its own word", () => {
    const found = highlight("a = <<-EOT\n  b = 1 EOT\n  EOT\nc = 2", "hcl");
    expect(found[1]).toEqual([{ text: "  b = 1 EOT", className: "hljs-string" }]);
    expect(found[3]).toContainEqual({ text: "2", className: "hljs-number" });
  });

  it("has comments of three kinds", () => {
    for (const text of ["# a", "// a", "/* a */"]) expect(tokens(text)).toEqual([{ text, className: "hljs-comment" }]);
  });
});

it("knows a file's language by its name", () => {
  const found = Object.fromEntries(
    [
      "template.yaml",
      "lib/stack.ts",
      "main.tf",
      "README.md",
      ".gitignore",
      "a/b.json",
      "flow.mmd",
      "x.SVG",
      "deploy.sh",
    ].map((path) => [path, languageOf(path)]),
  );
  expect(found).toEqual({
    "template.yaml": "yaml",
    "lib/stack.ts": "typescript",
    "main.tf": "hcl",
    "README.md": "markdown",
    ".gitignore": "plain",
    "a/b.json": "json",
    "flow.mmd": "plain",
    "x.SVG": "xml",
    "deploy.sh": "bash",
  });
});
