import { list } from "../core/text";
import type { Document } from "../document/document";
import { parseDocument } from "../document/parse";
import { isTemplate } from "../import/cloudformation/recognise";
import type { Template } from "../import/cloudformation/template";
import { readPicture } from "../import/picture";
import { isPicture } from "../import/picture/recognise";
import { INTERNET } from "../network/asked";
import { type Arguments, Unusable } from "./command";
import { sentences } from "./design";
import { decode, type Io } from "./io";

/** What a FILE holds: a design, or a template in its place. */
export type Input = { document: Document } | { template: Template };

/**
 * Reads the design, the picture with one, or the CloudFormation template that the first argument names, whichever its
 * content is; "-" is standard input. What a template does not say is told on standard error.
 */
export async function readInput(given: Arguments, io: Io): Promise<Input> {
  const path = given.positionals[0] as string;
  const name = path === "-" ? "Standard input" : path;
  const bytes = await io.readBytes(path);
  const text = isPicture(bytes) ? undefined : decode(bytes, name);
  if (text !== undefined && isTemplate(text)) return { template: await templateOf(given, io, name, text) };
  const parsed = text === undefined ? await readPicture(bytes) : parseDocument(text);
  if (parsed.ok) return { document: parsed.value };
  throw new Unusable(`${name} is not a design that can be used.\n${sentences(parsed.problems)}`);
}

async function templateOf(given: Arguments, io: Io, name: string, text: string): Promise<Template> {
  const { readTemplate } = await import("../import/cloudformation/read");
  const read = readTemplate(text);
  if (!read.ok) {
    const said = read.problems.map(({ line, message }) => `${name}:${line}: ${message}`);
    throw new Unusable(`${name} is not a template that can be used.\n${said.join("\n")}`);
  }
  const { template } = read;
  const notes = template.notes.map(({ line, message }) => `${name}:${line}: ${message}`);
  if (template.transforms.some(({ opaque }) => opaque)) {
    throw new Unusable(`What ${name} creates, it does not say itself.\n${notes.join("\n")}`);
  }
  for (const note of notes) io.err(`${note}\n`);
  const environment = given.text("environment");
  if (environment !== undefined) {
    throw new Unusable(`${name} is a template, which has no environment “${environment}”. Give the design instead.`);
  }
  return template;
}

/** A logical id of a template, or `internet`. */
export function resourceNamed({ stack }: Template, given: string): string {
  if (given === INTERNET || Object.hasOwn(stack.resources, given)) return given;
  const known = Object.keys(stack.resources);
  throw new Unusable(
    `The template has no resource “${given}”. It has ${list(known.slice(0, 20))}${known.length > 20 ? ` and ${known.length - 20} more` : ""}; ${INTERNET} stands for everything outside.`,
  );
}
