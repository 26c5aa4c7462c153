"use client";

import type { CommandId } from "@/lib/editor/commands";
import { Button, type ButtonProps, IconButton } from "../ui/button";
import { MenuItem } from "../ui/menu";
import { Tooltip } from "../ui/tooltip";
import { useCommand } from "./use-command";

/** A command as an icon with a tooltip. */
export function CommandIcon({ id, side }: { id: CommandId; side?: "top" | "bottom" | "left" | "right" }) {
  const { label, icon, keys, blocked, run } = useCommand(id);
  return (
    <IconButton
      icon={icon}
      label={label}
      keys={keys}
      blocked={blocked}
      onClick={() => run()}
      {...(side ? { side } : {})}
    />
  );
}

/** A command as a button with words. */
export function CommandButton({
  id,
  look,
  iconOnlyNarrow,
  children,
}: {
  id: CommandId;
  look?: ButtonProps["look"];
  /** In a narrow window the icon stands alone. */
  iconOnlyNarrow?: boolean;
  children?: string;
}) {
  const { label, icon, keys, blocked, run } = useCommand(id);
  return (
    <Tooltip text={blocked ?? label} {...(keys ? { keys } : {})}>
      <Button
        icon={icon}
        {...(look ? { look } : {})}
        aria-disabled={blocked === undefined ? undefined : true}
        onClick={() => run()}
      >
        {iconOnlyNarrow ? <span className="sr-only md:not-sr-only">{children ?? label}</span> : (children ?? label)}
      </Button>
    </Tooltip>
  );
}

/** A command as an entry of a menu. */
export function CommandItem({ id }: { id: CommandId }) {
  const { label, icon, keys, blocked, run } = useCommand(id);
  return (
    <MenuItem icon={icon} keys={keys} blocked={blocked} onSelect={() => run()}>
      {label}
    </MenuItem>
  );
}
