import type { Document } from "../document/document";
import { ruleOf } from "../rules/registry";
import type { Finding } from "../rules/rule";

/** A finding as pipelines read it. */
export const findingJson = (finding: Finding) => ({
  rule: finding.rule,
  severity: finding.severity,
  message: finding.message,
  at: { node: finding.at.node ?? null, edge: finding.at.edge ?? null, field: finding.at.field ?? null },
  docs: ruleOf(finding.rule)?.docs ?? null,
  fix: finding.fix ? { title: finding.fix.title, risk: finding.fix.risk } : null,
});

/** A finding as people read it: severity, rule and place, then the message, the page and the fix. */
export function findingText(finding: Finding, document: Document): string {
  const docs = ruleOf(finding.rule)?.docs;
  return [
    `${finding.severity} ${finding.rule} at ${place(finding, document)}`,
    `  ${finding.message}`,
    ...(finding.fix ? [`  Fix (${finding.fix.risk}): ${finding.fix.title}`] : []),
    ...(docs ? [`  ${docs}`] : []),
  ].join("\n");
}

function place({ at }: Finding, document: Document): string {
  const name = at.node === undefined ? undefined : document.nodes[at.node]?.name;
  const where =
    at.node !== undefined ? `${at.node}${name === undefined ? "" : ` “${name}”`}` : (at.edge ?? "the design");
  return at.field ? `${where} ${at.field}` : where;
}
