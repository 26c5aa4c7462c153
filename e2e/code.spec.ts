import { unzipSync } from "fflate";
import { starters } from "../lib/document/starters";
import { sampleDesign } from "../lib/testing/sample-design";
import { expect, test } from "./fixtures";

const [shop] = starters;
if (!shop) throw new Error("The starters are missing.");

test("a selection marks all of its lines, and the way leads from one place to the next", async ({ designer }) => {
  const { canvas, code } = designer;
  await designer.open();
  await code.show();
  await canvas.select("Orders");

  await expect(code.marked(/\bOrders:\s*$/)).toBeInViewport();
  await expect(code.marked("VisibilityTimeout")).toHaveCount(1);
  await expect(code.selected).toContainText(/\d+ lines · 1 of \d+ places/);
  await code.button("Next place").click();
  await expect(code.selected).toContainText(/2 of \d+ places/);
  await expect(code.marked(/\bOrdersPolicy:\s*$/)).toBeInViewport();
});

test("a click on a line selects what it comes from and leaves the text where it is", async ({ designer }) => {
  const { canvas, code, inspector } = designer;
  await designer.open();
  await code.show();
  await canvas.select("Orders");
  await expect(code.marked(/\bOrders:\s*$/)).toBeInViewport();

  await code.search("Type: AWS::SNS::Topic");
  await expect(code.found).toHaveText("1 of 2");
  await code.line(/Type: AWS::SNS::Topic\s*$/).click();
  await expect(inspector.name).toHaveValue("Alerts");
  await expect(canvas.node("Alerts")).toHaveClass(/selected/);
  await expect(code.marked("Type: AWS::SNS::Topic").first()).toBeInViewport();
});

test("search counts, goes on and back, knows patterns, and says what is wrong with them", async ({
  designer,
  page,
}) => {
  const { code } = designer;
  await designer.open();
  await code.show();
  await expect(code.text).toContainText("AWSTemplateFormatVersion");

  await code.search("aws::sqs::queue");
  await expect(code.found).toHaveText(/^1 of \d+$/);
  await expect(code.text.locator("mark").first()).toHaveText("AWS::SQS::Queue");
  await page.keyboard.press("Enter");
  await expect(code.found).toHaveText(/^2 of \d+$/);
  await page.keyboard.press("Shift+Enter");
  await expect(code.found).toHaveText(/^1 of \d+$/);
  await page.keyboard.press("Shift+F3");
  const last = ((await code.found.textContent()) ?? "").split(" of ");
  expect(last[0]).toBe(last[1]);

  await code.button("Match case").click();
  await expect(code.found).toHaveText("No match");
  await code.find.fill("^AWS\\w+");
  await code.button("Regular expression").click();
  await expect(code.found).toHaveText("1 of 1");
  await code.find.fill("(");
  await expect(code.found).toContainText("no regular expression");

  await page.keyboard.press("Escape");
  await expect(code.find).toBeHidden();
  await expect(code.text).toBeFocused();
});

test("a pattern that would never end is stopped, and the page stays alive", async ({ designer }) => {
  const { canvas, code } = designer;
  const document = structuredClone(shop.document);
  document.name = `${"a".repeat(60)}!`;
  await designer.openDesign(document);
  await code.show();
  await expect(code.text).toContainText("AWSTemplateFormatVersion");
  await code.search("(a|a)+$");
  await code.button("Regular expression").click();

  await canvas.select("Orders");
  await expect(code.marked(/\bOrders:\s*$/)).toBeInViewport();
  await expect(code.found).toContainText("takes too long");
});

test("parts fold and unfold by pointer and by keyboard, and open for what is found in them", async ({
  designer,
  page,
}) => {
  const { code } = designer;
  await designer.open();
  await code.show();
  await expect(code.text).toContainText("DelaySeconds");

  await code.button("Fold all").click();
  await expect(code.text).not.toContainText("DelaySeconds");
  await expect(code.fold("Resources:").first()).toHaveAttribute("aria-expanded", "true");
  await expect(code.fold("FailedOrders:")).toHaveAttribute("aria-expanded", "false");
  await code.fold("FailedOrders:").click();
  await expect(code.line("DelaySeconds")).toHaveCount(1);
  await code.fold("FailedOrders:").press("ArrowLeft");
  await expect(code.line("DelaySeconds")).toHaveCount(0);
  await expect(code.fold("FailedOrders:")).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(code.line("DelaySeconds")).toHaveCount(1);

  await code.button("Fold all").click();
  await code.search("VisibilityTimeout: 180");
  await expect(code.found).toHaveText("1 of 1");
  await expect(code.line("VisibilityTimeout: 180")).toBeInViewport();
  await page.keyboard.press("Escape");
  await code.button("Unfold all").click();
  await expect(code.fold("FailedOrders:")).toHaveAttribute("aria-expanded", "true");
});

test("the changes are what the last edit does to the files", async ({ designer }) => {
  const { canvas, code, inspector } = designer;
  await designer.open();
  await code.show();
  await canvas.select("Orders");
  await inspector.set("Visibility timeout", "240");
  await expect(code.changes).toHaveAccessibleName("Changes: 1 lines added, 1 removed");

  await code.changes.click();
  await expect(code.panel).toContainText("1 file changed, +1 −1");
  await expect(code.comparison.locator('[data-sign="-"]')).toHaveText(/VisibilityTimeout: 180/);
  await expect(code.comparison.locator('[data-sign="+"]')).toHaveText(/VisibilityTimeout: 240/);

  // The next edit is the last one; what was edited before is part of what changed since the design was opened.
  await inspector.set("Message retention", "600");
  await expect(code.comparison.locator('[data-sign="+"]')).toHaveText(/MessageRetentionPeriod: 600/);
  await code.panel.getByLabel("Since").selectOption("Opened");
  await expect(code.comparison.locator('[data-sign="+"]')).toHaveCount(2);

  await code.panel.getByLabel("Since").selectOption("Last edit");
  await canvas.node("Orders").press("Shift+ArrowDown");
  await expect(code.panel).toContainText("No line changed");
});

test("what was not edited has no changes, and since an export there are those made after it", async ({
  designer,
  page,
}) => {
  const { canvas, code, inspector, exporting } = designer;
  await designer.open();
  await code.show();
  await expect(code.text).toContainText("AWSTemplateFormatVersion");
  await code.changes.click();
  await expect(code.panel).toContainText("Nothing was edited");

  await code.panel.getByLabel("Since").selectOption("Last export");
  await expect(code.panel).toContainText("was not exported");
  await designer.export.click();
  await exporting.take();
  await page.keyboard.press("Escape");
  await expect(code.panel).toContainText("No line changed");
  await canvas.select("Orders");
  await inspector.set("Visibility timeout", "240");
  await expect(code.comparison.locator('[data-sign="+"]')).toHaveText(/VisibilityTimeout: 240/);
});

test("a format of many files shows them as a tree and opens the one that holds the selection", async ({
  designer,
  page,
}) => {
  const { canvas, code } = designer;
  await designer.open();
  await code.show();
  await code.format.selectOption("Task definitions");
  await expect(code.files.getByRole("treeitem")).toHaveCount(3);

  await canvas.select("Worker task");
  const worker = code.file("worker-task.json, holds lines of the selection");
  await expect(worker).toHaveAttribute("aria-selected", "true");
  await expect(code.text).toHaveAccessibleName("Code: worker-task.json");

  await code.file("report-task.json").click();
  await expect(code.text).toHaveAccessibleName("Code: report-task.json");
  await page.keyboard.press("ArrowDown");
  await expect(code.text).toHaveAccessibleName("Code: web-task.json");
  await expect(code.file("web-task.json")).toBeFocused();
});

test("a design too large for one template comes as one that nests others, each with its lines and parts", async ({
  designer,
}) => {
  const { code, exporting, inspector } = designer;
  await designer.openDesign(sampleDesign(2, 160));
  await code.show();
  await expect(code.text).toHaveAccessibleName("Code: template.yaml");
  await code.files
    .getByRole("treeitem", { name: /^NestedFrom/ })
    .first()
    .click();
  await expect(code.text).toHaveAccessibleName(/^Code: nested\/NestedFrom\w+\.yaml$/);
  await code.search("Type: AWS::ECS::Service");
  await code
    .line(/Type: AWS::ECS::Service\s*$/)
    .first()
    .click();
  await expect(inspector.name).toHaveValue(/^Service n\d+$/);
  await expect(code.text).toHaveAccessibleName(/^Code: nested\/NestedFrom/);

  await designer.export.click();
  await exporting.choose("CloudFormation YAML");
  await expect(exporting.dialog).toContainText("aws cloudformation package --template-file template.yaml");
  const files = unzipSync((await exporting.take(exporting.zip)).bytes);
  const [root, ...nested] = Object.keys(files).sort().reverse();
  expect(root).toBe("template.yaml");
  const text = new TextDecoder().decode(files["template.yaml"]);
  expect(nested.length).toBeGreaterThan(1);
  for (const path of nested) expect(text).toContain(`TemplateURL: ${path}`);
});

test("the export dialog gives one file as it is and several as an archive", async ({ designer }) => {
  const { exporting } = designer;
  await designer.open();
  await designer.export.click();
  await exporting.choose("CloudFormation JSON");
  await expect(exporting.files).toHaveCount(1);
  const single = await exporting.take();
  expect(single.name).toMatch(/\.json$/);
  expect(Object.keys(JSON.parse(single.bytes.toString("utf8")))).toContain("Resources");

  await exporting.choose("Task definitions");
  await expect(exporting.files).toHaveCount(3);
  await expect(exporting.download).toBeHidden();
  const { name, bytes } = await exporting.take(exporting.zip);
  expect(name).toBe("shop-on-fargate.zip");
  expect(Object.keys(unzipSync(bytes)).sort()).toEqual(["report-task.json", "web-task.json", "worker-task.json"]);
  expect((await exporting.take(exporting.zip)).bytes.equals(bytes)).toBe(true);
});
