import { parseArgs } from "node:util";
import { list } from "../core/text";
import { type Arguments, CLEAN, type Command, UNUSABLE, Unusable } from "./command";
import { check } from "./commands/check";
import { connect } from "./commands/connect";
import { cost } from "./commands/cost";
import { exportDesign } from "./commands/export";
import { fix } from "./commands/fix";
import { flows } from "./commands/flows";
import { grants } from "./commands/grants";
import { create } from "./commands/new";
import { schema } from "./commands/schema";
import { start } from "./commands/start";
import { starters } from "./commands/starters";
import { trace } from "./commands/trace";
import { type Io, IoError } from "./io";

const commands: readonly Command[] = [
  starters,
  create,
  check,
  connect,
  fix,
  exportDesign,
  cost,
  flows,
  trace,
  grants,
  start,
  schema,
];

const usage = (command: Command): string => `bayplan ${command.name} ${command.usage}`.trimEnd();

const help = (): string =>
  [
    "Usage: bayplan COMMAND …",
    "",
    ...commands.flatMap((command) => [`  ${usage(command)}`, `      ${command.about}`]),
    "",
    "FILE is a design; - is standard input. Data goes to standard output, talk to standard error.",
    "Exit codes: 0 clean, 1 findings of level error, a refused connection or a blocked way, 2 unusable input,",
    "3 nobody can know (trace, grants, start).",
    "",
  ].join("\n");

/**
 * Runs one command. Data goes to `io.out`, talk to `io.err`.
 * Gives 0 (clean), 1 (findings of level error), 2 (unusable input, said in a sentence) or 3 (nobody can know).
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    io.out(help());
    return CLEAN;
  }
  const command = commands.find((one) => one.name === name);
  if (!command) {
    io.err(`There is no command “${name}”.\n\n${help()}`);
    return UNUSABLE;
  }
  if (rest.includes("--help") || rest.includes("-h")) {
    io.out(`${usage(command)}\n${command.about}\n`);
    return CLEAN;
  }
  try {
    return await command.run(read(command, rest), io);
  } catch (error) {
    if (!(error instanceof Unusable) && !(error instanceof IoError)) throw error;
    io.err(`${error.message}\n`);
    return UNUSABLE;
  }
}

function read(command: Command, rest: readonly string[]): Arguments {
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({ args: [...rest], options: command.options, allowPositionals: true, strict: true });
  } catch (error) {
    const said = error instanceof Error ? (error.message.split("\n")[0] as string).replace(/\. To specify.*$/, "") : "";
    throw new Unusable(`${said.replace(/\.$/, "")}.\nUsage: ${usage(command)}`);
  }
  const empty = Object.keys(parsed.values)
    .filter((option) => parsed.values[option] === "")
    .map((option) => `--${option}`);
  if (parsed.positionals.includes("")) empty.unshift("An argument");
  if (empty.length > 0)
    throw new Unusable(`${list(empty)} ${empty.length === 1 ? "is" : "are"} empty.\nUsage: ${usage(command)}`);
  const { least, most } = command.positionals;
  if (parsed.positionals.length < least || parsed.positionals.length > most) {
    throw new Unusable(
      `${parsed.positionals.length < least ? "Something is missing" : `“${parsed.positionals[most]}” is one argument too many`}.\nUsage: ${usage(command)}`,
    );
  }
  return {
    positionals: parsed.positionals,
    text: (option) => {
      const value = parsed.values[option];
      return typeof value === "string" ? value : undefined;
    },
    flag: (option) => parsed.values[option] === true,
  };
}
