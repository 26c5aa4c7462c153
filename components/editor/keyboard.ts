"use client";

import { useEffect } from "react";
import { type CommandId, commandIds, commandOf } from "@/lib/editor/commands";
import { matches } from "@/lib/editor/keys";
import { clipboard } from "./clipboard";
import { useEditor } from "./store";

/** The browser has events of its own for these, which need no permission to reach the clipboard. */
const native: ReadonlySet<CommandId> = new Set<CommandId>(["copy", "cut", "paste"]);

const isApple = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);

function typing(target: EventTarget | null): boolean {
  const element = target instanceof HTMLElement ? target : null;
  if (!element) return false;
  return element.isContentEditable || element.matches("input:not([type=checkbox]):not([type=radio]), textarea, select");
}

/** True where keys without a modifier belong to the drawing: the canvas, or the page with nothing focused. */
function onCanvas(target: EventTarget | null): boolean {
  const element = target instanceof HTMLElement || target instanceof SVGElement ? target : null;
  return !element || element === document.body || element.closest('[data-region="canvas"]') !== null;
}

const inDialog = (): boolean => document.querySelector('[role="dialog"], [role="menu"]') !== null;

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const apple = isApple();
  for (const id of commandIds) {
    const { keys, scope, enabled } = commandOf(id);
    if (native.has(id) || !keys.some((combo) => matches(combo, event, apple))) continue;
    if (inDialog()) {
      // An open dialog keeps the page's keys out, and the browser's own answer to them as well.
      if (scope === "fields") event.preventDefault();
      return;
    }
    if (scope !== "fields" && typing(event.target)) return;
    if (scope === "canvas" && !onCanvas(event.target)) return;
    event.preventDefault();
    const { state, run, announce } = useEditor.getState();
    const blocked = enabled(state);
    // A key that cannot do anything now says so quietly; buttons show the reason.
    if (blocked === true) run(id);
    else announce(blocked);
    return;
  }
}

/** Text that is marked on the page is what copying means then. */
const marksText = (): boolean => !(window.getSelection()?.isCollapsed ?? true);

function onCopy(event: ClipboardEvent): void {
  if (typing(event.target) || inDialog() || marksText()) return;
  const command = commandOf(event.type === "cut" ? "cut" : "copy");
  const { state, dispatch, announce, notify } = useEditor.getState();
  if (command.enabled(state) !== true) return;
  event.preventDefault();
  const outcome = command.run(state, {});
  if ("refusal" in outcome) {
    notify(outcome.refusal, "refusal");
    return;
  }
  for (const effect of outcome.effects ?? []) {
    if (effect.effect !== "copy") continue;
    event.clipboardData?.setData("text/plain", effect.text);
    clipboard.remember(effect.text);
  }
  if (outcome.edits) dispatch(outcome.edits, { select: outcome.select ?? [] });
  announce(outcome.says ?? "");
}

function onPaste(event: ClipboardEvent): void {
  if (typing(event.target) || inDialog()) return;
  event.preventDefault();
  const text = event.clipboardData?.getData("text/plain") ?? "";
  useEditor.getState().run("paste", { text, at: undefined });
}

/** Hands the page's keys and clipboard events to the commands. */
export function useKeyboard(): void {
  useEffect(() => {
    window.addEventListener("keydown", onKeyDown);
    window.addEventListener("copy", onCopy);
    window.addEventListener("cut", onCopy);
    window.addEventListener("paste", onPaste);
    return () => {
      window.removeEventListener("keydown", onKeyDown);
      window.removeEventListener("copy", onCopy);
      window.removeEventListener("cut", onCopy);
      window.removeEventListener("paste", onPaste);
    };
  }, []);
}
