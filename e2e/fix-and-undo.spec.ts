import { starters } from "../lib/document/starters";
import { draw } from "../lib/testing/draw";
import { expect, test } from "./fixtures";

test("a finding is fixed by its button, comes back with undo and goes with redo", async ({ designer }) => {
  const { problems, canvas } = designer;
  await designer.openDesign(
    draw(({ document, add, connect }) => {
      const users = add("internet", {}, { name: "Users" });
      const network = add("vpc", {}, { name: "Network" });
      const door = add("alb", { listeners: [{ port: 80, protocol: "HTTP" }] }, { name: "Door", parent: network });
      connect(users, "request", door);
      document.layout[network] = { x: 300, y: 0, w: 400, h: 240 };
      document.layout[door] = { x: 40, y: 80 };
      document.layout[users] = { x: 0, y: 80 };
    }),
  );
  // Plain HTTP from the internet.
  const finding = problems.of("ECS-LB-009");
  await expect(finding).toHaveCount(1);

  await problems.fix(finding).click();
  await expect(finding).toHaveCount(0);
  await expect(canvas.node("Door")).toContainText("HTTPS 443");

  await designer.undo.click();
  await expect(finding).toHaveCount(1);
  await expect(canvas.node("Door")).not.toContainText("HTTPS 443");

  await designer.redo.click();
  await expect(finding).toHaveCount(0);
});

test("a finding leads to its node and its field", async ({ designer }) => {
  const { problems, inspector, canvas } = designer;
  const [shop] = starters;
  if (!shop) throw new Error("There is no starter.");
  const broken = structuredClone(shop.document);
  const [id, web] = Object.entries(broken.nodes).find(([, { name }]) => name === "Web task") ?? [];
  if (id === undefined || web?.kind !== "taskDefinition") throw new Error("The starter has no “Web task”.");
  // Fargate has no size of 0.5 vCPU with 8 GB.
  web.props = { ...web.props, memory: 8192 };
  await designer.openDesign(broken);

  await problems.of("ECS-TD-003").getByRole("button").first().click();

  await expect(canvas.node("Web task")).toHaveClass(/selected/);
  await expect(inspector.name).toHaveValue("Web task");
  await expect(inspector.panel.getByLabel("Memory", { exact: true })).toBeFocused();
});

test("a large design is judged a moment after each edit, and leaves the page as it is drawn now", async ({
  designer,
}) => {
  const { problems, canvas, exporting } = designer;
  await designer.openDesign(
    draw(({ document, add, connect }) => {
      const users = add("internet", {}, { name: "Users" });
      const network = add("vpc", {}, { name: "Network" });
      const door = add("alb", { listeners: [{ port: 80, protocol: "HTTP" }] }, { name: "Door", parent: network });
      connect(users, "request", door);
      document.layout[network] = { x: 300, y: 0, w: 400, h: 240 };
      document.layout[door] = { x: 40, y: 80 };
      document.layout[users] = { x: 0, y: 80 };
      for (let number = 0; number < 120; number += 1) {
        const id = add("sqsQueue", {}, { name: `Queue ${number}` });
        document.layout[id] = { x: (number % 12) * 240, y: 400 + Math.floor(number / 12) * 120 };
      }
    }),
  );
  const finding = problems.of("ECS-LB-009");
  await expect(finding).toHaveCount(1);

  await problems.fix(finding).click();
  await designer.export.click();
  expect((await exporting.take()).bytes.toString()).toContain("Port: 443");
  await designer.page.keyboard.press("Escape");
  await expect(finding).toHaveCount(0);
  await expect(canvas.node("Door")).toContainText("HTTPS 443");

  await designer.undo.click();
  await expect(finding).toHaveCount(1);
  await expect(canvas.node("Door")).not.toContainText("HTTPS 443");
});
