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
const paid = (cost: Estimate, item: string): number =>
  cost.lines.filter((line) => line.item.includes(item)).reduce((sum, { amount }) => sum + amount, 0);
const lineOf = (cost: Estimate, payer: string) => cost.lines.find(({ node, edge }) => (node ?? edge) === payer);

describe("topics", () => {
  // https://aws.amazon.com/sns/pricing/: 64 KB are one request; 0.50 a million requests, the first 100,000 deliveries over
  // HTTPS free and 0.60 a million after.
  it("deliver over HTTPS what is published, in pieces of 64 KB", () => {
    const ids = { edge: "" };
    const cost = costOf((draft) => {
      const topic = draft.add("snsTopic");
      ids.edge = draft.connect(topic, "subscribeHttps", fargateWeb(draft).alb, { host: "hooks.example.com" });
      give(draft, topic, { messages: 1_000_000, messageKb: 100 });
    });
    expect(paid(cost, "SNS publish requests")).toBeCloseTo(2 * 0.5, 9);
    expect(paid(cost, "SNS deliveries over HTTPS")).toBeCloseTo(1.9 * 0.6, 9);
    expect(lineOf(cost, ids.edge)?.assumption).toContain("one delivery of each message");
  });

  // FIFO topics: 0.30 a million requests and 0.017 a GB of payload; what they deliver is charged too, at no rate known here.
  it("of FIFO pay for the payload that their messages make, and say that deliveries have no price here", () => {
    const ids = { edge: "" };
    const cost = costOf((draft) => {
      const topic = draft.add("snsTopic", { fifo: true });
      ids.edge = draft.connect(topic, "subscribe", draft.add("sqsQueue", { fifo: true }));
      give(draft, topic, { messages: 1_000_000, messageKb: 100 });
    });
    expect(paid(cost, "SNS publish requests")).toBeCloseTo(2 * 0.3, 9);
    expect(paid(cost, "SNS published payload")).toBeCloseTo(((1_000_000 * 100) / 1024 / 1024) * 0.017, 9);
    expect(cost.unknown).toContainEqual(
      expect.objectContaining({ edge: ids.edge, item: "SNS deliveries of a FIFO topic", quantity: 1_000_000 }),
    );
    expect(cost.free.map(({ why }) => why)).not.toContain("Deliveries to SQS and Lambda are free.");
  });
});

describe("topics that no rule lets a person draw", () => {
  it("in a circle are as if nobody said what is sent", () => {
    const ids = { first: "" };
    const cost = costOf((draft) => {
      ids.first = draft.add("snsTopic");
      const second = draft.add("snsTopic");
      draft.connect(ids.first, "subscribe", second);
      draft.connect(second, "subscribe", ids.first);
    });
    expect(lineOf(cost, ids.first)?.quantity).toBe(1_000_000);
  });

  it("over one another, each told by two below, are counted once each", () => {
    const ids = { last: "" };
    const cost = costOf((draft) => {
      let below = [draft.add("snsTopic"), draft.add("snsTopic")];
      for (const topic of below) give(draft, topic, { messages: 1 });
      for (let layer = 0; layer < 25; layer += 1) {
        const above = [draft.add("snsTopic"), draft.add("snsTopic")];
        for (const topic of above) for (const other of below) draft.connect(other, "subscribe", topic);
        below = above;
      }
      [ids.last = ""] = below;
    });
    expect(lineOf(cost, ids.last)?.quantity).toBe(2 ** 25);
  });
});

describe("queues", () => {
  // https://aws.amazon.com/sqs/pricing/: sent, received and deleted, at 0.40 a million.
  it("get what their topic publishes, what their schedule sends and what is written to their bucket", () => {
    const ids = { queue: "" };
    const cost = costOf((draft) => {
      ids.queue = draft.add("sqsQueue");
      const topic = draft.add("snsTopic", {}, { name: "Orders" });
      draft.connect(topic, "subscribe", ids.queue);
      draft.connect(draft.add("eventSchedule", { scheduleExpression: "rate(1 hour)" }), "deliver", ids.queue);
      const bucket = draft.add("s3Bucket");
      draft.connect(bucket, "notify", ids.queue);
      give(draft, topic, { messages: 5000 });
      give(draft, bucket, { writes: 200 });
    });
    const line = lineOf(cost, ids.queue);
    // What an empty field shows as taken.
    expect(cost.derived.get(`${ids.queue} messages`)).toBeCloseTo(5930, 6);
    expect(line?.quantity).toBeCloseTo(3 * (5000 + 730 + 200), 6);
    expect(line?.assumption).toContain("one message for each of Orders");
  });

  it("are asked for their messages where somebody sends of whom that is not known, and keep what they were told", () => {
    const ids = { fed: "", told: "" };
    const cost = costOf((draft) => {
      const topic = draft.add("snsTopic");
      give(draft, topic, { messages: 5000 });
      ids.fed = draft.add("sqsQueue");
      ids.told = draft.add("sqsQueue");
      for (const queue of [ids.fed, ids.told]) draft.connect(topic, "subscribe", queue);
      draft.connect(fargateWeb(draft).container, "send", ids.fed);
      give(draft, ids.told, { messages: 7 });
    });
    expect(lineOf(cost, ids.fed)).toMatchObject({
      quantity: 3_000_000,
      assumption: expect.stringContaining("1,000,000"),
    });
    expect(lineOf(cost, ids.told)?.quantity).toBe(21);
  });

  it("get what their rules fire: ten times a day unless told, or for each write of the bucket that they wait for", () => {
    const ids = { events: "", objects: "" };
    const cost = costOf((draft) => {
      ids.events = draft.add("sqsQueue");
      const rule = draft.add("eventRule", { eventPattern: { source: ["aws.ecs"] } });
      draft.connect(rule, "deliver", ids.events);
      ids.objects = draft.add("sqsQueue");
      const bucket = draft.add("s3Bucket");
      const written = draft.add("eventRule");
      draft.connect(bucket, "notify", written);
      draft.connect(written, "deliver", ids.objects);
      give(draft, bucket, { writes: 5000 });
    });
    expect(lineOf(cost, ids.events)?.quantity).toBeCloseTo(3 * 10 * (730 / 24), 6);
    expect(lineOf(cost, ids.objects)?.quantity).toBeCloseTo(3 * 5000, 6);
  });

  it("get nothing from a schedule that is switched off", () => {
    const ids = { queue: "" };
    const cost = costOf((draft) => {
      ids.queue = draft.add("sqsQueue");
      const schedule = draft.add("eventSchedule", { scheduleExpression: "rate(1 hour)", state: "DISABLED" });
      draft.connect(schedule, "deliver", ids.queue);
    });
    expect(lineOf(cost, ids.queue)).toBeUndefined();
  });
});

describe("event buses", () => {
  const twoRules = (figures: Record<string, number> | undefined) => {
    const ids = { first: "", second: "" };
    const cost = costOf((draft) => {
      for (const rule of ["first", "second"] as const) {
        ids[rule] = draft.add(
          "eventRule",
          { eventBusName: "orders", eventPattern: { source: [rule] } },
          { name: rule },
        );
        draft.connect(ids[rule], "deliver", draft.add("sqsQueue"));
      }
      if (figures) give(draft, ids.second, figures);
    });
    return { cost, ids };
  };

  // https://aws.amazon.com/eventbridge/pricing/: 1.00 a million events that are published, each 64 KB one.
  it("are paid once for what is published on them, however many rules look at it", () => {
    const { cost, ids } = twoRules(undefined);
    expect(paid(cost, "Custom events")).toBeCloseTo(0.01, 12);
    expect(cost.free).toContainEqual(
      expect.objectContaining({ node: ids.second, why: expect.stringContaining("charged with first") }),
    );
  });

  it("are paid where a rule was told how many there are, in pieces of 64 KB", () => {
    const { cost, ids } = twoRules({ requests: 3_000_000, messageKb: 130 });
    expect(paid(cost, "Custom events")).toBeCloseTo(9, 9);
    expect(lineOf(cost, ids.second)?.item).toBe("Custom events");
    expect(lineOf(cost, ids.first)).toBeUndefined();
  });

  it("take data events of S3 for money, at a price that is not known here", () => {
    const ids = { bucket: "", rule: "" };
    const cost = costOf((draft) => {
      ids.bucket = draft.add("s3Bucket");
      ids.rule = draft.add("eventRule");
      draft.connect(ids.bucket, "notify", ids.rule);
      draft.connect(ids.rule, "deliver", draft.add("sqsQueue"));
      give(draft, ids.bucket, { writes: 4000 });
    });
    expect(cost.unknown).toContainEqual(
      expect.objectContaining({
        node: ids.bucket,
        item: "Events of S3 on the event bus",
        quantity: 4000,
        unit: "events",
      }),
    );
    const said = cost.free.filter(({ node, type }) => node === ids.rule && type === "AWS::Events::Rule");
    expect(said.map(({ why }) => why)).toEqual(["Events of S3 are charged with the bucket, not with the rule."]);
  });
});
