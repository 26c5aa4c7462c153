"use client";

import { useId } from "react";

export interface Segment<T extends string> {
  value: T;
  label: string;
  /** Shown beside the label: how many there are. */
  count?: number;
  /** Shown beside the label where something there needs a look: sign and number, and both in words. */
  alarm?: { sign: string; count: number; says: string; tone: "error" | "warning" } | undefined;
  /** Said on hovering. */
  about?: string;
}

const looks = {
  raised: "h-8 rounded-lg bg-surface shadow-card",
  flat: "h-7 rounded-md bg-sunken",
} as const;

/** One of few, all in sight; arrow keys choose, as in any group of radio buttons. */
export function Segmented<T extends string>({
  label,
  value,
  segments,
  look = "flat",
  onChange,
}: {
  label: string;
  value: T;
  segments: readonly Segment<T>[];
  look?: keyof typeof looks;
  onChange(value: T): void;
}) {
  const name = useId();
  return (
    <fieldset
      aria-label={label}
      className={`flex shrink-0 items-center gap-0.5 border border-line p-0.5 ${looks[look]}`}
    >
      {segments.map((segment) => (
        <label
          key={segment.value}
          title={segment.about}
          className={`relative flex h-full cursor-default items-center gap-1.5 rounded-[5px] px-2.5 text-ink-2 hover:text-ink has-checked:font-medium has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent ${look === "flat" ? "has-checked:bg-surface has-checked:shadow-card" : "has-checked:bg-hover"}`}
        >
          <input
            type="radio"
            name={name}
            value={segment.value}
            checked={value === segment.value}
            onChange={() => onChange(segment.value)}
            className="absolute inset-0 opacity-0"
          />
          {segment.label}
          {segment.alarm && <Alarm {...segment.alarm} />}
          {segment.count !== undefined && (
            <span className="font-normal text-ink-3 text-xs tabular-nums">{segment.count}</span>
          )}
        </label>
      ))}
    </fieldset>
  );
}

const tones = { error: "text-error", warning: "text-warning" } as const;

const Alarm = ({ sign, count, says, tone }: NonNullable<Segment<string>["alarm"]>) => (
  <span title={says} className={`font-medium text-xs tabular-nums ${tones[tone]}`}>
    <span aria-hidden="true">
      {sign} {count}
    </span>
    <span className="sr-only">{says}</span>
  </span>
);
