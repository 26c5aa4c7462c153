"use client";

import { useEffect, useReducer } from "react";
import { isLoaded, loadLanguage } from "./highlight";
import type { Language } from "./languages";

/** The language as soon as its grammar is there; until then the text is plain. */
export function useLanguage(language: Language): Language {
  const [, drawAgain] = useReducer((count: number) => count + 1, 0);
  const loaded = isLoaded(language);
  useEffect(() => {
    if (!loaded) void loadLanguage(language).then(drawAgain);
  }, [language, loaded]);
  return loaded ? language : "plain";
}
