import type { Cost } from "../cost/cost";
import { estimate } from "../cost/estimate";
import type { PriceBook } from "../cost/prices";
import type { Document, Scenario } from "../document/document";
import { scenarios } from "../document/document";
import { environmentNames } from "../document/environments";
import { inEnvironment } from "../document/parse";
import { buildModel } from "../model/build";
import { lower } from "../stack/lower";

/** What one environment costs; null is the design as drawn. */
export interface EnvironmentCost {
  environment: string | null;
  costs: Readonly<Record<Scenario, Cost>>;
}

/** The bill of the design as drawn and of each of its environments, in every scenario of use. */
export function costByEnvironment(document: Document, prices: PriceBook | null): EnvironmentCost[] {
  return [null, ...environmentNames(document)].map((environment) => {
    const model = buildModel(inEnvironment(document, environment));
    const stack = lower(model);
    const costs = scenarios.map((scenario) => [scenario, estimate(model, stack, prices, { scenario, environment })]);
    return { environment, costs: Object.fromEntries(costs) as Record<Scenario, Cost> };
  });
}
