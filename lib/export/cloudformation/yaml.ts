import { Intrinsic, type Value } from "../../stack/value";
import type { Lines, Trail } from "../lines";

/**
 * Prints CloudFormation data as block YAML with short tags. Our own printer because a template is printed after every
 * edit (a general YAML library takes many frames for it) and because every line must know its origin; a test reads the
 * result back with a YAML library.
 */

/** Prints `key: value` at an indentation. */
export function printEntry(lines: Lines, indent: string, key: string, value: Value, trail: Trail): void {
  printKey(lines, indent, indent, key, trail);
  printAfter(lines, indent, value, trail);
}

/** Longest key that YAML reads without being told that it is one. https://yaml.org/spec/1.1/#id934537 */
const MAX_KEY = 1_000;

/** `start` stands before the key, `indent` before what belongs to it on a line of its own. */
function printKey(lines: Lines, start: string, indent: string, key: string, { origin }: Trail): void {
  const text = scalar(key);
  if (text.length <= MAX_KEY) lines.add(`${start}${text}:`, origin);
  else {
    lines.add(`${start}? ${text}`, origin);
    lines.add(`${indent}:`, origin);
  }
}

/** Prints a value behind what stands on the last line ("key:" or "-"). */
function printAfter(lines: Lines, indent: string, value: Value, trail: Trail): void {
  const inner = `${indent}  `;
  if (value instanceof Intrinsic) {
    printIntrinsic(lines, indent, value, trail);
  } else if (Array.isArray(value)) {
    if (value.length === 0) lines.extend(" []");
    else printItems(lines, inner, value, trail);
  } else if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value);
    if (entries.length === 0) lines.extend(" {}");
    else for (const [key, item] of entries) printEntry(lines, inner, key, item, trail.into(key));
  } else if (typeof value === "string" && isBlock(value)) {
    printBlock(lines, inner, value, trail);
  } else {
    lines.extend(` ${typeof value === "string" ? scalar(value) : plain(value)}`);
  }
}

/** YAML 1.1 reads 1e+21 as text and 1.0e+21 as a number. */
const plain = (value: number | boolean | null): string => String(value).replace(/^(-?\d+)e/, "$1.0e");

function printItems(lines: Lines, indent: string, items: readonly Value[], trail: Trail): void {
  items.forEach((item, index) => {
    const at = trail.into(index);
    if (typeof item === "object" && item !== null && !Array.isArray(item) && !(item instanceof Intrinsic)) {
      const entries = Object.entries(item);
      if (entries.length > 0) {
        entries.forEach(([key, value], position) => {
          const part = at.into(key);
          printKey(lines, `${indent}${position === 0 ? "- " : "  "}`, `${indent}  `, key, part);
          printAfter(lines, `${indent}  `, value, part);
        });
        return;
      }
    }
    lines.add(`${indent}-`, at.origin);
    printAfter(lines, indent, item, at);
  });
}

/** Short tag where a reader gets the same argument back; the long form behind another tag and for bare numbers. */
function printIntrinsic(lines: Lines, indent: string, value: Intrinsic, trail: Trail): void {
  const { name, argument } = value;
  const tag = `!${name.replace(/^Fn::/, "")}`;
  if (name === "Fn::GetAtt" && Array.isArray(argument) && argument.every((part) => typeof part === "string")) {
    lines.extend(` ${tag} ${scalar(argument.join("."))}`);
  } else if (
    argument instanceof Intrinsic ||
    argument === null ||
    typeof argument === "number" ||
    typeof argument === "boolean" ||
    !/^(Ref|Condition|Fn::[A-Za-z0-9]+)$/.test(name)
  ) {
    printEntry(lines, `${indent}  `, name, argument, trail);
  } else {
    lines.extend(` ${tag}`);
    printAfter(lines, indent, argument, trail);
  }
}

/**
 * YAML 1.1 takes U+2028 and U+2029 for line breaks, so they are quoted; so are texts that end in empty lines, which would
 * take the empty line before the next section for their own.
 */
const isBlock = (text: string): boolean =>
  /^[^\s].*\n/s.test(text) &&
  !text.endsWith("\n\n") &&
  /^[\t\n\x20-\x7e\u00a0-\u2027\u202a-\ud7ff]*$/.test(text) &&
  !/[ \t]\n/.test(text);

function printBlock(lines: Lines, indent: string, text: string, trail: Trail): void {
  const ended = text.endsWith("\n");
  lines.extend(ended ? " |" : " |-");
  const rows = (ended ? text.slice(0, -1) : text).split("\n");
  for (const row of rows) lines.add(row === "" ? "" : indent + row, trail.origin);
}

const words = new Set(["true", "false", "yes", "no", "on", "off", "null", "y", "n"]);
/** Words that mean something else than themselves; "e2" is a number to some readers of YAML 1.1. */
const isReserved = (text: string): boolean => words.has(text.toLowerCase()) || /^e[-+]?\d+$/i.test(text);

/** Templates repeat the same few keys and types thousands of times. */
const printed = new Map<string, string>();
const REMEMBERED = 4_000;

/** A plain scalar where YAML 1.1 and 1.2 both read it as the same text, else a double-quoted one. */
export function scalar(text: string): string {
  if (text.length > 60) return quoted(text);
  let known = printed.get(text);
  if (known === undefined) {
    known = quoted(text);
    if (printed.size >= REMEMBERED) printed.clear();
    printed.set(text, known);
  }
  return known;
}

function quoted(text: string): string {
  const plain =
    /^[A-Za-z][A-Za-z0-9_./@+-]*(?::{1,2}[A-Za-z0-9_./@+*-]+)*$/.test(text) ||
    /^[A-Za-z][A-Za-z0-9_./,()@ -]*[A-Za-z0-9_.)]$/.test(text);
  if (plain && !isReserved(text)) return text;
  return JSON.stringify(wellFormed(text)).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Halves of characters, which no file in UTF-8 can hold, as the character for what is not known. */
export const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, "\ufffd");

/** Text for a comment: one line, nothing that could end it, nothing that YAML does not print. */
export const comment = (text: string): string =>
  wellFormed(text).replace(/[\p{Cc}\u2028\u2029\ufeff\ufffe\uffff]+/gu, " ");
