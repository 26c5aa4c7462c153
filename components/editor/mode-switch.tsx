"use client";

import type { Mode } from "@/lib/editor/state";
import { useEditor } from "./store";

const choices: readonly { mode: Mode; label: string; about: string }[] = [
  { mode: "design", label: "Design", about: "Kinds, names and facts" },
  { mode: "flows", label: "Flows", about: "Which connections a packet gets through" },
  { mode: "cost", label: "Cost", about: "What each part costs a month" },
];

/** What the canvas emphasises. */
export function ModeSwitch() {
  const mode = useEditor(({ state }) => state.mode);
  return (
    <fieldset
      aria-label="Canvas mode"
      className="flex h-8 items-center gap-0.5 rounded-lg border border-line bg-surface p-0.5 shadow-card"
    >
      {choices.map((choice) => (
        <label
          key={choice.mode}
          title={choice.about}
          className="relative grid h-full cursor-default place-content-center rounded-md px-2.5 text-ink-2 hover:text-ink has-checked:bg-hover has-checked:font-medium has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name="canvas-mode"
            value={choice.mode}
            checked={mode === choice.mode}
            onChange={() => useEditor.getState().setMode(choice.mode)}
            className="absolute inset-0 opacity-0"
          />
          {choice.label}
        </label>
      ))}
    </fieldset>
  );
}
