import type { Scenario } from "../document/document";
import type { Model } from "../model/model";
import type { Stack } from "../stack/stack";
import type { Cost } from "./cost";
import type { PriceBook } from "./prices";

export interface CostOptions {
  scenario: Scenario;
  environment: string | null;
}

/** Monthly cost of a stack in one region, line by line. `prices` null means the region has none: all is unknown. */
export function estimate(model: Model, _stack: Stack, _prices: PriceBook | null, options: CostOptions): Cost {
  return {
    currency: "USD",
    region: model.region,
    scenario: options.scenario,
    environment: options.environment,
    total: 0,
    unknown: [],
    lines: [],
  };
}
