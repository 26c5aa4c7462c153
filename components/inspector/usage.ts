import { estimate } from "@/lib/cost/estimate";
import type { PriceBook } from "@/lib/cost/prices";
import { type UsageName, usageKeys } from "@/lib/cost/usage";
import type { Scenario } from "@/lib/document/document";
import type { Analysis } from "@/lib/editor/analysis";

/** A figure that nobody uses by chance, so that its trace in an estimate is certain. */
const PROBE = 7919;

/**
 * The figures that change what a node or edge costs. The engine itself is asked, figure by figure, so that a new charge
 * needs no entry here.
 */
export function usageNamesFor(
  analysis: Analysis,
  prices: PriceBook | null,
  scenario: Scenario,
  id: string,
): UsageName[] {
  const { model, stack } = analysis;
  const bill = (figures: Record<string, number>): string => {
    const { usage } = model.document;
    const scenarios = { ...usage.scenarios, [scenario]: { ...usage.scenarios[scenario], [id]: figures } };
    const asked = { ...model, document: { ...model.document, usage: { ...usage, scenarios } } };
    const { lines, unknown } = estimate(asked, stack, prices, { environment: analysis.environment, scenario });
    const owned = ({ node, edge }: { node: string | null; edge: string | null }) => node === id || edge === id;
    return JSON.stringify([lines.filter(owned), unknown.filter(owned)]);
  };
  const plain = bill({});
  return (Object.keys(usageKeys) as UsageName[]).filter((key) => bill({ [key]: PROBE }) !== plain);
}
