import type { Document } from "../lib/document/document";
import { starters } from "../lib/document/starters";
import { sampleDesign } from "../lib/testing/sample-design";
import { webDesign, withProps } from "./designs";
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
  await expect(
    canvas.edge(/^Front door forwards to Web, blocked, tcp\/8080, FrontDoorSecurityGroup → WebSecurityGroup, 1 error$/),
  ).toHaveCount(1);

  await flows.show();
  await expect(flows.tab).toContainText("1 blocked");
  const hop = flows.hops("Front door → Web", "No rule of WebSecurityGroup lets tcp/8080 in");
  await expect(hop).toContainText("Blocked");
  await hop.getByRole("button", { name: "Fix: Let the load balancer in" }).click();

  // Rows that are open stand folded, a moment after the canvas.
  await expect(hop).toHaveCount(0);
  await flows.unfold("Front door → Web");
  await expect(flows.hops("Front door → Web")).toHaveText([/^✓Open/, /^✓Open/, /^✓Open/, /^✓Open/]);
  await expect(canvas.edge(/^Front door forwards to Web, open, tcp\/8080/)).toHaveCount(1);
  await expect(flows.tab).not.toContainText("blocked");

  await designer.undo.click();
  await expect(hop).toContainText("Blocked");
});

test("two picked nodes are traced hop by hop, and the way is lit", async ({ designer, page }) => {
  const { flows, canvas, inspector } = designer;
  await designer.openDesign(broken());
  await flows.mode.check();
  await canvas.select("Users");
  await expect(canvas.region).toContainText("Shift-click another node to trace the way from Users");
  await canvas
    .node("Web")
    .getByText("Web", { exact: true })
    .first()
    .click({ modifiers: ["Shift"] });
  await expect(canvas.edge(/^Users sends requests to Front door/).locator("[data-traced=true]")).toHaveCount(1);
  await expect(canvas.edge(/^Web runs/).locator("[data-traced=false]")).toHaveCount(1);

  // By key, as by the button of the inspector and the command palette.
  await page.keyboard.press("t");
  const trace = flows.trace("Users", "Web");
  await expect(trace.getByRole("status")).toHaveText(
    "A packet from Users does not reach Web: No rule of WebSecurityGroup lets tcp/8080 in from FrontDoorSecurityGroup.",
  );

  // Following a hop to its field leaves the trace.
  await trace.getByRole("button", { name: "FrontDoor → FrontDoorWebTargetGroup", exact: true }).click();
  await expect(inspector.name).toHaveValue("Front door");
  await expect(flows.from).toHaveValue(/./);

  await trace.getByRole("button", { name: "Fix: Let the load balancer in" }).first().click();
  await expect(trace.getByRole("status")).toHaveText("A packet gets from Users to Web.");
  await expect(trace.getByRole("button", { name: /^Fix/ })).toHaveCount(0);
});

test("a trace is chosen by keyboard; where nothing leads it says so and offers the other way", async ({ designer }) => {
  const { flows, canvas } = designer;
  await designer.openDesign(webDesign());
  await flows.show();
  await flows.from.selectOption({ label: "Web task" });
  await flows.to.selectOption({ label: "Users" });
  const nothing = flows.trace("Web task", "Users");
  await expect(nothing.getByRole("status")).toContainText("No drawn connection leads from Web task to Users");
  await nothing.getByRole("button", { name: "Trace the other way" }).click();
  const found = flows.trace("Users", "Web task");
  await expect(found.getByRole("status")).toHaveText("A packet gets from Users to Web task.");
  await expect(found.getByRole("button", { name: "Front door → Web", exact: false }).first()).toBeVisible();

  // To what the task asks of AWS, over the connection that says so.
  await flows.from.selectOption({ label: "Web" });
  await flows.to.selectOption({ label: "Web image" });
  await expect(flows.trace("Web", "Web image").getByRole("status")).toHaveText("A packet gets from Web to Web image.");

  await flows.clearTrace.click();
  await expect(flows.connection("Front door → Web")).toBeVisible();
  await expect(canvas.edges.locator("[data-traced]")).toHaveCount(0);
});

test("the checklist says whether each task will start, and mends what stops it", async ({ designer }) => {
  const { flows, canvas, inspector } = designer;
  await designer.openDesign(webDesign({ vpc: { natGateways: "none" } }));
  await flows.show();
  await flows.view("Start-up");
  const task = flows.task("Web task in Web");
  await expect(task).toContainText("Will not start");
  await expect(task.getByRole("listitem").filter({ hasText: "Images" })).toContainText("Fails");

  await canvas.select("Web");
  await inspector.tab("Findings").click();
  const section = inspector.panel.getByRole("region", { name: "Start-up" });
  await expect(section).toContainText(/Will not start\s*because: .*no route to/);

  await task
    .getByRole("button", { name: /^Fix: / })
    .first()
    .click();
  await expect(task).toContainText("Will start");
  await expect(section.getByRole("button", { name: /Will start/ })).toBeVisible();
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

test("an opening that serves nothing is removed in one step, which undo takes back", async ({ designer }) => {
  const { flows } = designer;
  await designer.openDesign(broken());
  await flows.show();
  await flows.openings.getByRole("button", { name: "Remove this rule" }).click();
  await expect(flows.openings).toContainText("none");
  await expect(flows.openings.getByRole("listitem")).toHaveCount(0);

  await designer.undo.click();
  await expect(flows.openings.getByRole("listitem")).toHaveCount(1);
  await flows.view("Security groups");
  await flows.rules("tcp/5432").getByRole("button", { name: "Remove this rule" }).click();
  await expect(flows.rules("tcp/5432")).toHaveCount(0);
});

test("short connections wear their ports and their pair of groups, and their names say all of it", async ({
  designer,
}) => {
  const { flows, canvas } = designer;
  await designer.openDesign(starters.find(({ id }) => id === "web-fargate")?.document as Document);
  await flows.mode.check();
  await canvas.closer();
  const forward = canvas.edge(
    /^Front door forwards to Web, open, tcp\/8080, FrontDoorSecurityGroup → WebSecurityGroup$/,
  );
  for (const words of ["✓ 8080", "FrontDoor", "→ Web"])
    await expect(forward.getByText(words, { exact: true }).filter({ visible: true })).toHaveCount(1);
  const request = canvas.edge(/^Users sends requests to Front door, open, tcp\/443, tcp\/80, Users → /);
  await expect(request.getByText("→ FrontDoor", { exact: true })).toBeVisible();
});

test("the inspector of a connection shows its hops, leads to their fields and mends the one that blocks", async ({
  designer,
}) => {
  const { inspector, canvas } = designer;
  await designer.openDesign(broken());
  const forward = /^Front door forwards to Web/;
  await canvas.selectEdge(forward);
  await inspector.tab("Flow").click();
  const hops = inspector.panel.getByRole("region", { name: "What a packet meets" });
  await expect(hops).toContainText("A packet does not get through.");
  const shut = hops.getByRole("listitem").filter({ hasText: "No rule of WebSecurityGroup lets tcp/8080 in" });
  await shut.getByRole("button", { name: "Fix: Let the load balancer in" }).click();
  await expect(hops).toContainText("A packet gets through.");
  await expect(hops.getByRole("button", { name: /^Fix/ })).toHaveCount(0);

  await hops.getByRole("listitem").filter({ hasText: "The listener on port 443" }).getByRole("button").first().click();
  await expect(inspector.name).toHaveValue("Front door");

  // What a task asks of AWS has hops too; a line over which nothing travels has none.
  await canvas.selectEdge(/^app of Web task pulls .*Web image/);
  await inspector.tab("Flow").click();
  await expect(hops).toContainText("A packet gets through.");
  await canvas.selectEdge(/^Web runs Web task/);
  await expect(inspector.tab("Flow")).toHaveCount(0);
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

test("what is blocked is counted over the canvas and gone through place by place, by button and by key", async ({
  designer,
  page,
}) => {
  const { flows, canvas, inspector } = designer;
  await designer.openDesign(webDesign({ service: { securityGroups: { mode: "own" } }, vpc: { natGateways: "none" } }));
  await flows.mode.check();
  // The balancer, the image along its line, and the logs, for which there is no line.
  await expect(flows.blocked).toContainText("3 blocked");
  await expect(designer.announced).toHaveText("3 blocked.");
  await expect(flows.tab).toContainText("3 blocked");
  await expect(canvas.edge(/^app of Web task pulls .*Web image, blocked, tcp\/443/)).toHaveCount(1);

  const [forward, pull] = [canvas.edge(/^Front door forwards to Web/), canvas.edge(/^app of Web task pulls/)];
  const packet = inspector.panel.getByRole("region", { name: "What a packet meets" });
  await flows.nextBlocked.click();
  await expect(forward).toHaveClass(/selected/);
  await expect(packet).toContainText("A packet does not get through.");
  await expect(designer.announced).toHaveText(
    "Blocked, 1 of 3: Front door → Web. No rule of WebSecurityGroup lets tcp/8080 in from FrontDoorSecurityGroup.",
  );
  await page.keyboard.press("b");
  await expect(pull).toHaveClass(/selected/);
  await expect(packet).toContainText("no route to the image of app");
  await page.keyboard.press("b");
  await expect(canvas.node("Web")).toHaveClass(/selected/);
  await expect(designer.announced).toHaveText(/^Blocked, 3 of 3: Web\. .*CloudWatch Logs/);
  await page.keyboard.press("b");
  await expect(forward).toHaveClass(/selected/);
  await page.keyboard.press("Shift+B");
  await expect(canvas.node("Web")).toHaveClass(/selected/);

  // In the panel the row of what is selected is marked and in view.
  await flows.show();
  await flows.nextBlocked.click();
  await expect(flows.connection("Front door → Web")).toBeInViewport();
  await packet.getByRole("button", { name: "Fix: Let the load balancer in" }).click();
  await expect(flows.blocked).toContainText("2 blocked");
  await designer.undo.click();
  await expect(flows.blocked).toContainText("3 blocked");
});

test("the views of the panel say where there is something to look at", async ({ designer }) => {
  const { flows } = designer;
  await designer.openDesign(broken());
  await flows.show();
  const views = flows.panel.getByRole("group", { name: "Show" }).getByRole("radio");
  await expect(views.nth(0)).toHaveAccessibleName("Connections 1 blocked");
  await expect(views.nth(1)).toHaveAccessibleName("Security groups 1 opening serves no connection");
  await expect(views.nth(2)).toHaveAccessibleName("Start-up 1 will not start");
  await flows.view("Start-up");
  await expect(flows.starts).toContainText("1 will not start");

  await designer.openFile("derived.bayplan.json", JSON.stringify(webDesign()));
  await expect(views.nth(2)).toHaveAccessibleName("Start-up");
  await expect(flows.starts).toContainText("all will start");
});

test("in a crowd lines have their colours from afar too, what is blocked in red", async ({ designer }) => {
  const { flows, canvas } = designer;
  const design = sampleDesign(42, 300);
  const onFargate = ({ to }: { to: string }) =>
    (design.nodes[to]?.props as { launchType?: string } | undefined)?.launchType === "FARGATE";
  const service = Object.values(design.edges).find((edge) => edge.relation === "forward" && onFargate(edge))?.to ?? "";
  await designer.openDesign(withProps(design, service, { securityGroups: { mode: "own", ingress: [] } }));
  await flows.mode.check();
  await expect(flows.blocked).toContainText("1 blocked");
  await canvas.fit();
  await expect.poll(() => canvas.crowdColours()).toEqual({ red: true, green: true });

  // From so far away nothing can be made out: the way to a place leads near it.
  await flows.show();
  await flows.panel
    .getByRole("region", { name: "Traffic" })
    .getByRole("button", { name: / forwards to$/ })
    .first()
    .click();
  await expect(canvas.region.locator("[data-zoom=far]")).toHaveCount(0);
});

test("who mends by key goes on from there: the focus stays in the row, or comes to the one beside it", async ({
  designer,
  page,
}) => {
  const { flows } = designer;
  await designer.openDesign(broken());
  await flows.show();
  const hop = flows.hops("Front door → Web", "No rule of WebSecurityGroup");
  await hop.getByRole("button", { name: "Fix: Let the load balancer in" }).focus();
  await page.keyboard.press("Enter");
  await expect(hop).toHaveCount(0);
  await expect(
    flows.connection("Front door → Web").getByRole("button", { name: "Hops of Front door → Web" }),
  ).toBeFocused();

  // The last of its list: the panel.
  await flows.openings.getByRole("button", { name: "Remove this rule" }).focus();
  await page.keyboard.press("Enter");
  await expect(flows.openings.getByRole("listitem")).toHaveCount(0);
  await expect(flows.panel).toBeFocused();
});

test("the permissions say who may do what the drawing needs, what is missing and what is allowed for nothing", async ({
  designer,
}) => {
  const { flows, inspector } = designer;
  const statements = [{ actions: ["sqs:ReceiveMessage"], resources: ["*"] }];
  const design = webDesign({ task: { taskRole: { mode: "own", statements } } }, (draft, web) => {
    const queue = draft.add("sqsQueue", {}, { name: "Orders" });
    draft.document.layout[queue] = { x: 1600, y: 400 };
    draft.connect(web.container, "send", queue);
  });
  await designer.openDesign(design);
  await flows.show();
  await expect(flows.panel.getByRole("radio", { name: "Permissions 1 denied" })).toBeVisible();
  await flows.view("Permissions");
  const send = flows.permissions("Web task → Orders");
  await expect(send).toContainText("Denied");
  await expect(send).toContainText("No statement lets WebTaskTaskRole do sqs:SendMessage on arn:aws:sqs:us-east-1:");
  const beyond = flows.panel.getByRole("region", { name: "Allowed beyond that" }).getByRole("listitem");
  await expect(beyond).toContainText("sqs:ReceiveMessage");
  await expect(flows.permissions("Web task → Web image")).toContainText("Allowed");
  await expect(flows.panel).toContainText("policies of the organisation (SCPs, RCPs)");

  // From the sentence to the role that lacks it, and mended there.
  await send.getByRole("button", { name: /^No statement lets/ }).click();
  await expect(inspector.name).toHaveValue("Web task");
  await send.getByRole("button", { name: /^Fix: / }).click();
  await expect(send).toContainText("Allowed");
  await designer.undo.click();
  await expect(send).toContainText("Denied");
});
