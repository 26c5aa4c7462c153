import { compareKeys } from "../core/json";
import type { Suppression } from "../document/document";
import { refusedEdges } from "./connection";
import { refusalMessage } from "./refused";
import { registry } from "./registry";
import { removeEdge, review } from "./repairs";
import type { Facts, Finding, Rule, Severity } from "./rule";

export interface Checked {
  /** Errors first, then warnings, then infos; within one severity by node, edge and rule. */
  findings: readonly Finding[];
  /** Warnings and infos that the design silences, with the reason given. */
  suppressed: readonly (Finding & { reason: string })[];
}

export interface CheckOptions {
  rules?: readonly Rule[];
  /** Told of a rule that threw, which is a defect of ours; tests throw on. Without it the rule is listed as not evaluated. */
  fault?(rule: Rule, error: unknown): void;
}

const rank = { error: 0, warning: 1, info: 2 } as const satisfies Record<Severity, number>;

/** Runs every rule whose kinds are in the design. Never throws. */
export function check(facts: Facts, { rules = registry, fault }: CheckOptions = {}): Checked {
  const present = new Set(facts.model.nodes.map((node) => node.kind));
  const found: Finding[] = [];
  for (const rule of rules) {
    if (!rule.needs.some((kind) => present.has(kind))) continue;
    try {
      rule.check(facts, (finding) => found.push({ severity: rule.severity, ...finding, rule: rule.id }));
    } catch (error) {
      fault?.(rule, error);
      found.push(notEvaluated(rule));
    }
  }
  return sift(facts, onePerRefusedEdge(facts, found).sort(inOrder));
}

const notEvaluated = (rule: Rule): Finding => ({
  rule: rule.id,
  severity: "warning",
  at: {},
  message: `“${rule.title}” could not be evaluated on this design, so it may hide a problem. Check this point by hand, and report the design.`,
});

/** A refused edge gives exactly one finding: that of the rule that refuses it. */
function onePerRefusedEdge({ model }: Facts, found: readonly Finding[]): Finding[] {
  const refused = refusedEdges(model);
  if (refused.size === 0) return [...found];
  const spoken = new Set<string>();
  const kept = found.filter((finding) => {
    const edge = [finding.at, ...(finding.also ?? [])].find((place) => refused.has(place.edge ?? ""))?.edge;
    if (edge === undefined) return true;
    if (finding.at.edge !== edge || refused.get(edge)?.rule !== finding.rule || spoken.has(edge)) return false;
    spoken.add(edge);
    return true;
  });
  for (const [id, refusal] of refused) {
    const edge = model.edge(id);
    if (!edge || spoken.has(id)) continue;
    kept.push({
      rule: refusal.rule,
      severity: "error",
      at: { edge: id },
      message: refusalMessage(edge.from, edge.to, refusal),
      also: [{ node: edge.from.id }, { node: edge.to.id }],
      fix: refusal.fix ?? review("Delete the connection", removeEdge(id)),
    });
  }
  return kept;
}

const inOrder = (a: Finding, b: Finding): number =>
  rank[a.severity] - rank[b.severity] ||
  compareKeys(a.at.node ?? "", b.at.node ?? "") ||
  compareKeys(a.at.edge ?? "", b.at.edge ?? "") ||
  compareKeys(a.rule, b.rule) ||
  compareKeys(a.at.field ?? "", b.at.field ?? "") ||
  compareKeys(a.message, b.message);

/** Sets aside what the design silences. Errors cannot be silenced. */
function sift({ model }: Facts, found: readonly Finding[]): Checked {
  const { suppressions } = model.document;
  if (suppressions.length === 0) return { findings: found, suppressed: [] };
  const findings: Finding[] = [];
  const suppressed: (Finding & { reason: string })[] = [];
  for (const finding of found) {
    const by = finding.severity === "error" ? undefined : suppressions.find((item) => applies(item, finding));
    if (by) suppressed.push({ ...finding, reason: by.reason });
    else findings.push(finding);
  }
  return { findings, suppressed };
}

/** Same rule, and the same node, edge and field as far as the suppression names them. */
const applies = ({ rule, at }: Suppression, finding: Finding): boolean =>
  rule === finding.rule &&
  (at.node === undefined || at.node === finding.at.node) &&
  (at.edge === undefined || at.edge === finding.at.edge) &&
  (at.field === undefined || at.field === finding.at.field);
