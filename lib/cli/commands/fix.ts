import { count } from "../../core/text";
import type { Document } from "../../document/document";
import { applyAll } from "../../document/edits/apply";
import { analyse } from "../../editor/analysis";
import { ruleOf } from "../../rules/registry";
import { CLEAN, type Command, FINDINGS, Unusable } from "../command";
import { outputOption, readDesign, writeDesign } from "../design";

/** A fix can uncover the next finding; no node has so many that one waits for another. */
const ROUNDS = 100;

export const fix: Command = {
  name: "fix",
  usage: "FILE [--rule ID] -o FILE",
  about: "Applies the safe fixes and writes the design.",
  positionals: { least: 1, most: 1 },
  options: { ...outputOption, rule: { type: "string" } },
  async run(given, io) {
    const only = given.text("rule");
    if (only !== undefined && !ruleOf(only))
      throw new Unusable(`There is no rule “${only}”. A rule id looks like ECS-LB-001.`);
    const before = await readDesign(given, io);
    const { document, applied } = fixAll(before, only);
    await writeDesign(given, io, document);
    for (const line of applied) io.err(`${line}\n`);
    const { findings } = analyse(document, { environment: null, scenario: "typical", prices: null });
    const errors = findings.filter((finding) => finding.severity === "error").length;
    io.err(`${count(applied.length, "fix", "fixes")} applied, ${count(errors, "error")} left.\n`);
    return errors > 0 ? FINDINGS : CLEAN;
  },
};

/**
 * Applies safe fixes round by round: in one round at most one to each node or edge, so that the next one is judged on
 * what the first has made of it.
 */
export function fixAll(before: Document, only?: string): { document: Document; applied: string[] } {
  const applied: string[] = [];
  const tried = new Set<string>();
  let document = before;
  for (let round = 0; round < ROUNDS; round += 1) {
    const { findings } = analyse(document, { environment: null, scenario: "typical", prices: null });
    const touched = new Set<string>();
    let settled = true;
    for (const { rule, at, fix } of findings) {
      if (fix?.risk !== "safe" || (only !== undefined && rule !== only)) continue;
      const key = JSON.stringify([rule, at, fix.edits]);
      if (tried.has(key)) continue;
      settled = false;
      const items = fix.edits.map((edit) => ("id" in edit ? edit.id : "the design"));
      if (items.some((item) => touched.has(item))) continue;
      for (const item of items) touched.add(item);
      tried.add(key);
      const result = applyAll(document, fix.edits);
      if (!result.ok) continue;
      document = result.value.document;
      applied.push(`${rule}: ${fix.title}`);
    }
    if (settled) break;
  }
  return { document, applied };
}
