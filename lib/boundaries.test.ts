import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { violationsIn } from "./testing/boundaries";

const root = fileURLToPath(new URL("..", import.meta.url));
const sources = ["app", "components", "lib"].flatMap((top) =>
  readdirSync(root, { withFileTypes: true }).some((entry) => entry.name === top)
    ? readdirSync(`${root}/${top}`, { recursive: true, encoding: "utf8" }).map((path) => `${top}/${path}`)
    : [],
);

test("every file keeps to the arrows, folders and habits of the house", () => {
  const code = sources.map((path) => path.replaceAll("\\", "/")).filter((path) => /\.tsx?$/.test(path));
  const found = code.flatMap((path) => violationsIn(path, readFileSync(`${root}/${path}`, "utf8")));
  expect(code.length).toBeGreaterThan(0);
  expect(found.map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual([]);
});

describe("the check itself", () => {
  const refused: Record<string, [path: string, source: string, says: RegExp]> = {
    "a folder that imports one below it": ["lib/model/a.ts", 'import { b } from "../stack/b";', /data goes one way/],
    "an upward type import": ["lib/core/a.ts", 'import type { B } from "../rules/b";', /data goes one way/],
    "an upward type in place": ["lib/core/a.ts", 'type A = import("../rules/b").B;', /data goes one way/],
    "an upward import by alias": ["lib/core/a.ts", 'import { b } from "@/lib/aws/b";', /data goes one way/],
    "an upward re-export": ["lib/core/a.ts", 'export * from "../aws/b";', /data goes one way/],
    "an upward dynamic import": ["lib/core/a.ts", 'const b = () => import("../aws/b");', /data goes one way/],
    "a folder's index": ["lib/core/a.ts", 'import { b } from "../aws";', /data goes one way/],
    "grants that read flows": ["lib/grants/a.ts", 'import { b } from "../network/b";', /both read the stack/],
    "cost that reads rules": ["lib/cost/a.ts", 'import { b } from "../rules/b";', /both read the stack/],
    "one exporter in another": [
      "lib/export/cdk/a.ts",
      'import { b } from "../terraform/b";',
      /never import each other/,
    ],
    "an exporter with the registry": [
      "lib/export/cdk/a.ts",
      'import { b } from "../targets";',
      /never import each other/,
    ],
    "tests' helpers in the product": ["lib/cli/a.ts", 'import { b } from "../testing/b";', /only tests/],
    "lib that imports components": ["lib/editor/a.ts", 'import { b } from "@/components/b";', /never back/],
    "components that import app": ["components/ui/a.tsx", 'import { b } from "@/app/b";', /never back/],
    "React in lib": ["lib/editor/a.ts", 'import { useState } from "react";', /CLI/],
    "a deep path of React in lib": ["lib/editor/a.ts", 'import { jsx } from "react/jsx-runtime";', /CLI/],
    "React Flow beside the canvas": [
      "components/editor/a.tsx",
      'import { Handle } from "@xyflow/react";',
      /only components\/canvas/,
    ],
    "Node's modules in lib": ["lib/cost/a.ts", 'import { readFileSync } from "node:fs";', /browser/],
    "the browser in lib": ["lib/editor/a.ts", "export const a = () => localStorage.length;", /no browser/],
    "the clock in lib": ["lib/editor/a.ts", "export const a = () => Date.now();", /same bytes/],
    "a switch over kinds": [
      "components/canvas/a.tsx",
      "export function f(n: N) { switch (n.data.kind) { default: } }",
      /closed table/,
    ],
    "a long file": ["lib/core/a.ts", "export {};\n".repeat(401), /401 lines/],
    "an unknown folder of lib": ["lib/utils/a.ts", "export const a = 1;", /no folder of lib/],
    "a file of lib itself": ["lib/a.ts", "export const a = 1;", /no folder of lib/],
    "a way out of the project": ["lib/core/a.ts", 'import { b } from "../../../b";', /outside/],
  };
  test.each(Object.entries(refused))("refuses %s", (_, [path, source, says]) => {
    const found = violationsIn(path, source);
    expect(found.map((violation) => violation.message)).toEqual([expect.stringMatching(says)]);
    expect(found[0]?.line).toBe(1);
  });

  const allowed: Record<string, [path: string, source: string]> = {
    "downward imports": ["lib/stack/a.ts", 'import type { B } from "../model/b"; import { c } from "./passes/c";'],
    "rules that read flows": ["lib/rules/storage/a.ts", 'import { b } from "../../network/b";'],
    "rules that read grants": ["lib/rules/roles/a.ts", 'import { b } from "../../grants/b";'],
    "a repository that asks the registry": ["lib/export/repository/a.ts", 'import { b } from "../targets";'],
    "what exporters share": [
      "lib/export/cdk/a.ts",
      'import { b } from "../target"; import { c } from "../../stack/c";',
    ],
    "the registry of exporters": ["lib/export/targets.ts", 'import { b } from "./cdk/b";'],
    "React Flow in the canvas": ["components/canvas/a.tsx", 'import { Handle } from "@xyflow/react";'],
    "app above components above lib": [
      "app/page.tsx",
      'import { b } from "@/components/b"; import { c } from "@/lib/core/c";',
    ],
    "tests and examples": ["lib/core/a.test.ts", 'import { b } from "../rules/b"; import "node:fs";'],
    "code inside a text": ["lib/export/cdk/a.ts", "export const a = `import { b } from 'react'`;"],
    "a switch over something else": ["lib/aws/a.ts", "export function f(c: C) { switch (c.code) { default: } }"],
    "four hundred lines": ["lib/core/a.ts", "export {};\n".repeat(400)],
    "a long table of AWS's facts": ["lib/aws/a.ts", "export {};\n".repeat(900)],
    "our own use of the word document": ["lib/document/a.ts", "export const a = (document: D) => document.nodes;"],
  };
  test.each(Object.entries(allowed))("allows %s", (_, [path, source]) => {
    expect(violationsIn(path, source)).toEqual([]);
  });
});
