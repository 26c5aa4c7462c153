import type { Reply, Repository, Route } from "./git-host";

type Handler = (rest: string[], body: Record<string, unknown>, query: URLSearchParams) => Reply;

const reply = (status: number, body: unknown, headers?: Record<string, string>): Reply => ({
  status,
  body,
  ...(headers ? { headers } : {}),
});
const bad = (message: string): Reply => reply(400, { message });
const PROJECT = 278964;

interface Action {
  action: string;
  file_path: string;
  content?: string;
  encoding?: string;
}

/** GitLab's REST API as far as files and merge requests go: https://docs.gitlab.com/api/rest/ */
export function routesOfGitLab(repository: Repository): Route {
  const mergeRequest = ({ number, title, body, head, base }: Repository["opened"][number]) => ({
    id: number + 1000,
    iid: number,
    project_id: PROJECT,
    title,
    description: body,
    state: "opened",
    source_branch: head,
    target_branch: base,
    web_url: `${repository.site}/${repository.name}/-/merge_requests/${number}`,
  });

  const handlers: Record<string, Handler> = {
    "GET ": () =>
      reply(200, {
        id: PROJECT,
        path_with_namespace: repository.name,
        default_branch: repository.branches.size === 0 ? null : repository.defaultBranch,
        web_url: `${repository.site}/${repository.name}`,
        empty_repo: repository.branches.size === 0,
        archived: repository.archived,
        merge_requests_access_level: "enabled",
      }),
    "GET repository/branches": ([name = ""]) => {
      const id = repository.branches.get(name);
      if (id === undefined) return reply(404, { message: "404 Branch Not Found" });
      return reply(200, {
        name,
        commit: { id, short_id: id.slice(0, 8) },
        protected: false,
        can_push: repository.mayPush,
      });
    },
    "GET repository/tree": (_, __, query) => {
      const commit = repository.commits.get(query.get("ref") ?? "");
      const folder = query.get("path") ?? "";
      const all = commit && repository.entries(commit.files, folder);
      if (!all || (all.length === 0 && folder !== "")) return reply(404, { message: "404 Tree Not Found" });
      const size = Number(query.get("per_page") ?? 20);
      const token = query.get("page_token");
      const from = token === null ? 0 : all.findIndex(({ id, name }) => `${id}${name}` === token) + 1;
      const page = all.slice(from, from + size);
      const last = page.at(-1);
      const more = last && from + size < all.length;
      const next = new URLSearchParams({ ...Object.fromEntries(query), page_token: `${last?.id}${last?.name}` });
      const link = { Link: `<${repository.site}/api/v4/projects/${PROJECT}/repository/tree?${next}>; rel="next"` };
      const body = page.map(({ id, name, type, mode }) => ({
        id,
        name,
        type,
        mode,
        path: folder === "" ? name : `${folder}/${name}`,
      }));
      return reply(200, body, more ? link : undefined);
    },
    "GET repository/blobs": ([id = ""]) => {
      const bytes = repository.blobs.get(id);
      if (!bytes) return reply(404, { message: "404 Blob Not Found" });
      return reply(200, { size: bytes.length, encoding: "base64", content: bytes.toString("base64"), sha: id });
    },
    "GET repository/compare": (_, __, query) => {
      const [from, to] = [query.get("from"), query.get("to")].map((name) => repository.branches.get(name ?? "") ?? "");
      return reply(200, { commits: repository.isAncestor(to ?? "", from ?? "") ? [] : [{ id: to }], diffs: [] });
    },
    "POST repository/commits": (_, { branch, start_sha, commit_message, actions }) => {
      const name = String(branch);
      const now = repository.branches.get(name);
      if (start_sha !== undefined && now !== undefined)
        return bad(`A branch called '${name}' already exists. Switch to that branch in order to make changes`);
      const parent = now ?? (start_sha as string | undefined);
      if (parent === undefined) return bad("You can only create or edit files when you are on a branch");
      const files = new Map(repository.commits.get(parent)?.files ?? []);
      for (const { action, file_path, content, encoding } of actions as Action[]) {
        const has = files.has(file_path);
        if (action === "create" && has) return bad("A file with this name already exists");
        if (action !== "create" && !has) return bad("A file with this name doesn't exist");
        if (action === "delete") files.delete(file_path);
        else
          files.set(file_path, {
            bytes: Buffer.from(content ?? "", encoding === "base64" ? "base64" : "utf8"),
            mode: files.get(file_path)?.mode ?? "100644",
          });
      }
      const id = repository.commit(files, [parent], String(commit_message));
      repository.branches.set(name, id);
      return reply(201, { id, short_id: id.slice(0, 8), title: commit_message, parent_ids: [parent] });
    },
    "GET merge_requests": (_, __, query) =>
      reply(
        200,
        repository.opened
          .filter(({ head, base }) => head === query.get("source_branch") && base === query.get("target_branch"))
          .map(mergeRequest),
      ),
    "POST merge_requests": (_, { source_branch, target_branch, title, description }) => {
      const twin = repository.opened.find(({ head, base }) => head === source_branch && base === target_branch);
      if (twin)
        return reply(409, {
          message: [`Another open merge request already exists for this source branch: !${twin.number}`],
        });
      const opened = {
        number: repository.opened.length + 1,
        head: String(source_branch),
        base: String(target_branch),
        title: String(title),
        body: String(description),
      };
      repository.opened.push(opened);
      return reply(201, mergeRequest(opened));
    },
  };

  return ({ method, url, body }) => {
    const [, projects, project, ...rest] = url.pathname.split("/").map(decodeURIComponent);
    if (projects !== "projects" || (project !== repository.name && project !== String(PROJECT)))
      return reply(404, { message: "404 Project Not Found" });
    const isFiles = rest[0] === "repository";
    const handler = handlers[`${method} ${rest.slice(0, isFiles ? 2 : 1).join("/")}`];
    return handler?.(rest.slice(isFiles ? 2 : 1), (body ?? {}) as Record<string, unknown>, url.searchParams);
  };
}
