"use client";

import * as Radix from "@radix-ui/react-dropdown-menu";
import type { ReactElement, ReactNode } from "react";
import type { KeyCombo } from "@/lib/editor/keys";
import { Icon, type IconId } from "./icon";
import { Kbd } from "./kbd";

/** A menu that opens from a button. */
export function Menu({
  trigger,
  children,
  align = "start",
}: {
  trigger: ReactElement;
  children: ReactNode;
  align?: "start" | "end";
}) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="appear z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-56 overflow-auto rounded-lg border border-line bg-surface p-1 shadow-pop"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function MenuItem({
  icon,
  keys,
  blocked,
  checked,
  children,
  onSelect,
}: {
  icon?: IconId;
  keys?: KeyCombo | undefined;
  blocked?: string | undefined;
  checked?: boolean;
  children: ReactNode;
  onSelect(): void;
}) {
  const look =
    "flex h-7 cursor-default select-none items-center gap-2 rounded-md px-2 outline-none data-highlighted:bg-hover data-disabled:text-ink-3";
  const inside = (
    <>
      <span className="grid w-4 place-content-center text-ink-2">
        {checked ? <Icon name="check" size={14} /> : icon && <Icon name={icon} size={14} />}
      </span>
      <span className="flex-1">{children}</span>
      {keys && <Kbd keys={keys} />}
    </>
  );
  const disabled = blocked !== undefined;
  return checked === undefined ? (
    <Radix.Item className={look} disabled={disabled} title={blocked} onSelect={onSelect}>
      {inside}
    </Radix.Item>
  ) : (
    <Radix.CheckboxItem className={look} checked={checked} disabled={disabled} onSelect={onSelect}>
      {inside}
    </Radix.CheckboxItem>
  );
}

export const MenuSeparator = () => <Radix.Separator className="my-1 h-px bg-line" />;
export const MenuLabel = ({ children }: { children: ReactNode }) => (
  <Radix.Label className="px-2 pt-1.5 pb-1 text-ink-3 text-xs">{children}</Radix.Label>
);
