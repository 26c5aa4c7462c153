import type { OutFile } from "@/lib/export/target";

/** Lines of a text without the empty one after its last end. */
export const linesOf = (text: string): string[] => (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n");

/** The node or edge of each line; a line of several keeps the first, which is the closest. */
export function originsOf(file: OutFile, count: number): (string | undefined)[] {
  const byLine: (string | undefined)[] = new Array(count).fill(undefined);
  for (const { line, node, edge } of file.lines) if (line < count) byLine[line] ??= node ?? edge;
  return byLine;
}

/** Lines of a file that come from the selection and follow one another. */
export interface Place {
  path: string;
  start: number;
  length: number;
  /** It begins with what was drawn, not with what follows from that. */
  drawn: boolean;
}

/** Every run of lines that come from one of these nodes and edges, in file order. */
export function placesOf(files: readonly OutFile[], ids: ReadonlySet<string>): Place[] {
  if (ids.size === 0) return [];
  return files.flatMap(({ path, lines }) => {
    const found = new Map<number, boolean>();
    for (const { line, node, edge, drawn } of lines) {
      if ((node !== undefined && ids.has(node)) || (edge !== undefined && ids.has(edge)))
        found.set(line, drawn === true || found.get(line) === true);
    }
    const places: Place[] = [];
    for (const [line, drawn] of [...found].sort(([a], [b]) => a - b)) {
      const last = places.at(-1);
      if (last && last.start + last.length === line) last.length += 1;
      else places.push({ path, start: line, length: 1, drawn });
    }
    return places;
  });
}

/**
 * The longest run that begins with what was drawn: the resource itself rather than a policy or a parameter of it.
 * Within one file, if that file has any.
 */
export function mainPlace(places: readonly Place[], path?: string): Place | undefined {
  const here = places.filter((place) => place.path === path);
  let best: Place | undefined;
  for (const place of here.length > 0 ? here : places) {
    if (!best || (place.drawn === best.drawn ? place.length > best.length : place.drawn)) best = place;
  }
  return best;
}
