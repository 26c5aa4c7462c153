/** One step from `from` to `from + 1`. Pure; the input is untrusted JSON of that version's shape. */
export interface Migration {
  from: number;
  /** What changed and why, for the changelog. */
  about: string;
  migrate(design: Record<string, unknown>): Record<string, unknown>;
  /** A design before and after, which the tests hold the step to. */
  example: { before: Record<string, unknown>; after: Record<string, unknown> };
}

/** All steps in order. Version 1 is the first, so there is none yet; a test holds each step to an example. */
export const migrations: readonly Migration[] = [];

/** Brings a design of an older version up to date. */
export function migrate(design: Record<string, unknown>, version: number): Record<string, unknown> {
  return migrations
    .filter((step) => step.from >= version)
    .reduce((current, step) => ({ ...step.migrate(current), version: step.from + 1 }), design);
}
