import * as z from "zod";
import type { PriceBook } from "@/lib/cost/prices";
import type { Document, Scenario } from "@/lib/document/document";
import { type Analysis, analyse } from "@/lib/editor/analysis";
import { exportInput } from "@/lib/editor/exporting";
import type { ExportNote, OutFile, Target, TargetId } from "@/lib/export/target";
import { targets } from "@/lib/export/targets";
import type { Choice } from "./choices";

export type Emitted =
  /** `errors` counts what stands in the way; `errorsIn` names the environments where it does, if not in all alike. */
  | { files: readonly OutFile[]; notes: readonly ExportNote[]; errors: number; errorsIn: readonly string[] }
  | { problem: string };

/** A design and everything else that its exports follow from. */
export interface Drawn {
  document: Document;
  /** The one environment that is exported; null for all of them, or for the design as drawn. */
  environment: string | null;
  prices: PriceBook | null;
  scenario: Scenario;
  /** Of this document, but for the layout; made when it is not known. */
  analysis?: Analysis;
}

const loaded = new Map<TargetId, Target>();

/** Loads an emitter; the first use fetches its code. */
export async function loadTarget(id: TargetId): Promise<Target | undefined> {
  try {
    const target = loaded.get(id) ?? (await targets[id]());
    loaded.set(id, target);
    return target;
  } catch (error) {
    console.error(error);
    return undefined;
  }
}

export const loadedTarget = (id: TargetId): Target | undefined => loaded.get(id);

interface Known {
  target: Target;
  options: string;
  drawn: Drawn;
  emitted: Emitted;
}

/** What was written last. After an edit the export before it is still here, so that comparing costs no second one. */
const recent: Known[] = [];
const MOST = 6;

/** The files of one choice for a design; errors are written as comments when the design has some. */
export function emit(target: Target, choice: Choice, drawn: Drawn, extra: object = {}): Emitted {
  const options = { ...choice.options, ...extra };
  const name = JSON.stringify(options);
  const at = recent.findIndex(
    (known) => known.target === target && known.options === name && same(choice, known.drawn, drawn),
  );
  const [known] =
    at === -1
      ? [{ target, options: name, drawn, emitted: write(target, choice, drawn, options) }]
      : recent.splice(at, 1);
  recent.unshift(known as Known);
  recent.length = Math.min(recent.length, MOST);
  return (known as Known).emitted;
}

function write(target: Target, choice: Choice, drawn: Drawn, options: unknown): Emitted {
  const { document, prices, scenario } = drawn;
  try {
    const { environment } = drawn;
    const known = drawn.analysis?.environment === environment ? drawn.analysis : undefined;
    const analysis = known ?? analyse(document, { environment, scenario, prices });
    const { stack, context, errors } = exportInput(placed(analysis, document), { prices, takes: target.environments });
    const errorsIn = [...new Set(errors.flatMap((one) => one.environments ?? []))];
    return { ...target.emit(stack, options, context), errors: errors.length, errorsIn };
  } catch (error) {
    if (error instanceof z.ZodError) return { problem: `These options are not possible: ${z.prettifyError(error)}` };
    console.error(error);
    return {
      problem: `${choice.label} could not be written for this drawing, which is a defect of Bayplan. Save the design file and report it.`,
    };
  }
}

/** Moving a card does not change the analysis, but the picture of it. */
function placed(analysis: Analysis, { layout }: Document): Analysis {
  const { document, model } = analysis;
  if (document.layout === layout) return analysis;
  return {
    ...analysis,
    document: { ...document, layout },
    model: { ...model, document: { ...model.document, layout } },
  };
}

/** Repositories hold a picture and the design file. */
const showsLayout = ({ group }: Choice): boolean => group === "pictures" || group === "repository";

function same(choice: Choice, a: Drawn, b: Drawn): boolean {
  if (a.prices !== b.prices || a.scenario !== b.scenario || a.environment !== b.environment) return false;
  // While the checks cannot run, the analysis is that of an earlier drawing.
  if (a.analysis && b.analysis && a.analysis !== b.analysis) return false;
  const [was, is] = [a.document, b.document];
  return (
    was.nodes === is.nodes &&
    was.edges === is.edges &&
    was.name === is.name &&
    was.settings === is.settings &&
    was.usage === is.usage &&
    was.environments === is.environments &&
    was.suppressions === is.suppressions &&
    (was.layout === is.layout || !showsLayout(choice))
  );
}
