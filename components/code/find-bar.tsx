"use client";

import { type Ref, useEffect } from "react";
import { IconButton } from "../ui/button";
import type { Query } from "./search";

/** Room that the bar takes over the first lines. */
export const FIND_HEIGHT = 40;

export interface FindBarProps {
  query: Query;
  /** "3 of 17", or what is wrong with the pattern. */
  says: string;
  wrong: boolean;
  any: boolean;
  onQuery(query: Query): void;
  onStep(by: 1 | -1): void;
  onClose(): void;
  ref: Ref<HTMLInputElement>;
}

/** Looks for text in the file that is shown. */
export function FindBar({ query, says, wrong, any, onQuery, onStep, onClose, ref }: FindBarProps) {
  useEffect(() => {
    const input = ref && "current" in ref ? ref.current : undefined;
    input?.select();
  }, [ref]);
  const none = any ? undefined : "There is no match.";
  return (
    <search
      aria-label="Find in this file"
      className="appear absolute top-1 right-4 z-10 flex h-8 items-center gap-0.5 rounded-md border border-line bg-surface pr-0.5 pl-1 shadow-pop"
    >
      <input
        ref={ref}
        aria-label="Find"
        aria-invalid={wrong || undefined}
        aria-describedby="code-find-says"
        value={query.text}
        maxLength={1000}
        spellCheck={false}
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: the bar opens because the person wants to type
        autoFocus
        onChange={(event) => onQuery({ ...query, text: event.target.value })}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          onStep(event.shiftKey ? -1 : 1);
        }}
        className={`h-6 w-44 rounded-sm bg-transparent px-1.5 text-sm outline-offset-0 ${wrong ? "text-error" : "text-ink"}`}
      />
      <Toggle label="Match case" pressed={query.matchCase} onPress={(matchCase) => onQuery({ ...query, matchCase })}>
        Aa
      </Toggle>
      <Toggle label="Regular expression" pressed={query.regex} onPress={(regex) => onQuery({ ...query, regex })}>
        .*
      </Toggle>
      <span
        id="code-find-says"
        role="status"
        className={`min-w-20 max-w-80 px-1.5 text-center text-xs ${wrong ? "text-error" : "text-ink-2"}`}
      >
        {says}
      </span>
      <IconButton
        icon="chevron-up"
        label="Previous match"
        blocked={none}
        onClick={() => onStep(-1)}
        className="size-6!"
      />
      <IconButton icon="chevron-down" label="Next match" blocked={none} onClick={() => onStep(1)} className="size-6!" />
      <IconButton icon="close" label="Close find" onClick={onClose} className="size-6!" />
    </search>
  );
}

function Toggle({
  label,
  pressed,
  onPress,
  children,
}: {
  label: string;
  pressed: boolean;
  onPress(pressed: boolean): void;
  children: string;
}) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={pressed}
      title={label}
      onClick={() => onPress(!pressed)}
      className="grid h-6 min-w-6 place-content-center rounded-sm px-1 font-mono text-ink-2 text-xs hover:bg-hover aria-pressed:bg-accent-soft aria-pressed:text-accent"
    >
      {children}
    </button>
  );
}
