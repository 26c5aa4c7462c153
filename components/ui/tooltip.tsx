"use client";

import * as Radix from "@radix-ui/react-tooltip";
import type { ReactElement, ReactNode } from "react";
import type { KeyCombo } from "@/lib/editor/keys";
import { Kbd } from "./kbd";

export const TooltipProvider = ({ children }: { children: ReactNode }) => (
  <Radix.Provider delayDuration={400} skipDelayDuration={200}>
    {children}
  </Radix.Provider>
);

/** Words beside a control, with its keys. */
export function Tooltip({
  children,
  text,
  keys,
  side = "bottom",
}: {
  children: ReactElement;
  text: ReactNode;
  keys?: KeyCombo;
  side?: "top" | "bottom" | "left" | "right";
}) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 flex max-w-72 items-center gap-2 rounded-md border border-line bg-surface px-2 py-1 text-xs text-ink shadow-pop"
        >
          {text}
          {keys && <Kbd keys={keys} />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
