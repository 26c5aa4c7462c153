"use client";

import { createContext, type ReactNode, useContext, useDeferredValue } from "react";
import type { Document } from "@/lib/document/document";
import type { Analysis } from "@/lib/editor/analysis";
import { sameMeaning, useEditor } from "./store";

const Shown = createContext<Analysis | undefined>(undefined);

/** What stands in here follows an edit a moment after the canvas, all of it from one analysis: long lists keep nobody waiting. */
export function ShownLater({ children }: { children: ReactNode }) {
  const judged = useEditor((store) => store.judged);
  const model = useEditor(({ analysis }) => analysis.model);
  const later = useDeferredValue(judged);
  return (
    <Shown value={later}>
      <div className="contents" aria-busy={later !== judged || judged.model !== model}>
        {children}
      </div>
    </Shown>
  );
}

/**
 * The last complete analysis and the drawing that it is of, where the cards of that now stand: a moment after the
 * canvas, and always of one drawing.
 */
export function useJudged(): { document: Document; analysis: Analysis } {
  const analysis = useDeferredValue(useEditor((store) => store.judged));
  const document = useDeferredValue(
    useEditor(({ state, judged }) => (sameMeaning(state.document, judged.document) ? state.document : judged.document)),
  );
  return { document, analysis };
}

/** The analysis to show: inside `ShownLater` its own, elsewhere the last that is complete. */
export function useShown(): Analysis {
  const later = useContext(Shown);
  return useEditor(({ judged }) => later ?? judged);
}
