"use client";

import { type Ref, useCallback, useEffect, useImperativeHandle, useMemo, useRef } from "react";
import type { OutFile } from "@/lib/export/target";
import { useEditor } from "../editor/store";
import { ChunkView, folding, LINE_HEIGHT, origin, type RowHit, type Watch } from "./chunk-view";
import { chunksOf } from "./chunks";
import { foldKeys } from "./fold-keys";
import { type Fold, hiddenBy } from "./folds";
import { type Language, languageOf } from "./languages";
import type { Hit } from "./search";
import { originsOf } from "./text-lines";
import { useLanguage } from "./use-language";

/** More lines than these are not drawn; the file that is copied or downloaded has them all. */
const MOST_LINES = 50_000;
/** How far beyond the screen lines are drawn in full. */
const NEAR = "1000px";

/** What the panel asks of the text on the screen. */
export interface CodeHandle {
  /** The first line that can be seen. */
  topLine(): number;
  /** Scrolls until a line (and a column of it) can be seen; "start" puts it near the top. */
  show(line: number, at?: { column?: number; block?: "nearest" | "start" }): void;
  focus(): void;
}

export interface CodeViewProps {
  file: OutFile;
  lines: readonly string[];
  folds: readonly Fold[];
  folded: ReadonlySet<string>;
  hits: readonly Hit[];
  current: number;
  /** Room that something over the first lines takes. */
  covered: number;
  onFold(key: string, folded: boolean): void;
  /** A click on a line that comes from a node or an edge. */
  onPick(id: string): void;
  ref: Ref<CodeHandle>;
}

/** Read-only text with numbers; lines of the selection stand out, a click on a line picks its node, parts fold. */
export function CodeView({ file, lines, folds, folded, hits, current, covered, onFold, onPick, ref }: CodeViewProps) {
  const wanted: Language = languageOf(file.path);
  const language = useLanguage(wanted);
  const selection = useEditor(({ state }) => state.selection);
  const scroller = useRef<HTMLDivElement>(null);
  const shown = useMemo(() => (lines.length > MOST_LINES ? lines.slice(0, MOST_LINES) : lines), [lines]);
  const chunks = useMemo(
    () =>
      chunksOf(shown, wanted).map(({ lines: part, ...rest }) => ({
        ...rest,
        size: part.length,
        text: part.join("\n"),
      })),
    [shown, wanted],
  );
  const ids = useMemo(() => originsOf(file, shown.length), [file, shown.length]);
  const hidden = useMemo(() => hiddenBy(folds, folded, shown.length), [folds, folded, shown.length]);
  const origins = useMemo(() => {
    const chosen = new Set(selection);
    return ids.map((id) => (id === undefined ? origin.none : chosen.has(id) ? origin.selected : origin.known)).join("");
  }, [ids, selection]);
  const foldings = useMemo(() => {
    const letters = Array.from(hidden, (value): string => (value ? folding.hidden : folding.none));
    for (const { line, key } of folds) {
      if (!hidden[line]) letters[line] = folded.has(key) ? folding.closed : folding.open;
    }
    return letters.join("");
  }, [folds, folded, hidden]);
  const hitsIn = useMemo(() => byChunk(chunks, hits, current), [chunks, hits, current]);
  const watch = useWatch(scroller);

  useImperativeHandle(ref, () => ({
    topLine() {
      let row = Math.ceil(((scroller.current?.scrollTop ?? 0) + covered) / LINE_HEIGHT);
      let line = 0;
      for (; line < hidden.length; line += 1) if (!hidden[line] && row-- === 0) break;
      return line;
    },
    show(line, { column = 0, block = "nearest" } = {}) {
      const box = scroller.current;
      if (!box) return;
      let row = 0;
      for (let at = 0; at < line; at += 1) if (!hidden[at]) row += 1;
      const top = row * LINE_HEIGHT;
      const above = covered + LINE_HEIGHT;
      if (top < box.scrollTop + above || top > box.scrollTop + box.clientHeight - 3 * LINE_HEIGHT) {
        const lead = block === "start" ? above + LINE_HEIGHT : Math.max(above, box.clientHeight / 3);
        box.scrollTop = Math.max(0, top - lead);
      }
      // The width of a character of the fixed-width font at this size, near enough to bring a match into view.
      const left = 62 + column * 7.23;
      if (left < box.scrollLeft + 62 || left > box.scrollLeft + box.clientWidth - 80) {
        box.scrollLeft = Math.max(0, left - box.clientWidth / 2);
      }
    },
    focus: () => scroller.current?.focus({ preventScroll: true }),
  }));

  const lineAt = (target: EventTarget): number | undefined => {
    const row = (target as Element).closest<HTMLElement>("[data-row]");
    const start = row?.closest<HTMLElement>("[data-start]")?.dataset.start;
    return row && start !== undefined ? Number(start) + Number(row.dataset.row) : undefined;
  };
  const toggle = (line: number, open?: boolean): void => {
    const fold = folds.find((candidate) => candidate.line === line);
    if (fold) onFold(fold.key, open === undefined ? !folded.has(fold.key) : !open);
  };
  const click = (target: EventTarget): void => {
    const line = lineAt(target);
    if (line === undefined) return;
    if ((target as Element).closest("[data-fold]")) {
      toggle(line);
      return;
    }
    const id = ids[line];
    // A drag that marks text is no click on a line.
    if (id !== undefined && window.getSelection()?.isCollapsed) onPick(id);
  };
  return (
    <section
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling text must be reachable by keyboard
      tabIndex={0}
      aria-label={`Code: ${file.path}`}
      onClick={(event) => click(event.target)}
      onKeyDown={(event) => foldKeys(event, lineAt, toggle)}
      className="code-lines h-full overflow-auto bg-surface font-mono text-xs outline-offset-[-2px]"
      style={{ lineHeight: `${LINE_HEIGHT}px`, scrollPaddingTop: covered }}
    >
      <div className="min-w-max pb-4">
        {chunks.map(({ key, start, size, text }, at) => (
          <ChunkView
            key={key}
            start={start}
            text={text}
            origins={origins.slice(start, start + size)}
            foldings={foldings.slice(start, start + size)}
            hits={hitsIn.get(start)}
            language={language}
            first={at < 6}
            watch={watch}
          />
        ))}
        {lines.length > MOST_LINES && (
          <p className="p-3 font-sans text-ink-2">
            These are the first {MOST_LINES.toLocaleString("en-US")} of {lines.length.toLocaleString("en-US")} lines.
            What is copied or downloaded has them all.
          </p>
        )}
      </div>
    </section>
  );
}

/** One observer for all chunks, made when the first asks. */
function useWatch(scroller: { readonly current: HTMLElement | null }): Watch {
  const observer = useRef<IntersectionObserver | undefined>(undefined);
  const waiting = useRef(new Map<Element, () => void>());
  useEffect(
    () => () => {
      observer.current?.disconnect();
      observer.current = undefined;
    },
    [],
  );
  return useCallback(
    (element, onNear) => {
      observer.current ??= new IntersectionObserver(
        (entries) => {
          for (const { target, isIntersecting } of entries) if (isIntersecting) waiting.current.get(target)?.();
        },
        { root: scroller.current, rootMargin: NEAR },
      );
      waiting.current.set(element, onNear);
      observer.current.observe(element);
      return () => {
        waiting.current.delete(element);
        observer.current?.unobserve(element);
      };
    },
    [scroller],
  );
}

/** Matches by the chunk that they are in; hits and chunks are both in line order. */
function byChunk(
  chunks: readonly { start: number; size: number }[],
  hits: readonly Hit[],
  current: number,
): Map<number, RowHit[]> {
  const found = new Map<number, RowHit[]>();
  let at = 0;
  hits.forEach(({ line, from, to }, index) => {
    while (at < chunks.length && line >= (chunks[at]?.start ?? 0) + (chunks[at]?.size ?? 0)) at += 1;
    const chunk = chunks[at];
    if (!chunk) return;
    const hit = { row: line - chunk.start, from, to, current: index === current };
    const list = found.get(chunk.start);
    if (list) list.push(hit);
    else found.set(chunk.start, [hit]);
  });
  return found;
}
