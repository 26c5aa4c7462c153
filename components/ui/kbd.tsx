"use client";

import { useSyncExternalStore } from "react";
import { display, type KeyCombo } from "@/lib/editor/keys";

const never = () => () => {};
const isApple = () => /Mac|iPhone|iPad/.test(navigator.platform);

/** True on Apple's keyboards, where ⌘ takes the place of Ctrl. False while the server draws. */
export const useApple = (): boolean => useSyncExternalStore(never, isApple, () => false);

/** A key combination as it is written on this keyboard. */
export function Kbd({ keys }: { keys: KeyCombo }) {
  const apple = useApple();
  return (
    <kbd className="rounded-sm border border-line bg-sunken px-1 font-sans text-xs leading-4 text-ink-2">
      {display(keys, apple)}
    </kbd>
  );
}
