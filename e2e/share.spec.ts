import type { Browser } from "@playwright/test";
import { starters } from "../lib/document/starters";
import { encodeLink, MAX_LINK } from "../lib/share/link";
import { draw } from "../lib/testing/draw";
import { webDesign } from "./designs";
import { expect, test } from "./fixtures";
import { Designer } from "./pages/designer";

/** The link opened by a colleague: another browser context, with nothing stored. */
async function colleague(browser: Browser, link: string, baseURL: string | undefined): Promise<Designer> {
  const context = await browser.newContext({ ...(baseURL ? { baseURL } : {}), reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(link);
  return new Designer(page);
}

test("a copied link shows a colleague the same drawing read-only, and a copy can be changed", async ({
  designer,
  browser,
  baseURL,
  context,
  page,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { sharing } = designer;
  await designer.open();
  const total = await designer.monthly();
  await designer.share.click();
  await sharing.copy.click();
  await expect(sharing.dialog.getByRole("status")).toHaveText("Copied the link.");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link.length).toBeLessThan(MAX_LINK);

  const theirs = await colleague(browser, link, baseURL);
  const shop = starters[0]?.document;
  await expect(theirs.name).toHaveValue(shop?.name ?? "");
  await expect(theirs.canvas.nodes).toHaveCount(Object.keys(shop?.nodes ?? {}).length);
  await expect(theirs.canvas.edges).toHaveCount(Object.keys(shop?.edges ?? {}).length);
  expect(await theirs.monthly()).toBe(total);

  // Nothing can be changed: no field, no key, no button, no drag.
  await expect(theirs.sharedBanner).toBeVisible();
  await expect(theirs.saved).toHaveText("Read-only");
  await expect(theirs.name).not.toBeEditable();
  await theirs.canvas.select("Web");
  await expect(theirs.inspector.name).not.toBeEditable();
  await expect(theirs.inspector.field("Desired tasks")).not.toBeEditable();
  const [web, users] = [theirs.canvas.node("Web"), theirs.canvas.node("Users")];
  const place = await theirs.canvas.apart(web, users);
  await web.dragTo(users);
  expect((await theirs.canvas.apart(web, users)).x).toBeCloseTo(place.x, 2);
  await theirs.page.keyboard.press("Delete");
  await theirs.page.keyboard.press("Control+x");
  await theirs.page.keyboard.press("Control+d");
  await expect(theirs.canvas.nodes).toHaveCount(Object.keys(shop?.nodes ?? {}).length);
  await expect(theirs.problems.panel.getByRole("button", { name: /^Fix/ })).toHaveCount(0);
  await expect(theirs.undo).toBeDisabled();

  await theirs.sharedBanner.getByRole("button", { name: "Make a copy" }).click();
  await theirs.kept();
  await expect(theirs.sharedBanner).toBeHidden();
  await theirs.canvas.select("Orders");
  await theirs.page.keyboard.press("Delete");
  await expect(theirs.canvas.node("Orders")).toHaveCount(0);
  // The copy is theirs: it is there after a reload, and the address has no design in it.
  await theirs.kept();
  expect(new URL(theirs.page.url()).hash).toBe("");
  await theirs.page.reload();
  await expect(theirs.canvas.nodes).toHaveCount(Object.keys(shop?.nodes ?? {}).length - 1);
  await theirs.page.context().close();
});

test("a reviewer traces, reads the checklist and the bill, and nothing offers a change", async ({ designer, page }) => {
  const { flows, cost, canvas, inspector } = designer;
  const opening = { ipProtocol: "tcp", fromPort: 5432, toPort: 5432, peer: { cidr: "0.0.0.0/0" } } as const;
  const broken = webDesign({
    service: { securityGroups: { mode: "own", ingress: [opening] } },
    vpc: { natGateways: "none" },
  });
  await designer.open(await encodeLink(broken));
  await expect(designer.sharedBanner).toBeVisible();
  const offers = page
    .getByRole("button", { name: /^(Fix|Remove|Delete|Add|Silence|Rename)\b/ })
    .filter({ visible: true });

  await flows.mode.check();
  await flows.show();
  await canvas.select("Users");
  await canvas
    .node("Web")
    .getByText("Web", { exact: true })
    .first()
    .click({ modifiers: ["Shift"] });
  await expect(flows.trace("Users", "Web").getByRole("status")).toContainText("does not reach Web");
  await expect(offers).toHaveCount(0);
  await flows.clearTrace.click();
  await expect(flows.openings.getByRole("listitem")).toHaveCount(1);
  await flows.nextBlocked.click();
  await expect(inspector.panel.getByRole("region", { name: "What a packet meets" })).toContainText(
    "does not get through",
  );
  await expect(offers).toHaveCount(0);
  await flows.view("Security groups");
  await expect(flows.rules("tcp/5432")).toContainText("Serves no connection");
  await expect(offers).toHaveCount(0);
  await flows.view("Start-up");
  await expect(flows.starts).toContainText("1 will not start");
  await expect(offers).toHaveCount(0);

  await cost.show();
  for (const [view, says] of [
    ["Lines", "Fargate vCPU hours"],
    ["Environments", "This design has no environments."],
    ["Savings", "Fargate Spot"],
  ] as const) {
    await cost.view(view);
    await expect(cost.panel).toContainText(says);
    await expect(offers).toHaveCount(0);
  }
  await page.getByRole("button", { name: "Environment: Base" }).click();
  await expect(page.getByRole("menuitem", { name: /environments/ })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await canvas.select("Front door");
  await inspector.tab("Cost").click();
  await expect(inspector.field("Requests on average")).not.toBeEditable();
});

const damaged: readonly [string, (fragment: string) => string, RegExp][] = [
  ["cut off", (fragment) => fragment.slice(0, fragment.length / 2), /damaged: a part of it is missing/],
  [
    "with other characters in it",
    (fragment) => `${fragment.slice(0, 60)}%%${fragment.slice(60)}`,
    /damaged: it has characters/,
  ],
  ["of a newer Bayplan", (fragment) => fragment.replace("=1.", "=9."), /newer Bayplan/],
  ["that holds nothing", () => "design=", /damaged/],
];

for (const [what, damage, sentence] of damaged) {
  test(`a link ${what} gives a sentence and the ways on, never a blank page`, async ({ designer, page }) => {
    const fragment = await encodeLink(starters[1]?.document ?? draw(() => {}));
    await designer.open(damage(fragment));

    const alert = page.getByRole("region", { name: "Damaged link" }).getByRole("alert");
    await expect(alert).toContainText(sentence);
    await alert.getByRole("button", { name: "Open my designs" }).click();
    await expect(alert).toBeHidden();
    await designer.kept();
    await expect(designer.canvas.nodes).not.toHaveCount(0);
  });
}

test("a link that holds something else than a design says where it is wrong", async ({ designer, page }) => {
  const design = draw(({ add }) => void add("sqsQueue", {}, { name: "Orders" }));
  const strange = { ...design, nodes: { n1: { ...design.nodes.n1, kind: "mainframe" } } };
  await designer.open(await encodeLink(strange as unknown as typeof design));

  const alert = page.getByRole("region", { name: "Damaged link" }).getByRole("alert");
  await expect(alert).toContainText("/nodes/n1/kind");
});

test("a design too large for a link says so and offers its file", async ({ designer }) => {
  const { sharing } = designer;
  const design = draw(({ document, add }) => {
    for (let at = 0; at < 160; at += 1) {
      // Names that do not compress, spread out by multiplication: the same ones in every run.
      const name = Array.from({ length: 8 }, (_, k) => ((at * 8 + k + 1) * 2_654_435_761).toString(36)).join(" ");
      const id = add("snsTopic", {}, { name });
      document.layout[id] = { x: (at % 16) * 260, y: Math.floor(at / 16) * 120 };
    }
  });
  expect((await encodeLink(design)).length).toBeGreaterThan(MAX_LINK);
  await designer.openDesign(design);
  await designer.share.click();

  await expect(sharing.dialog).toContainText(/This link has [\d,]+ characters/);
  await expect(sharing.length).toBeAttached();
  const [file] = await Promise.all([designer.page.waitForEvent("download"), sharing.saveFile.click()]);
  expect(file.suggestedFilename()).toBe("example.bayplan.json");
});
