/**
 * How well an entry of the command palette fits what was typed: 0 when a word is missing, 1 when a name is exactly that.
 * Letters scattered over a text are no match.
 */
export function matchScore(texts: readonly string[], query: string): number {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return 1;
  const names = texts.map((text) => text.toLowerCase());
  const all = names.join(" ");
  const words = wanted.split(/\s+/);
  if (!words.every((word) => all.includes(word))) return 0;
  if (names.includes(wanted)) return 1;
  if (names.some((name) => name.startsWith(wanted))) return 0.9;
  const starts = new Set(all.split(/[^a-z0-9]+/));
  if (words.every((word) => starts.has(word))) return 0.8;
  return words.every((word) => [...starts].some((start) => start.startsWith(word))) ? 0.6 : 0.3;
}
