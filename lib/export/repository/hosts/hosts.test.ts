import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Asked, GitHost, GOOD_TOKEN, type Interference, type Reply } from "../../../testing/git-host";
import type { HostId, PushContext, PushInput, PushResult, Step } from "./host";
import { hosts } from "./hosts";
import { MANIFEST } from "./manifest";

const NOW = 1_800_000_000_000;
const bases: Readonly<Record<HostId, string>> = { github: "/api/v3", gitlab: "/api/v4" };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

let server: GitHost;
let steps: Step[] = [];

beforeEach(async () => {
  server = new GitHost();
  await server.listen();
  server.repository.add("main", { "README.md": "# Ours\n", "src/main.ts": "export {};\n" });
  steps = [];
});
afterEach(() => server.close());

const files = (texts: Record<string, string>) =>
  Object.entries(texts).map(([path, text]) => ({ path, bytes: bytes(text) }));

const inputFor = (host: HostId, change: Partial<PushInput> = {}): PushInput => ({
  api: `${server.origin}${bases[host]}`,
  repository: "acme/infra",
  base: undefined,
  branch: "bayplan/shop",
  folder: "infra",
  message: "Export of Shop",
  title: "Export of Shop",
  body: "Made with Bayplan.",
  files: files({ "template.yaml": "Resources: {}\n", "tasks/web.json": "{}\n" }),
  section: "cloudformation-yaml shop",
  ...change,
});

const push = (host: HostId, change: Partial<PushInput> = {}, context: Partial<PushContext> = {}): Promise<PushResult> =>
  hosts[host].push(inputFor(host, change), {
    fetch,
    token: GOOD_TOKEN,
    signal: new AbortController().signal,
    now: () => NOW,
    onStep: (step) => steps.push(step),
    ...context,
  });

const on =
  (method: string, path: RegExp, answer: Reply | "hang" | "cut"): Interference =>
  (asked: Asked) =>
    asked.method === method && path.test(asked.url.pathname) ? answer : undefined;

const failure = (result: PushResult) => {
  if (result.ok) throw new Error("It should have failed.");
  return result.failure;
};
const value = (result: PushResult) => {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
};

describe.each(["github", "gitlab"] as const)("%s", (host) => {
  const request = { github: "pull", gitlab: "merge_requests" }[host];
  const writes = () => server.seen.filter(({ method }) => method !== "GET");

  it("puts the files on a branch of their own and opens a request", async () => {
    const result = value(await push(host));
    expect(result).toMatchObject({
      outcome: "opened",
      branch: "bayplan/shop",
      base: "main",
      number: 1,
      added: 2,
      changed: 0,
      removed: 0,
    });
    expect(result.link).toMatch(new RegExp(`^${server.origin}/acme/infra/.*${request}.*1$`));
    const there = server.repository.text("bayplan/shop");
    expect(Object.keys(there)).toEqual([
      "README.md",
      `infra/${MANIFEST}`,
      "infra/tasks/web.json",
      "infra/template.yaml",
      "src/main.ts",
    ]);
    expect(there["infra/template.yaml"]).toBe("Resources: {}\n");
    expect(server.repository.text("main")).toEqual({ "README.md": "# Ours\n", "src/main.ts": "export {};\n" });
    expect(server.repository.opened[0]).toMatchObject({ title: "Export of Shop", base: "main", head: "bayplan/shop" });
    expect(new Set(steps.map(({ stage }) => stage))).toContain("compare");
  });

  it("sends the token in one header and nothing of it anywhere else", async () => {
    value(await push(host));
    for (const { path, headers, body } of server.seen) {
      expect(headers.authorization).toBe(`Bearer ${GOOD_TOKEN}`);
      const rest = JSON.stringify({ path, body, headers: { ...headers, authorization: "" } });
      expect(rest).not.toContain(GOOD_TOKEN);
    }
  });

  it("writes nothing when nothing changed, and finds the open request again", async () => {
    const first = value(await push(host));
    const before = server.repository.branches.get("bayplan/shop");
    server.seen.length = 0;
    const again = value(await push(host));
    expect(again).toMatchObject({ outcome: "unchanged", link: first.link, added: 0, changed: 0 });
    expect(writes()).toEqual([]);
    expect(server.repository.branches.get("bayplan/shop")).toBe(before);
  });

  it("writes nothing when the base has all of it already", async () => {
    value(await push(host));
    server.repository.branches.set("main", server.repository.branches.get("bayplan/shop") as string);
    server.repository.branches.delete("bayplan/shop");
    server.repository.opened.length = 0;
    server.seen.length = 0;
    expect(value(await push(host))).toMatchObject({ outcome: "unchanged", link: undefined });
    expect(writes()).toEqual([]);
  });

  it("opens no empty request for a branch that was merged", async () => {
    value(await push(host));
    server.repository.branches.set("main", server.repository.branches.get("bayplan/shop") as string);
    server.repository.opened.length = 0;
    expect(value(await push(host))).toMatchObject({ outcome: "unchanged", link: undefined });
    expect(server.repository.opened).toEqual([]);
  });

  it("opens the request that an earlier try did not come to", async () => {
    server.interfere = on("POST", /\/(pulls|merge_requests)$/, {
      status: 503,
      body: { message: "Service Unavailable" },
    });
    const first = failure(await push(host));
    expect(first.reason).toBe("server");
    expect(first.written).toMatch(/branch bayplan\/shop has the files/);
    server.interfere = () => undefined;
    expect(value(await push(host))).toMatchObject({ outcome: "opened", number: 1, added: 0 });
  });

  it("adds only what changed on top of its branch, and keeps what others added there", async () => {
    value(await push(host));
    server.repository.add("bayplan/shop", { "NOTES.md": "by a reviewer\n" });
    server.seen.length = 0;
    const next = files({ "template.yaml": "Resources: {A: 1}\n", "tasks/web.json": "{}\n" });
    expect(value(await push(host, { files: next }))).toMatchObject({
      outcome: "updated",
      changed: 1,
      added: 0,
      number: 1,
    });
    expect(server.repository.text("bayplan/shop")).toMatchObject({
      "NOTES.md": "by a reviewer\n",
      "infra/template.yaml": "Resources: {A: 1}\n",
    });
    expect(JSON.stringify(writes())).not.toContain('web.json","mode');
  });

  it("removes its own file that is no longer exported, and leaves one that was edited since", async () => {
    value(await push(host, { files: files({ "a.tf": "a\n", "b.tf": "b\n", "c.tf": "c\n" }) }));
    server.repository.add("bayplan/shop", { "infra/c.tf": "edited\n", "infra/mine.tf": "mine\n" });
    const result = value(await push(host, { files: files({ "a.tf": "a\n" }) }));
    expect(result).toMatchObject({ removed: 1, left: ["infra/c.tf"] });
    const there = server.repository.text("bayplan/shop");
    expect(there["infra/b.tf"]).toBeUndefined();
    expect(there).toMatchObject({ "infra/c.tf": "edited\n", "infra/mine.tf": "mine\n" });
  });

  it("leaves the files of another export in the same folder", async () => {
    value(await push(host, { files: files({ "a.tf": "a\n" }), section: "terraform shop" }));
    value(await push(host, { files: files({ "t.yaml": "t\n" }) }));
    expect(server.repository.text("bayplan/shop")).toMatchObject({ "infra/a.tf": "a\n", "infra/t.yaml": "t\n" });
  });

  it("tells of files that it replaces although somebody else wrote them", async () => {
    const result = value(await push(host, { folder: "", files: files({ "README.md": "# Exported\n" }) }));
    expect(result.replaced).toEqual(["README.md"]);
    expect(server.repository.opened[0]?.body).toContain(
      "Replaces 1 file that this export had not written: `README.md`.",
    );
  });

  it("carries bytes, long texts and signs of every kind unharmed", async () => {
    const picture = Uint8Array.from({ length: 3000 }, (_, index) => (index * 7) % 256);
    const long = "x".repeat(700_000);
    const odd = "\ufeffä “quoted” ${x} \r\n 🚢 */ -->\n";
    value(
      await push(host, { files: [...files({ "long.txt": long, "odd.txt": odd }), { path: "p.png", bytes: picture }] }),
    );
    const commit = server.repository.commits.get(server.repository.branches.get("bayplan/shop") ?? "");
    expect(commit?.files.get("infra/p.png")?.bytes).toEqual(Buffer.from(picture));
    expect(commit?.files.get("infra/odd.txt")?.bytes.toString("utf8")).toBe(odd);
    expect(commit?.files.get("infra/long.txt")?.bytes.length).toBe(700_000);
  });

  it("keeps an executable file executable", async () => {
    server.repository.add("main", { "infra/deploy.sh": "old\n" }, "100755");
    value(await push(host, { files: files({ "deploy.sh": "new\n" }) }));
    const commit = server.repository.commits.get(server.repository.branches.get("bayplan/shop") ?? "");
    expect(commit?.files.get("infra/deploy.sh")?.mode).toBe("100755");
  });

  it("writes over no symbolic link and into no file", async () => {
    server.repository.add("main", { "infra/template.yaml": "../elsewhere" }, "120000");
    expect(failure(await push(host))).toMatchObject({
      reason: "conflict",
      written: "Nothing was written.",
      message: expect.stringMatching(/template\.yaml is a symbolic link/),
    });
    server.repository.add("main", { "infra/template.yaml": null, "infra/tasks": "a file\n" });
    expect(failure(await push(host)).message).toMatch(/below infra\/tasks, which is a file/);
    expect(writes()).toEqual([]);
  });

  it("reads folders of many entries to their end", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 230 }, (_, index) => [`infra/f${String(index).padStart(3, "0")}`, "x"]),
    );
    server.repository.add("main", { ...many, "infra/z.yaml": "same\n" });
    const result = value(await push(host, { files: files({ "z.yaml": "same\n", f229: "y" }) }));
    expect(result).toMatchObject({ added: 0, changed: 1, replaced: ["infra/f229"] });
  });

  it("follows a repository that has moved, with the token, to the same host only", async () => {
    server.interfere = ({ url }) => {
      if (url.pathname.endsWith("/repos/old/name"))
        return { status: 301, headers: { Location: `${server.origin}/api/v3/repos/acme/infra` } };
      if (url.pathname.endsWith("/projects/old%2Fname"))
        return { status: 301, headers: { Location: `${server.origin}/api/v4/projects/acme%2Finfra` } };
      return undefined;
    };
    expect(value(await push(host, { repository: "old/name" })).outcome).toBe("opened");
    const elsewhere = new GitHost();
    await elsewhere.listen();
    server.interfere = () => ({
      status: 302,
      headers: { Location: `${elsewhere.origin.replace("127.0.0.1", "localhost")}${bases[host]}/x` },
    });
    expect((await push(host)).ok).toBe(false);
    expect(elsewhere.seen.filter(({ headers }) => headers.authorization !== undefined)).toEqual([]);
    await elsewhere.close();
  });

  it("sends no write along a redirect", async () => {
    server.interfere = ({ method }) =>
      method === "POST"
        ? { status: 307, headers: { Location: `${server.origin}${bases[host]}/elsewhere` } }
        : undefined;
    expect(failure(await push(host)).reason).toBe("network");
    expect(server.log.join()).not.toContain("elsewhere");
  });

  describe("says what went wrong, how to mend it and what was written", () => {
    const project = /^\/(repos|projects)\/[^/]+(\/infra)?$/;
    const cases: [name: string, interference: Interference, reason: string, says: RegExp][] = [
      [
        "no such repository",
        on("GET", project, { status: 404, body: { message: "Not Found" } }),
        "missing",
        /no (repository|project) acme\/infra, or this token has no access/,
      ],
      [
        "trouble of the host",
        on("GET", project, { status: 502, body: "<html>Bad gateway</html>" }),
        "server",
        /trouble of its own \(status 502\)\. Try again later/,
      ],
      [
        "a page instead of an answer",
        on("GET", project, { status: 200, body: "<html>Log in</html>" }),
        "answer",
        /no proxy answers in its place/,
      ],
      [
        "an answer of another shape",
        on("GET", project, { status: 200, body: { id: "x", default_branch: 7 } }),
        "answer",
        /does not understand/,
      ],
      [
        "a name that leads elsewhere",
        on("GET", project, { status: 200, body: { id: -1, full_name: "../../user", default_branch: "main" } }),
        "answer",
        /./,
      ],
      ["a connection that breaks", on("GET", project, "cut"), "network", /could not be reached/],
    ];
    it.each(cases)("%s", async (_, interference, reason, says) => {
      server.interfere = interference;
      const result = failure(await push(host));
      expect(result.reason).toBe(reason);
      expect(result.message).toMatch(says);
      expect(result.written).toBe("Nothing was written.");
      expect(writes()).toEqual([]);
    });

    it("a token that is not known", async () => {
      const result = failure(await push(host, {}, { token: "wrong" }));
      expect(result).toMatchObject({ reason: "token", message: expect.stringMatching(/mistyped, expired or revoked/) });
      expect(server.seen).toHaveLength(1);
    });

    it("an empty repository", async () => {
      server.repository.branches.clear();
      expect(failure(await push(host))).toMatchObject({
        reason: "conflict",
        message: expect.stringMatching(/is empty.*first commit.*README/),
      });
    });

    it("an archived repository, and one that may only be read", async () => {
      server.repository.mayPush = false;
      server.repository.add("bayplan/shop", {});
      expect(failure(await push(host)).reason).toBe("permission");
      server.repository.archived = true;
      expect(failure(await push(host)).message).toMatch(/archived/);
      expect(writes()).toEqual([]);
    });

    it("a base branch that is not there", async () => {
      expect(failure(await push(host, { base: "trunk" }))).toMatchObject({
        reason: "missing",
        message: expect.stringMatching(/has no branch trunk/),
      });
    });

    it("a base branch as the branch itself, named or by default", async () => {
      expect(failure(await push(host, { branch: "main" })).reason).toBe("input");
      expect(failure(await push(host, { branch: "main", base: "main" })).reason).toBe("input");
      expect(writes()).toEqual([]);
    });

    it("a host that does not answer in time", async () => {
      server.interfere = on("GET", project, "hang");
      expect(failure(await push(host, {}, { timeoutMs: 100 }))).toMatchObject({
        reason: "timeout",
        message: expect.stringMatching(/did not answer in time/),
      });
    });

    it("a page that may not talk to the host", async () => {
      server.interfere = on("GET", project, "cut");
      const result = failure(await push(host, {}, { wasBlocked: async (url) => url.startsWith(server.origin) }));
      expect(result).toMatchObject({ reason: "blocked", message: expect.stringMatching(/BAYPLAN_GIT_HOSTS/) });
    });

    it("what makes no sense to send, before anything is sent", async () => {
      const bad: Partial<PushInput>[] = [
        { branch: "a b" },
        { branch: "a..b" },
        { branch: "" },
        { branch: "x.lock" },
        { branch: "refs/heads/x" },
        { branch: "a\u0007b" },
        { folder: "../up" },
        { folder: "/abs/" },
        { files: [] },
        { files: files({ "../up.txt": "" }) },
        { files: files({ "a/.git/config": "" }) },
        { files: files({ [MANIFEST]: "" }) },
        { files: [...files({ a: "" }), ...files({ a: "" })] },
        { title: " " },
      ];
      for (const change of bad)
        expect(failure(await push(host, change))).toMatchObject({ reason: "input", written: "Nothing was written." });
      for (const token of ["", "two words", "line\nbreak", "x".repeat(600)])
        expect(failure(await push(host, {}, { token })).reason).toBe("input");
      expect(server.seen).toEqual([]);
    });

    it("somebody else who moves the branch at this moment", async () => {
      value(await push(host));
      const late = { github: /\/git\/refs\//, gitlab: /\/repository\/commits$/ }[host];
      server.interfere = ({ method, url }) => {
        if (method === "GET" || !late.test(url.pathname)) return undefined;
        server.interfere = () => undefined;
        server.repository.add("bayplan/shop", { "infra/new.yaml": "theirs\n" });
        return undefined;
      };
      const result = await push(host, { files: files({ "new.yaml": "mine\n" }) });
      expect(failure(result)).toMatchObject({
        reason: "conflict",
        message: expect.stringMatching(/changed by somebody else.*Try again/),
      });
      expect(server.repository.text("bayplan/shop")["infra/new.yaml"]).toBe("theirs\n");
    });

    it("cancelling, before and in the middle of writing", async () => {
      const early = new AbortController();
      early.abort();
      expect(failure(await push(host, {}, { signal: early.signal }))).toMatchObject({
        reason: "cancelled",
        written: "Nothing was written.",
      });
      expect(server.seen).toEqual([]);
      const late = new AbortController();
      server.interfere = ({ method, url }) => {
        if (method === "GET" && /\/(pulls|merge_requests)$/.test(url.pathname)) late.abort();
        return undefined;
      };
      const result = failure(await push(host, {}, { signal: late.signal }));
      expect(result).toMatchObject({
        reason: "cancelled",
        written: expect.stringMatching(/branch bayplan\/shop has the files, but no (pull|merge) request/),
      });
      expect(server.repository.text("bayplan/shop")["infra/template.yaml"]).toBe("Resources: {}\n");
    });

    it("a connection that breaks while the branch is written, where nobody can know", async () => {
      const write = { github: /\/git\/refs$/, gitlab: /\/repository\/commits$/ }[host];
      server.interfere = on("POST", write, "cut");
      expect(failure(await push(host)).written).toMatch(/Whether the branch bayplan\/shop has the files is not known/);
    });

    it("an answer that never ends", async () => {
      server.interfere = on("GET", project, { status: 200, body: " ".repeat(40 * 1024 * 1024) });
      expect(failure(await push(host))).toMatchObject({
        reason: "answer",
        message: expect.stringMatching(/far larger/),
      });
    });

    it("hostile words and addresses in answers", async () => {
      server.interfere = on("GET", project, {
        status: 400,
        body: { message: `\u202e<script>${"x".repeat(5000)}\n\u0000` },
      });
      const { message } = failure(await push(host));
      expect(message.length).toBeLessThan(500);
      expect(message).not.toMatch(/\p{Cc}|\p{Cf}/u);
      const evil = { number: 1, iid: 1, html_url: "javascript:alert(1)", web_url: "https://evil.example/x" };
      server.interfere = on("POST", /\/(pulls|merge_requests)$/, { status: 201, body: evil });
      expect(value(await push(host))).toMatchObject({ outcome: "opened", link: undefined });
    });

    it("a damaged or hostile list of files: then nothing is removed", async () => {
      for (const text of [
        "{",
        "[]",
        '{"exports":{"cloudformation-yaml shop":{"../../etc":"x"}}}',
        JSON.stringify({ exports: { "cloudformation-yaml shop": { "../README.md": "a".repeat(40) } } }),
      ]) {
        server.repository.add("main", { [`infra/${MANIFEST}`]: text });
        expect(value(await push(host, { branch: `b${text.length}` })).removed).toBe(0);
      }
    });
  });
});

describe("GitHub's limits and permissions", () => {
  const project = /^\/repos\/acme\/infra$/;
  const says = async (reply: Reply, path = project, method = "GET", change: Partial<PushInput> = {}) => {
    server.interfere = on(method, path, reply);
    return failure(await push("github", change));
  };

  it("tells how long a limit lasts, whichever way GitHub says it, and does not try again", async () => {
    const reset = String(NOW / 1000 + 17 * 60);
    const primary = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset };
    expect(
      await says({ status: 403, headers: primary, body: { message: "API rate limit exceeded for user ID 1." } }),
    ).toMatchObject({ reason: "rate", message: expect.stringContaining("Try again in 17 minutes.") });
    expect((await says({ status: 429, headers: { "retry-after": "30" } })).message).toContain(
      "Try again in 30 seconds.",
    );
    expect(
      (await says({ status: 403, body: { message: "You have exceeded a secondary rate limit." } })).message,
    ).toContain("Wait a minute or more");
    expect((await says({ status: 429, headers: { "retry-after": "999999999" } })).message).toContain("in 24 hours");
    expect((await says({ status: 429, headers: { "retry-after": "-5, soon" } })).message).toContain(
      "Wait a minute or more",
    );
    expect(server.seen).toHaveLength(5);
  });

  it("names the permissions that a token lacks, workflows among them only where they are written", async () => {
    const refused = { status: 403, body: { message: "Resource not accessible by personal access token" } };
    const plain = await says(refused, /\/git\/trees$/, "POST");
    expect(plain).toMatchObject({ reason: "permission", written: expect.stringMatching(/no branch was made/) });
    expect(plain.message).toMatch(/“Contents” and “Pull requests” set to read and write/);
    expect(plain.message).not.toContain("Workflows");
    const workflow = files({ ".github/workflows/deploy.yml": "on: push\n" });
    const hidden = await says({ status: 404, body: { message: "Not Found" } }, /\/git\/trees$/, "POST", {
      files: workflow,
      folder: "",
    });
    expect(hidden.message).toMatch(/“Workflows” too/);
    const pulls = await says(refused, /\/pulls$/, "POST", { branch: "other" });
    expect(pulls.written).toBe("The branch other has the files, but no pull request was opened.");
  });

  it("knows single sign-on", async () => {
    const sso = {
      status: 403,
      headers: { "x-github-sso": "required; url=https://github.com/orgs/acme/sso" },
      body: { message: "Resource protected by organization SAML enforcement." },
    };
    expect((await says(sso)).message).toMatch(/Configure SSO/);
  });

  it("gives GitHub's reason for a refused value", async () => {
    const rules = {
      status: 422,
      body: { message: "Repository rule violations found\n\nCannot create ref due to creations being restricted.\n\n" },
    };
    const result = await says(rules, /\/git\/refs$/, "POST");
    expect(result).toMatchObject({
      reason: "invalid",
      message: expect.stringMatching(/GitHub says: “Repository rule violations found +Cannot create ref/),
    });
  });

  it("adds to a branch that somebody made at this moment only when asked again", async () => {
    server.interfere = ({ method, url }) => {
      if (method === "POST" && url.pathname.endsWith("/git/refs"))
        server.repository.add("bayplan/shop", { x: "theirs\n" });
      return undefined;
    };
    expect(failure(await push("github")).message).toMatch(/was made by somebody else in this moment/);
    server.interfere = () => undefined;
    expect(value(await push("github")).outcome).toBe("opened");
    expect(server.repository.text("bayplan/shop")).toMatchObject({
      x: "theirs\n",
      "infra/template.yaml": "Resources: {}\n",
    });
  });

  it("states the version to GitHub's own API and leaves it to an enterprise server", async () => {
    const sent: Headers[] = [];
    const fake: typeof fetch = async (_, init) => {
      sent.push(new Headers(init?.headers));
      return new Response("{}", { status: 401 });
    };
    await push("github", { api: "https://api.github.com" }, { fetch: fake });
    await push("github", { api: "https://git.acme.example/api/v3" }, { fetch: fake });
    expect(sent.map((headers) => headers.get("x-github-api-version"))).toEqual(["2026-03-10", null]);
    expect(sent[0]?.get("accept")).toBe("application/vnd.github+json");
  });
});

describe("GitLab's limits and permissions", () => {
  const says = async (reply: Reply, path = /^\/projects\/[^/]+$/, method = "GET") => {
    server.interfere = on(method, path, reply);
    return failure(await push("gitlab"));
  };

  it("tells how long a limit lasts", async () => {
    const reset = { "RateLimit-Remaining": "0", "RateLimit-Reset": String(NOW / 1000 + 45) };
    expect(await says({ status: 429, body: "Retry later\n", headers: reset })).toMatchObject({
      reason: "rate",
      message: expect.stringContaining("in 45 seconds"),
    });
    expect((await says({ status: 429, body: "Retry later\n", headers: { "Retry-After": "60" } })).message).toContain(
      "in 60 seconds",
    );
  });

  it("knows scopes, protected branches, sizes and requests that are there", async () => {
    const scope = {
      status: 403,
      body: {
        error: "insufficient_scope",
        error_description: "The request requires higher privileges than provided by the access token.",
        scope: "api",
      },
    };
    expect((await says(scope)).message).toMatch(/scope is too small.*scope api/);
    const commits = /\/repository\/commits$/;
    expect(
      (await says({ status: 400, body: { message: "You are not allowed to push into this branch" } }, commits, "POST"))
        .reason,
    ).toBe("permission");
    expect((await says({ status: 403, body: { message: "403 Forbidden" } }, commits, "POST")).reason).toBe(
      "permission",
    );
    expect((await says({ status: 413, body: "Request Entity Too Large" }, commits, "POST")).message).toMatch(
      /larger than this GitLab server takes/,
    );
    expect(await says({ status: 400, body: { message: { branch: ["is invalid"] } } }, commits, "POST")).toMatchObject({
      reason: "invalid",
      message: expect.stringContaining("branch: is invalid"),
    });
  });

  it("tells an empty project from one whose files the token may not see", async () => {
    const about = { id: 1, path_with_namespace: "acme/infra", empty_repo: false };
    expect(await says({ status: 200, body: about })).toMatchObject({
      reason: "permission",
      message: expect.stringContaining("does not show the branches of acme/infra"),
    });
  });

  it("takes the request that was opened at this moment", async () => {
    server.interfere = ({ method, url }) => {
      if (method === "POST" && url.pathname.endsWith("/merge_requests"))
        server.repository.opened.push({ number: 7, head: "bayplan/shop", base: "main", title: "theirs", body: "" });
      return undefined;
    };
    expect(value(await push("gitlab"))).toMatchObject({ number: 7 });
  });

  it("takes only the token of the next page, not its address", async () => {
    const evil = { Link: '<https://evil.example/api/v4/projects/1?page_token=abc>; rel="next"' };
    let pages = 0;
    server.interfere = ({ url }) => {
      if (!url.pathname.endsWith("/tree")) return undefined;
      pages += 1;
      return { status: 200, body: [], ...(pages === 1 ? { headers: evil } : {}) };
    };
    expect(value(await push("gitlab")).outcome).toBe("opened");
    expect(server.log.filter((line) => line.includes("page_token=abc"))).toHaveLength(1);
  });
});
