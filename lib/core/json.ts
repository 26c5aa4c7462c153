/** Plain JSON data: what a document, an edit and an export are made of. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** True for a plain object (not an array, not null). */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Orders keys as people read them: ids by letters and then by number (n2 before n10), all other keys behind them by code
 * unit. A total order, so that the same keys end in the same order wherever they started.
 */
export function compareKeys(a: string, b: string): number {
  if (a === b) return 0;
  const left = digitsOf(a);
  const right = digitsOf(b);
  if (left > 0 && right > 0) {
    const [before, after] = [a.slice(0, left), b.slice(0, right)];
    if (before !== after) return before < after ? -1 : 1;
    const byNumber = compareDigits(a.slice(left), b.slice(right));
    if (byNumber !== 0) return byNumber;
  } else if (left !== right) return left > right ? -1 : 1;
  return a < b ? -1 : 1;
}

/** Where the digits of an id such as n12 begin; 0 for what is no id. */
function digitsOf(key: string): number {
  let digits = key.length;
  while (digits > 0 && isBetween(key.charCodeAt(digits - 1), 48, 57)) digits -= 1;
  if (digits === key.length) return 0;
  for (let at = 0; at < digits; at += 1) if (!isBetween(key.charCodeAt(at), 97, 122)) return 0;
  return digits;
}

const isBetween = (code: number, low: number, high: number): boolean => code >= low && code <= high;

/** Compares numbers of any length, written in digits. */
function compareDigits(a: string, b: string): number {
  if (a.length === b.length) return a === b ? 0 : a < b ? -1 : 1;
  const [left, right] = [a.replace(/^0+/, ""), b.replace(/^0+/, "")];
  if (left.length !== right.length) return left.length - right.length;
  return left === right ? 0 : left < right ? -1 : 1;
}

/** Entries in the order of {@link compareKeys}. */
export function sortedEntries<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => compareKeys(a, b));
}

/** Prints JSON with sorted keys, two spaces and one property per line: same data, same bytes. Drops undefined. */
export function printJson(value: unknown): string {
  return `${print(value, "")}\n`;
}

function print(value: unknown, indent: string): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    return `[\n${value.map((item) => inner + print(item ?? null, inner)).join(",\n")}\n${indent}]`;
  }
  if (isObject(value)) {
    const entries = sortedEntries(value).filter(([, item]) => item !== undefined);
    if (entries.length === 0) return "{}";
    const lines = entries.map(([key, item]) => `${inner}${JSON.stringify(key)}: ${print(item, inner)}`);
    return `{\n${lines.join(",\n")}\n${indent}}`;
  }
  return JSON.stringify(value) ?? "null";
}

/** Structural equality of JSON data; the order of keys does not matter, undefined equals absent. */
export function equalJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => equalJson(item, b[index]))
    );
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  for (const key of keys) {
    if (!equalJson(own(a, key), own(b, key))) return false;
  }
  return true;
}

/** Own property only: hostile keys such as "__proto__" must never reach the prototype. */
export function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
