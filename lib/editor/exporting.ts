import type { Cost } from "../cost/cost";
import type { PriceBook } from "../cost/prices";
import type { ExportContext, ExportCost, ExportEnvironment, ExportFinding } from "../export/target";
import type { Finding } from "../rules/rule";
import type { Stack } from "../stack/stack";
import { type Analysis, analyse } from "./analysis";

/** What a target is given: the stack, and all else it may show. */
export interface ExportInput {
  stack: Stack;
  context: ExportContext;
}

export interface ExportOptions {
  /** The environment that the analysis was made in. */
  environment: string | null;
  prices: PriceBook | null;
}

/** Gathers for a target what the other readers found. The environments are analysed only when a target asks for them. */
export function exportInput(analysis: Analysis, { environment, prices }: ExportOptions): ExportInput {
  const { model, stack, findings, cost } = analysis;
  const { document } = model;
  let environments: readonly ExportEnvironment[] | undefined;
  return {
    stack,
    context: {
      findings: findings.filter(({ severity }) => severity === "error").map(plainFinding),
      names: Object.fromEntries(model.nodes.map((node) => [node.id, node.name])),
      designName: document.name,
      model,
      environment,
      cost: plainCost(cost, prices),
      get environments() {
        environments ??= Object.keys(document.environments)
          .sort()
          .map((name) => {
            const at = analyse(document, { environment: name, scenario: cost.scenario, prices });
            return {
              name,
              stack: at.stack,
              findings: at.findings.map(plainFinding),
              cost: plainCost(at.cost, prices),
            };
          });
        return environments;
      },
    },
  };
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
