"use client";

import { memo, useEffect, useMemo, useRef, useState } from "react";
import { Icon } from "../ui/icon";
import { highlight } from "./highlight";
import type { Language } from "./languages";
import { cut, MOST_COLUMNS, piecesOf } from "./pieces";

export const LINE_HEIGHT = 18;

/** Calls back when an element comes near the part that is on the screen; gives the way to stop. */
export type Watch = (element: Element, onNear: () => void) => () => void;

/** A match in one line of a chunk. */
export interface RowHit {
  row: number;
  from: number;
  to: number;
  current: boolean;
}

/** What a line is besides its text, one letter each, so that a chunk knows by comparing strings whether it changed. */
export const origin = { none: ".", known: "o", selected: "s" } as const;
export const folding = { none: ".", open: "v", closed: ">", hidden: "h" } as const;

export interface ChunkProps {
  start: number;
  /** The lines joined: equal text is equal, whoever made it. */
  text: string;
  origins: string;
  foldings: string;
  hits: readonly RowHit[] | undefined;
  language: Language;
  /** Drawn in full at once: it is on the screen when the file opens. */
  first: boolean;
  watch: Watch;
}

/** Some lines. Far from the screen they are one plain text; near it they get numbers, colours, marks and buttons. */
export const ChunkView = memo(function ChunkView({ start, watch, first, ...rest }: ChunkProps) {
  const [near, setNear] = useState(first);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!near && box.current) return watch(box.current, () => setNear(true));
  }, [near, watch]);
  let shown = 0;
  for (const letter of rest.foldings) if (letter !== folding.hidden) shown += 1;
  if (shown === 0) return null;
  const height = shown * LINE_HEIGHT;
  return (
    <div
      ref={box}
      data-start={start}
      style={{
        height,
        contentVisibility: "auto",
        containIntrinsicWidth: "auto none",
      }}
    >
      {near ? (
        // Inside, because what stands outside of a part that may be left undrawn does not count for it.
        <div style={{ counterReset: `code-line ${start}` }}>
          <Lines {...rest} />
        </div>
      ) : (
        <div className="code-far">{farText(rest.text, rest.foldings)}</div>
      )}
    </div>
  );
});

const farText = (text: string, foldings: string): string =>
  text
    .split("\n")
    .filter((_, at) => foldings[at] !== folding.hidden)
    .map((line) => cut(line).text)
    .join("\n");

type LinesProps = Omit<ChunkProps, "start" | "first" | "watch">;

const Lines = memo(function Lines({ text, origins, foldings, hits, language }: LinesProps) {
  const lines = useMemo(() => text.split("\n").map(cut), [text]);
  const tokens = useMemo(() => highlight(lines.map((line) => line.text).join("\n"), language), [lines, language]);
  const rows = [];
  let skipped = 0;
  for (let row = 0; row < lines.length; row += 1) {
    if (foldings[row] === folding.hidden) {
      skipped += 1;
      continue;
    }
    const mine = hits?.filter((hit) => hit.row === row) ?? [];
    rows.push(
      <div
        key={row}
        data-row={row}
        data-from={origins[row] === origin.none ? undefined : ""}
        data-marked={origins[row] === origin.selected ? "" : undefined}
        className="code-line"
        style={skipped > 0 ? { counterIncrement: `code-line ${skipped + 1}` } : undefined}
      >
        <span className="code-gutter">
          <FoldButton state={foldings[row]} row={row} name={lines[row]?.text.trim().slice(0, 60) ?? ""} />
        </span>
        <span className="pr-6">
          {piecesOf(
            tokens[row] ?? [],
            mine.map(({ from, to }) => [from, to]),
          ).map(({ text: piece, className, range }, at) => {
            const hit = range === undefined ? undefined : mine[range];
            if (hit) {
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place in the line
                <mark key={at} className={`code-hit ${className}`} data-current={hit.current ? "" : undefined}>
                  {piece}
                </mark>
              );
            }
            return className === "" ? (
              piece
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place in the line
              <span key={at} className={className}>
                {piece}
              </span>
            );
          })}
          <Left count={lines[row]?.left ?? 0} hits={mine} />
          {foldings[row] === folding.closed && (
            <span aria-hidden="true" className="ml-1.5 rounded-sm bg-hover px-1 text-ink-2">
              …
            </span>
          )}
          {"\n"}
        </span>
      </div>,
    );
    skipped = 0;
  }
  return rows;
});

/** Says how much of a very long line is not drawn; a match in there is marked here. */
function Left({ count, hits }: { count: number; hits: readonly RowHit[] }) {
  if (count === 0) return null;
  const inside = hits.filter(({ to }) => to > MOST_COLUMNS);
  const look = inside.length > 0 ? "code-hit" : "text-ink-3";
  return (
    <span className={`ml-1 ${look}`} data-current={inside.some(({ current }) => current) ? "" : undefined}>
      … {count.toLocaleString("en-US")} more characters
    </span>
  );
}

function FoldButton({ state, row, name }: { state: string | undefined; row: number; name: string }) {
  if (state !== folding.open && state !== folding.closed) return null;
  const open = state === folding.open;
  return (
    <button
      type="button"
      tabIndex={-1}
      data-fold={row}
      aria-expanded={open}
      aria-label={`${open ? "Fold" : "Unfold"} ${name}`}
      className="code-fold"
    >
      <Icon name={open ? "chevron-down" : "chevron-right"} size={12} />
    </button>
  );
}
