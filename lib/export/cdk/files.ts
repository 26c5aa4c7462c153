import { compareKeys } from "../../core/json";
import type { Origin } from "../../stack/stack";
import { Lines } from "../lines";
import type { OutFile } from "../target";
import { commentLines, print, type Variable, visit } from "./code";
import { coreNames, modules } from "./modules";
import type { Statement, Step, Unit } from "./program";

/** A class with a file of its own: the stack, or one unit of it. */
export interface ClassFile {
  path: string;
  name: string;
  about: string;
  extends: "Stack" | "Construct";
  steps: readonly Step[];
  /** Comments at the head of the file. */
  head: readonly string[];
  /** Names of the parts of the drawing, for the comments above their statements. */
  titleOf(from: Origin): string | undefined;
  /** Variables that come in as properties. */
  needs: readonly Variable[];
  /** Variables that others use. */
  gives: readonly Variable[];
  units: ReadonlyMap<Unit, UnitClass>;
}

/** How other files speak of a unit. */
export interface UnitClass {
  name: string;
  file: string;
  id: string;
  needs: readonly Variable[];
  gives: readonly Variable[];
}

/** The text of one class file, each line with the part of the drawing it comes from. */
export function classFile(file: ClassFile): OutFile {
  const body = new Lines();
  const used = new Set<string>();
  bodyOf(file, body, used);
  const lines = new Lines();
  for (const comment of file.head) add(lines, commentLines(comment, "").trimEnd());
  for (const line of importsOf(file, used)) lines.add(line);
  lines.add("");
  const props = propsOf(file);
  for (const line of props.declaration) lines.add(line);
  lines.add(`/** ${docText(file.about)} */`);
  lines.add(`export class ${file.name} extends ${file.extends} {`);
  if (file.extends === "Construct" && file.gives.length > 0) {
    for (const variable of file.gives) lines.add(`  readonly ${variable.name}: ${variable.type};`);
    lines.add("");
  }
  lines.add(`  constructor(scope: Construct, id: string${props.parameter}) {`);
  lines.add(`    super(scope, id${file.extends === "Stack" ? ", props" : ""});`);
  if (file.needs.length > 0)
    add(
      lines,
      destructured(
        file.needs.map(({ name }) => name),
        "props",
      ),
    );
  lines.put(body.block());
  if (file.extends === "Construct" && file.gives.length > 0) {
    lines.add("");
    for (const { name } of file.gives) lines.add(`    this.${name} = ${name};`);
  }
  lines.add("  }");
  lines.add("}");
  return { path: file.path, text: lines.text(), lines: lines.origins };
}

function propsOf(file: ClassFile): { declaration: string[]; parameter: string } {
  if (file.needs.length === 0)
    return { declaration: [], parameter: file.extends === "Stack" ? ", props?: StackProps" : "" };
  const name = `${file.name}Props`;
  return {
    declaration: [
      `export interface ${name}${file.extends === "Stack" ? " extends StackProps" : ""} {`,
      ...file.needs.map((variable) => `  readonly ${variable.name}: ${variable.type};`),
      "}",
      "",
    ],
    parameter: `, props: ${name}`,
  };
}

/** Text in a doc comment, which it cannot end. */
const docText = (text: string): string => text.replace(/\s+/g, " ").replace(/\*\//g, "* /");

function add(lines: Lines, text: string, from?: Origin): void {
  if (!text.includes("\n")) lines.add(text, from);
  else for (const line of text.split("\n")) lines.add(line, from);
}

function destructured(names: readonly string[], from: string): string {
  const short = `    const { ${names.join(", ")} } = ${from};`;
  return short.length <= 100
    ? short
    : `    const {\n${names.map((name) => `      ${name},\n`).join("")}    } = ${from};`;
}

function bodyOf(file: ClassFile, lines: Lines, used: Set<string>): void {
  let title: string | undefined;
  let last: string | undefined;
  for (const step of file.steps) {
    const from = "unit" in step ? step.statements.find((one) => one.from)?.from : step.statement.from;
    const part = from && (from.node ?? from.edge);
    const next = from && file.titleOf(from);
    // Each part of the drawing is a paragraph under its name.
    if (part !== last || "unit" in step) lines.add("");
    if (next !== undefined && next !== title && part !== last) add(lines, commentLines(next, "    ").trimEnd(), from);
    title = next;
    last = "unit" in step ? undefined : part;
    if ("unit" in step) unitLines(file, step.unit, lines, from);
    else statementLines(step.statement, lines, used);
  }
}

function statementLines({ expr, declares, comment, from }: Statement, lines: Lines, used: Set<string>): void {
  visit(expr, { raw: (text) => namesIn(text, used) });
  if (comment !== undefined) add(lines, commentLines(comment, "    ").trimEnd(), from);
  const start = declares ? `    const ${declares.name} = ` : "    ";
  add(lines, `${start}${print(expr, "    ", start.length)};`, from);
}

function unitLines(file: ClassFile, unit: Unit, lines: Lines, from: Origin | undefined): void {
  const made = file.units.get(unit);
  if (!made) throw new Error(`The unit ${unit.name} has no file.`);
  const needs = made.needs.map(({ name }) => name);
  const props = needs.length === 0 ? "" : `, { ${needs.join(", ")} }`;
  const given = made.gives.map(({ name }) => name);
  const call = `new ${made.name}(this, ${JSON.stringify(made.id)}${props});`;
  const target = given.length === 0 ? "" : `const { ${given.join(", ")} } = `;
  const line = `    ${target}${call}`;
  if (line.length <= 100) {
    add(lines, line, from);
    return;
  }
  const broken = (names: readonly string[], indent: string): string =>
    names.map((name) => `${indent}  ${name},\n`).join("");
  const head = given.length === 0 ? "" : target.length < 60 ? target : `const {\n${broken(given, "    ")}    } = `;
  const tail = needs.length === 0 ? "" : `, {\n${broken(needs, "    ")}    }`;
  add(lines, `    ${head}new ${made.name}(this, ${JSON.stringify(made.id)}${tail});`, from);
}

/** Modules and core names that a piece of our own code mentions. */
function namesIn(text: string, used: Set<string>): void {
  let names = mentioned.get(text);
  if (!names) {
    names = [...text.matchAll(/(?<![\w$.])[A-Za-z_$][\w$]*/g)].map(([name]) => name);
    if (mentioned.size < 5_000) mentioned.set(text, names);
  }
  for (const name of names) used.add(name);
}
const mentioned = new Map<string, readonly string[]>();

function importsOf(file: ClassFile, used: Set<string>): string[] {
  for (const { type } of [...file.needs, ...file.gives]) namesIn(type, used);
  const core: string[] = coreNames.filter((name) => used.has(name) && name !== file.extends);
  if (file.extends === "Stack") core.push("Stack", "type StackProps");
  const lines: string[] = [];
  const named = core.sort((a, b) => compareKeys(a.replace("type ", ""), b.replace("type ", "")));
  if (named.length > 0) lines.push(`import { ${named.join(", ")} } from "aws-cdk-lib";`);
  for (const [alias, path] of Object.entries(modules)) {
    if (used.has(alias)) lines.push(`import * as ${alias} from "${path}";`);
  }
  lines.sort((a, b) => compareKeys(a.slice(a.indexOf('"')), b.slice(b.indexOf('"'))));
  lines.push(`import ${file.extends === "Construct" ? "" : "type "}{ Construct } from "constructs";`);
  const units = file.steps.flatMap((step) => {
    const made = "unit" in step ? file.units.get(step.unit) : undefined;
    return made ? [made] : [];
  });
  if (used.has("Environment")) lines.push('import type { Environment } from "./environments";');
  for (const { name, file: path } of units) lines.push(`import { ${name} } from "./${path}";`);
  return lines;
}
