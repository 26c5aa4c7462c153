import { starters } from "../lib/document/starters";
import { readTemplate } from "../lib/testing/read-template";
import { judgeTemplate } from "../lib/testing/template-judge";
import { expect, test } from "./fixtures";
import { Environments } from "./pages/environments";

const shop = starters.find(({ id }) => id === "web-fargate")?.document ?? starters[0]?.document;

test("environments are made, edited apart from the design, compared and exported as one template", async ({
  designer,
  page,
}) => {
  if (!shop) throw new Error("There is no starter.");
  const { canvas, inspector, exporting, code } = designer;
  const environments = new Environments(page);
  await designer.openDesign({ ...shop, environments: {} });
  await expect(environments.button).toHaveText("Base");

  await environments.manage();
  await environments.add("Base");
  await expect(environments.problem).toContainText("Base is the design as drawn");
  await environments.add("dev");
  await environments.add("prod");
  await expect(environments.heads()).toHaveText(["Base", "dev", "prod"]);
  await environments.close();

  // In prod there are more tasks, and the design as drawn does not change.
  const drawn = await designer.monthly();
  await environments.choose("prod");
  await canvas.select("Web");
  const tasks = inspector.field("Desired tasks");
  const before = await tasks.inputValue();
  await inspector.set("Desired tasks", "9");
  await expect(inspector.panel.getByText("Differs in prod")).toBeVisible();
  await expect(canvas.node("Web")).toContainText("9 tasks");
  await expect(async () => expect(await designer.monthly()).toBeGreaterThan(drawn)).toPass();
  await environments.choose("Base");
  await expect(tasks).toHaveValue(before);
  await expect(canvas.node("Web")).not.toContainText("9 tasks");
  await expect(async () => expect(await designer.monthly()).toBe(drawn)).toPass();

  // Reset, undo: the difference goes and comes back.
  await environments.choose("prod");
  await inspector.panel.getByRole("button", { name: "Reset to Base: Desired tasks" }).click();
  await expect(tasks).toHaveValue(before);
  await designer.undo.click();
  await expect(tasks).toHaveValue("9");

  await environments.manage();
  await expect(environments.cells(/Desired tasks/)).toHaveText([before, before, "9"]);
  await expect(environments.cells("A month").last()).toHaveText(/\$\d/);
  await environments.act("prod", "Duplicate");
  await expect(environments.heads()).toHaveText(["Base", "dev", "prod", "prod-copy"]);
  await environments.act("prod-copy", "Delete");
  await environments.act("prod", "Rename");
  await environments.dialog.getByRole("textbox", { name: "New name of prod" }).fill("live");
  await page.keyboard.press("Enter");
  await expect(environments.heads()).toHaveText(["Base", "dev", "live"]);
  await environments.close();
  await expect(environments.button).toHaveText("live");

  // The code follows the environment; the design as drawn comes out as one template for all.
  await code.show();
  await expect(code.text).toContainText("AWSTemplateFormatVersion");
  await expect(code.text).not.toContainText("AllowedValues");
  await environments.choose("Base");
  await expect(code.text).toContainText("AllowedValues");
  await designer.export.click();
  await expect(exporting.dialog.getByLabel("Environment")).toHaveValue("");
  const all = readTemplate((await exporting.take()).bytes.toString("utf8"));
  expect(judgeTemplate(all)).toEqual([]);
  expect(all).toMatchObject({ Parameters: { Environment: { AllowedValues: ["dev", "live"] } } });
  await exporting.dialog.getByLabel("Environment").selectOption("live");
  const one = readTemplate((await exporting.take()).bytes.toString("utf8"));
  expect(judgeTemplate(one)).toEqual([]);
  expect(one.Parameters).not.toHaveProperty("Environment");
});

test("an error of one environment is seen there, and stands in the way of what all come out as", async ({
  designer,
  page,
}) => {
  if (!shop) throw new Error("There is no starter.");
  const { canvas, inspector, problems, exporting } = designer;
  const environments = new Environments(page);
  await designer.openDesign({ ...shop, environments: { dev: { props: {}, usage: {} } } });
  await environments.choose("dev");
  await canvas.select("Web task");
  await inspector.set("Memory", "77");
  await expect(problems.of("ECS-TD-003")).toHaveCount(1);
  // Errors in dev only.
  await environments.choose("Base");
  await expect(problems.of("ECS-TD-003")).toHaveCount(0);
  await designer.export.click();
  await expect(exporting.anyway).toBeVisible();
  await expect(exporting.dialog.getByText("under Problems in dev.")).toBeVisible();
  await expect(exporting.download).toBeDisabled();
  await page.keyboard.press("Escape");

  // A fix pressed in the environment mends the environment.
  await environments.choose("dev");
  await problems.fix(problems.of("ECS-TD-003")).click();
  await expect(problems.of("ECS-TD-003")).toHaveCount(0);
  await environments.choose("Base");
  await canvas.select("Web task");
  await expect(inspector.panel.getByText("Differs in")).toHaveCount(0);
  await designer.export.click();
  await expect(exporting.anyway).toHaveCount(0);
});
