import type { KeyboardEvent } from "react";

/**
 * Folding by keyboard: from the text, Enter goes to the first fold button in sight; arrows go from one to the next and
 * open and close, as in a tree; Escape goes back to the text.
 */
export function foldKeys(
  event: KeyboardEvent<HTMLElement>,
  lineAt: (target: EventTarget) => number | undefined,
  toggle: (line: number, open?: boolean) => void,
): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const scroller = event.currentTarget;
  const buttons = [...scroller.querySelectorAll<HTMLElement>("[data-fold]")];
  const here = (event.target as Element).closest<HTMLElement>("[data-fold]");
  if (!here) {
    if (event.key !== "Enter" || event.target !== scroller) return;
    const { top } = scroller.getBoundingClientRect();
    event.preventDefault();
    buttons.find((button) => button.getBoundingClientRect().top >= top)?.focus();
    return;
  }
  const line = lineAt(here);
  const at = buttons.indexOf(here);
  const acts = new Map([
    ["ArrowDown", () => buttons[at + 1]?.focus()],
    ["ArrowUp", () => buttons[at - 1]?.focus()],
    ["ArrowRight", () => line !== undefined && toggle(line, true)],
    ["ArrowLeft", () => line !== undefined && toggle(line, false)],
    ["Escape", () => scroller.focus({ preventScroll: true })],
  ]);
  const act = acts.get(event.key);
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}
