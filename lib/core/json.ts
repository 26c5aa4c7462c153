/** Plain JSON data: what a document, an edit and an export are made of. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** True for a plain object (not an array, not null). */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Orders keys as people read them: n2 before n10, otherwise by code unit, so that every machine agrees. */
export function compareKeys(a: string, b: string): number {
  if (a === b) return 0;
  const left = /^([a-z]+)(\d{1,15})$/.exec(a);
  const right = /^([a-z]+)(\d{1,15})$/.exec(b);
  if (left && right && left[1] === right[1]) {
    const byNumber = Number(left[2]) - Number(right[2]);
    if (byNumber !== 0) return byNumber;
  }
  return a < b ? -1 : 1;
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
