import type { Commit, Reply, Repository, Route } from "./git-host";
import { blobSha } from "./git-host";

type Files = Map<string, { bytes: Buffer; mode: string }>;
type Handler = (parts: string[], body: Record<string, unknown>, query: URLSearchParams) => Reply;

const reply = (status: number, body: unknown): Reply => ({ status, body });
const missing = reply(404, { message: "Not Found", documentation_url: "https://docs.github.com/rest", status: "404" });
const invalid = (message: string, errors?: unknown): Reply =>
  reply(422, {
    message,
    ...(errors ? { errors } : {}),
    documentation_url: "https://docs.github.com/rest",
    status: "422",
  });

/** GitHub's REST API as far as files and pull requests go: https://docs.github.com/en/rest */
export function routesOfGitHub(repository: Repository): Route {
  /** Trees that were written but belong to no commit yet. */
  const trees = new Map<string, Files>();
  const filesOfTree = (id: string): { files: Commit["files"]; folder: string } | undefined => {
    const made = trees.get(id);
    if (made) return { files: made, folder: "" };
    for (const { files } of repository.commits.values())
      for (const folder of foldersOf(files)) if (repository.treeId(files, folder) === id) return { files, folder };
    return undefined;
  };
  const ref = (branch: string) => {
    const sha = repository.branches.get(branch);
    return sha === undefined
      ? missing
      : reply(200, {
          ref: `refs/heads/${branch}`,
          node_id: "MDM6",
          url: `${repository.site}/x`,
          object: { type: "commit", sha, url: "" },
        });
  };
  const pull = ({ number, title, body, head, base }: Repository["opened"][number]) => ({
    number,
    state: "open",
    title,
    body,
    html_url: `${repository.site}/${repository.name}/pull/${number}`,
    head: { ref: head },
    base: { ref: base },
  });

  const handlers: Record<string, Handler> = {
    "GET ": () =>
      reply(200, {
        id: 1296269,
        full_name: repository.name,
        private: true,
        html_url: `${repository.site}/${repository.name}`,
        default_branch: repository.defaultBranch,
        archived: repository.archived,
        permissions: { admin: false, push: repository.mayPush, pull: true },
      }),
    "GET git/ref": ([, ...branch]) => ref(branch.join("/")),
    "GET git/commits": ([id = ""]) => {
      const commit = repository.commits.get(id);
      if (!commit) return missing;
      const { files, parents, message } = commit;
      return reply(200, {
        sha: id,
        message,
        tree: { sha: repository.treeId(files, "") },
        parents: parents.map((sha) => ({ sha })),
      });
    },
    "GET git/trees": ([id = ""]) => {
      const found = filesOfTree(id);
      if (!found) return missing;
      const tree = repository.entries(found.files, found.folder);
      return reply(200, {
        sha: id,
        url: "",
        tree: tree.map(({ name, ...rest }) => ({ path: name, type: rest.type, mode: rest.mode, sha: rest.id })),
        truncated: false,
      });
    },
    "GET git/blobs": ([id = ""]) => {
      const bytes = repository.blobs.get(id);
      // Lines of 60 characters, as GitHub sends them.
      const content = bytes?.toString("base64").replaceAll(/(.{60})/g, "$1\n");
      return bytes ? reply(200, { sha: id, size: bytes.length, encoding: "base64", content }) : missing;
    },
    "POST git/blobs": (_, { content, encoding }) => {
      const bytes = Buffer.from(String(content), encoding === "base64" ? "base64" : "utf8");
      repository.blobs.set(blobSha(bytes), bytes);
      return reply(201, { sha: blobSha(bytes), url: "" });
    },
    "POST git/trees": (_, { base_tree, tree }) => {
      const files: Files = new Map(filesOfTree(String(base_tree))?.files ?? []);
      for (const entry of tree as { path: string; mode: string; content?: string; sha?: string | null }[]) {
        if (/(^|\/)\.\.?(\/|$)|^\//.test(entry.path)) return invalid("tree.path contains a malformed path component");
        if (entry.sha === null) {
          if (!files.delete(entry.path)) return invalid("GitRPC::BadObjectState");
          continue;
        }
        const bytes = entry.sha === undefined ? Buffer.from(entry.content ?? "") : repository.blobs.get(entry.sha);
        if (!bytes) return invalid("tree.sha is not a valid blob");
        files.set(entry.path, { bytes, mode: entry.mode });
      }
      const sha = repository.treeId(files, "");
      trees.set(sha, files);
      return reply(201, { sha, url: "", tree: [] });
    },
    "POST git/commits": (_, { message, tree, parents }) => {
      const files = trees.get(String(tree)) ?? filesOfTree(String(tree))?.files;
      if (!files) return invalid("Tree SHA does not exist");
      const sha = repository.commit(files, parents as string[], String(message));
      return reply(201, {
        sha,
        tree: { sha: tree },
        message,
        parents: (parents as string[]).map((parent) => ({ sha: parent })),
      });
    },
    "POST git/refs": (_, { ref: name, sha }) => {
      const branch = String(name).replace("refs/heads/", "");
      if (repository.branches.has(branch)) return invalid("Reference already exists");
      repository.branches.set(branch, String(sha));
      return { ...ref(branch), status: 201 };
    },
    "PATCH git/refs": ([, ...parts], { sha, force }) => {
      const branch = parts.join("/");
      const now = repository.branches.get(branch);
      if (now === undefined) return invalid("Reference does not exist");
      if (force !== true && !repository.isAncestor(now, String(sha))) return invalid("Update is not a fast forward");
      repository.branches.set(branch, String(sha));
      return ref(branch);
    },
    "GET pulls": (_, __, query) => {
      const [owner, head] = (query.get("head") ?? "").split(":");
      const all = repository.opened.filter((one) => one.head === head && one.base === query.get("base"));
      return reply(200, owner === repository.name.split("/")[0] ? all.map(pull) : []);
    },
    "POST pulls": (_, { title, head, base, body }) => {
      const fail = (message: string) =>
        invalid("Validation Failed", [{ resource: "PullRequest", code: "custom", message }]);
      const [from, onto] = [repository.branches.get(String(head)), repository.branches.get(String(base))];
      if (from === undefined)
        return invalid("Validation Failed", [{ resource: "PullRequest", field: "head", code: "invalid" }]);
      if (onto !== undefined && repository.isAncestor(from, onto))
        return fail(`No commits between ${base} and ${head}`);
      if (repository.opened.some((one) => one.head === head && one.base === base))
        return fail(`A pull request already exists for ${repository.name.split("/")[0]}:${head}.`);
      const opened = {
        number: repository.opened.length + 1,
        head: String(head),
        base: String(base),
        title: String(title),
        body: String(body),
      };
      repository.opened.push(opened);
      return reply(201, pull(opened));
    },
  };

  return ({ method, url, body }) => {
    const [, repos, owner, name, ...rest] = url.pathname.split("/").map(decodeURIComponent);
    if (repos !== "repos" || `${owner}/${name}` !== repository.name) return missing;
    const isGit = rest[0] === "git";
    if (isGit && repository.branches.size === 0)
      return reply(409, { message: "Git Repository is empty.", status: "409" });
    const handler = handlers[`${method} ${rest.slice(0, isGit ? 2 : 1).join("/")}`];
    return handler?.(rest.slice(isGit ? 2 : 1), (body ?? {}) as Record<string, unknown>, url.searchParams);
  };
}

function foldersOf(files: Commit["files"]): Set<string> {
  const folders = new Set<string>([""]);
  for (const path of files.keys()) {
    const parts = path.split("/");
    for (let length = 1; length < parts.length; length += 1) folders.add(parts.slice(0, length).join("/"));
  }
  return folders;
}
