import { isObject, own } from "./json";

/** A JSON Pointer (RFC 6901): "" is the whole, "/a/0/b" goes in. */
export type Pointer = string;

export const escapeSegment = (segment: string): string =>
  /[~/]/.test(segment) ? segment.replaceAll("~", "~0").replaceAll("/", "~1") : segment;

/** Builds a pointer from raw segments. */
export const pointer = (...segments: readonly (string | number)[]): Pointer =>
  segments.map((segment) => `/${escapeSegment(String(segment))}`).join("");

/** Splits a pointer into raw segments; null when it is not a pointer. */
export function segmentsOf(path: Pointer): string[] | null {
  if (path === "") return [];
  if (!path.startsWith("/")) return null;
  const segments = path.slice(1).split("/");
  if (!path.includes("~")) return segments;
  return segments.map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** Reads the value a pointer names; undefined when there is none. */
export function readAt(root: unknown, path: Pointer): unknown {
  const segments = segmentsOf(path);
  if (!segments) return undefined;
  let value = root;
  for (const segment of segments) {
    if (Array.isArray(value)) value = /^\d+$/.test(segment) ? value[Number(segment)] : undefined;
    else if (isObject(value)) value = own(value, segment);
    else return undefined;
  }
  return value;
}

/** Deeper than any place in a design. */
const MAX_SEGMENTS = 200;

/**
 * Returns a copy of `root` with `value` at `path` (undefined removes it), sharing all that did not change.
 * Missing objects on the way are created, but not to remove something in them. Null when the path runs through a
 * scalar, past the end of a list, is endless, or goes over the one name that no design can use ("__proto__").
 */
export function writeAt(root: unknown, path: Pointer, value: unknown): { value: unknown } | null {
  const segments = segmentsOf(path);
  if (!segments || segments.length > MAX_SEGMENTS || segments.includes("__proto__")) return null;
  return write(root, segments, value);
}

function write(root: unknown, segments: readonly string[], value: unknown): { value: unknown } | null {
  const [head, ...rest] = segments;
  if (head === undefined) return { value };
  if (Array.isArray(root)) {
    const index = head === "-" ? root.length : /^\d+$/.test(head) ? Number(head) : -1;
    if (index < 0 || index > root.length) return null;
    const inner = write(root[index], rest, value);
    if (!inner) return null;
    const copy = [...root];
    if (inner.value === undefined) copy.splice(index, 1);
    else copy[index] = inner.value;
    return { value: copy };
  }
  if (root !== undefined && !isObject(root)) return null;
  if (root === undefined && value === undefined) return { value: undefined };
  const base: Record<string, unknown> = root ?? {};
  const inner = write(own(base, head), rest, value);
  if (!inner) return null;
  const copy = { ...base };
  if (inner.value === undefined) delete copy[head];
  else copy[head] = inner.value;
  return { value: copy };
}
