"use client";

import type { Mode } from "@/lib/editor/state";
import { type Segment, Segmented } from "../ui/segmented";
import { useEditor } from "./store";

const choices: readonly Segment<Mode>[] = [
  { value: "design", label: "Design", about: "Kinds, names and facts" },
  { value: "flows", label: "Flows", about: "Which connections a packet gets through" },
  { value: "cost", label: "Cost", about: "What each part costs a month" },
];

/** What the canvas emphasises. */
export function ModeSwitch() {
  const mode = useEditor(({ state }) => state.mode);
  return (
    <Segmented
      label="Canvas mode"
      look="raised"
      value={mode}
      segments={choices}
      onChange={(value) => useEditor.getState().setMode(value)}
    />
  );
}
