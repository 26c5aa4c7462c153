import type { Io } from "./io";

const usage = `Usage: bayplan COMMAND [FILE] [OPTIONS]
`;

/**
 * Runs one command. Data goes to `io.out`, talk to `io.err`.
 * Gives 0 (clean), 1 (findings of level error) or 2 (unusable input, said in a sentence).
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  if (argv.length === 0 || argv.includes("--help")) {
    io.out(usage);
    return 0;
  }
  io.err(`There is no command “${argv[0]}”.\n${usage}`);
  return 2;
}
