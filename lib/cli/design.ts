import type { Problem } from "../core/result";
import type { Document } from "../document/document";
import { parseDocument, printDocument } from "../document/parse";
import { readPicture } from "../import/picture";
import { isPicture } from "../import/picture/recognise";
import { type Arguments, Unusable } from "./command";
import { decode, type Io } from "./io";

/** "/nodes/n3: This is …" for each problem, one a line. */
export const sentences = (problems: readonly Problem[]): string =>
  problems.map((problem) => (problem.path === "" ? problem.message : `${problem.path}: ${problem.message}`)).join("\n");

/** Reads the design, or the picture with a design, that the first argument names; "-" is standard input. */
export async function readDesign(given: Arguments, io: Io): Promise<Document> {
  const path = given.positionals[0] as string;
  const name = path === "-" ? "Standard input" : path;
  const bytes = await io.readBytes(path);
  const parsed = isPicture(bytes) ? await readPicture(bytes) : parseDocument(decode(bytes, name));
  if (parsed.ok) return parsed.value;
  throw new Unusable(`${name} is not a design that can be used.\n${sentences(parsed.problems)}`);
}

/** Refuses an environment that the design does not have. */
export function environmentOf(given: Arguments, document: Document): string | null {
  const name = given.text("environment");
  if (name === undefined) return null;
  if (Object.hasOwn(document.environments, name)) return name;
  const known = Object.keys(document.environments);
  throw new Unusable(
    `The design has no environment “${name}”. ${known.length === 0 ? "It has none at all." : `It has ${known.join(", ")}.`}`,
  );
}

/** Writes to the file that -o names, or to standard output when it is absent or "-". */
export async function write(given: Arguments, io: Io, text: string): Promise<void> {
  const path = given.text("output");
  if (path === undefined || path === "-") io.out(text);
  else await io.writeFile(path, text);
}

export const writeDesign = (given: Arguments, io: Io, document: Document): Promise<void> =>
  write(given, io, printDocument(document));

export const outputOption = { output: { type: "string", short: "o" } } as const;
