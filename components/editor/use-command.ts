"use client";

import { useCallback } from "react";
import { type CommandId, commandOf } from "@/lib/editor/commands";
import type { CommandArgs } from "@/lib/editor/commands/command";
import type { KeyCombo } from "@/lib/editor/keys";
import { useEditor } from "./store";

/** Everything a button or a menu entry shows of a command. */
export function useCommand(id: CommandId): {
  label: string;
  icon: ReturnType<typeof commandOf>["icon"];
  keys: KeyCombo | undefined;
  /** Why it cannot run now. */
  blocked: string | undefined;
  run(args?: CommandArgs): void;
} {
  const command = commandOf(id);
  const blocked = useEditor(({ state }) => {
    const enabled = command.enabled(state);
    return enabled === true ? undefined : enabled;
  });
  const run = useCallback((args?: CommandArgs) => useEditor.getState().run(id, args), [id]);
  return { label: command.title, icon: command.icon, keys: command.keys[0], blocked, run };
}
