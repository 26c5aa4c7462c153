import type { Language } from "./languages";

/** Lines below a heading line that can be hidden. */
export interface Fold {
  /** The line that stays. */
  line: number;
  /** The last line that is hidden. */
  end: number;
  /** How many folds it stands in. */
  depth: number;
  /** The headings above it and its own: the same part of the file after an edit elsewhere. */
  key: string;
}

/** How many outer levels stay open when all is folded: `Resources:` alone would say nothing. What is below is whole. */
const keptOpen: Partial<Record<Language, number>> = { yaml: 1, json: 2 };

const TAB = 4;

/** Depth of a line in half steps: a list item stands between its key and its own properties. Blank lines have none. */
function indentOf(line: string, language: Language): number | undefined {
  let width = 0;
  let at = 0;
  for (; at < line.length; at += 1) {
    const code = line.charCodeAt(at);
    if (code === 32) width += 1;
    else if (code === 9) width += TAB;
    else break;
  }
  if (at === line.length) return undefined;
  return width * 2 + (language === "yaml" && line.startsWith("- ", at) ? 1 : 0);
}

/** Everything that can be folded, by the indentation that all our printers write, in line order. */
export function foldsOf(lines: readonly string[], language: Language): Fold[] {
  if (language === "plain") return [];
  const folds: Fold[] = [];
  const open: { indent: number; line: number; fold: Fold | undefined; seen: Map<string, number> }[] = [];
  const top = new Map<string, number>();
  let last = -1;
  const closeTo = (indent: number): void => {
    for (let above = open.at(-1); above && above.indent >= indent; above = open.at(-1)) {
      if (above.fold) above.fold.end = last;
      open.pop();
    }
  };
  lines.forEach((line, at) => {
    const indent = indentOf(line, language);
    if (indent === undefined) return;
    closeTo(indent);
    const parent = open.at(-1);
    if (parent && !parent.fold) {
      const outer = open.at(-2);
      const names = outer ? outer.seen : top;
      const name = (lines[parent.line] as string).trim().slice(0, 120);
      const times = names.get(name) ?? 0;
      names.set(name, times + 1);
      const key = `${outer?.fold ? `${outer.fold.key}\n` : ""}${name}${times === 0 ? "" : `\t${times}`}`;
      parent.fold = { line: parent.line, end: at, depth: open.length - 1, key };
      folds.push(parent.fold);
    }
    open.push({ indent, line: at, fold: undefined, seen: new Map() });
    last = at;
  });
  closeTo(0);
  return folds.sort((a, b) => a.line - b.line);
}

/** Keys of what "fold all" folds. */
export const allKeys = (folds: readonly Fold[], language: Language): string[] =>
  folds.filter(({ depth }) => depth === (keptOpen[language] ?? 0)).map(({ key }) => key);

/** For each line whether a fold hides it. */
export function hiddenBy(folds: readonly Fold[], folded: ReadonlySet<string>, count: number): Uint8Array {
  const hidden = new Uint8Array(count);
  if (folded.size === 0) return hidden;
  for (const { key, line, end } of folds) if (folded.has(key) && !hidden[line]) hidden.fill(1, line + 1, end + 1);
  return hidden;
}

/** The folds with those opened that hide this line; the same set when none does. */
export function unfoldedAt(folds: readonly Fold[], folded: ReadonlySet<string>, line: number): ReadonlySet<string> {
  const over = folds.filter((fold) => fold.line < line && line <= fold.end && folded.has(fold.key));
  if (over.length === 0) return folded;
  const next = new Set(folded);
  for (const { key } of over) next.delete(key);
  return next;
}
