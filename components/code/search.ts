/** What is looked for. */
export interface Query {
  text: string;
  matchCase: boolean;
  regex: boolean;
}

/** A match within one line: columns as in a string, the end excluded. */
export interface Hit {
  line: number;
  from: number;
  to: number;
}

export interface Found {
  hits: readonly Hit[];
  /** There are more than were collected. */
  more: boolean;
}

/** More matches than these are not worth walking through; the count says so. */
export const MOST_HITS = 5_000;

/** The pattern of a query, or the reason in words why it is none. */
export function patternOf({ text, matchCase, regex }: Query): RegExp | { problem: string } {
  const source = regex ? text : text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  try {
    return new RegExp(source, `gm${matchCase ? "" : "i"}`);
  } catch (error) {
    const words = error instanceof Error ? error.message : "";
    // The engine's message ends with what is wrong: "Invalid regular expression: /(/gm: Unterminated group".
    const why = /: ([^:]+)$/.exec(words)?.[1] ?? "";
    return { problem: `This is no regular expression${why === "" ? "" : `: ${why.toLowerCase()}`}.` };
  }
}

/** All matches, at most {@link MOST_HITS}. A match never spans lines; one that would ends with its line. */
export function find(text: string, query: Query): Found | { problem: string } {
  if (query.text === "") return { hits: [], more: false };
  const pattern = patternOf(query);
  if ("problem" in pattern) return pattern;
  const hits: Hit[] = [];
  let line = 0;
  let start = 0;
  let end = ended(text, 0);
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const length = match[0].length;
    if (length === 0) {
      pattern.lastIndex += 1;
      continue;
    }
    while (match.index > end) {
      line += 1;
      start = end + 1;
      end = ended(text, start);
    }
    // The end of a line is no part of it.
    if (match.index === end) continue;
    if (hits.length === MOST_HITS) return { hits, more: true };
    hits.push({ line, from: match.index - start, to: Math.min(match.index + length, end) - start });
  }
  return { hits, more: false };
}

function ended(text: string, start: number): number {
  const at = text.indexOf("\n", start);
  return at === -1 ? text.length : at;
}

/** The first match at or below a line, else the first of all; -1 without any. */
export function hitFrom(hits: readonly Hit[], line: number): number {
  if (hits.length === 0) return -1;
  const at = hits.findIndex((hit) => hit.line >= line);
  return at === -1 ? 0 : at;
}
