"use client";

import { useDeferredValue, useEffect, useMemo, useState } from "react";
import type { Target } from "@/lib/export/target";
import { useEditor } from "../editor/store";
import type { Choice } from "./choices";
import { type Emitted, emit, loadedTarget, loadTarget } from "./emit";

/** The files of a choice, computed only while something on the screen asks for them; undefined while they load. */
export function useEmitted(choice: Choice): Emitted | undefined {
  const analysis = useDeferredValue(useEditor((store) => store.analysis));
  const prices = useEditor((store) => (store.prices.status === "ready" ? store.prices.book : null));
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
  return useMemo(() => {
    if (target === "missing") {
      return { problem: `${choice.label} could not be loaded. Check the connection and open this panel again.` };
    }
    return target && target.id === choice.target ? emit(target, choice, analysis, prices) : undefined;
  }, [target, choice, analysis, prices]);
}
