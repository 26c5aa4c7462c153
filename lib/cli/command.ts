import type { ParseArgsOptionsConfig } from "node:util";
import type { Io } from "./io";

/** Exit codes that pipelines build on. */
export const CLEAN = 0;
export const FINDINGS = 1;
export const UNUSABLE = 2;

export interface Arguments {
  positionals: readonly string[];
  /** Value of a text option; undefined when it was not given. */
  text(name: string): string | undefined;
  flag(name: string): boolean;
}

/** One verb of the command line. One file each in `commands/`. */
export interface Command {
  name: string;
  /** What follows the verb: "FILE [--format text|json]". */
  usage: string;
  about: string;
  /** How many positional arguments it takes. */
  positionals: { least: number; most: number };
  options: ParseArgsOptionsConfig;
  run(given: Arguments, io: Io): Promise<number>;
}

/** Input that cannot be used; the message is one or more full sentences. Ends the command with exit code 2. */
export class Unusable extends Error {
  override name = "Unusable";
}

/** A text option that must be one of a few values. */
export function choice<T extends string>(given: Arguments, name: string, allowed: readonly [T, ...T[]]): T {
  const value = given.text(name) ?? allowed[0];
  if ((allowed as readonly string[]).includes(value)) return value as T;
  throw new Unusable(`--${name} ${value} is not known. Use ${allowed.join(" or ")}.`);
}
