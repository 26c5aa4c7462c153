"use client";

import { useSyncExternalStore } from "react";

export type Theme = "light" | "dark";

/** Also read by public/theme.js, before the first paint. */
const KEY = "bayplan:theme";
const EVENT = "bayplan:theme-changed";

const dark = () => window.matchMedia("(prefers-color-scheme: dark)");

/** The theme on the screen: the person's choice, else the system's. */
export function currentTheme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === "light" || chosen === "dark") return chosen;
  return dark().matches ? "dark" : "light";
}

/** Changes to the other theme and remembers it in this browser. */
export function switchTheme(): void {
  const theme: Theme = currentTheme() === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // A browser that keeps nothing still switches.
  }
  window.dispatchEvent(new Event(EVENT));
}

function subscribe(changed: () => void): () => void {
  const media = dark();
  media.addEventListener("change", changed);
  window.addEventListener(EVENT, changed);
  return () => {
    media.removeEventListener("change", changed);
    window.removeEventListener(EVENT, changed);
  };
}

/** The theme on the screen, for the few parts that cannot use CSS variables. */
export const useTheme = (): Theme => useSyncExternalStore(subscribe, currentTheme, () => "light");
