"use client";

import { createContext, type ReactNode, useContext, useDeferredValue } from "react";
import type { Analysis } from "@/lib/editor/analysis";
import { useEditor } from "./store";

const Shown = createContext<Analysis | undefined>(undefined);

/** What stands in here follows an edit a moment after the canvas, all of it from one analysis: long lists keep nobody waiting. */
export function ShownLater({ children }: { children: ReactNode }) {
  return <Shown value={useDeferredValue(useEditor((store) => store.analysis))}>{children}</Shown>;
}

/** The analysis to show: inside `ShownLater` its own, elsewhere that of the drawing as it is. */
export function useShown(): Analysis {
  const later = useContext(Shown);
  return useEditor(({ analysis }) => later ?? analysis);
}
