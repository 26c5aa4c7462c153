import type { Severity } from "@/lib/rules/rule";

const looks: Readonly<Record<Severity, { word: string; many: string; mark: string; tone: string; soft: string }>> = {
  error: { word: "Error", many: "errors", mark: "●", tone: "text-error", soft: "bg-error-soft" },
  warning: { word: "Warning", many: "warnings", mark: "▲", tone: "text-warning", soft: "bg-warning-soft" },
  info: { word: "Advice", many: "advice", mark: "■", tone: "text-advice", soft: "bg-advice-soft" },
};

export const severities = ["error", "warning", "info"] as const satisfies readonly Severity[];
export const severityWord = (severity: Severity): string => looks[severity].word;

/** "1 error", "2 warnings", "3 advice". */
export const severityCount = (severity: Severity, count: number): string =>
  `${count} ${count === 1 ? looks[severity].word.toLowerCase() : looks[severity].many}`;

/** A severity by shape as well as colour. Its word is for screen readers unless `word` shows it. */
export function SeverityMark({ severity, word }: { severity: Severity; word?: boolean }) {
  const { word: text, mark, tone } = looks[severity];
  return (
    <span className={`inline-flex shrink-0 items-center gap-1 ${tone}`}>
      <span aria-hidden="true" className="inline-block w-3 text-center text-[10px] leading-none">
        {mark}
      </span>
      <span className={word ? "font-medium text-xs" : "sr-only"}>{text}</span>
    </span>
  );
}

/** A small badge: mark and number. */
export function SeverityBadge({ severity, count }: { severity: Severity; count: number }) {
  const { mark, tone, soft } = looks[severity];
  return (
    <span className={`inline-flex h-4 items-center gap-1 rounded-full px-1.5 text-xs ${tone} ${soft}`}>
      <span aria-hidden="true" className="text-[9px] leading-none">
        {mark}
      </span>
      <span aria-hidden="true">{count}</span>
      <span className="sr-only">{severityCount(severity, count)}</span>
    </span>
  );
}
