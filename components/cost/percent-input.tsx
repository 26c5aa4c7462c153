"use client";

import { useId } from "react";
import { TextInput } from "../ui/field";

/** A discount in per cent; what is no number between 0 and 100 is left as it was typed and said to be wrong. */
export function PercentInput({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange(value: string): void;
}) {
  const id = useId();
  const wrong = value.trim() !== "" && percentOf(value) === undefined;
  return (
    <span className="inline-flex items-center gap-2">
      <label htmlFor={id} className="text-ink-2">
        {label}
      </label>
      <span className="relative inline-block">
        <TextInput
          id={id}
          inputMode="decimal"
          placeholder="none"
          value={value}
          aria-invalid={wrong}
          onChange={(event) => onChange(event.target.value)}
          className={`w-20! pr-6 ${wrong ? "border-error!" : ""}`}
        />
        <span className="pointer-events-none absolute inset-y-0 right-2 flex items-center text-ink-3 text-xs">%</span>
      </span>
      {wrong && (
        <span role="alert" className="text-error text-xs">
          A number from 0 to 100.
        </span>
      )}
    </span>
  );
}

/** The figure that was typed; undefined for none, or for what is no discount. */
export function percentOf(text: string): number | undefined {
  const value = Number(text.trim().replace(",", "."));
  return text.trim() === "" || !Number.isFinite(value) || value < 0 || value > 100 ? undefined : value;
}
