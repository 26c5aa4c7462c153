/**
 * Why a branch cannot have this name, or undefined. https://git-scm.com/docs/git-check-ref-format; GitHub and GitLab
 * also refuse names that look like an object's id.
 */
export function branchProblem(name: string): string | undefined {
  if (name === "") return "Give the branch a name.";
  if (name.length > 200) return "The branch name is longer than 200 characters. Shorten it.";
  const sign = /[\p{Cc} ~^:?*[\\]/u.exec(name)?.[0];
  if (sign !== undefined)
    return `A branch name cannot hold ${sign === " " ? "spaces" : /[~^:?*[\\]/.test(sign) ? `“${sign}”` : "control characters"}. Use letters, digits, hyphens and slashes.`;
  const badPart = name.split("/").some((part) => part === "" || part.startsWith(".") || part.endsWith(".lock"));
  if (
    badPart ||
    name.startsWith("-") ||
    name.endsWith(".") ||
    name.includes("..") ||
    name.includes("@{") ||
    name === "@"
  )
    return "Git does not allow this branch name. Use letters, digits, hyphens and slashes, as in bayplan/shop.";
  if (/^[0-9a-f]{40}([0-9a-f]{24})?$/i.test(name) || name.startsWith("refs/"))
    return "This branch name reads like an id of Git's own. Choose another.";
  return undefined;
}

/** Why a file cannot be written at this path, or undefined. Paths are relative, with forward slashes, below their folder. */
export function pathProblem(path: string): string | undefined {
  const shown = JSON.stringify(path.slice(0, 120));
  if (path === "" || path.length > 1_000) return `${shown} is no path of a file.`;
  if (/[\p{Cc}\\]/u.test(path)) return `${shown} holds characters that no path should.`;
  for (const part of path.split("/")) {
    if (part === "" || part === "." || part === "..") return `${shown} leads out of its folder.`;
    // Git refuses its own folder in any spelling that a file system may take for it.
    if (/^(\.git|git~1)[ .]*$/i.test(part)) return `${shown} names Git's own folder.`;
  }
  return undefined;
}

/** A folder as typed, without slashes around it, or why it cannot be one. "" is the root. */
export function folderFrom(text: string): { folder: string } | { problem: string } {
  const folder = text.trim().replaceAll(/^[./]*\/+|\/+$/g, "");
  if (folder === "" || folder === ".") return { folder: "" };
  const problem = pathProblem(folder);
  return problem === undefined ? { folder } : { problem };
}

/** Paths below a folder. */
export const within = (folder: string, path: string): string => (folder === "" ? path : `${folder}/${path}`);
