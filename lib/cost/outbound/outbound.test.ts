import { beforeAll, describe, expect, it } from "vitest";
import { buildModel } from "../../model/build";
import { lower } from "../../stack/lower";
import { type Draft, draw } from "../../testing/draw";
import { ec2Web, fargateWeb, type Web } from "../../testing/presets";
import type { Estimate } from "../cost";
import { estimate } from "../estimate";
import { loadPrices, type PriceBook } from "../prices";

// us-east-1, https://aws.amazon.com/vpc/pricing/: NAT gateway 0.045 a GB; https://aws.amazon.com/privatelink/pricing/:
// interface endpoint 0.01 a GB; https://aws.amazon.com/ec2/pricing/on-demand/: between zones 0.01 a GB on each side.
let book: PriceBook;
beforeAll(async () => {
  const loaded = await loadPrices("us-east-1");
  if (loaded.ok) book = loaded.value;
});

const give = (draft: Draft, id: string, figures: Record<string, number>): void => {
  draft.document.usage.scenarios.typical[id] = figures;
};
const costOf = (build: (draft: Draft) => void): Estimate => {
  const model = buildModel(draw(build));
  return estimate(model, lower(model), book, { scenario: "typical", environment: null });
};
const paid = (cost: Estimate, payer: string, item: string): number =>
  cost.lines
    .filter((line) => (line.edge ?? line.node) === payer && line.item.includes(item))
    .reduce((sum, { amount }) => sum + amount, 0);

/** Two tasks, ten deployments a month, an image of 512 MB: 20 pulls of half a GB. */
function web(change: Parameters<typeof fargateWeb>[1], preset: typeof fargateWeb = fargateWeb) {
  let ids = {} as Web & { pull: string };
  const cost = costOf((draft) => {
    const drawn = preset(draft, change);
    const pull = Object.entries(draft.document.edges).find(([, { relation }]) => relation === "pull")?.[0] ?? "";
    ids = { ...drawn, pull };
    give(draft, drawn.service, { deployments: 10 });
    give(draft, pull, { imageMb: 512 });
    give(draft, drawn.task, { logsGb: 40 });
    give(draft, drawn.vpc, { internetGb: 0, internetInGb: 0 });
  });
  return { cost, ids };
}

describe("what leaves a VPC", () => {
  it("pays for images on the connection that pulls them, and half of it for the other zone's way to one gateway", () => {
    const { cost, ids } = web({});
    expect(paid(cost, ids.pull, "NAT gateways")).toBeCloseTo(10 * 0.045, 8);
    expect(paid(cost, ids.pull, "Availability Zones")).toBeCloseTo(5 * 2 * 0.01, 8);
    expect(paid(cost, ids.task, "NAT gateways")).toBeCloseTo(40 * 0.045, 8);
    expect(paid(cost, ids.vpc, "NAT gateways")).toBe(0);
    const perZone = web({ vpc: { natGateways: "perZone", availabilityZones: 3 } });
    expect(paid(perZone.cost, ids.pull, "NAT gateways")).toBeCloseTo(10 * 0.045, 8);
    expect(perZone.cost.lines.filter(({ item }) => item.includes("Availability Zones"))).toEqual([]);
  });

  it("goes by the routes: S3's gateway endpoint carries layers for nothing, endpoints of ECR carry none", () => {
    const ecr = web({ vpc: { interfaceEndpoints: ["ecr.api", "ecr.dkr"] } });
    expect(paid(ecr.cost, ecr.ids.pull, "NAT gateways")).toBeCloseTo(10 * 0.045, 8);
    const s3 = web({ vpc: { gatewayEndpoints: ["s3"] } });
    expect(s3.cost.lines.filter(({ edge }) => edge === s3.ids.pull)).toEqual([]);
    expect(s3.cost.free.find(({ edge }) => edge === s3.ids.pull)?.why).toContain("no NAT gateway");
    const logs = web({ vpc: { interfaceEndpoints: ["logs"] } });
    expect(paid(logs.cost, logs.ids.task, "NAT gateways")).toBe(0);
    expect(paid(logs.cost, logs.ids.task, "interface endpoints")).toBeCloseTo(40 * 0.01, 8);
    const open = web({ service: { tier: "public", assignPublicIp: true } });
    expect(paid(open.cost, open.ids.pull, "NAT gateways") + paid(open.cost, open.ids.task, "NAT gateways")).toBe(0);
    const isolated = web({ service: { tier: "isolated" } });
    expect(isolated.cost.lines.filter(({ edge }) => edge === isolated.ids.pull)).toEqual([]);
  });

  it("takes the way of the instances for images and logs of tasks on EC2", () => {
    const { cost, ids } = web({}, ec2Web);
    expect(paid(cost, ids.pull, "NAT gateways")).toBeCloseTo(10 * 0.045, 8);
    const open = (draft: Draft, change?: Parameters<typeof ec2Web>[1]): Web =>
      ec2Web(draft, { ...change, capacity: { tier: "public" } });
    const outside = web({}, open);
    expect(paid(outside.cost, outside.ids.pull, "NAT gateways")).toBe(0);
  });

  it("follows messages: those sent by the sender, those polled by the poller, shared among several", () => {
    let edges = { send: "", poll: "", objects: "", hub: "" };
    const cost = costOf((draft) => {
      const drawn = fargateWeb(draft, { vpc: { natGateways: "perZone", interfaceEndpoints: ["sqs"] } });
      const plain = fargateWeb(draft, { vpc: { natGateways: "perZone" } });
      const queue = draft.add("sqsQueue");
      give(draft, queue, { messages: 1_048_576, messageKb: 2 });
      const send = draft.connect(plain.container, "send", queue);
      draft.connect(drawn.container, "send", queue);
      const poll = draft.connect(queue, "poll", drawn.service);
      const objects = draft.connect(plain.container, "access", draft.add("s3Bucket"));
      give(draft, objects, { transferGb: 7 });
      edges = { send, poll, objects, hub: "" };
    });
    // 1 Mi messages of 2 KB are 2 GB; two senders have one each.
    expect(paid(cost, edges.send, "NAT gateways")).toBeCloseTo(1 * 0.045, 8);
    expect(paid(cost, edges.poll, "interface endpoints")).toBeCloseTo(2 * 0.01, 8);
    expect(paid(cost, edges.objects, "NAT gateways")).toBeCloseTo(7 * 0.045, 8);
  });

  it("counts images that a container names by itself, once for each run that is started", () => {
    let task = "";
    const cost = costOf((draft) => {
      const vpc = draft.add("vpc", { natGateways: "perZone" });
      const cluster = draft.add("cluster", {}, { parent: vpc });
      task = draft.add(
        "taskDefinition",
        {
          cpu: 256,
          memory: 512,
          networkMode: "awsvpc",
          requiresCompatibilities: ["FARGATE"],
          containerDefinitions: { c1: { name: "app", image: "nginx:1.27" } },
        },
        { parent: cluster },
      );
      const schedule = draft.add("eventSchedule", { scheduleExpression: "rate(1 hour)" });
      draft.connect(schedule, "runTask", task, { cluster, taskCount: 2 });
      give(draft, task, { imageMb: 1024, logsGb: 0 });
    });
    // 730 runs of two tasks, 1 GB each.
    expect(paid(cost, task, "NAT gateways")).toBeCloseTo(1460 * 0.045, 8);
  });

  it("leaves all to a figure that the person gave for the VPC as a whole", () => {
    let ids = {} as Web;
    const cost = costOf((draft) => {
      ids = fargateWeb(draft);
      give(draft, ids.vpc, { natGb: 300, internetGb: 5 });
    });
    const lines = cost.lines.filter(({ item }) => item.includes("NAT gateways"));
    expect(lines).toEqual([expect.objectContaining({ node: ids.vpc, quantity: 300, amount: 300 * 0.045 })]);
  });

  it("asks once for each secret that a starting task reads, and says what was assumed", () => {
    let secret = "";
    const cost = costOf((draft) => {
      const drawn = fargateWeb(draft, { service: { desiredCount: 3 } });
      secret = draft.add("secret");
      draft.connect(drawn.container, "inject", secret, { name: "PASSWORD" });
    });
    const line = cost.lines.find(({ node, item }) => node === secret && item.includes("calls"));
    // 8 deployments are assumed.
    expect(line).toMatchObject({
      quantity: 24,
      assumption: "Deployments a month 8 deployments, until the usage says otherwise.",
    });
  });
});
