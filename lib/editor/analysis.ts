import type { Estimate } from "../cost/cost";
import { estimate } from "../cost/estimate";
import type { PriceBook } from "../cost/prices";
import type { Document, Scenario } from "../document/document";
import { inEnvironment } from "../document/parse";
import { buildModel } from "../model/build";
import type { Model } from "../model/model";
import type { Flows } from "../network/flow";
import { traceFlows } from "../network/trace";
import { type Checked, check } from "../rules/engine";
import { lower } from "../stack/lower";
import type { Stack } from "../stack/stack";

export interface AnalysisOptions {
  environment: string | null;
  scenario: Scenario;
  /** Null while they load, or when the region has none. */
  prices: PriceBook | null;
}

/** Everything an edit changes on the screen, from one document. */
export interface Analysis extends Checked {
  /** As it was drawn; `model.document` is what the environment makes of it. */
  document: Document;
  environment: string | null;
  model: Model;
  stack: Stack;
  flows: Flows;
  cost: Estimate;
}

/** The drawing in an environment. */
export const modelOf = (document: Document, environment: string | null): Model =>
  buildModel(inEnvironment(document, environment));

/** The one way through the house: document → model → stack → readers. Pure; never throws. */
export function analyse(document: Document, options: AnalysisOptions): Analysis {
  const stages = analyseInStages(document, modelOf(document, options.environment), options);
  for (;;) {
    const stage = stages.next();
    if (stage.done) return stage.value;
  }
}

/** The same of a model, with a pause after each stage, for whoever has something else to do in between. */
export function* analyseInStages(
  document: Document,
  model: Model,
  options: AnalysisOptions,
): Generator<void, Analysis> {
  const stack = lower(model);
  yield;
  const flows = traceFlows(model, stack);
  yield;
  const { findings, suppressed } = check({ model, stack, flows });
  return priced({ document, environment: options.environment, model, stack, flows, findings, suppressed }, options);
}

/** The same design at other prices or another use: only its cost is computed anew. */
export const reprice = (analysis: Analysis, options: AnalysisOptions): Analysis => priced(analysis, options);

/** Cost is worked out when it is first asked for: what an edit breaks is shown before what it costs. */
function priced(
  { document, environment, model, stack, flows, findings, suppressed }: Omit<Analysis, "cost">,
  options: AnalysisOptions,
): Analysis {
  let cost: Estimate | undefined;
  return {
    document,
    environment,
    model,
    stack,
    flows,
    findings,
    suppressed,
    get cost() {
      cost ??= estimate(model, stack, options.prices, options);
      return cost;
    },
  };
}
