"use client";

import { type ComponentProps, useEffect, useId, useRef, useState } from "react";

const look =
  "h-7 w-full min-w-0 rounded-md border border-line bg-surface px-2 text-sm text-ink hover:border-line-strong focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-accent";

/** A line of text without a label of its own; give it one. */
export const TextInput = ({ className, ...rest }: ComponentProps<"input">) => (
  <input className={`${look} ${className ?? ""}`} {...rest} />
);

/** A choice of few, the browser's own. */
export function Select<T extends string>({
  label,
  before,
  hideLabel,
  value,
  options,
  onChange,
  disabled,
  className,
}: {
  label: string;
  /** Words before the label that the place itself makes plain to who sees it. */
  before?: string;
  hideLabel?: boolean;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange(value: T): void;
  disabled?: boolean;
  className?: string;
}) {
  const id = useId();
  return (
    <span className={`inline-flex min-w-0 items-center gap-2 ${className ?? ""}`}>
      <label htmlFor={id} className={hideLabel ? "sr-only" : "shrink-0 text-ink-2"}>
        {before && <span className="sr-only">{before} </span>}
        {label}
      </label>
      <select
        id={id}
        value={value}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value as T)}
        className={`${look} w-auto`}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </span>
  );
}

/**
 * Text that is edited where it stands: Enter or leaving it commits, Escape puts the old text back. What could not be
 * taken stays in the field, so that nothing typed is lost.
 */
export function CommitInput({
  value,
  onCommit,
  onDone,
  label,
  startFocused,
  className,
  readOnly,
}: {
  value: string;
  /** False keeps what was typed in the field. */
  onCommit(value: string): boolean;
  onDone?(): void;
  label: string;
  startFocused?: boolean;
  className?: string;
  readOnly?: boolean;
}) {
  const [draft, setDraft] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  const leaving = useRef(false);
  useEffect(() => setDraft(value), [value]);
  useEffect(() => {
    if (startFocused) input.current?.select();
  }, [startFocused]);
  const commit = (): void => {
    const text = draft.trim();
    if (text === "" || text === value) setDraft(value);
    else if (!onCommit(text)) return;
    onDone?.();
  };
  return (
    <input
      ref={input}
      aria-label={label}
      value={draft}
      readOnly={readOnly}
      maxLength={255}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => {
        if (leaving.current) leaving.current = false;
        else commit();
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Enter") {
          if (!onDone) leaving.current = false;
          input.current?.blur();
        }
        if (event.key === "Escape") {
          setDraft(value);
          leaving.current = true;
          input.current?.blur();
          onDone?.();
        }
      }}
      className={className}
    />
  );
}
