"use client";

import type { ComponentProps, ReactNode } from "react";
import { ariaKeys, type KeyCombo } from "@/lib/editor/keys";
import { Icon, type IconId } from "./icon";
import { useApple } from "./kbd";
import { Tooltip } from "./tooltip";

const looks = {
  plain: "border border-line bg-surface text-ink hover:bg-hover active:bg-hover",
  primary: "border border-transparent bg-accent-solid text-on-accent hover:bg-accent-solid-hover",
  quiet: "border border-transparent text-ink-2 hover:bg-hover hover:text-ink",
  danger: "border border-line bg-surface text-error hover:bg-error-soft",
} as const;

export interface ButtonProps extends ComponentProps<"button"> {
  look?: keyof typeof looks;
  icon?: IconId;
  size?: "small" | "normal";
}

/** A button with words. */
export function Button({ look = "plain", icon, size = "normal", className, children, ...rest }: ButtonProps) {
  const measure = size === "small" ? "h-6 px-2 text-xs" : "h-7 px-2.5 text-sm";
  return (
    <button
      type="button"
      className={`inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-md font-medium transition-colors duration-100 disabled:opacity-50 aria-disabled:opacity-50 ${measure} ${looks[look]} ${className ?? ""}`}
      {...rest}
    >
      {icon && <Icon name={icon} size={14} />}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ComponentProps<"button">, "children"> {
  icon: IconId;
  /** The accessible name, also shown as a tooltip. */
  label: string;
  keys?: KeyCombo | undefined;
  /** Why it cannot be used now; the button stays reachable so that the reason can be read. */
  blocked?: string | undefined;
  pressed?: boolean;
  side?: "top" | "bottom" | "left" | "right";
  children?: ReactNode;
}

/** A button with an icon; its name and keys are in the tooltip. */
export function IconButton({
  icon,
  label,
  keys,
  blocked,
  pressed,
  side,
  className,
  onClick,
  ...rest
}: IconButtonProps) {
  const apple = useApple();
  return (
    <Tooltip text={blocked ? `${label}. ${blocked}` : label} {...(keys ? { keys } : {})} {...(side ? { side } : {})}>
      <button
        type="button"
        aria-label={label}
        aria-keyshortcuts={keys && ariaKeys(keys, apple)}
        aria-disabled={blocked === undefined ? undefined : true}
        aria-pressed={pressed}
        onClick={blocked === undefined ? onClick : undefined}
        className={`grid size-7 shrink-0 place-content-center rounded-md text-ink-2 transition-colors duration-100 hover:bg-hover hover:text-ink aria-disabled:text-ink-3 aria-disabled:opacity-50 aria-pressed:bg-hover aria-pressed:text-ink ${className ?? ""}`}
        {...rest}
      >
        <Icon name={icon} />
      </button>
    </Tooltip>
  );
}
