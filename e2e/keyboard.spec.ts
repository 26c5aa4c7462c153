import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

/** What has the focus, as a screen reader would name it. */
const focused = (page: Page): Promise<{ role: string; name: string }> =>
  page.evaluate(() => {
    const element = document.activeElement;
    const label = (element as HTMLInputElement | null)?.labels?.[0];
    return {
      role: element?.getAttribute("role") ?? element?.tagName.toLowerCase() ?? "",
      name: (element?.getAttribute("aria-label") ?? label?.textContent ?? element?.textContent ?? "").trim(),
    };
  });

/** Presses Tab until the focus is where it is wanted. */
async function tabTo(page: Page, role: string, name: RegExp): Promise<void> {
  const passed: string[] = [];
  for (let step = 0; step < 120; step += 1) {
    await page.keyboard.press("Tab");
    const now = await focused(page);
    if (now.role === role && name.test(now.name)) return;
    passed.push(`${now.role} “${now.name.slice(0, 30)}”`);
  }
  throw new Error(`Tab never comes to ${role} ${name}; it passed ${passed.join(", ")}.`);
}

/** Runs an entry of the command palette, from wherever the focus is. */
async function command(page: Page, words: string): Promise<void> {
  const dialog = page.getByRole("dialog", { name: "Search commands and nodes" });
  await page.keyboard.press("Control+k");
  await expect(dialog).toBeVisible();
  await page.keyboard.type(words);
  await expect(dialog.getByRole("option", { selected: true })).toContainText(words);
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
}

test("everything once by keyboard: place, connect, edit, delete, undo, copy, problems, export", async ({
  designer,
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { canvas, palette, inspector, problems, outline, exporting } = designer;
  const { keyboard } = page;
  await designer.open();
  await command(page, "New design");
  await expect(designer.name).toHaveValue("Untitled design");
  await expect(canvas.nodes).toHaveCount(0);

  await test.step("place with the palette's search: what fits the selection is connected to it", async () => {
    await command(page, "Add a node");
    await expect(palette.search).toBeFocused();
    const kinds = [
      ["application load", "alb"],
      ["ecs service", "service"],
      ["sqs", "sqsQueue"],
    ] as const;
    for (const [words, kind] of kinds) {
      await keyboard.press("Control+a");
      await keyboard.type(words);
      await keyboard.press("Enter");
      await expect(canvas.nodesOf(kind)).toHaveCount(1);
    }
    await expect(canvas.edgesOf("forward")).toHaveCount(1);
  });

  await test.step("connect in the inspector", async () => {
    await command(page, "Service task");
    await expect(inspector.name).toHaveValue("Service task");
    await tabTo(page, "tab", /^Settings/);
    await keyboard.press("ArrowRight");
    await tabTo(page, "combobox", /^Connect to$/);
    await keyboard.type("sqs");
    await keyboard.press("Enter");
    await expect(canvas.edgesOf("send")).toHaveCount(1);
  });

  await test.step("edit a field", async () => {
    await command(page, "SQS");
    await expect(inspector.name).toHaveValue("SQS");
    await tabTo(page, "tab", /^(Settings|Connections)/);
    await keyboard.press("Home");
    await tabTo(page, "input", /^Visibility timeout/);
    await keyboard.type("90");
    await keyboard.press("Enter");
    await expect(inspector.field("Visibility timeout")).toHaveValue("90");
    await expect(designer.undo).toBeEnabled();
  });

  await test.step("delete, undo, redo", async () => {
    await command(page, "Show outline");
    await keyboard.press("Home");
    await keyboard.type("s");
    await expect(outline.tree.locator(":focus")).toHaveAccessibleName(/^S/);
    await outline.item(/^SQS, /).press(" ");
    await keyboard.press("Delete");
    await expect(canvas.nodesOf("sqsQueue")).toHaveCount(0);
    await expect(canvas.edgesOf("send")).toHaveCount(0);
    await keyboard.press("Control+z");
    await expect(canvas.nodesOf("sqsQueue")).toHaveCount(1);
    await expect(canvas.edgesOf("send")).toHaveCount(1);
    await keyboard.press("Control+Shift+z");
    await expect(canvas.nodesOf("sqsQueue")).toHaveCount(0);
    await keyboard.press("Control+z");
    await expect(canvas.nodesOf("sqsQueue")).toHaveCount(1);
  });

  await test.step("pick a card on the canvas, move it, copy, paste and duplicate it", async () => {
    await tabTo(page, "group", /^SQS, SQS queue/);
    await keyboard.press("Enter");
    await expect(canvas.node("SQS")).toHaveClass(/selected/);
    const place = await canvas.node("SQS").boundingBox();
    await keyboard.press("Shift+ArrowDown");
    await expect.poll(async () => (await canvas.node("SQS").boundingBox())?.y).toBeGreaterThan(place?.y ?? 0);
    await keyboard.press("Control+c");
    await keyboard.press("Control+v");
    await expect(canvas.nodesOf("sqsQueue")).toHaveCount(2);
    await keyboard.press("Control+d");
    await expect(canvas.nodesOf("sqsQueue")).toHaveCount(3);
    await keyboard.press("Control+z");
    await keyboard.press("Control+z");
    await expect(canvas.nodesOf("sqsQueue")).toHaveCount(1);
  });

  await test.step("problems and export", async () => {
    await keyboard.press("Control+Shift+m");
    await expect(problems.tab).toHaveAttribute("aria-selected", "true");
    await keyboard.press("Control+e");
    await expect(exporting.dialog).toBeVisible();
    await tabTo(page, "button", /^Download$/);
    const [file] = await Promise.all([page.waitForEvent("download"), keyboard.press("Enter")]);
    expect(file.suggestedFilename()).toBe("template.yaml");
    await keyboard.press("Escape");
    await expect(exporting.dialog).toBeHidden();
  });
});

test("every shortcut in the help is shown once, and Escape closes it", async ({ designer, page }) => {
  await designer.open();
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(help).toBeVisible();
  const terms = await help.getByRole("term").allTextContents();
  expect(terms).toContain("Delete");
  expect(new Set(terms).size).toBe(terms.length);
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
});
