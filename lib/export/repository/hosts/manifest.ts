import * as z from "zod";
import { isObject, printJson } from "../../../core/json";
import { pathProblem } from "./names";

/**
 * The list of what Bayplan wrote, kept beside the files themselves: it travels with a clone, so that a later export from
 * any browser knows which files are its own. Only those are ever removed, and only as they were written.
 */
export const MANIFEST = ".bayplan-files.json";

/** Git's ids of the files by path, for each export that wrote into this folder. */
export type Manifest = Readonly<Record<string, Readonly<Record<string, string>>>>;

const ABOUT =
  "Files that Bayplan wrote here, with Git's id of each. A later export removes what it no longer writes, if nobody has changed it.";
const MOST_BYTES = 1024 * 1024;

const schema = z.object({
  exports: z.record(z.string(), z.record(z.string(), z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/))),
});

/** Reads a list; one that is damaged counts as none, and then nothing is removed. */
export function readManifest(bytes: Uint8Array | undefined): Manifest {
  if (bytes === undefined || bytes.length > MOST_BYTES) return {};
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (!isObject(json)) return {};
    const read = schema.safeParse(json);
    if (!read.success) return {};
    const safe = Object.entries(read.data.exports).map(([section, files]) => [
      section,
      Object.fromEntries(Object.entries(files).filter(([path]) => pathProblem(path) === undefined)),
    ]);
    return Object.fromEntries(safe);
  } catch {
    return {};
  }
}

export const printManifest = (manifest: Manifest): Uint8Array =>
  new TextEncoder().encode(printJson({ about: ABOUT, exports: manifest }));
