import type { Page } from "@playwright/test";
import axe from "axe-core";
import { starters } from "../lib/document/starters";
import { draw } from "../lib/testing/draw";
import { webDesign } from "./designs";
import { expect, test } from "./fixtures";
import { Environments } from "./pages/environments";
import { FolderFields } from "./pages/folder-fields";
import { PushForm } from "./pages/push-form";

/** Rules about colour: all that the theme, which is colours alone, can break. */
const ofColour = ["color-contrast", "link-in-text-block"];

/** Even without motion a change of colour is a very short transition, and one may follow another. */
async function settled(): Promise<void> {
  const changing = () => document.getAnimations().filter((animation) => animation instanceof CSSTransition);
  while (changing().length > 0) await Promise.allSettled(changing().map(({ finished }) => finished));
}

/**
 * What axe finds that is serious or critical: theme, rule, and where. By every rule in the light theme, by those about
 * colour in the dark one. `within` names the part to look at; else the page.
 */
async function violations(page: Page, within?: string): Promise<string[]> {
  // Half a megabyte, so once for each page.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const said: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(settled);
    const found = await page.evaluate(
      async ({ within, rules }) => {
        const { axe } = window as unknown as { axe: typeof import("axe-core") };
        const { violations } = await axe.run(within ?? document, {
          resultTypes: ["violations"],
          ...(rules ? { runOnly: { type: "rule", values: rules } } : {}),
        });
        return violations.flatMap(({ impact, id, nodes }) =>
          impact === "serious" || impact === "critical"
            ? nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary}`)
            : [],
        );
      },
      { within, rules: colorScheme === "dark" ? ofColour : undefined },
    );
    said.push(...found.map((words) => `${colorScheme}: ${words}`));
  }
  return said;
}

const queue = draw(({ document, add }) => {
  const id = add("sqsQueue", {}, { name: "Orders" });
  document.layout[id] = { x: 0, y: 0 };
});

/** The parts that change while the rest of the page, looked at once, stays as it is. */
const DIALOG = "[role=dialog]";
const DOCK = "section[aria-label='Bottom panel']";

/** A web service whose tasks let nobody in. */
const shut = webDesign({ service: { securityGroups: { mode: "own" } } });

test("the designer has no serious accessibility violation", async ({ designer, page }) => {
  await designer.open();
  expect(await violations(page)).toEqual([]);
});

test("no panel has a serious accessibility violation", async ({ designer, page }) => {
  // A small drawing: what is looked at is each kind of part, not how many there are.
  await designer.openDesign(queue);
  await designer.canvas.select("Orders");
  await designer.outline.show();
  for (const panel of [designer.cost, designer.code]) {
    await panel.show();
    await expect(panel.panel).toContainText(/Sources|AWSTemplateFormatVersion|month/);
    expect(await violations(page, panel === designer.cost ? undefined : DOCK)).toEqual([]);
  }
});

test("no view of the cost has a serious accessibility violation", async ({ designer, page }) => {
  await designer.openDesign(queue);
  await designer.cost.show();
  for (const [view, shows] of [
    ["Lines", "SQS"],
    ["Environments", "Base"],
    ["Compare", "Compare with"],
    ["Savings", "Fargate against EC2"],
    ["Capacity", "Nothing runs on instances"],
  ] as const) {
    await designer.cost.view(view);
    await expect(designer.cost.panel).toContainText(shows);
    expect(await violations(page, DOCK), view).toEqual([]);
  }
});

test("no view of the flows has a serious accessibility violation", async ({ designer, page }) => {
  const { flows } = designer;
  await designer.openDesign(shut);
  await flows.mode.check();
  await flows.show();
  const views = {
    Connections: "Blocked",
    "Security groups": "tcp/443",
    "Start-up": "Will not start",
    Permissions: "Allowed",
  } as const;
  for (const [view, says] of Object.entries(views) as [keyof typeof views, string][]) {
    await flows.view(view);
    await expect(flows.panel).toContainText(says);
    expect(await violations(page, DOCK), view).toEqual([]);
  }
  await flows.view("Connections");
  await flows.from.selectOption({ label: "Users" });
  await flows.to.selectOption({ label: "Web" });
  await expect(flows.trace("Users", "Web")).toContainText("Blocked");
  expect(await violations(page), "Trace").toEqual([]);
});

test("the environments have no serious accessibility violation", async ({ designer, page }) => {
  const environments = new Environments(page);
  const patch = { n1: { visibilityTimeout: 60 } };
  await designer.openDesign({ ...queue, environments: { dev: { props: patch, usage: {} } } });
  await environments.choose("dev");
  await designer.canvas.select("Orders");
  await expect(designer.inspector.panel.getByText("Differs in dev")).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await environments.manage();
  await expect(environments.table).toBeVisible();
  expect(await violations(page, DIALOG), "Dialog").toEqual([]);
});

test("no way out of the export has a serious accessibility violation", async ({ designer, page }) => {
  const [folder, form] = [new FolderFields(page), new PushForm(page)];
  await folder.pretendPicker();
  await designer.openDesign(queue);
  await designer.export.click();
  await folder.show();
  await expect(folder.choose).toBeVisible();
  expect(await violations(page), "Folder").toEqual([]);
  await folder.choose.click();
  await expect(folder.status).toContainText("In step");
  expect(await violations(page, DIALOG), "Folder in step").toEqual([]);
  for (const host of ["GitHub", "GitLab"] as const) {
    await form.choose(host);
    await form.send.click();
    await expect(form.problem).toBeVisible();
    expect(await violations(page, DIALOG), host).toEqual([]);
  }
});

test("dialogs and an empty canvas have no serious accessibility violation", async ({ designer, page }) => {
  await designer.openDesign(queue);
  const dialog = page.getByRole("dialog");
  for (const entry of ["Share", "Export", "All designs", "Start from a starter", "Keyboard shortcuts"]) {
    await designer.menu(entry);
    await expect(dialog).toBeVisible();
    expect(await violations(page, DIALOG), entry).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
  }
  await page.keyboard.press("Control+k");
  await expect(dialog).toBeVisible();
  expect(await violations(page, DIALOG), "commands").toEqual([]);
  await page.keyboard.press("Escape");

  await designer.menu("New design");
  await expect(designer.canvas.start).toBeVisible();
  expect(await violations(page), "empty canvas").toEqual([]);
});

test("the outline mirrors the canvas: every card and every connection, and the same selection", async ({
  designer,
}) => {
  const { canvas, outline, inspector } = designer;
  const document = starters[0]?.document;
  await designer.open();
  await outline.show();
  const parts = Object.keys(document?.nodes ?? {}).length + Object.keys(document?.edges ?? {}).length;
  await expect(outline.items).toHaveCount(parts);

  await outline.item("Web, ECS service").click();
  await expect(canvas.node("Web")).toHaveClass(/selected/);
  await expect(inspector.name).toHaveValue("Web");
  await canvas.select("Orders");
  await expect(outline.item("Orders, SQS queue")).toHaveAttribute("aria-selected", "true");
  await expect(outline.item("Web, ECS service")).toHaveAttribute("aria-selected", "false");
});

test("whoever tabs through sees where the focus is", async ({ designer, page }) => {
  await designer.open();
  const unseen: string[] = [];
  for (let step = 0; step < 50; step += 1) {
    await page.keyboard.press("Tab");
    const said = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null;
      if (!element || element === document.body) return "";
      // The sign may stand on the control, on what surrounds it, or on the line inside an edge.
      const around = [element, element.parentElement, ...element.querySelectorAll("path")].filter(
        (part) => part !== null,
      );
      const look = () => {
        // Even without motion a change of style is a very short transition.
        for (const animation of document.getAnimations()) animation.finish();
        return around
          .map((part) => {
            const { outline, boxShadow, stroke, strokeWidth, borderColor } = getComputedStyle(part);
            return [outline, boxShadow, stroke, strokeWidth, borderColor].join();
          })
          .join();
      };
      const focused = look();
      element.blur();
      return look() === focused ? element.outerHTML.slice(0, 160) : "";
    });
    if (said !== "") unseen.push(said);
  }
  expect(unseen).toEqual([]);
});

test("in a narrow window, as at twice the size, nothing is cut off and nothing lies over another", async ({
  designer,
  page,
}) => {
  // 1440 × 900 at 200 %.
  await page.setViewportSize({ width: 720, height: 450 });
  await designer.openDesign(shut);
  await designer.flows.mode.check();
  const outside = async (): Promise<string[]> =>
    page
      .getByRole("banner")
      .getByRole("button")
      .evaluateAll((all) =>
        all
          .filter((one) => one.checkVisibility())
          .filter((one) => {
            const { left, right, top, bottom } = one.getBoundingClientRect();
            const at = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
            return left < 0 || right > innerWidth || top < 0 || bottom > innerHeight || !(at && one.contains(at));
          })
          .map((one) => one.ariaLabel ?? one.textContent ?? ""),
      );
  expect(await outside()).toEqual([]);
  await expect(designer.canvas.region.getByRole("button", { name: "Zoom in" })).toBeInViewport();
  await designer.canvas.region.getByRole("button", { name: "Zoom in" }).click();

  for (const [panel, control] of [
    [designer.flows, designer.flows.to],
    [designer.cost, designer.cost.panel.getByRole("button", { name: "Copy CSV" })],
  ] as const) {
    await panel.show();
    await expect(control).toBeInViewport({ ratio: 1 });
    // Clicking needs that nothing lies over it.
    await control.click({ trial: true });
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(720);
});
