import { expect, test } from "./fixtures";

test("a reload loses nothing: drawing, fields, name and place are there again", async ({ designer, page }) => {
  const { canvas, palette, inspector } = designer;
  await designer.startBlank();
  await designer.name.fill("Kept here");
  await designer.name.press("Enter");
  await palette.drag("SQS queue", { x: 300, y: 250 });
  await inspector.name.fill("Orders");
  await inspector.name.press("Enter");
  await inspector.set("Visibility timeout", "77");
  await palette.drag("SNS topic", { x: 500, y: 350 });
  await designer.kept();
  const before = await canvas.apart(canvas.node("Orders"), canvas.nodesOf("snsTopic"));

  await page.reload();

  await designer.kept();
  await expect(designer.name).toHaveValue("Kept here");
  await expect(canvas.nodes).toHaveCount(2);
  await canvas.select("Orders");
  await expect(inspector.field("Visibility timeout")).toHaveValue("77");
  const after = await canvas.apart(canvas.node("Orders"), canvas.nodesOf("snsTopic"));
  expect(after.x).toBeCloseTo(before.x, 1);
  expect(after.y).toBeCloseTo(before.y, 1);
});

test("what was not yet written when the page went away is there again too", async ({ designer, page }) => {
  const { canvas, palette } = designer;
  await designer.startBlank();
  await designer.kept();
  await palette.drag("SNS topic", { x: 300, y: 250 });
  await expect(canvas.nodes).toHaveCount(1);
  // No waiting for the store here.
  await page.reload();

  await expect(canvas.nodesOf("snsTopic")).toHaveCount(1);
});

test("two designs are kept apart and the list opens and deletes them", async ({ designer, page }) => {
  const { canvas, palette } = designer;
  const list = page.getByRole("dialog", { name: "Designs" });
  await designer.startBlank();
  await designer.name.fill("First");
  await designer.name.press("Enter");
  await palette.drag("SQS queue", { x: 300, y: 250 });
  await designer.kept();
  await designer.menu("New design");
  await designer.name.fill("Second");
  await designer.name.press("Enter");
  await expect(canvas.nodes).toHaveCount(0);
  await designer.kept();

  await designer.menu("All designs");
  // The starter that was on the screen first, and the two.
  await expect(list.getByRole("listitem")).toHaveCount(3);
  await expect(list.getByRole("listitem").filter({ hasText: "First" })).toContainText("1 node ");
  await list.getByRole("button", { name: /^First/ }).click();
  await expect(designer.name).toHaveValue("First");
  await expect(canvas.nodesOf("sqsQueue")).toHaveCount(1);

  await designer.menu("All designs");
  await list.getByRole("button", { name: "Delete Second" }).click();
  await list.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(list.getByRole("listitem")).toHaveCount(2);
  await expect(list).not.toContainText("Second");
  await page.keyboard.press("Escape");
  await expect(designer.name).toHaveValue("First");
});

test("another tab that changes the same design is followed, and nothing is overwritten", async ({
  designer,
  context,
}) => {
  const { canvas, palette } = designer;
  await designer.startBlank();
  await palette.drag("SQS queue", { x: 300, y: 250 });
  await designer.kept();

  const other = await context.newPage();
  await other.goto("/");
  const there = other.getByRole("region", { name: "Canvas" });
  await expect(there.locator("[data-node-id]")).toHaveCount(1);
  await there.locator("[data-node-id]").click();
  await other.keyboard.press("Control+d");
  await expect(there.locator("[data-node-id]")).toHaveCount(2);

  await expect(canvas.nodes).toHaveCount(2);
  await designer.kept();
});
