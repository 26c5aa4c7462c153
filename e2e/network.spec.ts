import { expect, test } from "./fixtures";

test("what the network keeps back is said, the drawing stays, and a dialog opens when the network is there again", async ({
  designer,
  page,
  complaints,
}) => {
  // The page itself arrives; what it fetches afterwards does not.
  const first = await (await page.request.get("/")).text();
  let connected = false;
  await page.route("**/_next/static/chunks/*.js", (route) => {
    const there = connected || first.includes(new URL(route.request().url()).pathname);
    return there ? route.continue() : route.abort("internetdisconnected");
  });
  await designer.open();
  await expect(designer.canvas.node("Web")).toBeVisible();
  await expect(designer.problems.panel).toContainText("This part could not be loaded");
  await designer.share.click();
  await expect(designer.notice("This dialog could not be loaded.")).toBeVisible();
  await expect(designer.sharing.dialog).toBeHidden();

  connected = true;
  await designer.problems.panel.getByRole("button", { name: "Try again" }).click();
  await expect(designer.problems.panel.getByRole("alert")).toContainText("The checks could not be loaded");
  await designer.share.click();
  await expect(designer.sharing.dialog).toBeVisible();

  await page.reload();
  await expect(designer.problems.items.first()).toBeVisible();
  await expect(designer.problems.panel.getByRole("alert")).toBeHidden();
  const meant = /^Failed to load resource|Failed to load chunk/;
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !meant.test(text)));
});
