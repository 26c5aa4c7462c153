import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { nodeKinds } from "../catalog";
import { refusals } from "../catalog/pairs";
import { printJson } from "../core/json";
import type { Document } from "../document/document";
import { applyAll } from "../document/edits/apply";
import { readDocument } from "../document/parse";
import { buildModel } from "../model/build";
import { traceFlows } from "../network/trace";
import { lower } from "../stack/lower";
import { check } from "./engine";
import { refusing } from "./refusing";
import { registry } from "./registry";
import type { Examples, Finding, Rule } from "./rule";

const folder = "lib/rules";
const isRule = (value: unknown): value is Rule =>
  typeof value === "object" && value !== null && "id" in value && "check" in value && "needs" in value;

interface Unit {
  file: string;
  rule: Rule;
  examples: Examples | undefined;
}

const topics = readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);
const units: Unit[] = [];
for (const topic of topics) {
  for (const name of readdirSync(join(folder, topic)).sort()) {
    if (!name.endsWith(".ts") || /\.(test|examples)\.ts$/.test(name) || name === "index.ts") continue;
    const file = join(folder, topic, name);
    const rules = Object.values(await import(resolve(file))).filter(isRule);
    const beside = file.replace(/\.ts$/, ".examples.ts");
    const examples = existsSync(beside) ? (await import(resolve(beside))).examples : undefined;
    for (const rule of rules) units.push({ file, rule, examples });
  }
}

function findingsOf(document: Document): readonly Finding[] {
  const model = buildModel(document);
  const stack = lower(model);
  return check(
    { model, stack, flows: traceFlows(model, stack) },
    {
      fault(_rule, error) {
        throw error;
      },
    },
  ).findings;
}

const brief = (finding: Finding) =>
  `${finding.rule} ${finding.severity} ${JSON.stringify(finding.at)} ${finding.message}`;
const count = (findings: readonly Finding[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const { rule, severity } of findings) {
    if (severity === "error") counts.set(rule, (counts.get(rule) ?? 0) + 1);
  }
  return counts;
};

function tryFix(document: Document, finding: Finding, before: readonly Finding[]): void {
  const { fix } = finding;
  if (!fix) return;
  const what = `“${fix.title}” of ${brief(finding)}`;
  const applied = applyAll(document, fix.edits);
  if (!applied.ok) throw new Error(`${what}: ${applied.problems.map((problem) => problem.message).join(" ")}`);
  const fixed = applied.value.document;
  const after = findingsOf(fixed);
  const same = (other: Finding) =>
    other.rule === finding.rule &&
    other.message === finding.message &&
    JSON.stringify(other.at) === JSON.stringify(finding.at);
  expect(after.filter(same).map(brief), `${what} clears the finding`).toEqual([]);
  const was = count(before);
  for (const [rule, number] of count(after)) {
    const allowed = was.get(rule) ?? 0;
    const now = after.filter((item) => item.rule === rule).map(brief);
    expect(number, `${what} adds no error: ${now.join("; ")}`).toBeLessThanOrEqual(allowed);
  }
  const undone = applyAll(fixed, applied.value.inverse);
  expect(undone.ok && printJson(undone.value.document), `${what} is undone byte for byte`).toBe(printJson(document));
  if (fix.risk === "safe") {
    const others = fix.edits.filter((edit) => ["addNode", "removeNode", "reparent"].includes(edit.edit));
    expect(others, `${what} is safe, so it adds, removes and moves no node`).toEqual([]);
  }
}

describe("the registry", () => {
  it("has unique ids in the catalogue's format", () => {
    const ids = registry.map((rule) => rule.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids)
      expect(id).toMatch(/^(ECS-(COMP|TD|CON|NET|LB|STO|IAM|SEC|LOG|SVC|AS|CAP|EVT|ECR|ADV|GR)-|EKS-)\d{3}$/);
  });

  it("holds every rule file, and each rule comes from a file of its own", () => {
    expect(units.map((unit) => unit.rule.id).sort()).toEqual(registry.map((rule) => rule.id as string).sort());
    expect(new Set(units.map((unit) => unit.file)).size).toBe(units.length);
  });

  it("asks each rule that refuses connections while one is dragged, and no other", () => {
    expect(refusing).toEqual(registry.filter((rule) => rule.refuses !== undefined));
  });

  it("says what, why and where to read on", () => {
    for (const rule of registry) {
      expect(rule.docs, rule.id).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/\S+$/);
      expect(rule.title, rule.id).toMatch(/^[A-Zap].*[^.]$/);
      expect(rule.why, rule.id).toMatch(/[.)]$/);
      expect(rule.needs.length, rule.id).toBeGreaterThan(0);
      for (const kind of rule.needs) expect(nodeKinds, rule.id).toContain(kind);
    }
  });

  it("has the rule that each refused pair names", () => {
    const ids = new Set<string>(registry.map((rule) => rule.id));
    expect(refusals.filter((row) => !ids.has(row.rule))).toEqual([]);
  });
});

describe.each(units.map((unit) => [unit.rule.id, unit] as const))("%s", (_id, { rule, examples, file }) => {
  it("has examples, which are designs", () => {
    expect(examples?.bad.length, `${file} needs examples beside it with at least one bad design`).toBeGreaterThan(0);
    expect(examples?.good.length, `${file} needs examples beside it with at least one good design`).toBeGreaterThan(0);
    for (const document of [...(examples?.bad ?? []), ...(examples?.good ?? []), ...(examples?.unknowable ?? [])]) {
      const read = readDocument(document);
      expect(read.ok ? [] : read.problems).toEqual([]);
    }
  });

  for (const [index, document] of (examples?.bad ?? []).entries()) {
    it(`speaks on bad example ${index + 1}, and nobody else does`, () => {
      const findings = findingsOf(document);
      const own = findings.filter((finding) => finding.rule === rule.id);
      expect(own.length, `bad example ${index + 1} of ${file}`).toBeGreaterThan(0);
      const others = findings.filter((finding) => finding.rule !== rule.id && finding.severity !== "info");
      expect(others.map(brief), `bad example ${index + 1} of ${file}`).toEqual([]);
      for (const finding of own) {
        expect(finding.message).toMatch(/[.]$/);
        expect(finding.message).not.toMatch(/undefined|NaN|\[object| {2}|\{\w+\}|\.\.$/);
        const { at } = finding;
        const place = at.node !== undefined ? document.nodes[at.node] : document.edges[at.edge ?? ""];
        expect(place, `the place of ${brief(finding)}`).toBeDefined();
        tryFix(document, finding, findings);
      }
    });
  }

  for (const [index, document] of (examples?.good ?? []).entries()) {
    it(`is silent on good example ${index + 1}`, () => silent(document, rule));
  }
  for (const [index, document] of (examples?.unknowable ?? []).entries()) {
    it(`is silent on unknowable example ${index + 1}`, () => silent(document, rule));
  }
});

function silent(document: Document, rule: Rule): void {
  const findings = findingsOf(document);
  const spoken = findings.filter((finding) => finding.rule === rule.id || finding.severity === "error");
  expect(spoken.map(brief)).toEqual([]);
}
