import type { PriceBook } from "@/lib/cost/prices";
import type { Analysis } from "@/lib/editor/analysis";
import { exportInput } from "@/lib/editor/exporting";
import type { ExportNote, OutFile, Target, TargetId } from "@/lib/export/target";
import { targets } from "@/lib/export/targets";
import type { Choice } from "./choices";

export type Emitted = { files: readonly OutFile[]; notes: readonly ExportNote[] } | { problem: string };

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

/** The files of one choice for what is drawn; errors are written as comments when the design has some. */
export function emit(target: Target, choice: Choice, analysis: Analysis, prices: PriceBook | null): Emitted {
  try {
    const { stack, context } = exportInput(analysis, { environment: null, prices });
    return target.emit(stack, choice.options, context);
  } catch (error) {
    console.error(error);
    return {
      problem: `${choice.label} could not be written for this drawing, which is a defect of Bayplan. Save the design file and report it.`,
    };
  }
}
