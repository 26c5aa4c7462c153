import type { EdgeStyle } from "../../catalog/relation";

/** Colours of a picture: the tokens of the interface (app/globals.css) in one of its two themes. */
export interface Theme {
  canvas: string;
  surface: string;
  line: string;
  lineStrong: string;
  ink: string;
  ink2: string;
  ink3: string;
  good: string;
  label: string;
  edge: Readonly<Record<EdgeStyle, string>>;
}

export const themes = {
  light: {
    canvas: "#f6f6f8",
    surface: "#ffffff",
    line: "#e3e3e8",
    lineStrong: "#c6c6ce",
    ink: "#1a1a1e",
    ink2: "#4e4e57",
    ink3: "#66666f",
    good: "#1e7038",
    label: "#4e4e57",
    edge: { traffic: "#3b4a86", data: "#3f6d4c", event: "#8b3f73", thin: "#66666f" },
  },
  dark: {
    canvas: "#131316",
    surface: "#1b1b1f",
    line: "#2f2f36",
    lineStrong: "#4a4a54",
    ink: "#ededf1",
    ink2: "#bcbcc6",
    ink3: "#9a9aa5",
    good: "#74cf8d",
    label: "#bcbcc6",
    edge: { traffic: "#97a8ee", data: "#86bf98", event: "#d894c0", thin: "#9a9aa6" },
  },
} as const satisfies Record<string, Theme>;
export type ThemeName = keyof typeof themes;

/** How kinds of line differ beside their tint. */
export const strokes = {
  traffic: 'stroke-width="1.5"',
  data: 'stroke-width="1.5" stroke-dasharray="7 4"',
  event: 'stroke-width="2" stroke-linecap="round" stroke-dasharray="1.5 4.5"',
  thin: 'stroke-width="1"',
} as const satisfies Record<EdgeStyle, string>;

/** One colour over another. */
export function mix(over: string, under: string, share: number): string {
  const channels = (colour: string): number[] => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const [a, b] = [channels(over), channels(under)];
  return `#${a
    .map((value, at) => Math.round(value * share + (b[at] as number) * (1 - share)))
    .map((value) => value.toString(16).padStart(2, "0"))
    .join("")}`;
}
