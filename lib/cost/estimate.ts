import type { Scenario } from "../document/document";
import type { Model } from "../model/model";
import type { ResourceType } from "../stack/resource-types";
import type { Resource, Stack } from "../stack/stack";
import type { Estimate } from "./cost";
import { chargeEdges } from "./edges";
import { Ledger } from "./ledger";
import type { PriceBook } from "./prices";
import { costs } from "./resources";
import type { CostCell } from "./resources/cell";
import { isUsageName } from "./usage";

export interface EstimateOptions {
  scenario: Scenario;
  environment: string | null;
  /** Takes off what AWS always gives an account each month; the account is taken to have nothing else. */
  freeTier?: boolean;
}

/**
 * Monthly cost of a stack in one region, line by line; list prices before tax and discounts, and before free tiers
 * unless they are asked for; 730 hours a month. `prices` null means that the region has none: then all is unknown and
 * nothing is 0.
 */
export function estimate(model: Model, stack: Stack, prices: PriceBook | null, options: EstimateOptions): Estimate {
  const ledger = new Ledger(model, stack, prices, options);
  for (const resource of Object.values(stack.resources)) {
    ledger.open(resource);
    charge(resource, ledger);
  }
  chargeEdges(ledger);
  reportStrangeFigures(ledger, options.scenario);
  return {
    currency: "USD",
    region: model.region,
    scenario: options.scenario,
    environment: options.environment,
    total: ledger.lines.reduce((sum, line) => sum + line.amount, 0),
    unknown: ledger.unknown,
    lines: ledger.lines,
    free: ledger.free,
    packings: ledger.packings,
    derived: ledger.derived,
    questions: Object.fromEntries([...ledger.questions].map(([id, names]) => [id, [...names]])),
  };
}

function charge(resource: Resource, ledger: Ledger): void {
  if (resource.raw) {
    const why = "Generic resources have no price here. Look it up on AWS's pricing page.";
    ledger.miss(resource.type, "resources", 1, why);
    return;
  }
  const cell = costs[resource.type] as CostCell<ResourceType>;
  if (cell.free) ledger.note(resource.type, cell.why, cell.docs);
  else cell.charge(resource, ledger);
}

const NOTHING_THERE =
  "Nothing in the design has this id, so its figures count for nothing. Take them out of the usage.";

/** Figures of use under a name that no charge knows would otherwise be left out in silence. */
function reportStrangeFigures(ledger: Ledger, scenario: Scenario): void {
  const { scenarios } = ledger.model.document.usage;
  const seen = new Set<string>();
  for (const figures of [scenarios.typical, scenarios[scenario]]) {
    for (const [id, given] of Object.entries(figures)) {
      const known = ledger.model.node(id) !== undefined || ledger.model.edge(id) !== undefined;
      if (!known) {
        if (Object.keys(given).length > 0 && !seen.has(id)) ledger.missNowhere(id, NOTHING_THERE);
        seen.add(id);
        continue;
      }
      const names = Object.keys(given).filter((name) => !isUsageName(name) && !seen.has(`${id} ${name}`));
      if (names.length === 0) continue;
      if (ledger.model.node(id)) ledger.openNode(id);
      else ledger.openEdge(id);
      for (const name of names) {
        seen.add(`${id} ${name}`);
        ledger.miss(`Figure of use “${name}”`, "figures", 1, "No charge asks for a figure of this name.");
      }
    }
  }
}
