import * as z from "zod";
import { linkOf } from "./address";
import { type Caller, quoted, type Refusal, type Speech, Stop, waitWords } from "./call";
import type { Entry } from "./folders";
import { asText, fromBase64, toBase64 } from "./git-object";
import type { Host, PushContext, Pushed, PushInput, Reason } from "./host";
import { branchProblem } from "./names";
import { type Compared, compare, countsOf, guarded, hasWorkflows, type Progress, remarks } from "./prepare";

/**
 * The version that these requests are written for; a GitHub Enterprise Server may be older and takes its own default when
 * the header is left out. https://docs.github.com/en/rest/about-the-rest-api/api-versions
 */
const API_VERSION = "2026-03-10";

/** Text up to here goes into the tree itself; longer or binary content is sent as a blob before. */
const INLINE_FILE = 512 * 1024;
const INLINE_ALL = 4 * 1024 * 1024;

const id = z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/);
/** https://docs.github.com/en/rest/repos/repos#get-a-repository */
const repository = z.object({
  full_name: z.string().regex(/^(?!\.\.?\/)[\w.-]+\/(?!\.\.?$)[\w.-]+$/),
  default_branch: z.string().refine((name) => branchProblem(name) === undefined),
  archived: z.boolean().optional(),
  permissions: z.object({ push: z.boolean().optional() }).optional(),
});
/** https://docs.github.com/en/rest/git/refs */
const reference = z.object({ ref: z.string(), object: z.object({ sha: id }) });
/** https://docs.github.com/en/rest/git/commits */
const commit = z.object({ sha: id, tree: z.object({ sha: id }) });
/** https://docs.github.com/en/rest/git/trees */
const tree = z.object({
  sha: id,
  tree: z.array(z.object({ path: z.string(), mode: z.string(), type: z.string(), sha: z.string() })),
  truncated: z.boolean().optional(),
});
const made = z.object({ sha: id });
/** https://docs.github.com/en/rest/git/blobs */
const blob = z.object({ content: z.string(), encoding: z.string() });
/** https://docs.github.com/en/rest/pulls/pulls */
const pull = z.object({ number: z.int().positive(), html_url: z.string() });

export const github: Host = {
  id: "github",
  label: "GitHub",
  request: "pull request",
  permissions: (workflows) =>
    `A fine-grained token for this repository with “Contents” and “Pull requests” set to read and write${workflows ? ", and “Workflows” too, because these files include a workflow" : ""}. A classic token needs the scope repo${workflows ? " and the scope workflow" : ""}.`,
  tokenPage: (site) => `${site}/settings/personal-access-tokens/new`,
  push: (input, context) =>
    guarded(input, context, speech(input, context), (to, progress) => push(input, context, to, progress)),
};

const speech = (input: PushInput, context: PushContext): Speech => ({
  label: "GitHub",
  api: input.api,
  headers: {
    Accept: "application/vnd.github+json",
    ...(isCloud(input.api) ? { "X-GitHub-Api-Version": API_VERSION } : {}),
  },
  explain: (refusal) => explain(refusal, input, context),
});

const isCloud = (api: string): boolean => /^(api\.github\.com|api\..*\.ghe\.com)$/.test(new URL(api).hostname);

/** A ref or path in an address: each part by itself, the slashes as they are. */
const parts = (path: string): string => path.split("/").map(encodeURIComponent).join("/");

async function push(input: PushInput, context: PushContext, to: Caller, progress: Progress): Promise<Pushed> {
  context.onStep({ stage: "repository" });
  // A moved repository answers with a redirect, and says its present name in the answer.
  const about = await to.call(
    { stage: "repository", path: `/repos/${parts(input.repository)}`, follow: true },
    repository,
  );
  const { full_name, default_branch, archived, permissions } = about.value;
  if (archived)
    throw new Stop(
      "permission",
      `${full_name} is archived and takes no changes. Unarchive it, or choose another repository.`,
    );
  if (permissions?.push === false)
    throw new Stop(
      "permission",
      `You may read ${full_name} but not write to it. Ask its owner for write access, or push to a fork of yours.`,
    );
  const at = `/repos/${parts(full_name)}`;
  const base = input.base ?? default_branch;
  if (base === input.branch)
    throw new Stop(
      "input",
      `The files go onto a branch of their own, to be reviewed. Choose another name than ${base}.`,
    );

  context.onStep({ stage: "branch" });
  const start = await headOf(to, at, base);
  if (start === undefined)
    throw new Stop(
      "missing",
      `${full_name} has no branch ${base}. Give the branch that the pull request should go to.`,
    );
  const own = await headOf(to, at, input.branch);
  const parent = own ?? start;
  const { tree: root } = (await to.call({ stage: "branch", path: `${at}/git/commits/${parent}` }, commit)).value;

  const listFolder = async (path: string, folder: string | undefined): Promise<readonly Entry[]> => {
    const { value } = await to.call({ stage: "compare", path: `${at}/git/trees/${folder ?? root.sha}` }, tree);
    if (value.truncated)
      throw new Stop(
        "answer",
        `The folder ${path || "at the root"} of ${full_name} is too large for GitHub to list. Choose another folder.`,
      );
    return value.tree.map((entry) => ({ name: entry.path, type: entry.type, mode: entry.mode, id: entry.sha }));
  };
  const changes = await compare(input, context, listFolder, async (sha) => {
    const { value } = await to.call({ stage: "compare", path: `${at}/git/blobs/${sha}` }, blob);
    return value.encoding === "base64" ? fromBase64(value.content) : undefined;
  });
  const result = { branch: input.branch, base, ...countsOf(changes, input.folder) };
  const empty = changes.write.length + changes.remove.length === 0;
  if (empty && own === undefined) return { ...result, outcome: "unchanged", link: undefined, number: undefined };

  if (!empty) {
    const next = await commitOf(input, context, to, progress, at, changes, parent, root.sha);
    context.onStep({ stage: "move" });
    await setBranch(input, to, progress, at, next, own !== undefined);
  } else {
    progress.written = `The branch ${input.branch} holds these files already; nothing was added.`;
    progress.unsure = progress.written;
  }

  context.onStep({ stage: "request" });
  const found = await openPull(to, at, full_name, base, input.branch);
  if (found) return { ...result, outcome: empty ? "unchanged" : "updated", ...placed(found, input.api) };
  progress.unsure = `${progress.written} Whether the pull request was opened is not known: look at ${full_name} before trying again.`;
  const opened = await newPull(input, to, at, full_name, base, remarks(changes));
  if (opened === undefined) return { ...result, outcome: "unchanged", link: undefined, number: undefined };
  return { ...result, outcome: "opened", ...placed(opened, input.api) };
}

const placed = ({ number, html_url }: z.output<typeof pull>, api: string) => ({ number, link: linkOf(html_url, api) });

/** The commit of a branch; undefined when there is no such branch. */
async function headOf(to: Caller, at: string, branch: string): Promise<string | undefined> {
  const found = await to.find(
    { stage: "branch", path: `${at}/git/ref/heads/${parts(branch)}`, none: [404] },
    reference,
  );
  return found?.value.ref === `refs/heads/${branch}` ? found.value.object.sha : undefined;
}

/** Writes content, tree and commit. None of them is visible until a branch points there. */
async function commitOf(
  input: PushInput,
  context: PushContext,
  to: Caller,
  progress: Progress,
  at: string,
  changes: Compared,
  parent: string,
  root: string,
): Promise<string> {
  const hidden = "Nothing is to be seen in the repository: no branch was made or moved.";
  progress.written = hidden;
  progress.unsure = hidden;
  const { length } = changes.write;
  const entries: Record<string, unknown>[] = [];
  let inline = 0;
  for (const [index, { path, bytes }] of changes.write.entries()) {
    context.onStep({ stage: "upload", done: index, of: length });
    const mode = changes.modes.get(path) === "100755" ? "100755" : "100644";
    const text = bytes.length <= INLINE_FILE && inline + bytes.length <= INLINE_ALL ? asText(bytes) : undefined;
    if (text !== undefined) {
      inline += bytes.length;
      entries.push({ path, mode, type: "blob", content: text });
      continue;
    }
    const body = { content: toBase64(bytes), encoding: "base64" };
    const { sha } = (await to.call({ stage: "upload", method: "POST", path: `${at}/git/blobs`, body }, made)).value;
    entries.push({ path, mode, type: "blob", sha });
  }
  for (const path of changes.remove) entries.push({ path, mode: "100644", type: "blob", sha: null });

  context.onStep({ stage: "commit" });
  const body = { base_tree: root, tree: entries };
  const { sha } = (await to.call({ stage: "upload", method: "POST", path: `${at}/git/trees`, body }, made)).value;
  const message = { message: input.message, tree: sha, parents: [parent] };
  return (await to.call({ stage: "commit", method: "POST", path: `${at}/git/commits`, body: message }, made)).value.sha;
}

/** Makes the branch or moves it forward, never backwards: what others added meanwhile is not overwritten. */
async function setBranch(input: PushInput, to: Caller, progress: Progress, at: string, sha: string, exists: boolean) {
  progress.unsure = `Whether the branch ${input.branch} has the files is not known: look at it before trying again.`;
  if (exists) {
    const path = `${at}/git/refs/heads/${parts(input.branch)}`;
    await to.call({ stage: "move", method: "PATCH", path, body: { sha, force: false } }, reference);
  } else {
    const body = { ref: `refs/heads/${input.branch}`, sha };
    await to.call({ stage: "move", method: "POST", path: `${at}/git/refs`, body }, reference);
  }
  progress.written = `The branch ${input.branch} has the files, but no pull request was opened.`;
  progress.unsure = progress.written;
}

async function openPull(to: Caller, at: string, name: string, base: string, branch: string) {
  const query = { state: "open", head: `${name.split("/")[0]}:${branch}`, base, per_page: "1" };
  return (await to.call({ stage: "request", path: `${at}/pulls`, query }, z.array(pull))).value[0];
}

/** Opens the pull request; undefined when the base has all of the branch already. */
async function newPull(input: PushInput, to: Caller, at: string, name: string, base: string, more: string) {
  const body = { title: input.title, head: input.branch, base, body: `${input.body}${more}` };
  try {
    return (await to.call({ stage: "request", method: "POST", path: `${at}/pulls`, body }, pull)).value;
  } catch (error) {
    if (!(error instanceof Stop) || error.reason !== "invalid") throw error;
    if (/no commits between/i.test(error.message)) return undefined;
    // Somebody opened it in this moment.
    const found = /already exists/i.test(error.message) ? await openPull(to, at, name, base, input.branch) : undefined;
    if (!found) throw error;
    return found;
  }
}

/**
 * What a refusal means and how to mend it. https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api,
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
function explain(refusal: Refusal, input: PushInput, context: PushContext): { reason: Reason; message: string } {
  const { status, headers, said, stage } = refusal;
  const words = quoted("GitHub", said);
  const workflows = hasWorkflows(
    input.folder,
    input.files.map(({ path }) => path),
  );
  const asked = github.permissions(workflows);
  if (isLimit(refusal))
    return {
      reason: "rate",
      message: `GitHub takes no more requests with this token for now. ${waitWords(headers, context.now())}${words}`,
    };
  if (status === 401)
    return {
      reason: "token",
      message: `GitHub does not know this token: it is mistyped, expired or revoked. Make a new one. ${asked}`,
    };
  if (status === 403 && (headers.get("x-github-sso") !== null || /SAML|SSO/.test(said)))
    return {
      reason: "permission",
      message: `The organisation demands single sign-on for this token. Open your tokens on GitHub, choose “Configure SSO” and authorise it for the organisation.${words}`,
    };
  if (status === 403)
    return {
      reason: "permission",
      message: `GitHub does not let this token ${doing[stage]}. It needs: ${asked}${words}`,
    };
  if (status === 404 && stage === "repository")
    return {
      reason: "missing",
      message: `There is no repository ${input.repository}, or this token has no access to it: GitHub does not say which. Check the name, and that the token covers this repository. ${asked}`,
    };
  if (status === 404)
    return {
      reason: "permission",
      message: `GitHub hides what this token may not do, and it may not ${doing[stage]}${workflows ? " where the files include a workflow" : ""}. It needs: ${asked}`,
    };
  if (status === 409 && /empty/i.test(said))
    return {
      reason: "conflict",
      message: `${input.repository} is empty, and a branch needs a first commit to start from. Add a README on GitHub, then try again.`,
    };
  if (status === 409)
    return {
      reason: "conflict",
      message: `GitHub could not ${doing[stage]} because something else changed the repository in this moment. Try again.${words}`,
    };
  if (status === 422 && stage === "move" && /already exists/i.test(said))
    return {
      reason: "conflict",
      message: `The branch ${input.branch} was made by somebody else in this moment. Try again: the files are then added on top of it.`,
    };
  if (status === 422 && stage === "move" && /fast.?forward/i.test(said))
    return {
      reason: "conflict",
      message: `The branch ${input.branch} was changed by somebody else in this moment. Try again: the files are then added on top of that change.`,
    };
  if (status === 422 || status === 400)
    return {
      reason: "invalid",
      message: `GitHub refused to ${doing[stage]}.${words}${said === "" ? " It gave no reason." : ""}`,
    };
  if (status === 410)
    return {
      reason: "answer",
      message: `GitHub no longer offers this version of its API. Bayplan must be updated.${words}`,
    };
  return {
    reason: "server",
    message: `GitHub has trouble of its own (status ${status}). Try again later, or look at githubstatus.com.${words}`,
  };
}

const isLimit = ({ status, headers, said }: Refusal): boolean =>
  status === 429 ||
  (status === 403 &&
    (headers.get("x-ratelimit-remaining") === "0" || headers.get("retry-after") !== null || /rate limit/i.test(said)));

const doing: Readonly<Record<Refusal["stage"], string>> = {
  repository: "read the repository",
  branch: "read the branches",
  compare: "read the files",
  upload: "write files",
  commit: "write a commit",
  move: "set the branch",
  request: "open a pull request",
};
