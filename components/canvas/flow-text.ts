import type { Flow, Verdict } from "@/lib/network/flow";

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== "").join(" ");

/** Said of each verdict on the line itself, so that colour is never the only sign. */
export const verdictWords = {
  open: { sign: "✓", word: "open" },
  blocked: { sign: "✕", word: "blocked" },
  unknowable: { sign: "?", word: "cannot be known" },
} as const satisfies Record<Verdict, { sign: string; word: string }>;

/** Words on a line in Flows: what a packet meets, and the port of the hop that decides. */
export function flowTexts({ verdict, hops }: Flow): string[] {
  const { sign, word } = verdictWords[verdict];
  const deciding = hops.find((hop) => hop.verdict === verdict && verdict !== "open") ?? hops.at(-1);
  const port = deciding?.port ?? "";
  return [joined(sign, word, port), joined(sign, port), sign];
}
