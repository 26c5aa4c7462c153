import type { Verdict } from "@/lib/network/flow";

const looks: Readonly<Record<Verdict, { word: string; mark: string; tone: string }>> = {
  open: { word: "Open", mark: "✓", tone: "text-good" },
  blocked: { word: "Blocked", mark: "✕", tone: "text-error" },
  unknowable: { word: "Unknown", mark: "?", tone: "text-ink-2" },
};

/** A verdict by sign and word as well as colour. */
export function VerdictMark({ verdict, says, className }: { verdict: Verdict; says?: string; className?: string }) {
  const { word, mark, tone } = looks[verdict];
  return (
    <span className={`inline-flex shrink-0 items-center gap-1 font-medium text-xs ${tone} ${className ?? ""}`}>
      <span aria-hidden="true" className="w-3 text-center">
        {mark}
      </span>
      {says ?? word}
    </span>
  );
}

/** Its sign alone; the word is for screen readers. */
export function VerdictSign({ verdict, says }: { verdict: Verdict; says?: string }) {
  const { word, mark, tone } = looks[verdict];
  return (
    <span className={`shrink-0 text-center font-medium text-xs ${tone}`}>
      <span aria-hidden="true">{mark}</span>
      <span className="sr-only">{says ?? word}: </span>
    </span>
  );
}
