import { Intrinsic, type Value } from "../../stack/value";
import type { Lines, Trail } from "../lines";
import { wellFormed } from "./yaml";

/** Text in quotes, as every JSON reader takes it. */
export function quoted(text: string): string {
  const said = JSON.stringify(text);
  // Only a half character is written as an escape of this kind.
  return said.includes("\\ud") ? JSON.stringify(wellFormed(text)) : said;
}

/** Prints CloudFormation data as JSON with two spaces and long-form functions; `tail` follows the value ("," or ""). */
export function printJsonValue(
  lines: Lines,
  indent: string,
  start: string,
  value: Value,
  tail: string,
  trail: Trail,
): void {
  const inner = `${indent}  `;
  if (value instanceof Intrinsic) {
    lines.add(`${indent}${start}{`, trail.origin);
    printJsonValue(lines, inner, `${quoted(value.name)}: `, value.argument, "", trail);
    lines.add(`${indent}}${tail}`, trail.origin);
  } else if (Array.isArray(value) && value.length > 0) {
    lines.add(`${indent}${start}[`, trail.origin);
    value.forEach((item, index) => {
      printJsonValue(lines, inner, "", item, index < value.length - 1 ? "," : "", trail.into(index));
    });
    lines.add(`${indent}]${tail}`, trail.origin);
  } else if (typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length > 0) {
    lines.add(`${indent}${start}{`, trail.origin);
    const entries = Object.entries(value);
    entries.forEach(([key, item], index) => {
      printJsonValue(lines, inner, `${quoted(key)}: `, item, index < entries.length - 1 ? "," : "", trail.into(key));
    });
    lines.add(`${indent}}${tail}`, trail.origin);
  } else {
    lines.add(
      `${indent}${start}${typeof value === "string" ? quoted(value) : JSON.stringify(value)}${tail}`,
      trail.origin,
    );
  }
}
