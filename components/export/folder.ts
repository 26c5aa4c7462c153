import { type Changes, changesFor, type Present, pathsOf } from "@/lib/export/repository/hosts/changes";
import { nameOf, parentOf } from "@/lib/export/repository/hosts/folders";
import { blobId } from "@/lib/export/repository/hosts/git-object";
import type { SentFile } from "@/lib/export/repository/hosts/host";
import { MANIFEST, readManifest } from "@/lib/export/repository/hosts/manifest";
import { pathProblem } from "@/lib/export/repository/hosts/names";

export type Written =
  | { ok: true; written: number; removed: number; left: readonly string[] }
  | { ok: false; reason: "foreign"; paths: readonly string[] }
  | { ok: false; reason: "permission" }
  | { ok: false; reason: "trouble"; message: string };

export interface WriteOptions {
  /** Which export of which design: see the list of files. */
  section: string;
  /** Files that this export did not write as they are now may be replaced: the person said so. */
  over: boolean;
}

/**
 * Makes a folder hold the files of an export: writes what differs, removes what this export wrote before and nobody has
 * changed, and touches nothing else. With files in the way that somebody else wrote or edited it writes nothing at all,
 * unless told to. The list of what was written lies in the folder itself (.bayplan-files.json), so that it goes where the
 * folder goes and other browsers know it too.
 */
export async function writeFolder(
  root: FileSystemDirectoryHandle,
  files: readonly SentFile[],
  { section, over }: WriteOptions,
): Promise<Written> {
  const bad = files.map(({ path }) => pathProblem(path)).find((problem) => problem !== undefined);
  if (bad !== undefined) return { ok: false, reason: "trouble", message: bad };
  try {
    const manifest = readManifest(await bytesAt(root, MANIFEST));
    const present = await presentIn(root, pathsOf(files, manifest, section));
    const changes = await changesFor(files, present, manifest, section);
    if (changes.obstacles.length > 0)
      return {
        ok: false,
        reason: "trouble",
        message: `Something else is where a file belongs: ${changes.obstacles[0]}. Move it away, or choose another folder.`,
      };
    if (changes.replaced.length > 0 && !over) return { ok: false, reason: "foreign", paths: changes.replaced };
    return await carryOut(root, changes);
  } catch (error) {
    return troubleOf(error);
  }
}

/** Writes in an order that can be broken off: the list comes last, so that it never names what is not there. */
async function carryOut(root: FileSystemDirectoryHandle, changes: Changes): Promise<Written> {
  const list = changes.write.find(({ path }) => path === MANIFEST);
  const write = changes.write.filter((change) => change !== list);
  for (const { path, bytes } of write) await put(root, path, bytes);
  for (const path of changes.remove) {
    const folder = await open(root, parentOf(path), false);
    if (typeof folder === "object") await folder.removeEntry(nameOf(path));
  }
  if (list) await put(root, MANIFEST, list.bytes);
  return { ok: true, written: write.length, removed: changes.remove.length, left: changes.left };
}

/** The browser writes beside the file and puts it in its place when the stream closes: half a file is never there. */
async function put(root: FileSystemDirectoryHandle, path: string, bytes: Uint8Array): Promise<void> {
  const folder = await open(root, parentOf(path), true);
  if (typeof folder !== "object") throw new TypeError(path);
  const stream = await (await folder.getFileHandle(nameOf(path), { create: true })).createWritable();
  try {
    await stream.write(bytes as Uint8Array<ArrayBuffer>);
    await stream.close();
  } catch (error) {
    await stream.abort().catch(() => undefined);
    throw error;
  }
}

async function presentIn(root: FileSystemDirectoryHandle, paths: readonly string[]): Promise<Map<string, Present>> {
  const present = new Map<string, Present>();
  for (const path of paths) {
    const found = await bytesAt(root, path);
    if (typeof found === "string") present.set(path, { id: undefined, what: found });
    else if (found) present.set(path, { id: await blobId(found) });
  }
  return present;
}

/** The content of a file; undefined when there is none, a description when something else is in its place. */
async function bytesAt(root: FileSystemDirectoryHandle, path: typeof MANIFEST): Promise<Uint8Array | undefined>;
async function bytesAt(root: FileSystemDirectoryHandle, path: string): Promise<Uint8Array | string | undefined>;
async function bytesAt(root: FileSystemDirectoryHandle, path: string): Promise<Uint8Array | string | undefined> {
  const folder = await open(root, parentOf(path), false);
  if (folder === "file") return "below a file";
  if (folder === undefined) return undefined;
  try {
    const file = await (await folder.getFileHandle(nameOf(path))).getFile();
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    if (isNamed(error, "NotFoundError")) return undefined;
    if (isNamed(error, "TypeMismatchError")) return path === MANIFEST ? undefined : "a folder";
    throw error;
  }
}

async function open(
  root: FileSystemDirectoryHandle,
  path: string,
  create: boolean,
): Promise<FileSystemDirectoryHandle | "file" | undefined> {
  let folder = root;
  for (const name of path === "" ? [] : path.split("/")) {
    try {
      folder = await folder.getDirectoryHandle(name, { create });
    } catch (error) {
      if (isNamed(error, "NotFoundError") && !create) return undefined;
      if (isNamed(error, "TypeMismatchError")) return "file";
      throw error;
    }
  }
  return folder;
}

const isNamed = (error: unknown, name: string): boolean => error instanceof DOMException && error.name === name;

/** https://developer.mozilla.org/docs/Web/API/FileSystemFileHandle/createWritable names what can go wrong. */
function troubleOf(error: unknown): Written {
  const trouble = (message: string): Written => ({ ok: false, reason: "trouble", message });
  if (isNamed(error, "NotAllowedError")) return { ok: false, reason: "permission" };
  if (isNamed(error, "NotFoundError"))
    return trouble("The folder is no longer there: it was moved, renamed or deleted. Choose it again.");
  if (isNamed(error, "QuotaExceededError")) return trouble("The disk is full. Make room, then write again.");
  if (isNamed(error, "NoModificationAllowedError") || isNamed(error, "InvalidStateError"))
    return trouble("A file is locked or was changed in this moment by another program. Write again.");
  console.error(error);
  return trouble("The browser could not write into this folder. Choose another, or download the zip.");
}

/** What TypeScript's library does not know yet. https://wicg.github.io/file-system-access/ */
interface WithPermission {
  queryPermission?(options: { mode: "readwrite" }): Promise<PermissionState>;
  requestPermission?(options: { mode: "readwrite" }): Promise<PermissionState>;
}
type Picker = (options: { id: string; mode: "readwrite" }) => Promise<FileSystemDirectoryHandle>;

const picker = (): Picker | undefined => (window as { showDirectoryPicker?: Picker }).showDirectoryPicker;

/** Chromium only so far, and only over https or on this machine. */
export const canWriteFolders = (): boolean => picker() !== undefined;

/** Lets the person choose a folder; undefined when they do not. Must come from a click. */
export async function chooseFolder(): Promise<FileSystemDirectoryHandle | undefined> {
  try {
    return await picker()?.call(window, { id: "bayplan", mode: "readwrite" });
  } catch (error) {
    if (isNamed(error, "AbortError")) return undefined;
    throw error;
  }
}

export async function mayWrite(handle: FileSystemDirectoryHandle): Promise<boolean> {
  const state = await (handle as WithPermission).queryPermission?.({ mode: "readwrite" });
  return state === undefined || state === "granted";
}

/** Asks the person, through the browser. Must come from a click. */
export async function askToWrite(handle: FileSystemDirectoryHandle): Promise<boolean> {
  const state = await (handle as WithPermission).requestPermission?.({ mode: "readwrite" });
  return state === undefined || state === "granted";
}
