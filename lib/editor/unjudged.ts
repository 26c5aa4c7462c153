import type { Document } from "../document/document";
import { inEnvironment } from "../document/parse";
import { buildModel } from "../model/build";
import type { Analysis, AnalysisOptions } from "./analysis";

/**
 * What is known of a design before the stages after the model are there: its model, and of what they say nothing. Of an
 * empty design this is the whole analysis.
 */
export function unjudged(document: Document, { environment, scenario }: AnalysisOptions): Analysis {
  const model = buildModel(inEnvironment(document, environment));
  return {
    document,
    environment,
    model,
    stack: {
      description: "",
      parameters: {},
      mappings: {},
      conditions: {},
      resources: {},
      outputs: {},
      constructs: [],
    },
    flows: { flows: [], places: [], reaches: [], flow: () => undefined },
    findings: [],
    suppressed: [],
    cost: {
      currency: "USD",
      region: model.region,
      scenario,
      environment,
      total: 0,
      unknown: [],
      lines: [],
      free: [],
      packings: [],
      questions: {},
      derived: new Map(),
    },
  };
}
