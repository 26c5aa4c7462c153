import { beforeAll, describe, expect, it } from "vitest";
import type { Document } from "../document/document";
import { buildModel } from "../model/build";
import { lower } from "../stack/lower";
import { type Draft, draw } from "../testing/draw";
import { ec2Web, fargateWeb } from "../testing/presets";
import type { Estimate } from "./cost";
import { estimate } from "./estimate";
import { loadPrices, type PriceBook } from "./prices";

/** Figures here are worked out by hand from AWS's pricing pages for us-east-1, each named beside it. */
let book: PriceBook;
beforeAll(async () => {
  const loaded = await loadPrices("us-east-1");
  if (loaded.ok) book = loaded.value;
});

const give = (draft: Draft, id: string, figures: Record<string, number>): void => {
  draft.document.usage.scenarios.typical[id] = figures;
};
const costOfDocument = (document: Document): Estimate => {
  const model = buildModel(document);
  return estimate(model, lower(model), book, { scenario: "typical", environment: null });
};
const costOf = (build: (draft: Draft) => void): Estimate => costOfDocument(draw(build));
const paid = (cost: Estimate, item: string, payer?: string): number =>
  cost.lines
    .filter((line) => line.item.includes(item) && (payer === undefined || (line.edge ?? line.node) === payer))
    .reduce((sum, { amount }) => sum + amount, 0);

it("a web service on Fargate, a whole month line by line", () => {
  const cost = costOf((draft) => void fargateWeb(draft));
  const hours = 730;
  const requests = hours * 3600;
  const logs = requests / 1024 / 1024;
  const images = (8 * 2 * 250) / 1024;
  const expected = [
    // https://aws.amazon.com/fargate/pricing/: two tasks of 0.25 vCPU and 0.5 GB.
    hours * 2 * 0.25 * 0.04048,
    hours * 2 * 0.5 * 0.004445,
    // https://aws.amazon.com/elasticloadbalancing/pricing/: one new connection a second is 1/25 of a unit, the largest part.
    hours * 0.0225,
    (hours / 25) * 0.008,
    // https://aws.amazon.com/vpc/pricing/: one gateway and three addresses, two of them the load balancer's.
    hours * 0.045,
    hours * 3 * 0.005,
    // Through the gateway: logs, images, one GB out and one in; half of it crosses zones, paid on both sides.
    (logs + images + 2) * 0.045,
    (logs + images + 2) * 0.01,
    // https://aws.amazon.com/ec2/pricing/on-demand/: 10 KB a response, and the gateway's GB.
    (10 * logs + 1) * 0.09,
    // https://aws.amazon.com/cloudwatch/pricing/: 1 KB a request, kept 30 days at 15 %.
    logs * 0.5,
    ((logs * 0.15 * 30) / (730 / 24)) * 0.03,
    // https://aws.amazon.com/ecr/pricing/
    10 * 0.1,
  ];
  expect(cost.total).toBeCloseTo(
    expected.reduce((sum, one) => sum + one, 0),
    8,
  );
  expect(cost.unknown).toEqual([]);
});

describe("what is easily forgotten", () => {
  it("logs that go elsewhere are named where tasks run that write them", () => {
    const unknown = (options: Record<string, string>, logDriver: "awslogs" | "awsfirelens", desiredCount = 2) =>
      costOf((draft) => {
        fargateWeb(draft, { container: { logConfiguration: { logDriver, options } }, service: { desiredCount } });
      }).unknown.map(({ item }) => item);
    expect(unknown({ Name: "s3" }, "awsfirelens")).toEqual(["Logs sent by FireLens"]);
    expect(unknown({ "awslogs-region": "eu-west-1" }, "awslogs")).toEqual(["Log data to another Region"]);
    expect(unknown({ "awslogs-region": "us-east-1" }, "awslogs")).toEqual([]);
  });

  it("logs are paid too where their group exists already", () => {
    let task = "";
    const cost = costOf((draft) => {
      task = fargateWeb(draft, {
        container: { logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": "/apps/web" } } },
      }).task;
      give(draft, task, { logsGb: 20 });
    });
    // https://aws.amazon.com/cloudwatch/pricing/: 0.50 a GB.
    expect(paid(cost, "Logs written", task)).toBeCloseTo(10, 8);
    expect(cost.unknown.find(({ item }) => item === "Logs stored")?.why).toContain("outside this design");
  });

  it("tasks that poll ask on while nothing is there", () => {
    const queueOf = (messages: number, receiveMessageWaitTimeSeconds = 20): Estimate =>
      costOf((draft) => {
        const web = fargateWeb(draft, { service: { desiredCount: 3 } });
        const queue = draft.add("sqsQueue", { receiveMessageWaitTimeSeconds });
        draft.connect(queue, "poll", web.service);
        give(draft, queue, { messages, messageKb: 1 });
      });
    // 2,628,000 s a month, three tasks that wait 20 s each: 394,200 requests at 0.40 a million, less those with a message.
    // https://aws.amazon.com/sqs/pricing/
    expect(paid(queueOf(0), "without a message")).toBeCloseTo(394_200 * 4e-7, 10);
    expect(paid(queueOf(100_000), "without a message")).toBeCloseTo(294_200 * 4e-7, 10);
    expect(paid(queueOf(1_000_000), "without a message")).toBe(0);
    expect(queueOf(0, 0).unknown.map(({ item }) => item)).toContain("SQS requests without a message");
  });

  it("files that turn cold pay for the move", () => {
    const cost = costOf((draft) => {
      const efs = draft.add("efs");
      give(draft, efs, { storedGb: 100, infrequentPercent: 80, infrequentGb: 0, readGb: 0, writtenGb: 50 });
    });
    // https://aws.amazon.com/efs/pricing/: 0.30 and 0.016 a GB stored, 0.06 a GB written, 0.01 a GB moved: 80 % of 50.
    expect(paid(cost, "EFS")).toBeCloseTo(20 * 0.3 + 80 * 0.016 + 50 * 0.06 + 40 * 0.01, 8);
  });

  it("a file system in one zone is reached from the other across zones", () => {
    const crossing = (oneZone: boolean): number => {
      let mount = "";
      const cost = costOf((draft) => {
        const web = fargateWeb(draft);
        const efs = draft.add("efs", { oneZone }, { parent: web.vpc });
        give(draft, efs, { readGb: 60, writtenGb: 40 });
        mount = draft.connect(web.container, "mount", efs);
      });
      return paid(cost, "Availability Zones", mount);
    };
    // Half of 100 GB, 0.01 on each side.
    expect(crossing(true)).toBeCloseTo(50 * 0.02, 8);
    expect(crossing(false)).toBe(0);
  });

  it("objects encrypted by KMS make a call for each request", () => {
    const kms = (encryption: "SSE-KMS" | "SSE-S3"): number =>
      paid(
        costOf((draft) => give(draft, draft.add("s3Bucket", { encryption }), { reads: 900_000, writes: 100_000 })),
        "KMS",
      );
    // https://aws.amazon.com/kms/pricing/: 0.03 for 10,000.
    expect(kms("SSE-KMS")).toBeCloseTo(3, 8);
    expect(kms("SSE-S3")).toBe(0);
  });

  it("Container Insights has as many metrics as AWS lists of a cluster, its services and its task definitions", () => {
    const insights = (containerInsights: "enabled" | "enhanced"): Estimate =>
      costOf((draft) => {
        const web = fargateWeb(draft, { cluster: { containerInsights } });
        const nightly = draft.add(
          "taskDefinition",
          {
            cpu: 256,
            memory: 512,
            networkMode: "awsvpc",
            requiresCompatibilities: ["FARGATE"],
            containerDefinitions: { c1: { name: "app", image: "public.ecr.aws/nginx/nginx:1.27" } },
          },
          { parent: web.cluster },
        );
        const schedule = draft.add("eventSchedule", { scheduleExpression: "rate(10 hours)" });
        draft.connect(schedule, "runTask", nightly, { cluster: web.cluster });
        give(draft, schedule, { runMinutes: 5 });
      });
    // 11 of the cluster, 13 of the service, 8 of its definition, two of storage each; 73 hours of 730 for the other's 10.
    // https://aws.amazon.com/cloudwatch/pricing/: 0.30 each.
    const known = insights("enabled");
    expect(paid(known, "Container Insights")).toBeCloseTo((13 + 15 + 10 + 1) * 0.3, 8);
    expect(known.unknown.map(({ item }) => item)).toContain("Container Insights logs");
    // AWS lists no number for single tasks and containers.
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/ContainerInsights.html: either way they come from logs.
    expect(insights("enhanced").unknown.map(({ item }) => item)).toEqual(
      expect.arrayContaining(["Container Insights metrics", "Container Insights logs"]),
    );
  });

  it("an own AMI is said to be taken for Linux, a burst to be left out", () => {
    const cost = costOf((draft) => void ec2Web(draft, { capacity: { ami: "custom", minSize: 2, maxSize: 2 } }));
    expect(cost.lines.find(({ item }) => item.includes("instance hours"))?.assumption).toContain("Your own AMI");
    expect(cost.packings[0]?.notes.join(" ")).toContain("t3.medium bursts");
  });
});
