import type { Language } from "./languages";

/** A piece of a file that is drawn, coloured and redrawn as one. */
export interface Chunk {
  /** Line of the file (0-based). */
  start: number;
  lines: readonly string[];
  /** Stays with the text: a chunk that an edit only moved keeps it, and with it what is on the screen. */
  key: string;
}

/** Chunks end where something new begins, but no sooner and no later than this many lines. */
const LEAST = 12;
const MOST = 160;

/** True where a construct of several lines is still open after this line, so that colours would start amiss. */
type Follow = (line: string, open: string | undefined) => string | undefined;

const parity = (line: string, mark: string): boolean => (line.split(mark).length - 1) % 2 === 1;

const follow: Partial<Record<Language, Follow>> = {
  markdown: (line, open) => (/^\s*(```|~~~)/.test(line) ? (open === undefined ? "fence" : undefined) : open),
  hcl: (line, open) => {
    if (open !== undefined) return line.trim() === open ? undefined : open;
    return /<<-?\s*([A-Za-z_]\w*)\s*$/.exec(line)?.[1];
  },
  typescript: (line, open) => (parity(line, "`") ? (open === undefined ? "template" : undefined) : open),
};

/** How far in the parts of a file begin; two spaces unless said otherwise. */
const depths: Partial<Record<Language, number>> = { json: 4, xml: 4, typescript: 4 };

function begins(line: string, depth: number): boolean {
  const at = line.search(/\S/);
  return at !== -1 && at <= depth && !/[\])}*]/.test(line.charAt(at)) && !line.startsWith("</", at);
}

/** Cuts a file where its parts begin, so that an edit of one part leaves the chunks of the others as they were. */
export function chunksOf(lines: readonly string[], language: Language): Chunk[] {
  const chunks: Chunk[] = [];
  const seen = new Map<string, number>();
  const following = follow[language];
  const depth = depths[language] ?? 2;
  let open: string | undefined;
  let start = 0;
  const close = (end: number): void => {
    const part = lines.slice(start, end);
    const name = nameOf(part);
    const times = seen.get(name) ?? 0;
    seen.set(name, times + 1);
    chunks.push({ start, lines: part, key: `${name}:${times}` });
    start = end;
  };
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] as string;
    const length = at - start;
    if (length >= MOST || (length >= LEAST && open === undefined && begins(line, depth))) close(at);
    if (following) open = following(line, open);
  }
  if (start < lines.length) close(lines.length);
  return chunks;
}

/** A short name for a text: equal texts have equal names, and a clash costs only a redraw. */
function nameOf(lines: readonly string[]): string {
  let hash = 0;
  for (const line of lines) {
    const length = Math.min(line.length, 400);
    for (let at = 0; at < length; at += 1) hash = (hash * 31 + line.charCodeAt(at)) | 0;
    hash = (hash * 31 + line.length) | 0;
  }
  return `${lines.length}.${(hash >>> 0).toString(36)}`;
}
