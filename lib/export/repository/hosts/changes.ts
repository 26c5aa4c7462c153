import { compareKeys } from "../../../core/json";
import { algorithmOf, blobId } from "./git-object";
import type { SentFile } from "./host";
import { MANIFEST, type Manifest, printManifest } from "./manifest";

/** What stands at a path now: Git's id of its content, undefined when it is no plain file. */
export interface Present {
  id: string | undefined;
  /** "a folder", "a link to elsewhere": what stands there instead of a file. */
  what?: string;
}

export interface Change {
  path: string;
  bytes: Uint8Array;
  is: "added" | "changed";
}

/** What an export makes of a folder. Paths are below that folder. */
export interface Changes {
  write: readonly Change[];
  remove: readonly string[];
  /** Earlier exports' own files that this one lacks but that were edited since. */
  left: readonly string[];
  /** Files that will be replaced although this export did not write them as they are: another one did, or a person. */
  replaced: readonly string[];
  /** Why it cannot be: something else stands where a file belongs. */
  obstacles: readonly string[];
}

/** Paths whose present state {@link changesFor} must know. */
export const pathsOf = (files: readonly SentFile[], manifest: Manifest, section: string): string[] => [
  ...new Set([...files.map(({ path }) => path), ...Object.keys(manifest[section] ?? {}), MANIFEST]),
];

/**
 * Compares the files of an export with what stands in a folder: writes only what differs, removes only what this export
 * of this design wrote before and nobody has changed since.
 */
export async function changesFor(
  files: readonly SentFile[],
  present: ReadonlyMap<string, Present>,
  manifest: Manifest,
  section: string,
): Promise<Changes> {
  const known = [...present.values()].find(({ id }) => id !== undefined)?.id;
  const algorithm = algorithmOf(known ?? "");
  const written: Record<string, string> = {};
  const write: Change[] = [];
  const replaced: string[] = [];
  const obstacles: string[] = [];
  for (const { path, bytes } of files) {
    const id = await blobId(bytes, algorithm);
    written[path] = id;
    const there = present.get(path);
    if (there?.id === id) continue;
    if (there && there.id === undefined) obstacles.push(`${path} is ${there.what ?? "no file"}`);
    else {
      write.push({ path, bytes, is: there ? "changed" : "added" });
      if (there && manifest[section]?.[path] !== there.id) replaced.push(path);
    }
  }

  const remove: string[] = [];
  const left: string[] = [];
  for (const [path, id] of Object.entries(manifest[section] ?? {})) {
    if (path in written || path === MANIFEST || !present.has(path)) continue;
    if (Object.entries(manifest).some(([other, list]) => other !== section && path in list)) continue;
    if (present.get(path)?.id === id) remove.push(path);
    else left.push(path);
  }

  const list = await listChange(present, manifest, section, written);
  if (list) write.push(list);
  return {
    write: write.sort((a, b) => compareKeys(a.path, b.path)),
    remove: remove.sort(compareKeys),
    left: left.sort(compareKeys),
    replaced: replaced.sort(compareKeys),
    obstacles,
  };
}

/** The list itself, when it changes. A path belongs to the export that wrote it last. */
async function listChange(
  present: ReadonlyMap<string, Present>,
  manifest: Manifest,
  section: string,
  written: Readonly<Record<string, string>>,
): Promise<Change | undefined> {
  const others = Object.entries(manifest)
    .filter(([name]) => name !== section)
    .map(([name, list]) => [name, Object.fromEntries(Object.entries(list).filter(([path]) => !(path in written)))]);
  const kept = Object.fromEntries(others.filter(([, list]) => Object.keys(list as object).length > 0));
  const bytes = printManifest({ ...kept, [section]: written });
  const there = present.get(MANIFEST);
  if (there?.id === (await blobId(bytes, algorithmOf(there?.id ?? "")))) return undefined;
  return { path: MANIFEST, bytes, is: there ? "changed" : "added" };
}
