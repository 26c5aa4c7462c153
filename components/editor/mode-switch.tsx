"use client";

import type { Mode } from "@/lib/editor/state";
import { blockedIn } from "@/lib/network/path";
import { type Segment, Segmented } from "../ui/segmented";
import { useEditor } from "./store";

const choices: readonly Segment<Mode>[] = [
  { value: "design", label: "Design", about: "Kinds, names and facts" },
  { value: "flows", label: "Flows", about: "Which connections a packet gets through" },
  { value: "cost", label: "Cost", about: "What each part costs a month" },
];

function choose(mode: Mode): void {
  const { setMode, announce, judged } = useEditor.getState();
  setMode(mode);
  const blocked = blockedIn(judged.flows);
  // What the colours of the lines say.
  if (mode === "flows") announce(blocked === 0 ? "Nothing blocked." : `${blocked} blocked.`);
}

/** What the canvas emphasises. */
export function ModeSwitch() {
  const mode = useEditor(({ state }) => state.mode);
  return <Segmented label="Canvas mode" look="raised" value={mode} segments={choices} onChange={choose} />;
}
