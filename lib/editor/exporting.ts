import { list } from "../core/text";
import type { Cost } from "../cost/cost";
import type { PriceBook } from "../cost/prices";
import { environmentNames } from "../document/environments";
import type { ExportContext, ExportCost, ExportEnvironment, ExportFinding, Target } from "../export/target";
import type { Finding } from "../rules/rule";
import { mergeEnvironments } from "../stack/environments";
import type { Stack } from "../stack/stack";
import { type Analysis, analyse } from "./analysis";

/** What a target is given: the stack, and all else it may show. */
export interface ExportInput {
  stack: Stack;
  context: ExportContext;
  /** What stands in the way of this export, with the environments where it does; null where they are not needed to see it. */
  errors: readonly { finding: Finding; environments: readonly string[] | null }[];
}

export interface ExportOptions {
  prices: PriceBook | null;
  /** What the target takes of a design with environments; one stack at a time when it is not said. */
  takes?: Target["environments"];
}

/**
 * Gathers for a target what the other readers found. A target that takes all environments in one stack gets that when
 * the analysis is of none of them; otherwise they are analysed only when a target asks for them.
 */
export function exportInput(analysis: Analysis, { prices, takes = "single" }: ExportOptions): ExportInput {
  const { document, environment, model, stack, cost } = analysis;
  const names = environmentNames(document);
  let all: readonly Analysis[] | undefined;
  const each = (): readonly Analysis[] => {
    all ??= names.map((name) =>
      name === environment ? analysis : analyse(document, { environment: name, scenario: cost.scenario, prices }),
    );
    return all;
  };
  let environments: readonly ExportEnvironment[] | undefined;
  const merged = takes === "merged" && environment === null && names.length > 0;
  const errors = merged
    ? errorsIn(each(), analysis)
    : errorsOf(analysis).map((finding) => ({ finding, environments: null }));
  return {
    stack: merged ? mergeEnvironments(each().map((one) => ({ name: one.environment ?? "", stack: one.stack }))) : stack,
    errors,
    context: {
      findings: errors.map(({ finding, environments: where }) => ({
        ...plainFinding(finding),
        message: where === null ? finding.message : `In ${list(where)}: ${finding.message}`,
      })),
      names: Object.fromEntries(model.nodes.map((node) => [node.id, node.name])),
      designName: document.name,
      model,
      design: document,
      environment,
      single: stack,
      cost: plainCost(cost, prices),
      get environments() {
        environments ??= each().map((at) => ({
          name: at.environment ?? "",
          stack: at.stack,
          findings: at.findings.map(plainFinding),
          cost: plainCost(at.cost, prices),
        }));
        return environments;
      },
    },
  };
}

const errorsOf = ({ findings }: Analysis): Finding[] => findings.filter(({ severity }) => severity === "error");

/** The same error in several environments is one; that of all and of the design as drawn is nothing of theirs. */
function errorsIn(all: readonly Analysis[], drawn: Analysis): ExportInput["errors"] {
  const keyOf = ({ rule, at, message }: Finding): string => JSON.stringify([rule, at, message]);
  const own = new Set(errorsOf(drawn).map(keyOf));
  const found = new Map<string, { finding: Finding; environments: string[] }>();
  for (const analysis of all) {
    for (const finding of errorsOf(analysis)) {
      const key = keyOf(finding);
      const known = found.get(key) ?? { finding, environments: [] };
      found.set(key, known);
      known.environments.push(analysis.environment ?? "");
    }
  }
  return [...found.values()].map(({ finding, environments }) => ({
    finding,
    environments: environments.length === all.length && own.has(keyOf(finding)) ? null : environments,
  }));
}

const plainFinding = ({ rule, severity, message }: Finding): ExportFinding => ({ rule, severity, message });

function plainCost(cost: Cost, prices: PriceBook | null): ExportCost | null {
  if (prices === null) return null;
  return {
    total: cost.total,
    unknown: cost.unknown.map(({ item, why }) => `${item}: ${why}`),
    priceDate: prices.compiled,
    lines: cost.lines.map(({ node, edge, item, amount }) => ({ node, edge, item, amount })),
  };
}
