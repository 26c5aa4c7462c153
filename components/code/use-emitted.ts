"use client";

import { useEffect, useMemo, useState } from "react";
import type { Target } from "@/lib/export/target";
import { useJudged } from "../editor/shown";
import { type EditorStore, useEditor } from "../editor/store";
import type { Choice } from "./choices";
import { type Drawn, type Emitted, emit, loadedTarget, loadTarget } from "./emit";

/** Prices of another Region are no prices. */
export const bookOf = ({ prices, state }: EditorStore): Drawn["prices"] =>
  prices.status === "ready" && prices.book.region === state.document.settings.region ? prices.book : null;

/** The emitter of a choice once its code is there. */
export function useTarget(choice: Choice): Target | "missing" | undefined {
  const [target, setTarget] = useState<Target | "missing" | undefined>(() => loadedTarget(choice.target));
  useEffect(() => {
    let current = true;
    setTarget(loadedTarget(choice.target));
    void loadTarget(choice.target).then((found) => {
      if (current) setTarget(found ?? "missing");
    });
    return () => {
      current = false;
    };
  }, [choice.target]);
  return target === "missing" || target?.id === choice.target ? target : undefined;
}

/**
 * The files of a choice, computed only while something on the screen asks for them; undefined while they load. Without
 * `chosen` they are of the environment on the screen.
 */
export function useEmitted(choice: Choice, extra?: object, chosen?: string | null): Emitted | undefined {
  const target = useTarget(choice);
  const { document, analysis } = useJudged();
  const environment = chosen === undefined ? analysis.environment : chosen;
  const scenario = useEditor((store) => store.scenario);
  const prices = useEditor(bookOf);
  return useMemo(() => {
    if (target === "missing") {
      return { problem: `${choice.label} could not be loaded. Check the connection and open this panel again.` };
    }
    return target && emit(target, choice, { document, environment, analysis, scenario, prices }, extra);
  }, [target, choice, document, environment, analysis, scenario, prices, extra]);
}
