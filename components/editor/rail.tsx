"use client";

import * as Tabs from "@radix-ui/react-tabs";
import type { RailTab } from "@/lib/editor/commands/command";
import { Outline } from "../outline/outline";
import { Palette } from "../palette/palette";
import { CommandIcon } from "./command-button";
import { useEditor } from "./store";

const tabLook =
  "h-7 rounded-md px-2.5 text-ink-2 hover:text-ink data-[state=active]:bg-hover data-[state=active]:font-medium data-[state=active]:text-ink";

/** The panel on the left: what can be added, and the drawing as a tree. */
export function Rail() {
  const tab = useEditor((store) => store.railTab);
  return (
    <Tabs.Root
      value={tab}
      onValueChange={(value) => useEditor.setState({ railTab: value as RailTab })}
      className="flex h-full flex-col bg-surface"
    >
      <div className="flex h-10 shrink-0 items-center px-2">
        <Tabs.List aria-label="Left panel" className="flex gap-0.5">
          <Tabs.Trigger value="add" className={tabLook}>
            Add
          </Tabs.Trigger>
          <Tabs.Trigger value="outline" className={tabLook}>
            Outline
          </Tabs.Trigger>
        </Tabs.List>
        <span className="flex-1" />
        <CommandIcon id="toggleRail" />
      </div>
      <Tabs.Content value="add" className="min-h-0 flex-1" tabIndex={-1}>
        <Palette />
      </Tabs.Content>
      <Tabs.Content value="outline" className="min-h-0 flex-1" tabIndex={-1}>
        <Outline />
      </Tabs.Content>
    </Tabs.Root>
  );
}
