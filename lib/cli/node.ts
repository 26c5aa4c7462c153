import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { decode, type Io, IoError } from "./io";
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

async function allOfStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const bytesOf = (path: string): Promise<Uint8Array> =>
  readFile(path).catch((error: unknown) => {
    throw new IoError(`${path} could not be read: ${why(error)}.`);
  });

const io: Io = {
  stdin: async () => decode(await allOfStdin(), "Standard input"),
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  readFile: async (path) => decode(await bytesOf(path), path),
  readBytes: (path) => (path === "-" ? allOfStdin() : bytesOf(path)),
  async writeFile(path, content) {
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
    } catch (error) {
      throw new IoError(`${path} could not be written: ${why(error)}.`);
    }
  },
};

/** Runs the command line on this process' files and streams and gives the exit code. */
export const run = (argv: readonly string[]): Promise<number> => main(argv, io);
