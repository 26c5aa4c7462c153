import type { Document } from "../lib/document/document";
import { webDesign } from "./designs";
import { expect, test } from "./fixtures";

/** A web service whose tasks have a security group taken over by hand, which lets in what nobody drew. */
const broken = (): Document => {
  const opening = { ipProtocol: "tcp", fromPort: 5432, toPort: 5432, peer: { cidr: "0.0.0.0/0" } } as const;
  return webDesign({ service: { securityGroups: { mode: "own", ingress: [opening] } } });
};

test("a connection that a security group blocks is red on the canvas, and its fix mends it", async ({ designer }) => {
  const { flows, canvas } = designer;
  await designer.openDesign(broken());
  await flows.mode.check();
  await expect(canvas.edge("Front door forwards to Web, blocked, 1 error")).toHaveCount(1);

  await flows.show();
  await expect(flows.tab).toContainText("1 blocked");
  const hop = flows.hops("Front door → Web", "No rule of WebSecurityGroup lets tcp/8080 in");
  await expect(hop).toContainText("Blocked");
  await hop.getByRole("button", { name: "Fix: Let the load balancer in" }).click();

  await flows.unfold("Front door → Web");
  await expect(flows.hops("Front door → Web")).toHaveText([/^✓Open/, /^✓Open/, /^✓Open/, /^✓Open/]);
  await expect(canvas.edge("Front door forwards to Web, open")).toHaveCount(1);
  await expect(flows.tab).not.toContainText("blocked");

  await designer.undo.click();
  await expect(hop).toContainText("Blocked");
});

test("a hop leads to the field that says it, and to its lines of code", async ({ designer }) => {
  const { flows, inspector, code, canvas } = designer;
  await designer.openDesign(broken());
  await flows.show();
  await flows.hops("Front door → Web", "The listener on port 443").getByRole("button").first().click();
  await expect(inspector.name).toHaveValue("Front door");
  await expect(canvas.node("Front door")).toHaveClass(/selected/);

  const shut = flows.hops("Front door → Web", "No rule of WebSecurityGroup");
  await shut.getByRole("button").first().click();
  await expect(inspector.name).toHaveValue("Web");

  await shut.getByRole("button", { name: /^Show the code of / }).click();
  await expect(code.tab).toHaveAttribute("aria-selected", "true");
  await expect(code.marked("WebSecurityGroup").first()).toBeVisible();
});

test("an opening that nobody drew is listed and leads to its rule; without one the list says so", async ({
  designer,
}) => {
  const { flows, inspector } = designer;
  await designer.openDesign(broken());
  await flows.show();
  const opening = flows.openings.getByRole("listitem");
  await expect(opening).toHaveText(/WebSecurityGroup lets tcp\/5432 in from 0\.0\.0\.0\/0, and no edge/);
  await opening.getByRole("button", { name: "Web" }).click();
  await expect(inspector.name).toHaveValue("Web");
  await expect(inspector.panel.locator('[data-field^="/securityGroups/ingress/0"]').first()).toBeVisible();

  await designer.openFile("derived.bayplan.json", JSON.stringify(webDesign()));
  await expect(flows.openings).toContainText("none");
});

test("the table of security groups says of each rule which connection it serves", async ({ designer }) => {
  const { flows, inspector } = designer;
  await designer.openDesign(broken());
  await flows.show();
  await flows.view("Security groups");
  await expect(flows.rules("tcp/443")).toContainText("Users → Front door");
  await expect(flows.rules("tcp/5432")).toContainText("Serves no connection");

  await flows.rules("tcp/5432").getByRole("button", { name: "tcp/5432" }).click();
  await expect(inspector.name).toHaveValue("Web");
});
