import { count, list } from "../../../core/text";
import { type Caller, caller, failed, type Speech, Stop } from "./call";
import { type Changes, changesFor, type Present, pathsOf } from "./changes";
import { type ListFolder, lookUpIn } from "./folders";
import type { PushContext, Pushed, PushInput, PushResult } from "./host";
import { MANIFEST, type Manifest, readManifest } from "./manifest";
import { branchProblem, folderFrom, pathProblem, within } from "./names";

/** What the repository holds of a push so far; said when it ends early. */
export interface Progress {
  /** A sentence, and one for when the last request may or may not have been carried out. */
  written: string;
  unsure: string;
}

export const NOTHING = "Nothing was written.";

/** Runs a push and turns whatever ends it into a failure. Checks what was asked before anything is sent. */
export async function guarded(
  input: PushInput,
  context: PushContext,
  speech: Speech,
  run: (to: Caller, progress: Progress) => Promise<Pushed>,
): Promise<PushResult> {
  const problem = inputProblem(input, context);
  if (problem !== undefined) return failed("input", problem, NOTHING);
  const progress: Progress = { written: NOTHING, unsure: NOTHING };
  try {
    return { ok: true, value: await run(caller(speech, context), progress) };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return failed(error.reason, error.message, error.unsure ? progress.unsure : progress.written);
  }
}

function inputProblem(
  { repository, branch, base, folder, files, title, message }: PushInput,
  { token }: PushContext,
): string | undefined {
  if (token === "") return "Give a token: the host must know that this may be written.";
  // Anything else cannot stand in a header, and a pasted sentence should not be sent.
  if (!/^[\x21-\x7e]{1,512}$/.test(token))
    return "This is no token: tokens have letters, digits and signs, and no spaces. Copy it again.";
  if (repository.split("/").some((part) => part === "" || part === "." || part === ".."))
    return "Give the repository with its owner, as in owner/name.";
  const branches = branchProblem(branch) ?? (base === undefined ? undefined : branchProblem(base));
  if (branches !== undefined) return branches;
  if (branch === base)
    return `The files go onto a branch of their own, to be reviewed. Choose another name than ${base}.`;
  if (title.trim() === "" || message.trim() === "") return "Give the request a title.";
  const place = folderFrom(folder);
  if ("problem" in place || place.folder !== folder)
    return "problem" in place ? place.problem : "The folder has slashes around it.";
  if (files.length === 0) return "There are no files to send.";
  const seen = new Set<string>();
  for (const { path } of files) {
    const bad = pathProblem(path);
    if (bad !== undefined) return bad;
    if (seen.has(path) || path === MANIFEST) return `${path} would be written twice.`;
    seen.add(path);
  }
  return undefined;
}

/** Paths as the repository has them, with the folder in front. */
export interface Compared extends Changes {
  /** File modes by path, to keep what is executable so. */
  modes: ReadonlyMap<string, string>;
}

/** Compares with a folder of the repository; stops when something stands in the way. */
export async function compare(
  { files, folder, section }: PushInput,
  context: PushContext,
  listFolder: ListFolder,
  read: (id: string) => Promise<Uint8Array | undefined>,
): Promise<Compared> {
  context.onStep({ stage: "compare" });
  const lookUp = lookUpIn(listFolder, (done) => context.onStep({ stage: "compare", done }));
  const at = within(folder, MANIFEST);
  const listId = (await lookUp([at])).get(at)?.id;
  const manifest: Manifest = readManifest(listId === undefined ? undefined : await read(listId));
  const paths = pathsOf(files, manifest, section);
  const there = await lookUp(paths.map((path) => within(folder, path)));
  const present = new Map<string, Present>();
  const modes = new Map<string, string>();
  for (const path of paths) {
    const found = there.get(within(folder, path));
    if (found) present.set(path, found);
    if (found?.mode !== undefined) modes.set(within(folder, path), found.mode);
  }
  const changes = await changesFor(files, present, manifest, section);
  if (changes.obstacles.length > 0)
    throw new Stop(
      "conflict",
      `The repository has something else where files belong: ${list(changes.obstacles.slice(0, 5))}. Choose another folder, or move it away.`,
    );
  const moved = (path: string): string => within(folder, path);
  return {
    write: changes.write.map((change) => ({ ...change, path: moved(change.path) })),
    remove: changes.remove.map(moved),
    left: changes.left.map(moved),
    replaced: changes.replaced.map(moved),
    obstacles: [],
    modes,
  };
}

/** The numbers of a result, the list of files not counted among them. */
export function countsOf({ write, remove, left, replaced }: Changes, folder: string) {
  const files = write.filter(({ path }) => path !== within(folder, MANIFEST));
  return {
    added: files.filter(({ is }) => is === "added").length,
    changed: files.filter(({ is }) => is === "changed").length,
    removed: remove.length,
    left,
    replaced,
  };
}

/** What reviewers should know beside the difference itself, for the text of the request. */
export function remarks({ left, replaced, remove }: Changes): string {
  const lines = [
    replaced.length > 0 &&
      `Replaces ${count(replaced.length, "file")} that this export had not written: ${shown(replaced)}.`,
    remove.length > 0 && `Removes ${count(remove.length, "file")} of an earlier export: ${shown(remove)}.`,
    left.length > 0 &&
      `Leaves ${count(left.length, "file")} of an earlier export that ${left.length === 1 ? "was" : "were"} edited since: ${shown(left)}.`,
  ].filter((line) => line !== false);
  return lines.length === 0 ? "" : `\n\n${lines.join("\n")}`;
}

const shown = (paths: readonly string[]): string =>
  `${paths
    .slice(0, 20)
    .map((path) => `\`${path.replaceAll("`", "'")}\``)
    .join(", ")}${paths.length > 20 ? ` and ${paths.length - 20} more` : ""}`;

/** True when files run in the host's pipelines, which needs a permission of its own on GitHub. */
export const hasWorkflows = (folder: string, paths: readonly string[]): boolean =>
  paths.some((path) => within(folder, path).startsWith(".github/workflows/"));
