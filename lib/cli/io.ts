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
  /** Writes a file and the folders above it. Rejects with an {@link IoError}. */
  writeFile(path: string, text: string): Promise<void>;
}

/** A file or stream that could not be used; its message is a sentence for the person who named it. */
export class IoError extends Error {
  override name = "IoError";
}
