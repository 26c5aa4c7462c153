import { readFileSync } from "node:fs";
import { isRegion } from "../lib/aws/regions";
import type { RegionPrices } from "../lib/cost/prices/book";
import type { Document } from "../lib/document/document";
import { starters } from "../lib/document/starters";
import { expect, test } from "./fixtures";
import { Environments } from "./pages/environments";

const dollars = (text: string): number => Number(text.replace(/[<$,]/g, ""));

test("the lines of the bill are sorted by any column, lead to their part, and what is unknown comes last", async ({
  designer,
}) => {
  const { cost, inspector } = designer;
  await designer.open();
  await cost.show();
  await cost.view("Lines");
  const amounts = await cost.column("Lines of cost", /^A month/);
  const known = amounts.filter((text) => text !== "Unknown").map(dollars);
  expect(known.length).toBeGreaterThan(3);
  expect(known).toEqual([...known].sort((a, b) => b - a));
  expect(amounts.slice(known.length)).toEqual(amounts.slice(known.length).map(() => "Unknown"));
  expect(known.reduce((sum, amount) => sum + amount, 0)).toBeCloseTo(await designer.monthly(), -1);

  await cost.panel.getByRole("button", { name: "Part" }).click();
  await expect(cost.panel.getByRole("columnheader", { name: "Part" })).toHaveAttribute("aria-sort", "ascending");
  const parts = await cost.column("Lines of cost", /^Part/);
  expect(parts).toEqual([...parts].sort(new Intl.Collator("en", { numeric: true }).compare));
  await cost.panel.getByRole("button", { name: "Network", exact: true }).first().click();
  await expect(inspector.name).toHaveValue("Network");
});

test("every environment has its bill, and a click shows the design in it", async ({ designer, page }) => {
  const { cost, canvas, inspector } = designer;
  await designer.open();
  const environments = new Environments(page);
  await environments.manage();
  await environments.add("dev");
  await environments.close();
  await cost.show();
  await cost.view("Environments");
  await cost.panel.getByRole("button", { name: "dev" }).click();
  await canvas.select("Web");
  await inspector.set("Desired tasks", "4");
  const more = async (): Promise<number> => {
    const totals = await cost.column("Cost by environment", /^Typical use/);
    const [base = 0, dev = 0] = totals.map((text) => dollars(text.split("\n")[0] ?? ""));
    return dev - base;
  };
  // Two tasks more of half a vCPU and 1 GB: 2 × 730 × (0.5 × 0.04048 + 0.004445). Other environments follow a moment later.
  await expect.poll(more).toBeCloseTo(36.04, 1);
});

test("a design is compared with itself in another Region, its savings are figures, and its tasks lie on instances", async ({
  designer,
}) => {
  const { cost } = designer;
  await designer.open();
  await cost.show();
  const here = await designer.monthly();
  await cost.view("Compare");
  await cost.panel.getByLabel("Compare with").selectOption("region sa-east-1");
  const total = cost.panel.getByRole("row", { name: /^Total/ });
  await expect(total).toBeVisible();
  const [mine = 0, theirs = 0, difference = 0] = (await total.getByRole("cell").allInnerTexts()).map((text) =>
    dollars(text.replace("+", "")),
  );
  expect(mine).toBeCloseTo(here, -1);
  expect(theirs).toBeGreaterThan(mine);
  expect(difference).toBeCloseTo(theirs - mine, 1);

  await cost.view("Savings");
  const spot = cost.panel.getByRole("row", { name: /^Fargate Spot/ });
  await expect(spot).toContainText("Say the discount you expect");
  await cost.panel.getByLabel("Discount of Fargate Spot").fill("120");
  await expect(cost.panel.getByRole("alert")).toHaveText("A number from 0 to 100.");
  await cost.panel.getByLabel("Discount of Fargate Spot").fill("50");
  // Half of two web tasks (0.5 vCPU, 1 GB) and two workers (0.25 vCPU, 0.5 GB): 730 × (1.5 × 0.04048 + 3 × 0.004445) / 2.
  await expect(spot).toContainText("$27.03");

  await cost.view("Capacity");
  await expect(cost.panel).toContainText("Nothing runs on instances here.");
  await designer.openDesign(starters.find(({ id }) => id === "web-ec2")?.document as Document);
  await cost.show();
  await cost.view("Capacity");
  await expect(cost.panel.getByRole("list", { name: "Instances of Instances" })).toContainText("4 × Web");
});

test("in Cost a connection says what it pays, what is free says nothing, and the two add up with the cards", async ({
  designer,
}) => {
  const { canvas, cost, inspector } = designer;
  await designer.openDesign(starters.find(({ id }) => id === "web-fargate")?.document as Document);
  const total = await designer.monthly();
  await cost.mode.check();
  const request = canvas.edge(
    /^Users sends requests to Front door, \$[\d.]+\/mo: Data transfer out to the internet \$/,
  );
  await expect(request).toContainText(/\$\d+\.\d\d\/mo/);
  await expect(canvas.edge(/^Front door forwards to Web$/).locator("text")).toHaveCount(0);

  const names = await canvas.nodes.or(canvas.edges).evaluateAll((all) => all.map((one) => one.ariaLabel ?? ""));
  const paid = names.map((name) => Number(/\$([\d,.]+)\/mo/.exec(name)?.[1]?.replace(",", "") ?? 0));
  // Whole dollars in the bar, cents on each part.
  expect(Math.abs(paid.reduce((sum, amount) => sum + amount, 0) - total)).toBeLessThan(1);

  await canvas.selectEdge(/^Users sends requests to Front door/);
  await inspector.tab("Cost").click();
  await expect(inspector.panel).toContainText("Data transfer out to the internet");
});

test("a worker that follows its queue has the tasks that its messages keep busy, once it says how long one takes", async ({
  designer,
}) => {
  const { canvas, cost, inspector } = designer;
  await designer.open();
  await canvas.select("Worker");
  await inspector.tab("Cost").click();
  await expect(inspector.panel).toContainText("how long a task takes for a message is not known");
  await expect(inspector.field("Time a task takes for a message")).toHaveAttribute("placeholder", "Not given");
  await inspector.set("Time a task takes for a message", "10");
  // A million messages of ten seconds in the 2,628,000 seconds of a month.
  await expect(inspector.panel).toContainText("3.81 tasks on average, 2 to 10, for 1,000,000 messages of 10 s");

  await cost.show();
  await cost.view("Lines");
  const dates = (await cost.column("Lines of cost", /^Price date/)).filter((date) => date !== "");
  expect(dates.length).toBeGreaterThan(3);
  for (const date of dates) expect(date).toMatch(/^20\d\d-\d\d(-\d\d)?$/);
  await expect(cost.panel).toContainText(/prices up to \d+ (days|months) old/);
});

test("prices that the server asked AWS for stand before the bundled ones, here and in a Region that is compared", async ({
  designer,
  page,
}) => {
  // As a server with credentials answers: load balancers cost one dollar an hour here and two dollars there.
  const hourly: Readonly<Record<string, number>> = { "us-east-1": 1, "sa-east-1": 2 };
  await page.route("**/api/prices/*", async (route) => {
    const region = new URL(route.request().url()).pathname.split("/").pop() ?? "";
    if (!isRegion(region)) return route.abort();
    const text = readFileSync(new URL(`../lib/cost/prices/data/${region}.json`, import.meta.url), "utf8");
    const data: RegionPrices = JSON.parse(text);
    const { unit } = data.skus["alb.hour"];
    const note = "AWS Price List API, AWSELB (2026-11-24)";
    Object.assign(data.skus, { "alb.hour": { unit, price: hourly[region], source: [], note } });
    const says = "1 price is AWS's own, asked within the last day; 80 are the bundled ones of 2026-11-21.";
    return route.fulfill({ json: { says, live: 1, bundled: 80, data } });
  });
  const { cost } = designer;
  await designer.open();
  await cost.show();
  await cost.view("Lines");
  await expect(cost.panel.getByRole("row", { name: /Application Load Balancer hours/ }).first()).toContainText(
    "$730.00",
  );
  await cost.view("Compare");
  await cost.panel.getByLabel("Compare with").selectOption("region sa-east-1");
  const hours = cost.panel.getByRole("row", { name: /Application Load Balancer hours/ });
  await expect(hours).toContainText("$730.00");
  await expect(hours).toContainText("$1,460.00");
});
