import type { Origin } from "../../stack/stack";
import { Lines } from "../lines";

/** An expression of HCL. Texts of the drawing enter only as `text`, so that none is ever read as code. */
export type Hcl =
  | { is: "raw"; text: string }
  | { is: "literal"; value: number | boolean | null }
  /** A quoted template: texts and expressions in turn. */
  | { is: "text"; parts: readonly (string | Hcl)[] }
  | { is: "list"; items: readonly Hcl[] }
  | { is: "object"; entries: readonly (readonly [key: string, value: Hcl, from?: Origin])[] }
  | { is: "call"; name: string; args: readonly Hcl[] }
  /** `a ? b : c`. */
  | { is: "choice"; condition: Hcl; yes: Hcl; no: Hcl }
  /** Parts with a sign between them: `a && b`. */
  | { is: "operation"; sign: string; parts: readonly Hcl[] }
  | { is: "not"; of: Hcl }
  /** An attribute or an element of something: `aws_vpc.network` and `.id`. */
  | { is: "path"; of: Hcl; path: string };

export const raw = (text: string): Hcl => ({ is: "raw", text });
export const literal = (value: number | boolean | null): Hcl => ({ is: "literal", value });
export const text = (...parts: readonly (string | Hcl)[]): Hcl => ({ is: "text", parts });
export const listOf = (items: readonly Hcl[]): Hcl => ({ is: "list", items });
export const call = (name: string, ...args: readonly Hcl[]): Hcl => ({ is: "call", name, args });
export const path = (of: Hcl, at: string): Hcl => ({ is: "path", of, path: at });
export const object = (entries: Readonly<Record<string, Hcl | undefined>>): Hcl => ({
  is: "object",
  entries: Object.entries(entries).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])),
});

export type Entry =
  | { is: "attribute"; name: string; value: Hcl; from: Origin | undefined }
  | { is: "block"; block: Block };

/** A block with its labels: `resource "aws_vpc" "network" { … }`. */
export interface Block {
  type: string;
  labels: readonly string[];
  entries: readonly Entry[];
  comment?: string | undefined;
  from: Origin | undefined;
}

const identifier = /^[A-Za-z_][\w-]*$/;
const escaped = (one: string): string =>
  one
    .replace(/\\/g, "\\\\")
    .replace(/"/g, '\\"')
    .replace(/\n/g, "\\n")
    .replace(/\r/g, "\\r")
    .replace(/\t/g, "\\t")
    .replace(/[\p{Cc}\u2028\u2029]/gu, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .replace(/\$\{/g, "$$$${")
    .replace(/%\{/g, "%%{");

export const quoted = (one: string): string => `"${escaped(one)}"`;

/** On one line. */
function flat(hcl: Hcl): string {
  switch (hcl.is) {
    case "raw":
      return hcl.text;
    case "literal":
      return String(hcl.value);
    case "text": {
      const [only, ...more] = hcl.parts;
      if (only !== undefined && typeof only !== "string" && more.length === 0) return flat(only);
      return `"${hcl.parts.map((part) => (typeof part === "string" ? escaped(part) : `\${${flat(part)}}`)).join("")}"`;
    }
    case "list":
      return `[${hcl.items.map(flat).join(", ")}]`;
    case "object":
      if (hcl.entries.length === 0) return "{}";
      return `{ ${hcl.entries.map(([key, value]) => `${keyText(key)} = ${flat(value)}`).join(", ")} }`;
    case "call":
      return `${hcl.name}(${hcl.args.map(flat).join(", ")})`;
    case "choice":
      return `${flat(hcl.condition)} ? ${flat(hcl.yes)} : ${flat(hcl.no)}`;
    case "operation":
      return hcl.parts.map(bound).join(` ${hcl.sign} `);
    case "not":
      return `!${bound(hcl.of)}`;
    case "path":
      return `${bound(hcl.of)}${hcl.path}`;
  }
}

/** As a part of something that binds closer. */
const bound = (hcl: Hcl): string => (hcl.is === "choice" || hcl.is === "operation" ? `(${flat(hcl)})` : flat(hcl));

const keyText = (key: string): string => (identifier.test(key) ? key : quoted(key));

/** What Terraform code calls itself on the way to the columns of a line. */
const WIDTH = 96;

/** True for what is written over several lines. */
function isBroken(hcl: Hcl, used: number): boolean {
  if (hcl.is === "object") return hcl.entries.length > 0;
  if (hcl.is === "call") return hcl.args.some((arg) => isBroken(arg, used));
  if (hcl.is === "list") return hcl.items.some((item) => isBroken(item, used)) || used + flat(hcl).length > WIDTH;
  return false;
}

/** Prints one file as `terraform fmt` leaves it. https://developer.hashicorp.com/terraform/language/style */
export class Printer {
  readonly lines = new Lines();

  comment(said: string, indent = ""): void {
    for (const line of wrapped(said)) this.lines.add(`${indent}# ${line}`);
  }

  block(block: Block, indent = ""): void {
    if (block.comment !== undefined) {
      for (const line of wrapped(block.comment)) this.lines.add(`${indent}# ${line}`, block.from);
    }
    const labels = block.labels.map((label) => ` ${quoted(label)}`).join("");
    if (block.entries.length === 0) {
      this.lines.add(`${indent}${block.type}${labels} {}`, block.from);
      return;
    }
    this.lines.add(`${indent}${block.type}${labels} {`, block.from);
    this.entries(block.entries, `${indent}  `, block.from);
    this.lines.add(`${indent}}`, block.from);
  }

  private entries(entries: readonly Entry[], indent: string, from: Origin | undefined): void {
    entries.forEach((entry, at) => {
      const before = entries[at - 1];
      const wide = entry.is === "block" || isBroken(entry.value, indent.length + entry.name.length + 3);
      const wideBefore =
        before !== undefined &&
        (before.is === "block" || isBroken(before.value, indent.length + before.name.length + 3));
      if (before !== undefined && (wide || wideBefore)) this.lines.add("");
      if (entry.is === "block") this.block(entry.block, indent);
      else this.attribute(entry.name, entry.value, indent, entry.from ?? from, pad(entries, at, indent));
    });
  }

  private attribute(name: string, value: Hcl, indent: string, from: Origin | undefined, width: number): void {
    // Whether it is broken must not hang on its neighbours' names.
    const broken = isBroken(value, indent.length + name.length + 3);
    this.value(`${indent}${name.padEnd(width)} = `, value, indent, from, "", broken);
  }

  /** A value behind `lead`, with `tail` after its end. */
  private value(
    lead: string,
    value: Hcl,
    indent: string,
    from: Origin | undefined,
    tail: string,
    broken = isBroken(value, lead.length),
  ): void {
    if (!broken) {
      this.lines.add(`${lead}${flat(value)}${tail}`, from);
      return;
    }
    if (value.is === "call" && value.args.length === 1) {
      this.value(`${lead}${value.name}(`, value.args[0] as Hcl, indent, from, `)${tail}`, broken);
      return;
    }
    const inner = `${indent}  `;
    if (value.is === "list") {
      // One item stands as several would, so that a second one moves no line of the first.
      this.lines.add(`${lead}[`, from);
      for (const item of value.items) this.value(inner, item, inner, from, ",");
      this.lines.add(`${indent}]${tail}`, from);
      return;
    }
    if (value.is === "object") {
      this.lines.add(`${lead}{`, from);
      const entries = value.entries.map(
        ([key, one, origin]): Entry => ({ is: "attribute", name: keyText(key), value: one, from: origin ?? from }),
      );
      entries.forEach((entry, at) => {
        if (entry.is === "attribute")
          this.attribute(entry.name, entry.value, inner, entry.from, pad(entries, at, inner));
      });
      this.lines.add(`${indent}}${tail}`, from);
      return;
    }
    this.lines.add(`${lead}${flat(value)}${tail}`, from);
  }
}

/** Neighbouring attributes on one line each have their signs in one column. */
function pad(entries: readonly Entry[], at: number, indent: string): number {
  const width = (entry: Entry | undefined): number | undefined =>
    entry?.is === "attribute" && !isBroken(entry.value, indent.length + entry.name.length + 3)
      ? entry.name.length
      : undefined;
  const here = entries[at];
  if (!here || here.is === "block") return 0;
  let widest = width(here);
  if (widest === undefined) return here.name.length;
  for (const step of [-1, 1]) {
    for (let other = at + step; ; other += step) {
      const next = width(entries[other]);
      if (next === undefined) break;
      widest = Math.max(widest, next);
    }
  }
  return widest;
}

/** Words of a comment in lines; line breaks of the text cannot leave it. */
function wrapped(said: string): string[] {
  const lines: string[] = [];
  for (const word of said.split(/[\s\u0085\u2028\u2029]+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
