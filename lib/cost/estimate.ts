import type { Scenario } from "../document/document";
import type { Model } from "../model/model";
import type { ResourceType } from "../stack/resource-types";
import type { Resource, Stack } from "../stack/stack";
import type { Cost } from "./cost";
import { Ledger } from "./ledger";
import type { PriceBook } from "./prices";
import { costs } from "./resources";
import type { CostCell } from "./resources/cell";

export interface EstimateOptions {
  scenario: Scenario;
  environment: string | null;
}

/**
 * Monthly cost of a stack in one region, line by line; list prices before tax, discounts and free tiers, 730 hours a
 * month. `prices` null means that the region has none: then all is unknown and nothing is 0.
 */
export function estimate(model: Model, stack: Stack, prices: PriceBook | null, options: EstimateOptions): Cost {
  const ledger = new Ledger(model, stack, prices, options);
  for (const resource of Object.values(stack.resources)) {
    ledger.open(resource);
    charge(resource, ledger);
  }
  return {
    currency: "USD",
    region: model.region,
    scenario: options.scenario,
    environment: options.environment,
    total: ledger.lines.reduce((sum, line) => sum + line.amount, 0),
    unknown: ledger.unknown,
    lines: ledger.lines,
  };
}

function charge(resource: Resource, ledger: Ledger): void {
  if (resource.raw) {
    ledger.miss(
      resource.type,
      "resources",
      1,
      "Generic resources have no price here. Look it up on AWS's pricing page.",
    );
    return;
  }
  const cell = costs[resource.type] as CostCell<ResourceType>;
  if (!cell.free) cell.charge(resource, ledger);
}
