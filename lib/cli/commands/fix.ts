import { count } from "../../core/text";
import type { Document } from "../../document/document";
import { applyAll } from "../../document/edits/apply";
import { analyse } from "../../editor/analysis";
import { ruleOf } from "../../rules/registry";
import { CLEAN, type Command, FINDINGS, Unusable } from "../command";
import { outputOption, readDesign, writeDesign } from "../design";

/** A fix can uncover the next finding; this many rounds settle every design. */
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

/** Applies one safe fix after another, so that each is judged on the design as it then is. */
export function fixAll(before: Document, only?: string): { document: Document; applied: string[] } {
  const applied: string[] = [];
  const tried = new Set<string>();
  let document = before;
  for (let round = 0; round < ROUNDS; round += 1) {
    const { findings } = analyse(document, { environment: null, scenario: "typical", prices: null });
    const next = findings.find((finding) => {
      const key = JSON.stringify([finding.rule, finding.at, finding.fix?.edits]);
      return finding.fix?.risk === "safe" && (only === undefined || finding.rule === only) && !tried.has(key);
    });
    if (!next?.fix) break;
    tried.add(JSON.stringify([next.rule, next.at, next.fix.edits]));
    const result = applyAll(document, next.fix.edits);
    if (!result.ok) continue;
    document = result.value.document;
    applied.push(`${next.rule}: ${next.fix.title}`);
  }
  return { document, applied };
}
