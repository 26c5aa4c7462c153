"use client";

import { useId } from "react";
import { Select, TextInput } from "../ui/field";
import type { Asked } from "./asked";

export type Answers = Readonly<Record<string, unknown>>;

/** The options of a target that are left to the person. */
export function Options({
  asked,
  answers,
  onAnswer,
}: {
  asked: readonly Asked[];
  answers: Answers;
  onAnswer(answers: Answers): void;
}) {
  if (asked.length === 0) return null;
  return (
    <fieldset className="mb-4 grid gap-2">
      <legend className="mb-1.5 font-medium">Options</legend>
      {asked.map((option) => (
        <Option
          key={option.key}
          option={option}
          value={answers[option.key] ?? option.initial}
          onChange={(value) => {
            const { [option.key]: _, ...others } = answers;
            // What is left as it is stays out, so that the target's own default counts.
            onAnswer(value === option.initial ? others : { ...others, [option.key]: value });
          }}
        />
      ))}
    </fieldset>
  );
}

function Option({ option, value, onChange }: { option: Asked; value: unknown; onChange(value: unknown): void }) {
  const field = useId();
  const help = useId();
  const described = option.help === undefined ? {} : { "aria-describedby": help };
  return (
    <div>
      {option.type === "boolean" && (
        <label className="flex items-center gap-2">
          <input
            type="checkbox"
            className="accent-accent-solid"
            checked={value === true}
            onChange={(event) => onChange(event.target.checked)}
            {...described}
          />
          {option.label}
        </label>
      )}
      {option.type === "choice" && (
        <Select
          label={option.label}
          value={String(value)}
          options={option.values.map((one) => ({ value: one, label: one }))}
          onChange={onChange}
        />
      )}
      {option.type === "text" && (
        <span className="flex items-center gap-2">
          <label htmlFor={field} className="shrink-0 text-ink-2">
            {option.label}
          </label>
          <TextInput
            id={field}
            value={String(value)}
            onChange={(event) => onChange(event.target.value)}
            {...described}
          />
        </span>
      )}
      {option.help !== undefined && (
        <p id={help} className="mt-0.5 text-ink-3 text-xs">
          {option.help}
        </p>
      )}
    </div>
  );
}
