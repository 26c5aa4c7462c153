/** What went wrong, where (a JSON Pointer into the input, "" for the whole), in a full sentence. */
export interface Problem {
  path: string;
  message: string;
}

/** Either a value or everything that is wrong, listed together. Nothing in lib/ throws on input. */
export type Result<T, E = readonly Problem[]> = { ok: true; value: T } | { ok: false; problems: E };

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });

export const fail = (...problems: Problem[]): { ok: false; problems: readonly Problem[] } => ({ ok: false, problems });
