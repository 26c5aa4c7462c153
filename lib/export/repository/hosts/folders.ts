import type { Present } from "./changes";

/** One thing in a folder of a repository. */
export interface Entry {
  name: string;
  /** As Git names it: blob (file), tree (folder), commit (submodule). */
  type: string;
  /** 120000 is a symbolic link, 100755 an executable file. */
  mode: string;
  id: string;
}

export type ListFolder = (path: string, id: string | undefined) => Promise<readonly Entry[]>;

type Found = Map<string, Present & { mode: string | undefined }>;

/** Tells what stands at each of some paths. Only folders that are on the way are listed, each once. */
export function lookUpIn(
  list: ListFolder,
  onFolder: (done: number) => void,
): (paths: readonly string[]) => Promise<Found> {
  const folders = new Map<string, Promise<Map<string, Entry> | string | undefined>>();
  let listed = 0;
  const read = async (path: string, id: string | undefined): Promise<Map<string, Entry>> => {
    const entries = await list(path, id);
    listed += 1;
    onFolder(listed);
    return new Map(entries.map((entry) => [entry.name, entry]));
  };
  /** The entries of a folder; undefined when it is not there, a sentence when something else is. */
  const open = (path: string): Promise<Map<string, Entry> | string | undefined> => {
    const known = folders.get(path);
    if (known) return known;
    const opened = path === "" ? read("", undefined) : openBelow(path);
    folders.set(path, opened);
    return opened;
  };
  const openBelow = async (path: string): Promise<Map<string, Entry> | string | undefined> => {
    const above = await open(parentOf(path));
    if (above === undefined || typeof above === "string") return above;
    const entry = above.get(nameOf(path));
    if (entry === undefined) return undefined;
    return entry.type === "tree" ? read(path, entry.id) : `below ${path}, which is ${whatIs(entry) ?? "a file"}`;
  };

  return async (paths) => {
    const found: Found = new Map();
    // One after another, as hosts ask for: https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
    for (const path of paths) {
      const folder = await open(parentOf(path));
      if (typeof folder === "string") found.set(path, { id: undefined, what: folder, mode: undefined });
      const entry = folder instanceof Map ? folder.get(nameOf(path)) : undefined;
      if (!entry) continue;
      const what = whatIs(entry);
      found.set(path, what ? { id: undefined, what, mode: entry.mode } : { id: entry.id, mode: entry.mode });
    }
    return found;
  };
}

function whatIs({ type, mode }: Entry): string | undefined {
  if (type === "tree") return "a folder";
  if (type === "commit") return "a submodule";
  return mode === "120000" ? "a symbolic link" : undefined;
}

export const parentOf = (path: string): string => (path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "");
export const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
