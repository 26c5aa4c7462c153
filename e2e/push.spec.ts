import type { Page, Request } from "@playwright/test";
import { starters } from "../lib/document/starters";
import { GitHost, GOOD_TOKEN } from "../lib/testing/git-host";
import { readTemplate } from "../lib/testing/read-template";
import { expect, test } from "./fixtures";
import { PushForm } from "./pages/push-form";

// One pretended host at the one address that the page may talk to: see `npm run e2e`.
test.describe.configure({ mode: "serial" });

let host: GitHost;
test.beforeEach(async () => {
  host = new GitHost();
  await host.listen(Number(process.env.E2E_GIT_PORT));
  host.repository.add("main", { "README.md": "# Ours\n" });
});
test.afterEach(() => host.close());

/** Everything that the browser keeps, and the page as it stands. */
const keptBy = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const found: unknown[] = [
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      location.href,
      history.state,
      name,
    ];
    found.push(document.documentElement.outerHTML, await caches.keys());
    for (const { name: database = "" } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(database);
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      for (const store of db.objectStoreNames)
        found.push(
          await new Promise((resolve, reject) => {
            const all = db.transaction(store).objectStore(store).getAll();
            all.onsuccess = () => resolve(all.result);
            all.onerror = () => reject(all.error);
          }),
        );
      db.close();
    }
    return JSON.stringify(found);
  });

/** What the browser itself says of answers that are no success; here they are meant. */
function expectRefusals(complaints: string[], about = /^Failed to load resource/): void {
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !about.test(text)));
}

/** Parts of the page itself arrive at any time, and their requests say nothing of what is in it. */
function isPart(request: Request): boolean {
  const { pathname, search } = new URL(request.url());
  return request.method() === "GET" && pathname.startsWith("/_next/static/") && search === "";
}

/** Requests to our own server from now on. */
function ownRequests(page: Page): Request[] {
  const own: Request[] = [];
  const { origin } = new URL(page.url());
  page.on("request", (request) => {
    if (new URL(request.url()).origin === origin) own.push(request);
  });
  return own;
}

for (const [label, request, sign] of [
  ["GitHub", "pull request", "#"],
  ["GitLab", "merge request", "!"],
] as const) {
  test(`${label}: a branch and a ${request}, straight from the browser with a token that stays in its memory`, async ({
    designer,
    page,
    complaints,
  }) => {
    const { exporting, canvas, inspector } = designer;
    const form = new PushForm(page);
    await designer.open();
    await designer.kept();
    await designer.export.click();
    await exporting.choose("CloudFormation YAML");
    const { name, bytes } = await exporting.take();
    await form.choose(label);

    const own = ownRequests(page);
    await form.repository.fill(`${host.origin}/acme/infra`);
    await form.token.fill(GOOD_TOKEN);
    await form.folder.fill("/infra/");
    await expect(form.branch).toHaveValue(/^bayplan\/[a-z0-9_-]+$/);
    const branch = await form.branch.inputValue();
    await form.send.click();
    await expect(form.status).toContainText(`Opened ${request} ${sign}1, from ${branch} into main.`);
    await expect(form.status).toContainText("1 file added.");
    await expect(page.getByRole("link", { name: `Show ${request} ${sign}1` })).toHaveAttribute(
      "href",
      new RegExp(`^${host.origin}/acme/infra/.*1$`),
    );

    const there = host.repository.text(branch);
    expect(there[`infra/${name}`]).toBe(bytes.toString("utf8"));
    expect(Object.keys(readTemplate(there[`infra/${name}`] as string).Resources as object).length).toBeGreaterThan(20);
    expect(host.repository.text("main")).toEqual({ "README.md": "# Ours\n" });
    expect(host.repository.opened[0]?.body).toContain("exported with Bayplan");
    for (const { headers } of host.seen) {
      expect(headers.authorization).toBe(`Bearer ${GOOD_TOKEN}`);
      expect(headers.cookie).toBeUndefined();
      expect(headers.referer).toBeUndefined();
    }
    expect(await keptBy(page)).not.toContain(GOOD_TOKEN);
    // Nothing at all reached our own server since the form was there, not even a question.
    expect(own.filter((one) => !isPart(one)).map((one) => `${one.method()} ${one.url()}`)).toEqual([]);

    // The same again writes nothing; a change is one commit on the same branch. The token is still there.
    const writes = () => host.seen.filter(({ method }) => method !== "GET").length;
    const before = writes();
    await form.send.click();
    await expect(form.status).toContainText("Nothing to change");
    expect(writes()).toBe(before);
    await page.keyboard.press("Escape");
    await canvas.select("Orders");
    await inspector.set("Visibility timeout", "240");
    await designer.export.click();
    await form.choose(label);
    await form.send.click();
    await expect(form.status).toContainText(`Added a commit to ${branch}; ${request} ${sign}1 shows it.`);
    expect(host.repository.text(branch)[`infra/${name}`]).toContain("VisibilityTimeout: 240");
    expect(host.repository.opened).toHaveLength(1);

    await form.forget.click();
    await expect(form.token).toHaveValue("");
    expect(await keptBy(page)).not.toContain(GOOD_TOKEN);
    // Later, too, only pictures of the page: no token, no file, no body.
    for (const one of own) {
      expect(one.method()).toBe("GET");
      expect(new URL(one.url()).pathname).toMatch(/^\/(icons|_next\/static)\//);
      expect(JSON.stringify([one.url(), one.postData(), await one.allHeaders()])).not.toContain(GOOD_TOKEN);
    }
    expectRefusals(complaints);
  });

  test(`${label}: what goes wrong is said in place, and nothing typed is lost`, async ({
    designer,
    page,
    complaints,
  }) => {
    const form = new PushForm(page);
    await designer.open();
    await designer.export.click();
    await form.choose(label);
    await form.send.click();
    await expect(form.problem).toContainText("Give the repository as");
    await form.repository.fill("http://git.acme.example/acme/infra");
    await form.send.click();
    await expect(form.problem).toContainText("over https only");
    await form.repository.fill(`${host.origin}/acme/infra`);
    await form.send.click();
    await expect(form.problem).toContainText("Give a token.");

    await form.token.fill("mistyped");
    await form.branch.fill("two words");
    await form.send.click();
    await expect(form.problem).toContainText("cannot hold spaces");
    await form.branch.fill("feature/x");
    await form.send.click();
    await expect(form.problem).toContainText(
      /does not know this token: it is mistyped, expired or revoked\..*Nothing was written\./,
    );
    await expect(form.branch).toHaveValue("feature/x");

    host.interfere = ({ method }) =>
      method === "POST"
        ? { status: 429, headers: { "Retry-After": "120" }, body: { message: "Too many requests" } }
        : undefined;
    await form.token.fill(GOOD_TOKEN);
    await form.send.click();
    // GitHub lets pages read when to come back; GitLab does not.
    const wait = label === "GitHub" ? "Try again in 2 minutes." : "Wait a minute or more before trying again.";
    await expect(form.problem).toContainText(wait);
    const seen = host.seen.length;
    expect(host.repository.branches.has("feature/x")).toBe(false);

    host.interfere = () => "hang";
    await form.send.click();
    await expect(form.status).toContainText("Finding the repository…");
    await form.cancel.click();
    await expect(form.problem).toContainText("Cancelled. Nothing was written.");
    expect(host.seen.length).toBe(seen + 1);

    host.interfere = () => undefined;
    await form.send.click();
    await expect(form.status).toContainText(`Opened ${request} ${sign}1`);
    expectRefusals(complaints);
  });
}

test("a host that this server does not allow is named, and gets no request", async ({ designer, page, complaints }) => {
  const other = new GitHost();
  await other.listen();
  const form = new PushForm(page);
  await designer.open();
  await designer.export.click();
  await form.choose("GitHub");
  await form.repository.fill(`${other.origin}/acme/infra`);
  await form.token.fill(GOOD_TOKEN);
  await form.send.click();
  await expect(form.problem).toContainText(`This page may not talk to ${other.origin}`);
  await expect(form.problem).toContainText("BAYPLAN_GIT_HOSTS");
  expect(other.seen).toEqual([]);
  await other.close();
  expectRefusals(complaints, /Content Security Policy|Fetch API cannot load/);
});

test("a push goes on while the dialog is closed, and a design with errors waits for a second word", async ({
  designer,
  page,
  complaints,
}) => {
  const fargate = starters.find(({ id }) => id === "web-fargate");
  const { exporting, inspector, canvas } = designer;
  const form = new PushForm(page);
  await designer.openDesign(fargate?.document as never);
  await designer.kept();
  const task = Object.values(fargate?.document.nodes ?? {}).find(({ kind }) => kind === "taskDefinition")?.name ?? "";
  await canvas.select(task);
  await inspector.set("Memory", "100");
  await expect(designer.check).toHaveAccessibleName(/1 error/);
  await designer.export.click();
  await form.choose("GitHub");
  await expect(form.send).toBeDisabled();
  await exporting.anyway.check();
  await form.repository.fill(`${host.origin}/acme/infra`);
  await form.token.fill(GOOD_TOKEN);
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  // The browser's own request waits here, so that the dialog can be closed in the middle.
  await page.route("**/git/trees", async (route) => {
    await held;
    await route.continue();
  });
  await form.send.click();
  await expect(form.status).toContainText("Writing the commit…");
  await page.keyboard.press("Escape");
  await expect(exporting.dialog).toBeHidden();
  release();
  await expect(designer.notice(/GitHub: the branch bayplan\/.* is there/)).toBeVisible();
  await designer.export.click();
  await form.choose("GitHub");
  await expect(form.status).toContainText("Opened pull request #1");
  const files = Object.values(host.repository.text(host.repository.opened[0]?.head ?? ""));
  expect(files.join()).toContain("Fargate has no");
  expectRefusals(complaints);
});
