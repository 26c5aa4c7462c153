/**
 * TypeScript as data: expressions that know which variables they use, and a printer that breaks lines where a person
 * would. Strings from the drawing enter only as literals, so that no name is ever read as code.
 */

/** A constant of the program. Its name is fixed when the program makes it. */
export class Variable {
  constructor(
    readonly name: string,
    /** As TypeScript spells it: "ec2.Vpc". */
    readonly type: string,
  ) {}
}

interface Entry {
  key: string;
  value: Expr;
  /** Why this stands here, on a line of its own above. */
  comment?: string;
  /** An object whose entries stand here, in place of a key: `...(condition ? { a } : {})`. */
  spread?: true;
}

export type Expr =
  | { is: "raw"; text: string }
  | { is: "literal"; value: string | number | boolean | null }
  | { is: "object"; entries: readonly Entry[] }
  | { is: "array"; items: readonly Expr[] }
  /** Pieces behind one another: `vpc` and `.vpcId`. */
  | { is: "chain"; parts: readonly Expr[] }
  | { is: "call"; callee: Expr; args: readonly Expr[] }
  /** A template literal: text and expressions in turn. */
  | { is: "template"; parts: readonly (string | Expr)[] }
  | Variable;

/** Code of ours, never a text from the drawing. Modules that it names ("ec2.") are imported. */
export const raw = (text: string): Expr => ({ is: "raw", text });
export const lit = (value: string | number | boolean | null): Expr => ({ is: "literal", value });
export const arr = (items: readonly Expr[]): Expr => ({ is: "array", items });
export const call = (callee: Expr, ...args: readonly (Expr | undefined)[]): Expr => ({
  is: "call",
  callee,
  args: args.filter((arg) => arg !== undefined),
});
/** `new ec2.Vpc(…)`. */
export const make = (type: string, ...args: readonly (Expr | undefined)[]): Expr => call(raw(`new ${type}`), ...args);
/** `vpc.vpcId`; the member may be more than a name: ".node.defaultChild". */
export const member = (of: Expr, name: string): Expr => ({ is: "chain", parts: [of, raw(`.${name}`)] });
/** `queue.grant(…)`. */
export const method = (of: Expr, name: string, ...args: readonly (Expr | undefined)[]): Expr =>
  call(member(of, name), ...args);
export const chain = (...parts: readonly Expr[]): Expr => ({ is: "chain", parts });
export const template = (parts: readonly (string | Expr)[]): Expr => ({ is: "template", parts });

/** An object literal; what is undefined is left out. A value with a comment is a pair. */
export function obj(given: Readonly<Record<string, Expr | readonly [value: Expr, comment: string] | undefined>>): Expr {
  const entries: Entry[] = [];
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (Array.isArray(value)) entries.push({ key, value: value[0] as Expr, comment: value[1] as string });
    else entries.push({ key, value: value as Expr });
  }
  return { is: "object", entries };
}
const isEmpty = (expr: Expr): boolean =>
  !(expr instanceof Variable) && expr.is === "object" && expr.entries.length === 0;
/** The object when it says something; undefined otherwise. */
export const unlessEmpty = (expr: Expr): Expr | undefined => (isEmpty(expr) ? undefined : expr);

/** Calls `see` for every variable and every piece of our own code within. */
export function visit(expr: Expr, see: { variable?(one: Variable): void; raw?(text: string): void }): void {
  if (expr instanceof Variable) see.variable?.(expr);
  else if (expr.is === "raw") see.raw?.(expr.text);
  else if (expr.is === "object") for (const { value } of expr.entries) visit(value, see);
  else if (expr.is === "array") for (const item of expr.items) visit(item, see);
  else if (expr.is === "chain") for (const part of expr.parts) visit(part, see);
  else if (expr.is === "template") {
    for (const part of expr.parts) if (typeof part !== "string") visit(part, see);
  } else if (expr.is === "call") {
    visit(expr.callee, see);
    for (const arg of expr.args) visit(arg, see);
  }
}

/** Columns of a line, as formatters of TypeScript have it. */
const WIDTH = 100;

const identifier = /^[A-Za-z_$][\w$]*$/;
const keyText = (key: string): string => (identifier.test(key) ? key : quoted(key));

/** Text that a string literal holds as it is. */
const plainText = /^[ !#-[\]-~]*$/;

/** A string literal. */
export const quoted = (text: string): string => (plainText.test(text) ? `"${text}"` : quotedWithCare(text));

const quotedWithCare = (text: string): string =>
  JSON.stringify(text).replace(
    /[\u2028\u2029\u007f-\u009f]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** Text inside a template literal. */
const inTemplate = (text: string): string =>
  quoted(text).slice(1, -1).replace(/\\"/g, '"').replace(/`/g, "\\`").replace(/\$\{/g, "\\${");

/** On one line; undefined where a comment asks for lines of its own, or where it is known to pass `most` columns. */
function flat(expr: Expr, most = Number.POSITIVE_INFINITY): string | undefined {
  if (expr instanceof Variable) return expr.name;
  if (expr.is === "raw") return expr.text;
  if (expr.is === "literal") return typeof expr.value === "string" ? quoted(expr.value) : String(expr.value);
  if (expr.is === "chain") return joined(expr.parts, "", most);
  if (expr.is === "array") return wrapped("[", joined(expr.items, ", ", most), "]");
  if (expr.is === "call") {
    const callee = flat(expr.callee, most);
    return callee === undefined ? undefined : wrapped(`${callee}(`, joined(expr.args, ", ", most), ")");
  }
  if (expr.is === "template") {
    const parts = expr.parts.map((part) => (typeof part === "string" ? inTemplate(part) : `\${${flat(part) ?? ""}}`));
    return `\`${parts.join("")}\``;
  }
  if (expr.entries.length === 0) return "{}";
  let line = "";
  for (const entry of expr.entries) {
    const text = entry.comment === undefined ? flatEntry(entry, most) : undefined;
    if (text === undefined) return undefined;
    line += line === "" ? text : `, ${text}`;
    if (line.length > most) return undefined;
  }
  return `{ ${line} }`;
}

function flatEntry({ key, value, spread }: Entry, most?: number): string | undefined {
  if (spread) return wrapped("...(", flat(value, most), ")");
  if (value instanceof Variable && value.name === key) return key;
  const text = flat(value, most);
  return text === undefined ? undefined : `${keyText(key)}: ${text}`;
}

function joined(parts: readonly Expr[], separator: string, most: number): string | undefined {
  let line = "";
  for (const [at, part] of parts.entries()) {
    const text = flat(part, most);
    if (text === undefined) return undefined;
    line += at === 0 ? text : separator + text;
    if (line.length > most) return undefined;
  }
  return line;
}
const wrapped = (before: string, text: string | undefined, after: string): string | undefined =>
  text === undefined ? undefined : before + text + after;

/** Prints at an indentation; `used` columns of the first line are taken, `tail` more follow the last. */
export function print(expr: Expr, indent = "", used = indent.length, tail = 1): string {
  const whole = expr instanceof Variable || expr.is === "raw" || expr.is === "literal" || expr.is === "template";
  const line = flat(expr, whole ? undefined : WIDTH);
  if (line !== undefined && used + line.length + tail <= WIDTH) return line;
  if (whole) return line ?? "";
  const inner = `${indent}  `;
  if (expr.is === "array") {
    if (expr.items.length === 0) return "[]";
    return `[\n${expr.items.map((item) => `${inner}${print(item, inner)},\n`).join("")}${indent}]`;
  }
  if (expr.is === "object") {
    if (expr.entries.length === 0) return "{}";
    return `{\n${expr.entries.map((entry) => `${printEntry(entry, inner)},\n`).join("")}${indent}}`;
  }
  if (expr.is === "chain") {
    let text = "";
    for (const part of expr.parts) text += print(part, indent, lastColumn(text, used), tail);
    return text;
  }
  const callee = print(expr.callee, indent, used, 1);
  const start = lastColumn(callee, used) + 1;
  const last = expr.args.at(-1);
  if (last === undefined) return `${callee}()`;
  // The last argument keeps its braces on the line of the call, when all before it fits there.
  const before = expr.args.slice(0, -1).map((arg) => flat(arg, WIDTH));
  const lead = before.map((text) => `${text}, `).join("");
  const hugs = !(last instanceof Variable) && (last.is === "object" || last.is === "array");
  if (hugs && !before.includes(undefined) && start + lead.length < WIDTH - 10) {
    return `${callee}(${lead}${print(last, indent, start + lead.length, 2)})`;
  }
  return `${callee}(\n${expr.args.map((arg) => `${inner}${print(arg, inner)},\n`).join("")}${indent})`;
}

function printEntry(entry: Entry, indent: string): string {
  const comment = entry.comment === undefined ? "" : commentLines(entry.comment, indent);
  if (entry.spread) return `${comment}${indent}...(${print(entry.value, indent, indent.length + 4, 2)})`;
  const short = entry.value instanceof Variable ? flatEntry(entry) : undefined;
  if (short === entry.key) return `${comment}${indent}${short}`;
  const key = keyText(entry.key);
  return `${comment}${indent}${key}: ${print(entry.value, indent, indent.length + key.length + 2)}`;
}

function lastColumn(text: string, used: number): number {
  const newline = text.lastIndexOf("\n");
  return newline < 0 ? used + text.length : text.length - newline - 1;
}

/** `//` lines, broken at words. Line breaks of the text cannot leave the comment. */
export function commentLines(text: string, indent: string): string {
  const lines: string[] = [];
  for (const word of text.split(/[\s\u0085\u2028\u2029]+/)) {
    const last = lines.at(-1);
    if (last !== undefined && indent.length + 4 + last.length + word.length <= WIDTH)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => `${indent}// ${line}\n`).join("");
}
