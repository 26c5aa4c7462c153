import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { type Io, IoError } from "./io";
import { main } from "./main";

const reasons: Record<string, string> = {
  ENOENT: "there is no such file or folder",
  EACCES: "this user may not",
  EPERM: "this user may not",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of its path is a file, not a folder",
  EEXIST: "a part of its path is a file, not a folder",
  ENAMETOOLONG: "its name is too long",
  ELOOP: "its links lead in a circle",
  ENOSPC: "the disk is full",
  EROFS: "the disk is read-only",
};

function why(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code && reasons[code]) ?? message;
}

function decode(bytes: Uint8Array, name: string): string {
  try {
    // Drops a byte order mark, and refuses what is not text instead of replacing it.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new IoError(`${name} is not a text file in UTF-8.`);
  }
}

const io: Io = {
  async stdin() {
    const chunks: Uint8Array[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk);
    return decode(Buffer.concat(chunks), "Standard input");
  },
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  async readFile(path) {
    const bytes = await readFile(path).catch((error: unknown) => {
      throw new IoError(`${path} could not be read: ${why(error)}.`);
    });
    return decode(bytes, path);
  },
  async writeFile(path, text) {
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    } catch (error) {
      throw new IoError(`${path} could not be written: ${why(error)}.`);
    }
  },
};

/** Runs the command line on this process' files and streams and gives the exit code. */
export const run = (argv: readonly string[]): Promise<number> => main(argv, io);
