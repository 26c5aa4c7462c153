/** Where the focus goes when the button that has it takes itself away: its row, the rows beside it, the panel. */
function successors(button: HTMLElement): (HTMLElement | null | undefined)[] {
  const rows: (HTMLElement | null | undefined)[] = [];
  for (let row = button.closest<HTMLElement>("li, tr"); row; row = row.parentElement?.closest("li, tr") ?? null) {
    rows.push(row, row.nextElementSibling as HTMLElement | null, row.previousElementSibling as HTMLElement | null);
  }
  return rows;
}

/** As `ref` of a button that is gone once it has done its work, so that whoever pressed it by key goes on from there. */
export function keepsFocus(button: HTMLElement | null): (() => void) | undefined {
  if (!button) return undefined;
  return () => {
    if (document.activeElement !== button) return;
    const rows = successors(button);
    const panel = button.closest<HTMLElement>("[role=tabpanel]");
    queueMicrotask(() => {
      if (document.activeElement !== document.body) return;
      const next = rows.find((row) => row?.isConnected)?.querySelector<HTMLElement>("button");
      (next ?? panel)?.focus({ preventScroll: true });
    });
  };
}
