import { type Document, emptyDocument } from "@/lib/document/document";
import { type Analysis, type AnalysisOptions, analyse } from "@/lib/editor/analysis";

/** What the screen shows when the analysis itself is at fault: the drawing stays editable, and the person is told. */
export function analyseSafely(
  document: Document,
  options: AnalysisOptions,
  before?: Analysis,
): { analysis: Analysis; analysisProblem: string | undefined } {
  try {
    return { analysis: analyse(document, options), analysisProblem: undefined };
  } catch (error) {
    console.error(error);
    return {
      analysis: before ?? analyse(emptyDocument(), options),
      analysisProblem:
        "The checks could not run on this drawing, which is a defect of Bayplan. Findings, flows and cost are those of the last drawing that could be checked. Save the design file and report it.",
    };
  }
}
