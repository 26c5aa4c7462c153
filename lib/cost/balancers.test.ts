import { beforeAll, describe, expect, it } from "vitest";
import { buildModel } from "../model/build";
import { lower } from "../stack/lower";
import { type Draft, draw } from "../testing/draw";
import { fargateWeb } from "../testing/presets";
import type { Estimate } from "./cost";
import { estimate } from "./estimate";
import { loadPrices, type PriceBook } from "./prices";

/** Figures are worked out by hand from AWS's pricing pages for us-east-1. */
let book: PriceBook;
beforeAll(async () => {
  const loaded = await loadPrices("us-east-1");
  if (loaded.ok) book = loaded.value;
});

const give = (draft: Draft, id: string, figures: Record<string, number>): void => {
  draft.document.usage.scenarios.typical[id] = figures;
};
function costOf(build: (draft: Draft) => void): Estimate {
  const model = buildModel(draw(build));
  return estimate(model, lower(model), book, { scenario: "typical", environment: null });
}
const named = (lines: readonly { item: string }[], text: string) => lines.filter((line) => line.item.includes(text));

describe("load balancers", () => {
  it("count the capacity units of a Network Load Balancer by the protocol of each listener", () => {
    const ids = { nlb: "" };
    const cost = costOf((draft) => {
      const { vpc, service } = fargateWeb(draft);
      ids.nlb = draft.add(
        "nlb",
        {
          listeners: [
            { port: 80, protocol: "TCP" },
            { port: 53, protocol: "UDP" },
            { port: 443, protocol: "TLS", certificate: { from: "parameter" } },
          ],
        },
        { parent: vpc },
      );
      give(draft, ids.nlb, { requestsPerSecond: 2050, requestKb: 0, responseKb: 0, connectionSeconds: 1 });
      for (const [listenerPort, requestsPerSecond] of [
        [80, 1600],
        [53, 400],
        [443, 50],
      ])
        give(draft, draft.connect(ids.nlb, "forward", service, { listenerPort, containerPort: 8080 }), {
          requestsPerSecond: requestsPerSecond ?? 0,
        });
    });
    const units = cost.lines.find(({ node, item }) => node === ids.nlb && item.includes("capacity unit"));
    // https://aws.amazon.com/elasticloadbalancing/pricing/: 1,600 of 800 new flows, 400 of 400 and 50 of 50, at 0.006.
    expect(units?.amount).toBeCloseTo(730 * (2 + 1 + 1) * 0.006, 9);
  });

  // https://aws.amazon.com/elasticloadbalancing/pricing/: ten rules are free, 1,000 evaluations a second are one unit.
  it("count the rules of one listener, and say that a request is held against all of them", () => {
    const ids = { alb: "" };
    const units = (ports: readonly number[]) => {
      const cost = costOf((draft) => {
        const vpc = draft.add("vpc");
        const cluster = draft.add("cluster", {}, { parent: vpc });
        ids.alb = draft.add(
          "alb",
          {
            listeners: [
              { port: 80, protocol: "HTTP" },
              { port: 8080, protocol: "HTTP" },
            ],
          },
          { parent: vpc },
        );
        give(draft, ids.alb, { requestsPerSecond: 500, requestKb: 0, responseKb: 0, requestsPerConnection: 1000 });
        for (const [at, listenerPort] of ports.entries()) {
          const service = draft.add("service", { launchType: "FARGATE" }, { parent: cluster });
          draft.connect(ids.alb, "forward", service, { listenerPort, pathPatterns: [`/${at}`] });
        }
      });
      return cost.lines.find(({ node, item }) => node === ids.alb && item.includes("capacity unit"));
    };
    const one = units(Array.from({ length: 14 }, () => 80));
    expect(one?.amount).toBeCloseTo(730 * ((500 * 4) / 1000) * 0.008, 9);
    expect(one?.assumption).toContain("each request held against all 14 rules of a listener");
    // Seven rules on each: new connections are most, half a one a second of 25.
    const two = units(Array.from({ length: 14 }, (_, at) => (at % 2 === 0 ? 80 : 8080)));
    expect(two?.amount).toBeCloseTo((730 * 0.008 * 0.5) / 25, 9);
    expect(two?.assumption ?? "").not.toContain("rules");
  });
});

describe("images", () => {
  it("send images of another Region past the endpoints, and say that their transfer has no price here", () => {
    const pull = (image: string) => {
      const ids = { task: "" };
      const cost = costOf((draft) => {
        const web = fargateWeb(draft, { vpc: { gatewayEndpoints: ["s3"] } });
        const service = draft.add("service", { launchType: "FARGATE", desiredCount: 2 }, { parent: web.cluster });
        ids.task = draft.add(
          "taskDefinition",
          {
            cpu: 256,
            memory: 512,
            networkMode: "awsvpc",
            requiresCompatibilities: ["FARGATE"],
            containerDefinitions: { c1: { name: "app", image } },
          },
          { parent: web.cluster },
        );
        draft.connect(service, "run", ids.task);
        give(draft, ids.task, { imageMb: 1024, logsGb: 0 });
        give(draft, service, { deployments: 10 });
      });
      const of = (text: string) => cost.lines.filter(({ node, item }) => node === ids.task && item.includes(text));
      return { nat: of("NAT gateways")[0]?.quantity, unknown: named(cost.unknown, "Image data") };
    };
    // 10 deployments of two tasks, 1 GB each.
    const far = pull("123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1");
    expect(far.nat).toBeCloseTo(20, 9);
    expect(far.unknown).toEqual([expect.objectContaining({ quantity: 20, unit: "GB" })]);
    expect(pull("123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1")).toEqual({ nat: undefined, unknown: [] });
    expect(pull("123456789012.dkr-ecr.us-east-1.on.aws/app:1")).toEqual({ nat: undefined, unknown: [] });
  });

  it("that KMS encrypts ask it, and AWS does not say how often", () => {
    const unknown = (encryption: "AES256" | "KMS") =>
      costOf((draft) => void draft.add("ecrRepository", { encryption })).unknown.map(({ item }) => item);
    expect(unknown("KMS")).toEqual(["KMS requests for images"]);
    expect(unknown("AES256")).toEqual([]);
  });
});
