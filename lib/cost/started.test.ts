import { beforeAll, describe, expect, it } from "vitest";
import { buildModel } from "../model/build";
import { lower } from "../stack/lower";
import { type Draft, draw } from "../testing/draw";
import { ec2Web, fargateWeb } from "../testing/presets";
import type { Estimate } from "./cost";
import { estimate } from "./estimate";
import { loadPrices, type PriceBook } from "./prices";

let book: PriceBook;
beforeAll(async () => {
  const loaded = await loadPrices("us-east-1");
  if (loaded.ok) book = loaded.value;
});

const give = (draft: Draft, id: string, figures: Record<string, number>): void => {
  draft.document.usage.scenarios.typical[id] = figures;
};

/**
 * Two tasks of one vCPU fill one t3.medium; a schedule starts two more each hour, for 15 minutes: on the service's
 * capacity provider, or with launch type EC2.
 */
function hourly(by: "provider" | "launchType", capacity: Parameters<typeof ec2Web>[1] = {}, tasks = 2) {
  let ids = { schedule: "", capacity: "" };
  const model = buildModel(
    draw((draft) => {
      const web = ec2Web(draft, {
        service: { desiredCount: 2 },
        container: { cpu: 1024 },
        ...capacity,
        capacity: { minSize: 1, maxSize: 4, ...capacity.capacity },
      });
      const schedule = draft.add("eventSchedule", { scheduleExpression: "rate(1 hour)" }, { name: "Hourly" });
      const props = { cluster: web.cluster, taskCount: tasks };
      if (by === "provider") draft.connect(schedule, "runTask", web.service, props);
      else draft.connect(schedule, "runTask", web.task, { ...props, launchType: "EC2" });
      give(draft, schedule, { runMinutes: 15 });
      ids = { schedule, capacity: web.capacity };
    }),
  );
  const cost = estimate(model, lower(model), book, { scenario: "typical", environment: null });
  const lines = (item: string) => cost.lines.filter((line) => line.node === ids.capacity && line.item.includes(item));
  return { cost, ids, lines, packing: cost.packings[0] as Estimate["packings"][number] };
}

describe("tasks that events start on EC2", () => {
  it("are paid with the instances and never as Fargate", () => {
    for (const by of ["provider", "launchType"] as const)
      expect(hourly(by).cost.lines.filter(({ item }) => item.includes("Fargate"))).toEqual([]);
  });

  it("take what is there when they fit", () => {
    const { lines, packing } = hourly("launchType", { capacity: { minSize: 2 } });
    expect(lines("EC2 instance hours")).toEqual([expect.objectContaining({ quantity: 2 * 730 })]);
    expect(packing).toMatchObject({ instances: 1, paid: 2, started: [{ tasks: 2, more: 0 }] });
    expect(packing.notes.join(" ")).not.toContain("Hourly");
    // Both are full while the tasks run.
    expect(packing.started[0]?.bins.reduce((sum, { instances }) => sum + instances, 0)).toBe(2);
  });

  it("are not started where they find no room and name no capacity provider, and cost nothing then", () => {
    const { lines, packing } = hourly("launchType");
    expect(lines("EC2 instance hours")).toEqual([expect.objectContaining({ quantity: 730 })]);
    expect(packing.started).toEqual([expect.objectContaining({ tasks: 2, more: 1 })]);
    expect(packing.notes.join(" ")).toContain("Hourly starts would need 2 instances");
    expect(packing.notes.join(" ")).toContain("RunTask fails");
  });

  it("start instances for a while through a capacity provider, and pay them until ECS scales in", () => {
    const { lines } = hourly("provider");
    // 730 runs of 15 minutes and 15 idle ones are 365 h at 0.0416, with half a month of 30 GB at 0.08.
    const [always, more] = lines("EC2 instance hours");
    expect(always?.quantity).toBe(730);
    expect(more?.quantity).toBeCloseTo(365, 8);
    expect(more?.amount).toBeCloseTo(365 * 0.0416, 8);
    expect(more?.assumption).toContain("15 idle minutes");
    expect(lines("Root volumes")[1]?.amount).toBeCloseTo(15 * 0.08, 8);
  });

  it("stay within the maximum, and on a fixed number of instances within what is there", () => {
    const { lines, packing } = hourly("provider", { capacity: { maxSize: 2 } }, 6);
    expect(lines("EC2 instance hours")[1]?.quantity).toBeCloseTo(365, 8);
    expect(packing.notes.join(" ")).toContain("some wait. Raise the maximum.");
    const fixed = hourly("provider", { capacity: { managedScaling: false } });
    expect(fixed.lines("EC2 instance hours")).toHaveLength(1);
  });

  it("are all that an otherwise empty group pays for", () => {
    const { lines, cost } = hourly("provider", { capacity: { minSize: 0 }, service: { desiredCount: 0 } });
    expect(lines("EC2 instance hours")).toEqual([expect.objectContaining({ quantity: expect.closeTo(365, 8) })]);
    expect(cost.unknown.filter(({ item }) => item.includes("EC2"))).toEqual([]);
  });

  it("have alarms that managed scaling makes, one high and one low", () => {
    // https://aws.amazon.com/cloudwatch/pricing/: 0.10 an alarm.
    const alarms = (managedScaling: boolean): number =>
      hourly("provider", { capacity: { managedScaling } })
        .lines("alarms")
        .reduce((sum, { amount }) => sum + amount, 0);
    expect(alarms(true)).toBeCloseTo(0.2, 10);
    expect(alarms(false)).toBe(0);
  });
});

describe("tasks that a bucket starts", () => {
  it("run for each object that is written, until the rule says how often", () => {
    const runs = (figures: Record<string, number>, own: Record<string, number> = {}) => {
      const ids = { rule: "" };
      const model = buildModel(
        draw((draft) => {
          const web = fargateWeb(draft);
          const bucket = draft.add("s3Bucket", {}, { name: "Uploads" });
          ids.rule = draft.add("eventRule");
          draft.connect(bucket, "notify", ids.rule);
          draft.connect(ids.rule, "runTask", web.task, { cluster: web.cluster });
          give(draft, bucket, figures);
          give(draft, ids.rule, { runMinutes: 6, ...own });
        }),
      );
      const cost = estimate(model, lower(model), book, { scenario: "typical", environment: null });
      return cost.lines.find(({ node, item }) => node === ids.rule && item.startsWith("Fargate vCPU"));
    };
    // 4,000 runs of a tenth of an hour at a quarter of a vCPU.
    expect(runs({ writes: 4000 })?.quantity).toBeCloseTo(4000 * 0.1 * 0.25, 9);
    expect(runs({ writes: 4000 })?.assumption).toContain("one event for each write of Uploads");
    expect(runs({ writes: 4000 }, { runsPerDay: 24 })?.quantity).toBeCloseTo(730 * 0.1 * 0.25, 9);
  });
});

describe("timetables that a month cannot show", () => {
  it.each([
    ["at(2027-03-01T03:00:00)", 1, "one run in all, taken to be in this month"],
    // Each day of the years 2027 and 2028, which are 731 days.
    ["cron(0 3 * * ? 2027-2028)", 730 / 24, "a month of the years that the schedule names"],
    ["cron(0 3 * * ? *)", 730 / 24, undefined],
  ])("%s says what was taken", (scheduleExpression, runs, says) => {
    const ids = { schedule: "" };
    const model = buildModel(
      draw((draft) => {
        const web = fargateWeb(draft);
        ids.schedule = draft.add("eventSchedule", { scheduleExpression });
        draft.connect(ids.schedule, "runTask", web.task, { cluster: web.cluster });
        give(draft, ids.schedule, { runMinutes: 60 });
      }),
    );
    const cost = estimate(model, lower(model), book, { scenario: "typical", environment: null });
    const line = cost.lines.find(({ node, item }) => node === ids.schedule && item.startsWith("Fargate vCPU"));
    expect(line?.quantity).toBeCloseTo(runs * 0.25, 9);
    if (says === undefined) expect(line).not.toHaveProperty("assumption");
    else expect(line?.assumption).toContain(says);
  });
});
