"use client";

import { own } from "@/lib/core/json";
import { blockedIn, unknownIn } from "@/lib/network/path";
import { Tooltip } from "../ui/tooltip";
import { CommandIcon } from "./command-button";
import { useEditor } from "./store";

/** In Flows: how much is blocked, all of it in one view, and from one place to the next. */
export function Blocked() {
  const shown = useEditor(
    ({ state, judged }) => state.mode === "flows" && judged.flows.flows.length + judged.flows.reaches.length > 0,
  );
  const blocked = useEditor(({ judged }) => blockedIn(judged.flows));
  const unknown = useEditor(({ judged }) => unknownIn(judged.flows));
  const run = useEditor((store) => store.run);
  if (!shown) return null;
  const unsure = unknown > 0 && (
    <span className="px-1.5 text-ink-2 text-xs">
      <span aria-hidden="true">? </span>
      {unknown} unknown
    </span>
  );
  return (
    <fieldset
      aria-label="What is blocked"
      className="flex h-8 items-center rounded-lg border border-line bg-surface px-0.5 shadow-card"
    >
      {blocked === 0 ? (
        <span className="px-1.5 font-medium text-good text-xs">
          <span aria-hidden="true">✓ </span>Nothing blocked
        </span>
      ) : (
        <>
          <Tooltip text="Zoom to all that is blocked">
            <button
              type="button"
              className="h-6 rounded-md px-1.5 font-medium text-error text-xs hover:bg-hover"
              onClick={() => run("fitBlocked")}
            >
              <span aria-hidden="true">✕ </span>
              {blocked} blocked<span className="sr-only">: zoom to all of it</span>
            </button>
          </Tooltip>
          <CommandIcon id="previousBlocked" />
          <CommandIcon id="nextBlocked" />
        </>
      )}
      {unsure}
    </fieldset>
  );
}

/** In Flows, once one node is picked: how a way is traced from it. */
export function TraceHint() {
  const from = useEditor(({ state }) => {
    if (state.mode !== "flows" || state.selection.length !== 1) return undefined;
    return own(state.document.nodes, state.selection[0] ?? "")?.name;
  });
  if (from === undefined) return null;
  return (
    <p className="hidden h-8 max-w-80 items-center xl:flex rounded-lg border border-line bg-surface px-2 text-ink-2 text-xs shadow-card">
      <span className="truncate">Shift-click another node to trace the way from {from}</span>
    </p>
  );
}
