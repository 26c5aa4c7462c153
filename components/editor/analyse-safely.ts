import type { Estimate } from "@/lib/cost/cost";
import { type Document, emptyDocument, type Scenario } from "@/lib/document/document";
import type { Analysis, AnalysisOptions } from "@/lib/editor/analysis";
import { unjudged } from "@/lib/editor/unjudged";

let stages: typeof import("@/lib/editor/analysis") | undefined;
let missing = false;
/** The last that the stages said. */
let last: Analysis | undefined;

/**
 * The stages after the model: half of all code, so they come beside the page, which is drawn and answers meanwhile. No
 * design is opened before they are there or have failed to come, so nobody sees one unjudged.
 */
export const analysisLoaded: Promise<void> =
  typeof window === "undefined"
    ? Promise.resolve()
    : import("@/lib/editor/analysis").then(
        (module) => {
          stages = module;
        },
        (error) => {
          console.warn(error);
          missing = true;
        },
      );

export interface Judged {
  analysis: Analysis;
  /** Why the analysis is that of an earlier drawing; undefined normally. */
  analysisProblem: string | undefined;
}

/** What the screen shows when the analysis itself is at fault: the drawing stays editable, and the person is told. */
export function analyseSafely(document: Document, options: AnalysisOptions, before?: Analysis): Judged {
  if (!stages) {
    return {
      analysis: unjudged(document, options),
      analysisProblem: missing
        ? "The checks could not be loaded, so findings, flows and cost are missing. Check the connection and reload the page; the drawing is kept."
        : undefined,
    };
  }
  try {
    const same = last?.document === document && last.environment === options.environment ? last : undefined;
    last = withSafeCost(same ? stages.reprice(same, options) : stages.analyse(document, options), options.scenario);
    return { analysis: last, analysisProblem: undefined };
  } catch (error) {
    console.error(error);
    return { analysis: before ?? stages.analyse(emptyDocument(), options), analysisProblem: FAULT };
  }
}

const FAULT =
  "The checks could not run on this drawing, which is a defect of Bayplan. Findings, flows and cost are those of the last drawing that could be checked. Save the design file and report it.";

/** An analysis under way. */
export interface Pending {
  /** Its model is there; whoever asks for anything else waits until all of it is. */
  analysis: Analysis;
  /** Does the next stage; true when there is none left. */
  step(): boolean;
  /** Does what is left. */
  finish(): Judged;
}

/** Begins the analysis of a drawing, of which `before` is an earlier state; undefined where that has to be done safely. */
export function analyseLater(document: Document, options: AnalysisOptions, before: Analysis): Pending | undefined {
  const begun = begin(document, options);
  if (!begun) return undefined;
  const { model, work } = begun;
  let done: Judged | undefined;
  const step = (): boolean => {
    if (done) return true;
    try {
      const stage = work.next();
      if (!stage.done) return false;
      last = withSafeCost(stage.value, options.scenario);
      done = { analysis: last, analysisProblem: undefined };
    } catch (error) {
      console.error(error);
      done = { analysis: before, analysisProblem: FAULT };
    }
    return true;
  };
  const finish = (): Judged => {
    while (!step());
    return done as Judged;
  };
  const analysis = { document, environment: options.environment, model } as Analysis;
  for (const part of ["stack", "flows", "findings", "suppressed", "cost"] as const) {
    Object.defineProperty(analysis, part, { get: () => finish().analysis[part], enumerable: true });
  }
  return { analysis, step, finish };
}

function begin(document: Document, options: AnalysisOptions) {
  try {
    const model = stages?.modelOf(document, options.environment);
    return model && stages && { model, work: stages.analyseInStages(document, model, options) };
  } catch {
    return undefined;
  }
}

/** Cost is worked out when it is first shown, while the screen is being drawn, and a defect there must not end that. */
function withSafeCost(analysis: Analysis, scenario: Scenario): Analysis {
  const ask = Object.getOwnPropertyDescriptor(analysis, "cost")?.get;
  let known: Estimate | undefined;
  const get = (): Estimate => {
    try {
      known ??= ask?.call(analysis) as Estimate;
    } catch (error) {
      console.error(error);
      known = unpriced(analysis, scenario);
    }
    return known;
  };
  return Object.defineProperty(analysis, "cost", { get, enumerable: true });
}

function unpriced({ model, environment }: Analysis, scenario: Scenario): Estimate {
  const why =
    "The cost of this drawing could not be worked out, which is a defect of Bayplan. Report it with the design file.";
  const unknown = model.nodes
    .slice(0, 1)
    .map(({ id }) => ({ node: id, edge: null, resource: "", item: "Everything", unit: "", quantity: 0, why }));
  const nothing = { total: 0, lines: [], free: [], packings: [], questions: {}, derived: new Map<string, number>() };
  return { currency: "USD", region: model.region, scenario, environment, unknown, ...nothing };
}
