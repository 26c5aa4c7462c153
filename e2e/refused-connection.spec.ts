import { draw } from "../lib/testing/draw";
import { expect, test } from "./fixtures";

/** A Classic Load Balancer beside a Fargate service, in one network; not connected. */
const design = draw(({ document, add, connect }) => {
  const network = add("vpc", {}, { name: "Network" });
  const cluster = add("cluster", {}, { name: "Main", parent: network });
  const classic = add("clb", {}, { name: "Old door", parent: network });
  const service = add("service", { launchType: "FARGATE" }, { name: "Web", parent: cluster });
  const task = add("taskDefinition", {}, { name: "Web task", parent: cluster });
  connect(service, "run", task);
  document.layout[network] = { x: 0, y: 0, w: 980, h: 420 };
  document.layout[classic] = { x: 32, y: 120 };
  document.layout[cluster] = { x: 320, y: 64, w: 620, h: 300 };
  document.layout[service] = { x: 40, y: 80 };
  document.layout[task] = { x: 320, y: 80 };
});

test("a Classic Load Balancer refuses a Fargate service while the connection is dragged, and nothing is created", async ({
  designer,
  page,
}) => {
  const { canvas } = designer;
  await designer.openDesign(design);
  await expect(canvas.edges).toHaveCount(1);

  await canvas.pull(canvas.node("Old door"));
  await canvas.over(canvas.node("Web"));
  await expect(canvas.says).toContainText("A Classic Load Balancer registers EC2 instances");
  await expect(canvas.says).toContainText("Use an Application Load Balancer");
  await page.clock.install();
  await canvas.drop();

  // The reason stays readable for as long as it takes to read, and the drawing is as it was.
  const reason = designer.notice("A Classic Load Balancer registers EC2 instances");
  await expect(reason).toBeVisible();
  await page.clock.fastForward("02:00");
  await expect(reason).toBeVisible();
  await expect(canvas.edges).toHaveCount(1);
  await expect(designer.undo).toBeDisabled();

  // Whoever goes on has read it.
  await designer.name.fill("Doors");
  await designer.name.press("Enter");
  await expect(reason).toBeHidden();
});

test("Escape gives up a connection that is being dragged", async ({ designer }) => {
  const { canvas } = designer;
  await designer.openDesign(design);

  await canvas.pull(canvas.node("Web"));
  await canvas.over(canvas.node("Old door"));
  await expect(canvas.says).toBeVisible();
  await designer.page.keyboard.press("Escape");
  await expect(canvas.says).toBeHidden();
  await canvas.drop();

  await expect(canvas.edges).toHaveCount(1);
});
