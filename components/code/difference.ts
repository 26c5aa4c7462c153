import type { OutFile } from "@/lib/export/target";
import { linesOf } from "./text-lines";

/** A line of a comparison. Numbers are 0-based; `was` and `is` are undefined where the line does not exist. */
export interface DiffLine {
  sign: " " | "+" | "-";
  was: number | undefined;
  is: number | undefined;
  text: string;
  /** What changed within the line: columns, the end excluded. */
  words?: readonly (readonly [from: number, to: number])[];
}

/** Unchanged lines between two changes that are not shown at first. */
export interface Gap {
  gap: readonly DiffLine[];
}

export interface FileChange {
  path: string;
  status: "added" | "removed" | "changed";
  added: number;
  removed: number;
  /** "too much" when the two are too large or too different to be compared line by line. */
  rows: readonly (DiffLine | Gap)[] | "too much";
  was: OutFile | undefined;
  is: OutFile | undefined;
}

export interface Changes {
  files: readonly FileChange[];
  added: number;
  removed: number;
}

/** Unchanged lines shown around each change. */
const CONTEXT = 3;
/** Bounds of a comparison: characters of a file, edits between two, and time for one. */
const MOST_CHARACTERS = 4_000_000;
const MOST_EDITS = 5_000;
const PATIENCE_MS = 400;
/** Bounds of looking into lines: their length, and how many stand against as many. */
const MOST_WORDS = 600;
const MOST_PAIRS = 40;

type Diff = typeof import("diff");

/** What two exports differ in, file by file. The comparison itself is fetched when there is something to compare. */
export async function compare(was: readonly OutFile[], is: readonly OutFile[]): Promise<Changes> {
  const before = new Map(was.map((file) => [file.path, file]));
  const after = new Map(is.map((file) => [file.path, file]));
  const pairs: [OutFile | undefined, OutFile | undefined][] = [];
  for (const file of is) {
    const old = before.get(file.path);
    if (old?.text !== file.text) pairs.push([old, file]);
  }
  for (const file of was) if (!after.has(file.path)) pairs.push([file, undefined]);
  if (pairs.length === 0) return { files: [], added: 0, removed: 0 };
  const diff = await import("diff");
  const files = pairs.map(([old, now]) => compareFile(diff, old, now));
  const sum = (part: "added" | "removed"): number => files.reduce((total, file) => total + file[part], 0);
  return { files, added: sum("added"), removed: sum("removed") };
}

function compareFile(diff: Diff, was: OutFile | undefined, is: OutFile | undefined): FileChange {
  const path = is?.path ?? was?.path ?? "";
  const status = !was ? "added" : !is ? "removed" : "changed";
  const old = was ? linesOf(was.text) : [];
  const now = is ? linesOf(is.text) : [];
  const tooLarge = (was?.text.length ?? 0) + (is?.text.length ?? 0) > MOST_CHARACTERS;
  const lines = tooLarge ? undefined : lineDiff(diff, old, now);
  if (!lines) return { path, status, added: 0, removed: 0, rows: "too much", was, is };
  const count = (sign: "+" | "-"): number => lines.reduce((total, line) => total + (line.sign === sign ? 1 : 0), 0);
  return { path, status, added: count("+"), removed: count("-"), rows: folded(lines), was, is };
}

/** Every line of both texts with its sign; undefined when they differ too much to find out in good time. */
function lineDiff(diff: Diff, was: readonly string[], is: readonly string[]): DiffLine[] | undefined {
  let head = 0;
  while (head < was.length && head < is.length && was[head] === is[head]) head += 1;
  let tail = 0;
  const most = Math.min(was.length, is.length) - head;
  while (tail < most && was[was.length - 1 - tail] === is[is.length - 1 - tail]) tail += 1;
  const options = { maxEditLength: MOST_EDITS, timeout: PATIENCE_MS };
  const parts = diff.diffArrays(was.slice(head, was.length - tail), is.slice(head, is.length - tail), options);
  if (!parts) return undefined;

  const lines: DiffLine[] = is.slice(0, head).map((text, at) => ({ sign: " ", was: at, is: at, text }));
  let [old, now] = [head, head];
  let removed: DiffLine[] = [];
  for (const part of parts) {
    if (!part.removed && !part.added) removed = [];
    const block: DiffLine[] = [];
    for (const text of part.value) {
      block.push({
        sign: part.removed ? "-" : part.added ? "+" : " ",
        was: part.added ? undefined : old,
        is: part.removed ? undefined : now,
        text,
      });
      if (!part.added) old += 1;
      if (!part.removed) now += 1;
    }
    if (part.removed) removed = block;
    if (part.added && removed.length > 0) {
      markWords(diff, removed, block);
      removed = [];
    }
    lines.push(...block);
  }
  for (let at = 0; at < tail; at += 1) {
    lines.push({ sign: " ", was: old + at, is: now + at, text: is[now + at] as string });
  }
  return lines;
}

/** Marks what changed within lines that took one another's place. */
function markWords(diff: Diff, removed: DiffLine[], added: DiffLine[]): void {
  if (removed.length !== added.length || removed.length > MOST_PAIRS) return;
  removed.forEach((old, at) => {
    const now = added[at] as DiffLine;
    if (old.text.length > MOST_WORDS || now.text.length > MOST_WORDS) return;
    const parts = diff.diffWordsWithSpace(old.text, now.text, { maxEditLength: 100 });
    if (!parts) return;
    let same = 0;
    const wasWords: [number, number][] = [];
    const isWords: [number, number][] = [];
    let [from, to] = [0, 0];
    for (const { value, added: isNew, removed: isOld } of parts) {
      if (isOld) wasWords.push([from, from + value.length]);
      if (isNew) isWords.push([to, to + value.length]);
      if (!isOld && !isNew) same += value.trim().length;
      if (!isNew) from += value.length;
      if (!isOld) to += value.length;
    }
    // Lines with next to nothing in common are two lines, not one that changed.
    if (same * 3 < Math.min(old.text.trim().length, now.text.trim().length)) return;
    old.words = wasWords;
    now.words = isWords;
  });
}

/** Leaves a few lines around each change and puts the rest into gaps. */
function folded(lines: readonly DiffLine[]): (DiffLine | Gap)[] {
  const near = new Uint8Array(lines.length);
  lines.forEach(({ sign }, at) => {
    if (sign !== " ") near.fill(1, Math.max(0, at - CONTEXT), at + CONTEXT + 1);
  });
  const rows: (DiffLine | Gap)[] = [];
  for (let at = 0; at < lines.length; ) {
    let end = at;
    while (end < lines.length && !near[end]) end += 1;
    // A gap of one line takes as much room as the line.
    if (end - at > 1) rows.push({ gap: lines.slice(at, end) });
    else end = at;
    while (end < lines.length && (near[end] || end === at)) {
      rows.push(lines[end] as DiffLine);
      end += 1;
    }
    at = end;
  }
  return rows;
}

/** "3 files changed, +5 −2". */
export function summaryOf({ files, added, removed }: Changes): string {
  if (files.length === 0) return "No file changed";
  return `${files.length === 1 ? "1 file" : `${files.length} files`} changed, +${added} −${removed}`;
}
