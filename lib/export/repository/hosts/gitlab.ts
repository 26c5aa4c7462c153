import * as z from "zod";
import { linkOf } from "./address";
import { type Answer, type Caller, quoted, type Refusal, type Speech, Stop, waitWords } from "./call";
import type { Entry } from "./folders";
import { fromBase64, toBase64 } from "./git-object";
import type { Host, PushContext, Pushed, PushInput, Reason } from "./host";
import { type Compared, compare, countsOf, guarded, type Progress, remarks } from "./prepare";

/** Pages of one folder that are read; a folder with more than 10,000 entries is no place for an export. */
const MOST_PAGES = 100;

const id = z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/);
/** https://docs.gitlab.com/api/projects/#retrieve-a-project */
const project = z.object({
  id: z.int().positive(),
  path_with_namespace: z.string(),
  default_branch: z.string().nullish(),
  archived: z.boolean().optional(),
  empty_repo: z.boolean().optional(),
  merge_requests_access_level: z.string().optional(),
});
/** https://docs.gitlab.com/api/branches/ */
const branch = z.object({ name: z.string(), commit: z.object({ id }), can_push: z.boolean().optional() });
/** https://docs.gitlab.com/api/repositories/#list-repository-tree */
const entries = z.array(z.object({ id: z.string(), name: z.string(), type: z.string(), mode: z.string() }));
const blob = z.object({ content: z.string(), encoding: z.string() });
/** https://docs.gitlab.com/api/commits/#create-a-commit-with-multiple-files-and-actions */
const commit = z.object({ id });
/** https://docs.gitlab.com/api/merge_requests/ */
const mergeRequest = z.object({ iid: z.int().positive(), web_url: z.string() });
/** https://docs.gitlab.com/api/repositories/#compare-branches-tags-or-commits */
const comparison = z.object({ commits: z.array(z.unknown()) });

export const gitlab: Host = {
  id: "gitlab",
  label: "GitLab",
  request: "merge request",
  permissions: () =>
    "A personal or project access token with the scope api, of somebody who may push to this project (role Developer or higher).",
  tokenPage: (site) => `${site}/-/user_settings/personal_access_tokens`,
  push: (input, context) =>
    guarded(input, context, speech(input, context), (to, progress) => push(input, context, to, progress)),
};

const speech = (input: PushInput, context: PushContext): Speech => ({
  label: "GitLab",
  api: input.api,
  headers: { Accept: "application/json" },
  explain: (refusal) => explain(refusal, input, context),
});

async function push(input: PushInput, context: PushContext, to: Caller, progress: Progress): Promise<Pushed> {
  context.onStep({ stage: "repository" });
  const where = `/projects/${encodeURIComponent(input.repository)}`;
  // A moved project answers with a redirect; its number stays.
  const about = (await to.call({ stage: "repository", path: where, follow: true }, project)).value;
  const name = about.path_with_namespace;
  if (about.archived)
    throw new Stop("permission", `${name} is archived and takes no changes. Unarchive it, or choose another project.`);
  if (about.merge_requests_access_level === "disabled")
    throw new Stop(
      "permission",
      `${name} has merge requests turned off. Turn them on in its settings, or choose another project.`,
    );
  const base = input.base ?? about.default_branch ?? undefined;
  if (base === undefined && about.empty_repo === false)
    throw new Stop(
      "permission",
      `GitLab does not show the branches of ${name} to this token. It needs: ${gitlab.permissions(false)}`,
    );
  if (about.empty_repo || base === undefined)
    throw new Stop(
      "conflict",
      `${name} is empty, and a branch needs a first commit to start from. Add a README on GitLab, then try again.`,
    );
  if (base === input.branch)
    throw new Stop(
      "input",
      `The files go onto a branch of their own, to be reviewed. Choose another name than ${base}.`,
    );
  const at = `/projects/${about.id}`;

  context.onStep({ stage: "branch" });
  const start = await branchOf(to, at, base);
  if (!start)
    throw new Stop("missing", `${name} has no branch ${base}. Give the branch that the merge request should go to.`);
  const own = await branchOf(to, at, input.branch);
  if (own?.can_push === false)
    throw new Stop(
      "permission",
      `The branch ${input.branch} is protected and you may not push to it. Choose another name for the branch.`,
    );
  const parent = (own ?? start).commit.id;

  const changes = await compare(input, context, folderReader(to, at, parent), async (sha) => {
    const { value } = await to.call({ stage: "compare", path: `${at}/repository/blobs/${sha}` }, blob);
    return value.encoding === "base64" ? fromBase64(value.content) : undefined;
  });
  const result = { branch: input.branch, base, ...countsOf(changes, input.folder) };
  const empty = changes.write.length + changes.remove.length === 0;
  if (empty && !own) return { ...result, outcome: "unchanged", link: undefined, number: undefined };

  if (!empty) await commitTo(input, context, to, progress, at, changes, own ? undefined : parent);
  else {
    progress.written = `The branch ${input.branch} holds these files already; nothing was added.`;
    progress.unsure = progress.written;
  }

  context.onStep({ stage: "request" });
  const found = await openRequest(to, at, base, input.branch);
  if (found) return { ...result, outcome: empty ? "unchanged" : "updated", ...placed(found, input.api) };
  if (empty && !(await isAhead(to, at, base, input.branch)))
    return { ...result, outcome: "unchanged", link: undefined, number: undefined };
  progress.unsure = `${progress.written} Whether the merge request was opened is not known: look at ${name} before trying again.`;
  const opened = await newRequest(input, to, at, base, remarks(changes));
  return { ...result, outcome: "opened", ...placed(opened, input.api) };
}

const placed = ({ iid, web_url }: z.output<typeof mergeRequest>, api: string) => ({
  number: iid,
  link: linkOf(web_url, api),
});

async function branchOf(to: Caller, at: string, name: string): Promise<z.output<typeof branch> | undefined> {
  const path = `${at}/repository/branches/${encodeURIComponent(name)}`;
  const found = await to.find({ stage: "branch", path, none: [404] }, branch);
  return found?.value.name === name ? found.value : undefined;
}

/** Lists folders page by page. Of the address of the next page only its token is used: it could lead anywhere. */
function folderReader(to: Caller, at: string, ref: string) {
  return async (path: string): Promise<readonly Entry[]> => {
    const all: Entry[] = [];
    let more: Record<string, string> = {};
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const query = { ref, ...(path === "" ? {} : { path }), per_page: "100", pagination: "keyset", ...more };
      const answer = await to.call({ stage: "compare", path: `${at}/repository/tree`, query }, entries);
      all.push(...answer.value);
      const next = nextPage(answer);
      if (next === undefined) return all;
      more = next;
    }
    throw new Stop(
      "answer",
      `The folder ${path || "at the root"} has more than ${MOST_PAGES * 100} entries. Choose another folder.`,
    );
  };
}

function nextPage({ headers }: Answer<unknown>): Record<string, string> | undefined {
  const url = /<([^>]*)>\s*;\s*rel="next"/.exec(headers.get("link") ?? "")?.[1];
  const query = new URLSearchParams(url?.split("?")[1] ?? "");
  const token = query.get("page_token");
  if (token) return { page_token: token };
  const page = query.get("page");
  return page && /^\d{1,6}$/.test(page) ? { page } : undefined;
}

/** One commit with all files: all of it or nothing. A new branch starts at the very commit that was compared with. */
async function commitTo(
  input: PushInput,
  context: PushContext,
  to: Caller,
  progress: Progress,
  at: string,
  changes: Compared,
  start: string | undefined,
): Promise<void> {
  context.onStep({ stage: "commit" });
  progress.unsure = `Whether the branch ${input.branch} has the files is not known: look at it before trying again.`;
  const body = {
    branch: input.branch,
    ...(start === undefined ? {} : { start_sha: start }),
    commit_message: input.message,
    stats: false,
    actions: [
      ...changes.write.map(({ path, bytes, is }) => ({
        action: is === "added" ? "create" : "update",
        file_path: path,
        // The bytes as they are, whatever the server does to line ends of text.
        content: toBase64(bytes),
        encoding: "base64",
      })),
      ...changes.remove.map((path) => ({ action: "delete", file_path: path })),
    ],
  };
  await to.call({ stage: "commit", method: "POST", path: `${at}/repository/commits`, body }, commit);
  progress.written = `The branch ${input.branch} has the files, but no merge request was opened.`;
  progress.unsure = progress.written;
}

async function openRequest(to: Caller, at: string, base: string, source: string) {
  const query = { state: "opened", source_branch: source, target_branch: base, per_page: "1" };
  return (await to.call({ stage: "request", path: `${at}/merge_requests`, query }, z.array(mergeRequest))).value[0];
}

/** True when a branch has commits that its base lacks. */
async function isAhead(to: Caller, at: string, base: string, source: string): Promise<boolean> {
  const query = { from: base, to: source };
  const { value } = await to.call({ stage: "request", path: `${at}/repository/compare`, query }, comparison);
  return value.commits.length > 0;
}

async function newRequest(input: PushInput, to: Caller, at: string, base: string, more: string) {
  const body = {
    source_branch: input.branch,
    target_branch: base,
    title: input.title,
    description: `${input.body}${more}`,
  };
  try {
    return (await to.call({ stage: "request", method: "POST", path: `${at}/merge_requests`, body }, mergeRequest))
      .value;
  } catch (error) {
    // Somebody opened it in this moment.
    const twice = error instanceof Stop && error.reason === "conflict" && /already exists/i.test(error.message);
    const found = twice ? await openRequest(to, at, base, input.branch) : undefined;
    if (!found) throw error;
    return found;
  }
}

/**
 * What a refusal means and how to mend it. https://docs.gitlab.com/api/rest/troubleshooting/; limits:
 * https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/. Browsers are shown none of the limit's headers
 * (https://docs.gitlab.com/user/project/web_ide/#cors-issues lists those that are), then the words say to wait a minute.
 */
function explain(refusal: Refusal, input: PushInput, context: PushContext): { reason: Reason; message: string } {
  const { status, headers, said, stage } = refusal;
  const words = quoted("GitLab", said);
  const asked = gitlab.permissions(false);
  if (status === 429)
    return { reason: "rate", message: `GitLab takes no more requests for now. ${waitWords(headers, context.now())}` };
  if (status === 401)
    return {
      reason: "token",
      message: `GitLab does not know this token: it is mistyped, expired or revoked. Make a new one. ${asked}`,
    };
  if (status === 403 && /insufficient_scope/.test(said))
    return { reason: "permission", message: `The token's scope is too small to ${doing[stage]}. It needs: ${asked}` };
  if (status === 403 || (status === 400 && /not allowed to push|protected/i.test(said)))
    return { reason: "permission", message: `GitLab does not let you ${doing[stage]}. It needs: ${asked}${words}` };
  if (status === 404 && stage === "repository")
    return {
      reason: "missing",
      message: `There is no project ${input.repository}, or this token has no access to it: GitLab does not say which. Check the name with all its groups, and the token. ${asked}`,
    };
  if (status === 404)
    return {
      reason: "missing",
      message: `GitLab could not ${doing[stage]}: something that was there a moment ago is not found. Try again.${words}`,
    };
  if (status === 409)
    return {
      reason: "conflict",
      message: `GitLab could not ${doing[stage]} because of something that is there already or changed in this moment. Try again.${words}`,
    };
  if (status === 400 && /already exists|doesn't exist|only create or edit files/i.test(said))
    return {
      reason: "conflict",
      message: `The branch ${input.branch} was changed by somebody else in this moment. Try again: the files are then compared anew.${words}`,
    };
  if (status === 413)
    return {
      reason: "invalid",
      message:
        "The files together are larger than this GitLab server takes in one request. Export fewer, or download the zip.",
    };
  if (status === 400 || status === 422)
    return {
      reason: "invalid",
      message: `GitLab refused to ${doing[stage]}.${words}${said === "" ? " It gave no reason." : ""}`,
    };
  return { reason: "server", message: `GitLab has trouble of its own (status ${status}). Try again later.${words}` };
}

const doing: Readonly<Record<Refusal["stage"], string>> = {
  repository: "read the project",
  branch: "read the branches",
  compare: "read the files",
  upload: "write files",
  commit: "write a commit",
  move: "set the branch",
  request: "open a merge request",
};
