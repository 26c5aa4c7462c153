import { readAt } from "../core/pointer";
import type { PriceBook } from "../cost/prices";
import type { Document, Scenario } from "../document/document";
import { type Difference, differences, environmentNames } from "../document/environments";
import type { Severity } from "../rules/rule";
import { type Analysis, analyse } from "./analysis";

/** What one environment comes to; null is the design as drawn. */
export interface EnvironmentSummary {
  name: string | null;
  findings: Readonly<Record<Severity, number>>;
  /** AWS resources. */
  resources: number;
  /** US dollars a month; null while there are no prices. */
  total: number | null;
  /** There are charges that depend on use, outside the total. */
  more: boolean;
}

export interface EnvironmentComparison {
  columns: readonly EnvironmentSummary[];
  /** Values in effect, defaults filled in, in the order of the columns. */
  rows: readonly (Difference & { values: readonly unknown[] })[];
}

/** The design as drawn and each of its environments side by side: every one is analysed. */
export function compareEnvironments(
  document: Document,
  { scenario, prices, known }: { scenario: Scenario; prices: PriceBook | null; known?: Analysis },
): EnvironmentComparison {
  const analyses = [null, ...environmentNames(document)].map((environment) =>
    known?.document === document && known.environment === environment
      ? known
      : analyse(document, { environment, scenario, prices }),
  );
  const valueAt = ({ model }: Analysis, { id, field }: Difference): unknown =>
    readAt((model.node(id) ?? model.edge(id))?.props, field);
  return {
    columns: analyses.map(({ environment, findings, stack, cost }) => ({
      name: environment,
      findings: countsOf(findings),
      resources: Object.keys(stack.resources).length,
      total: prices === null ? null : cost.total,
      more: cost.unknown.length > 0,
    })),
    rows: differences(document).map((difference) => ({
      ...difference,
      values: analyses.map((analysis) => valueAt(analysis, difference)),
    })),
  };
}

function countsOf(findings: readonly { severity: Severity }[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}
