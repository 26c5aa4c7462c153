"use client";

import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { Icon } from "../ui/icon";
import type { DiffLine, FileChange, Gap } from "./difference";
import { Counts } from "./file-tree";
import { highlight, type Token } from "./highlight";
import { type Language, languageOf } from "./languages";
import { cut, piecesOf } from "./pieces";
import { linesOf, originsOf } from "./text-lines";
import { useLanguage } from "./use-language";

/** Lines of one file that are drawn at once; a button shows as many more. */
const MOST_ROWS = 400;
/** Files that are drawn; more are counted. */
const MOST_FILES = 60;

const words = { added: "New file", removed: "Removed file", changed: "Changed file" } as const;

/** What changed, file under file, as pull requests show it. A click on a line picks its node. */
export function ChangesView({
  files,
  path,
  onPick,
}: {
  files: readonly FileChange[];
  /** The file to bring into view. */
  path: string | undefined;
  onPick(id: string): void;
}) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    const at = files.findIndex((file) => file.path === path);
    const section = box.current?.querySelector<HTMLElement>(`[data-change="${at}"]`);
    if (section && box.current) box.current.scrollTop = section.offsetTop - box.current.offsetTop;
  }, [path, files]);
  return (
    <section
      ref={box}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling text must be reachable by keyboard
      tabIndex={0}
      aria-label="Changes"
      className="h-full overflow-auto bg-surface font-mono text-xs leading-[18px] outline-offset-[-2px]"
    >
      {files.slice(0, MOST_FILES).map((file, at) => (
        <div key={file.path} data-change={at}>
          <ChangedFile file={file} onPick={onPick} />
        </div>
      ))}
      {files.length > MOST_FILES && (
        <p className="p-3 font-sans text-ink-2">{files.length - MOST_FILES} more files changed.</p>
      )}
    </section>
  );
}

function ChangedFile({ file, onPick }: { file: FileChange; onPick(id: string): void }) {
  const [most, setMost] = useState(MOST_ROWS);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const language = useLanguage(languageOf(file.path));
  const origins = useMemo(() => ({ was: idsOf(file.was), is: idsOf(file.is) }), [file.was, file.is]);
  // Gaps that were opened are of the comparison that they were opened in.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another comparison starts anew
  useEffect(() => setOpened(new Set()), [file.rows]);

  const blocks: ReactNode[] = [];
  let drawn = 0;
  let left = 0;
  if (file.rows !== "too much") {
    for (const { lines, gap, start } of blocksOf(file.rows)) {
      if (gap && !opened.has(start)) {
        if (left === 0) {
          blocks.push(
            <GapRow key={start} count={lines.length} onOpen={() => setOpened(new Set([...opened, start]))} />,
          );
        }
        continue;
      }
      const room = Math.max(0, most - drawn);
      left += Math.max(0, lines.length - room);
      drawn += Math.min(lines.length, room);
      if (room > 0) {
        blocks.push(
          <Hunk key={start} lines={lines.slice(0, room)} language={language} origins={origins} onPick={onPick} />,
        );
      }
    }
  }
  return (
    <section aria-label={`${words[file.status]} ${file.path}`}>
      <h3 className="sticky top-0 left-0 z-10 flex h-7 items-center gap-2 border-line border-y bg-sunken px-3 font-sans first:border-t-0">
        <Icon name="file" size={14} className="text-ink-3" />
        <span className="truncate font-medium">{file.path}</span>
        {file.status !== "changed" && <span className="text-ink-2">{file.status === "added" ? "new" : "removed"}</span>}
        <Counts change={file} />
      </h3>
      {file.rows === "too much" ? (
        <p className="px-3 py-2 font-sans text-ink-2">
          This file changed, but it is too large or too different to be compared line by line.
        </p>
      ) : (
        <div className="min-w-max">{blocks}</div>
      )}
      {left > 0 && (
        <button
          type="button"
          onClick={() => setMost(most + 4 * MOST_ROWS)}
          className="sticky left-0 h-7 px-3 font-sans text-accent hover:underline"
        >
          Show {Math.min(left, 4 * MOST_ROWS).toLocaleString("en-US")} of {left.toLocaleString("en-US")} more lines
        </button>
      )}
    </section>
  );
}

const idsOf = (file: FileChange["is"]): readonly (string | undefined)[] =>
  file ? originsOf(file, linesOf(file.text).length) : [];

interface Block {
  lines: readonly DiffLine[];
  gap: boolean;
  /** Place in the comparison, as a key. */
  start: number;
}

function blocksOf(rows: readonly (DiffLine | Gap)[]): Block[] {
  const blocks: Block[] = [];
  let lines: DiffLine[] | undefined;
  rows.forEach((row, start) => {
    if ("gap" in row) {
      blocks.push({ lines: row.gap, gap: true, start });
      lines = undefined;
    } else if (lines) lines.push(row);
    else {
      lines = [row];
      blocks.push({ lines, gap: false, start });
    }
  });
  return blocks;
}

function GapRow({ count, onOpen }: { count: number; onOpen(): void }) {
  return (
    <button
      type="button"
      onClick={onOpen}
      className="sticky left-0 flex h-6 w-full items-center gap-2 bg-sunken px-3 text-left font-sans text-ink-2 outline-offset-[-2px] hover:bg-hover hover:text-ink"
    >
      <Icon name="unfold" size={12} />
      {count.toLocaleString("en-US")} unchanged lines
    </button>
  );
}

/** Tokens of each line, each side coloured as the text that it is. */
function useTokens(lines: readonly DiffLine[], language: Language): Token[][] {
  return useMemo(() => {
    const side = (other: "+" | "-"): Token[][] =>
      highlight(
        lines
          .filter(({ sign }) => sign !== other)
          .map(({ text }) => cut(text).text)
          .join("\n"),
        language,
      );
    const was = side("+");
    const is = side("-");
    let [old, now] = [0, 0];
    return lines.map(({ sign }) => {
      const tokens = sign === "-" ? was[old] : is[now];
      if (sign !== "+") old += 1;
      if (sign !== "-") now += 1;
      return tokens ?? [];
    });
  }, [lines, language]);
}

interface Sides {
  was: readonly (string | undefined)[];
  is: readonly (string | undefined)[];
}

function Hunk({
  lines,
  language,
  origins,
  onPick,
}: {
  lines: readonly DiffLine[];
  language: Language;
  origins: Sides;
  onPick(id: string): void;
}) {
  const tokens = useTokens(lines, language);
  const idAt = ({ was, is }: DiffLine): string | undefined =>
    is === undefined ? origins.was[was ?? -1] : origins.is[is];
  const pick = (target: EventTarget): void => {
    const row = (target as Element).closest<HTMLElement>("[data-row]")?.dataset.row;
    const line = row === undefined ? undefined : lines[Number(row)];
    const id = line && idAt(line);
    if (id !== undefined && window.getSelection()?.isCollapsed) onPick(id);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the outline selects the same nodes by keyboard
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <div onClick={(event) => pick(event.target)}>
      {lines.map((line, at) => (
        <div
          key={`${line.was ?? ""} ${line.is ?? ""}`}
          data-row={at}
          data-sign={line.sign}
          data-from={idAt(line) === undefined ? undefined : ""}
          className="diff-line"
        >
          <span className="diff-gutter">
            <span aria-hidden="true">{line.was === undefined ? "" : line.was + 1}</span>
            <span aria-hidden="true">{line.is === undefined ? "" : line.is + 1}</span>
            <span className="diff-sign">{line.sign === "-" ? "−" : line.sign}</span>
          </span>
          <span className="pr-6">
            {piecesOf(tokens[at] ?? [], line.words ?? []).map(({ text, className, range }, piece) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place in the line
              <span key={piece} className={range === undefined ? className : `diff-word ${className}`}>
                {text}
              </span>
            ))}
            {line.text.length > cut(line.text).text.length && <span className="text-ink-3"> …</span>}
            {"\n"}
          </span>
        </div>
      ))}
    </div>
  );
}
