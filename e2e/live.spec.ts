import { starters } from "../lib/document/starters";
import { readTemplate } from "../lib/testing/read-template";
import { expect, test } from "./fixtures";

const [shop, fargate] = starters;
if (!shop || !fargate) throw new Error("The starters are missing.");

test("the first paint is the designer with the main starter, and it has no problem that is an error", async ({
  designer,
}) => {
  await designer.open();

  await expect(designer.name).toHaveValue(shop.document.name);
  await expect(designer.canvas.nodes).toHaveCount(Object.keys(shop.document.nodes).length);
  await expect(designer.canvas.edges).toHaveCount(Object.keys(shop.document.edges).length);
  await expect(designer.check).not.toHaveAccessibleName(/error/);
  expect(await designer.monthly()).toBeGreaterThan(0);
});

test("every starter opens from the menu as a design of its own", async ({ designer, page }) => {
  await designer.open();
  for (const { title, document } of starters) {
    await test.step(title, async () => {
      await designer.menu("Start from a starter");
      await page.getByRole("dialog").getByRole("button", { name: title }).click();

      await expect(designer.name).toHaveValue(document.name);
      await expect(designer.canvas.nodes).toHaveCount(Object.keys(document.nodes).length);
      await expect(designer.check).not.toHaveAccessibleName(/error/);
      await designer.kept();
    });
  }
});

test("twice the tasks are twice the Fargate lines, in the panel and in the bar", async ({ designer }) => {
  const { canvas, inspector, cost } = designer;
  await designer.openDesign(fargate.document);
  const service = Object.values(fargate.document.nodes).find(({ kind }) => kind === "service")?.name ?? "";
  await cost.show();
  const before = await cost.amounts(service);
  const total = await designer.monthly();
  const fargateLines = Object.keys(before).filter((item) => /Fargate|vCPU|memory/i.test(item));
  expect(fargateLines.length).toBeGreaterThanOrEqual(2);

  await canvas.select(service);
  await inspector.set("Desired tasks", "4");

  await expect.poll(() => designer.monthly()).toBeGreaterThan(total);
  const after = await cost.amounts(service);
  let added = 0;
  for (const item of fargateLines) {
    expect(after[item]).toBeCloseTo(2 * (before[item] ?? Number.NaN), 1);
    added += (after[item] ?? 0) - (before[item] ?? 0);
  }
  // The bar rounds to the dollar or the cent.
  expect((await designer.monthly()) - total).toBeGreaterThanOrEqual(added - 1);

  await designer.undo.click();
  await expect.poll(() => designer.monthly()).toBe(total);
});

test("findings follow an edit at once", async ({ designer }) => {
  const { canvas, inspector, problems } = designer;
  await designer.openDesign(fargate.document);
  const task = Object.values(fargate.document.nodes).find(({ kind }) => kind === "taskDefinition")?.name ?? "";
  await expect(problems.of("ECS-TD-003")).toHaveCount(0);

  await canvas.select(task);
  // Fargate has no size with 100 MiB.
  await inspector.set("Memory", "100");
  await expect(problems.of("ECS-TD-003")).toHaveCount(1);
  await expect(designer.check).toHaveAccessibleName(/1 error/);

  await problems.fix(problems.of("ECS-TD-003")).click();
  await expect(problems.of("ECS-TD-003")).toHaveCount(0);
  await expect(designer.check).not.toHaveAccessibleName(/error/);
});

test("the code follows the selection and the drawing", async ({ designer }) => {
  const { canvas, code, inspector } = designer;
  await designer.open();
  await code.show();
  await expect(code.text).toContainText("AWSTemplateFormatVersion");

  await canvas.select("Orders");
  await expect(code.line(/\bOrders:\s*$/).last()).toBeInViewport();

  await inspector.set("Visibility timeout", "240");
  await expect(code.line("VisibilityTimeout: 240")).toHaveCount(1);

  await code.format.selectOption({ label: "CloudFormation JSON" });
  await expect(code.text).toContainText('"AWSTemplateFormatVersion"');
});

test("moving a card changes no byte of the template", async ({ designer }) => {
  const { canvas, exporting, code } = designer;
  const template = async (): Promise<string> => {
    await designer.export.click();
    const { bytes } = await exporting.take();
    await designer.page.keyboard.press("Escape");
    await expect(exporting.dialog).toBeHidden();
    return bytes.toString("utf8");
  };
  await designer.open();
  await code.show();
  const before = await template();
  expect(Object.keys(readTemplate(before).Resources as object).length).toBeGreaterThan(20);

  await canvas.select("Orders");
  const place = await canvas.node("Orders").boundingBox();
  for (let step = 0; step < 5; step += 1) await designer.page.keyboard.press("Shift+ArrowDown");
  await expect.poll(async () => (await canvas.node("Orders").boundingBox())?.y).toBeGreaterThan(place?.y ?? 0);

  expect(await template()).toBe(before);
});

test("errors are said before an export, which then needs a second word", async ({ designer }) => {
  const { canvas, inspector, exporting } = designer;
  await designer.openDesign(fargate.document);
  const task = Object.values(fargate.document.nodes).find(({ kind }) => kind === "taskDefinition")?.name ?? "";
  await canvas.select(task);
  await inspector.set("Memory", "100");
  await expect(designer.check).toHaveAccessibleName(/1 error/);

  await designer.export.click();
  await expect(exporting.dialog).toContainText("1 error is open");
  await expect(exporting.download).toBeDisabled();
  await exporting.anyway.check();
  const { bytes } = await exporting.take();
  expect(bytes.toString("utf8")).toContain("Fargate has no");
});

test("dark and light: the choice is kept, and before one is made the system's counts", async ({ designer, page }) => {
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ colorScheme: "light" });
  await designer.open();
  const light = await background();
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(background).not.toBe(light);

  await designer.theme.click();
  await expect.poll(background).toBe(light);
  await page.reload();
  await expect.poll(background).toBe(light);
});
