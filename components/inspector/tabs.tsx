"use client";

import * as Radix from "@radix-ui/react-tabs";
import { type ReactNode, useEffect, useState } from "react";
import type { Mode } from "@/lib/editor/state";
import { useEditor } from "../editor/store";

export interface Tab {
  id: string;
  label: string;
  /** Shown beside the label: how many there are. */
  count?: number;
  content: ReactNode;
}

/** What each mode of the canvas is about comes first; the tab last looked at in it stays while the selection goes on. */
const last: Record<Mode, string> = { design: "settings", flows: "flow", cost: "cost", deploy: "settings" };

/** Tabs of the inspector. A finding that is followed to its field brings the settings to the front. */
export function Tabs({ tabs }: { tabs: readonly Tab[] }) {
  const focus = useEditor((store) => store.state.focus);
  const mode = useEditor((store) => store.state.mode);
  const [shown, setShown] = useState({ mode, id: last[mode] });
  const choose = (id: string) => {
    last[mode] = id;
    setShown({ mode, id });
  };
  useEffect(() => {
    if (!focus) return;
    const { mode } = useEditor.getState().state;
    const field = focus.field !== undefined || mode === "design";
    setShown({ mode, id: field ? "settings" : last[mode] });
  }, [focus]);
  const chosen = shown.mode === mode ? shown.id : last[mode];
  const current = tabs.some(({ id }) => id === chosen) ? chosen : "settings";
  return (
    <Radix.Root value={current} onValueChange={choose} className="flex min-h-0 flex-1 flex-col">
      <Radix.List
        aria-label="Inspector"
        className="flex shrink-0 justify-between gap-1 overflow-x-auto border-line border-b px-2.5 [scrollbar-width:none]"
      >
        {tabs.map(({ id, label, count }) => (
          <Radix.Trigger
            key={id}
            value={id}
            className="-mb-px flex h-8 shrink-0 items-center gap-1 border-transparent border-b-2 text-ink-2 text-xs hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
          >
            {label}
            {count ? (
              <span className="min-w-3.5 rounded-full bg-sunken text-center text-[11px] text-ink-2 leading-4">
                {count}
              </span>
            ) : null}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map(({ id, content }) => (
        <Radix.Content
          key={id}
          value={id}
          tabIndex={-1}
          className="min-h-0 flex-1 overflow-y-auto overflow-x-hidden p-3"
        >
          {content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
