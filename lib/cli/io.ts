/** What the command line may do to the world; tests pass one that keeps everything in memory. */
export interface Io {
  /** All of standard input as text. Rejects with an {@link IoError} where it is not UTF-8. */
  stdin(): Promise<string>;
  /** Data, to standard output. */
  out(text: string): void;
  /** Talk, to standard error. */
  err(text: string): void;
  /** A file's text, without a byte order mark. Rejects with an {@link IoError}. */
  readFile(path: string): Promise<string>;
  /** A file as it is; "-" is standard input. Rejects with an {@link IoError}. */
  readBytes(path: string): Promise<Uint8Array>;
  /** Writes a file and the folders above it. Rejects with an {@link IoError}. */
  writeFile(path: string, content: string | Uint8Array): Promise<void>;
}

/** A file or stream that could not be used; its message is a sentence for the person who named it. */
export class IoError extends Error {
  override name = "IoError";
}

/** Bytes as text: drops a byte order mark, and refuses what is no text instead of replacing it. */
export function decode(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new IoError(`${name} is not a text file in UTF-8.`);
  }
}
