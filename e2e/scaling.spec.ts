import { expect, test } from "./fixtures";

test("auto scaling is turned on in the inspector: the template registers the service, and its cost follows the peak", async ({
  designer,
}) => {
  const { canvas, inspector, code, cost } = designer;
  await designer.open();
  await code.show();
  await canvas.select("Web");
  // What is looked for before it is there is shown when it comes.
  await code.search("WebScalableTarget:");
  await expect(code.found).toHaveText("No match");
  await inspector.panel.getByRole("button", { name: "Add auto scaling" }).click();
  await expect(inspector.field("Minimum tasks")).toHaveValue("2");
  await expect(inspector.field("Maximum tasks")).toHaveValue("10");
  await expect(canvas.node("Web")).toContainText("2–10 tasks");
  // CPU is followed until something else is chosen.
  await expect(inspector.field("Metric")).toHaveValue("ECSServiceAverageCPUUtilization");
  await expect(code.line("WebScalableTarget:").first()).toBeVisible();
  await code.search("WebCpuScaling:");
  await expect(code.line("WebCpuScaling:").first()).toBeVisible();

  await cost.show();
  const of = async (): Promise<number> => {
    const amounts = await cost.amounts("Web");
    return Object.entries(amounts).find(([item]) => item.startsWith("Fargate vCPU"))?.[1] ?? 0;
  };
  const before = await of();
  await canvas.select("Front door");
  await inspector.tab("Cost").click();
  // Six times the average of one request a second, in place of three times.
  await inspector.set("Requests at the peak", "6");
  await expect(cost.panel.getByText(/following 1 of 6 requests\/s/).first()).toBeVisible();
  // From 3.33 tasks to the minimum of two: 730 × 0.5 vCPU × 0.04048 for each.
  expect(before - (await of())).toBeCloseTo(730 * 0.5 * 0.04048 * (10 / 3 - 2), 1);

  await canvas.select("Web");
  await inspector.tab("Settings").click();
  await inspector.panel.getByRole("button", { name: "Remove auto scaling" }).click();
  await expect(canvas.node("Web")).toContainText("2 tasks");
});
