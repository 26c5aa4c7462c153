"use client";

import { memo, useEffect, useMemo, useRef } from "react";
import type { OutFile } from "@/lib/export/target";
import { useEditor } from "../editor/store";
import { highlight } from "./highlight";
import { type Language, languageOf } from "./languages";
import { useLanguage } from "./use-language";

/** Lines are drawn in blocks, so that an edit redraws only the blocks whose text it changed. */
const BLOCK = 50;
const LINE_HEIGHT = 18;

/** Read-only text with numbers; the lines of the selection stand out and are scrolled to; a click selects their node. */
export function CodeView({ file }: { file: OutFile }) {
  const language = useLanguage(languageOf(file.path));
  const selection = useEditor(({ state }) => state.selection);
  const scroller = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => file.text.replace(/\n$/, "").split("\n"), [file.text]);
  const origins = useMemo(() => {
    const byLine: (string | undefined)[] = new Array(lines.length).fill(undefined);
    for (const { line, node, edge } of file.lines) byLine[line] = node ?? edge;
    return byLine;
  }, [file.lines, lines.length]);
  const marked = useMemo(() => {
    const chosen = new Set(selection);
    return origins.map((id) => id !== undefined && chosen.has(id));
  }, [origins, selection]);
  const first = longestRun(marked);

  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the selection, not every edit that moves lines
  useEffect(() => {
    const box = scroller.current;
    if (!box || first < 0) return;
    const top = first * LINE_HEIGHT;
    const visible = top >= box.scrollTop && top <= box.scrollTop + box.clientHeight - 3 * LINE_HEIGHT;
    if (!visible) box.scrollTop = Math.max(0, top - 2 * LINE_HEIGHT);
  }, [selection, file.path]);

  const blocks = [];
  for (let start = 0; start < lines.length; start += BLOCK) {
    const text = lines.slice(start, start + BLOCK).join("\n");
    const marks = marked
      .slice(start, start + BLOCK)
      .map(Number)
      .join("");
    blocks.push(<Block key={start} start={start} text={text} marks={marks} language={language} />);
  }
  const select = (target: EventTarget): void => {
    const line = (target as HTMLElement).closest?.<HTMLElement>("[data-line]")?.dataset.line;
    const id = line === undefined ? undefined : origins[Number(line)];
    // A drag that marks text is no click on a line.
    if (id === undefined || !window.getSelection()?.isCollapsed) return;
    useEditor.getState().select([id]);
    useEditor.getState().canvas?.reveal([id]);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the outline selects the same nodes by keyboard, and the code follows
    <section
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling text must be reachable by keyboard
      tabIndex={0}
      aria-label={file.path}
      onClick={(event) => select(event.target)}
      className="h-full overflow-auto bg-surface font-mono text-xs"
      style={{ lineHeight: `${LINE_HEIGHT}px` }}
    >
      <div className="min-w-max pb-4">{blocks}</div>
    </section>
  );
}

/** Where the longest run of marked lines starts: the resource itself rather than a parameter of it; -1 without any. */
function longestRun(marked: readonly boolean[]): number {
  let best = -1;
  let length = 0;
  for (let at = 0; at < marked.length; at += 1) {
    if (!marked[at]) continue;
    const start = at;
    while (marked[at + 1]) at += 1;
    if (at - start + 1 > length) {
      best = start;
      length = at - start + 1;
    }
  }
  return best;
}

const Block = memo(function Block({
  start,
  text,
  marks,
  language,
}: {
  start: number;
  text: string;
  marks: string;
  language: Language;
}) {
  const lines = useMemo(() => highlight(text, language), [text, language]);
  return (
    <div style={{ contentVisibility: "auto", containIntrinsicSize: `auto ${lines.length * LINE_HEIGHT}px` }}>
      {lines.map((tokens, at) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
          key={at}
          data-line={start + at}
          className={`flex whitespace-pre ${marks[at] === "1" ? "bg-accent-soft" : ""}`}
          style={{ height: LINE_HEIGHT }}
        >
          <span aria-hidden="true" className="w-12 shrink-0 select-none pr-3 text-right text-ink-3">
            {start + at + 1}
          </span>
          <span className="pr-6">
            {tokens.map(({ text: piece, className }, index) =>
              className === "" ? (
                piece
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: a token is its place in the line
                <span key={index} className={className}>
                  {piece}
                </span>
              ),
            )}
            {"\n"}
          </span>
        </div>
      ))}
    </div>
  );
});
