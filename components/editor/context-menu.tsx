"use client";

import * as Radix from "@radix-ui/react-dropdown-menu";
import { useEffect, useState } from "react";
import type { CommandId } from "@/lib/editor/commands";
import { MenuSeparator } from "../ui/menu";
import { CommandItem } from "./command-button";
import { useEditor } from "./store";

const onSelection: readonly (readonly CommandId[])[] = [
  ["cut", "copy", "paste", "duplicate"],
  ["rename", "connect", "fitSelection"],
  ["remove"],
];
const onNothing: readonly (readonly CommandId[])[] = [
  ["showAdd", "paste", "selectAll"],
  ["autoLayout", "fit"],
];

/** The node or edge that an element on the canvas or in the outline stands for. */
function idAt(target: Element): string | undefined {
  const element = target.closest<HTMLElement>("[data-node-id], [data-edge-id]");
  return element?.dataset.nodeId ?? element?.dataset.edgeId;
}

/** The menu of the right button, and of the keyboard's menu key, over the canvas and the outline. */
export function ContextMenu() {
  const [at, setAt] = useState<{ x: number; y: number } | undefined>();
  const selected = useEditor(({ state }) => state.selection.length > 0);
  useEffect(() => {
    const open = (event: MouseEvent): void => {
      const target = event.target instanceof Element ? event.target : null;
      if (!target?.closest('[data-region="canvas"], [role="tree"]') || target.closest("input, textarea")) return;
      event.preventDefault();
      const id = idAt(target);
      const { state, select } = useEditor.getState();
      if (id === undefined) select([]);
      else if (!state.selection.includes(id)) select([id]);
      setAt({ x: event.clientX, y: event.clientY });
    };
    window.addEventListener("contextmenu", open);
    return () => window.removeEventListener("contextmenu", open);
  }, []);
  if (!at) return null;
  const groups = selected ? onSelection : onNothing;
  return (
    <Radix.Root key={`${at.x} ${at.y}`} open modal={false} onOpenChange={(open) => open || setAt(undefined)}>
      <Radix.Trigger
        tabIndex={-1}
        aria-hidden="true"
        className="pointer-events-none fixed size-px opacity-0"
        style={{ left: at.x, top: at.y }}
      />
      <Radix.Portal>
        <Radix.Content
          align="start"
          sideOffset={2}
          collisionPadding={8}
          aria-label="Actions"
          className="appear z-50 min-w-56 rounded-lg border border-line bg-surface p-1 shadow-pop"
        >
          {groups.map((group, index) => (
            <div key={group[0]}>
              {index > 0 && <MenuSeparator />}
              {group.map((id) => (
                <CommandItem key={id} id={id} />
              ))}
            </div>
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
