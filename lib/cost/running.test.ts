import { beforeAll, describe, expect, it } from "vitest";
import type { InputOf } from "../catalog";
import { buildModel } from "../model/build";
import { lower } from "../stack/lower";
import { type Draft, draw } from "../testing/draw";
import { ec2Web, fargateWeb } from "../testing/presets";
import type { Estimate } from "./cost";
import { estimate } from "./estimate";
import { loadPrices, type PriceBook } from "./prices";
import { phasesOf } from "./scaling";

type Scaling = NonNullable<InputOf<"service">["autoScaling"]>;

let book: PriceBook;
beforeAll(async () => {
  const loaded = await loadPrices("us-east-1");
  if (loaded.ok) book = loaded.value;
});

function costOf(build: (draft: Draft) => void): Estimate {
  const model = buildModel(draw(build));
  return estimate(model, lower(model), book, { scenario: "typical", environment: null });
}
const give = (draft: Draft, id: string, figures: Record<string, number>): void => {
  draft.document.usage.scenarios.typical[id] = figures;
};
/** Hours of memory: of one GB for each task here. */
const ofTasks = (cost: Estimate) => cost.lines.filter(({ item }) => item.startsWith("Fargate memory hours"));

const cpu: Scaling["policies"] = [{ policyType: "TargetTrackingScaling" }];
const tenTasks: Scaling = { minCapacity: 2, maxCapacity: 10 };
const task = { cpu: 512, memory: 1024 };

describe("tasks of a service that scales", () => {
  it("follow the requests that reach it, of those at the peak", () => {
    const ids = { alb: "" };
    const cost = costOf((draft) => {
      const web = fargateWeb(draft, { service: { autoScaling: { ...tenTasks, policies: cpu } }, task });
      ids.alb = web.alb;
      give(draft, web.alb, { requestsPerSecond: 20, peakRequestsPerSecond: 60 });
    });
    // A third of ten tasks.
    const [line] = ofTasks(cost);
    expect(line?.quantity).toBeCloseTo((730 * 10) / 3, 6);
    expect(line?.quantityNote).toBe("730 h × 3.33 tasks on average, 2 to 10, following 20 of 60 requests/s × 1 GB");
    expect(line?.assumption).toBe(
      "as many tasks as Web may have at the peak, in proportion at other times, until the usage says otherwise.",
    );
    expect(cost.questions[ids.alb]).toContain("peakRequestsPerSecond");
  });

  it("asks for no peak where nothing follows it", () => {
    const cost = costOf((draft) => {
      fargateWeb(draft);
    });
    expect(Object.values(cost.questions).flat()).not.toContain("peakRequestsPerSecond");
  });

  it("says that the peak is assumed, as three times the average", () => {
    const cost = costOf((draft) => {
      fargateWeb(draft, { service: { autoScaling: { ...tenTasks, policies: cpu } }, task });
    });
    expect(ofTasks(cost)[0]?.quantity).toBeCloseTo((730 * 10) / 3, 6);
    expect(ofTasks(cost)[0]?.assumption).toContain("3 times as many requests at the peak as on average");
  });

  it("adds up the peaks of several load balancers, as far as their requests come here", () => {
    const cost = costOf((draft) => {
      const web = fargateWeb(draft, { service: { autoScaling: { ...tenTasks, policies: cpu } }, task });
      const other = draft.add("alb", {}, { parent: web.vpc });
      draft.connect(other, "forward", web.service);
      give(draft, web.alb, { requestsPerSecond: 10, peakRequestsPerSecond: 60 });
      give(draft, other, { requestsPerSecond: 10, peakRequestsPerSecond: 40 });
    });
    expect(ofTasks(cost)[0]?.quantity).toBeCloseTo(730 * 2, 6);
    expect(ofTasks(cost)[0]?.quantityNote).toContain("following 20 of 100 requests/s");
  });

  it("needs no peak where a target says how many requests a task gets", () => {
    const cost = costOf((draft) => {
      const web = fargateWeb(draft, {
        service: {
          autoScaling: {
            ...tenTasks,
            policies: [
              {
                policyType: "TargetTrackingScaling",
                predefinedMetricType: "ALBRequestCountPerTarget",
                targetValue: 300,
              },
            ],
          },
        },
        task,
      });
      give(draft, web.alb, { requestsPerSecond: 20 });
    });
    // 1,200 requests a minute.
    expect(ofTasks(cost)[0]?.quantity).toBeCloseTo(730 * 4, 6);
    expect(Object.values(cost.questions).flat()).not.toContain("peakRequestsPerSecond");
  });

  const worker = (min: number, figures: Record<string, number> | undefined, queues = 1) => {
    const ids = { service: "" };
    const cost = costOf((draft) => {
      const web = fargateWeb(draft, {
        service: {
          autoScaling: { minCapacity: min, maxCapacity: 10, policies: [{ policyType: "StepScaling" }] },
        },
        task,
      });
      ids.service = web.service;
      for (let at = 0; at < queues; at += 1) {
        const queue = draft.add("sqsQueue", {});
        draft.connect(queue, "poll", web.service);
        give(draft, queue, { messages: 438_000 });
      }
      if (figures) give(draft, web.service, figures);
    });
    return { cost, ids, line: ofTasks(cost)[0] };
  };

  // A month has 2,628,000 seconds; 438,000 messages of 18 s are 7,884,000 s of work: three tasks.
  it("follow the messages of a queue once the person says how long a task takes for one", () => {
    const { line } = worker(1, { messageSeconds: 18 });
    expect(line?.quantity).toBeCloseTo(730 * 3, 6);
    expect(line?.quantityNote).toContain("for 438,000 messages of 18 s");
    expect(line?.assumption).toContain("one message at a time in each task");
    expect(worker(0, { messageSeconds: 18 }).line?.quantity).toBeCloseTo(730 * 3, 6);
    expect(worker(1, { messageSeconds: 18 }, 2).line?.quantity).toBeCloseTo(730 * 6, 6);
  });

  it("stay between minimum and maximum whatever the queue brings, and refuse a figure that cannot be", () => {
    expect(worker(1, { messageSeconds: 1 }).line?.quantity).toBeCloseTo(730, 6);
    expect(worker(1, { messageSeconds: 600 }).line?.quantity).toBeCloseTo(7300, 6);
    const { cost, line } = worker(1, { messageSeconds: -4 });
    expect(line).toBeUndefined();
    expect(cost.unknown.map(({ why }) => why)).toContainEqual(
      expect.stringContaining("“Time a task takes for a message” is to be a number of zero or more."),
    );
  });

  it("share a queue with the other services that poll it", () => {
    const cost = costOf((draft) => {
      const web = fargateWeb(draft, {
        service: {
          autoScaling: { minCapacity: 1, maxCapacity: 10, policies: [{ policyType: "StepScaling" }] },
        },
        task,
      });
      const other = draft.add("service", { launchType: "FARGATE", desiredCount: 1 }, { parent: web.cluster });
      const queue = draft.add("sqsQueue", {});
      for (const service of [web.service, other]) draft.connect(queue, "poll", service);
      give(draft, queue, { messages: 876_000 });
      give(draft, web.service, { messageSeconds: 18 });
    });
    expect(ofTasks(cost)[0]?.quantity).toBeCloseTo(730 * 3, 6);
  });

  it("are the minimum while nobody says how long a message takes, and that is said and asked", () => {
    const { cost, ids, line } = worker(2, undefined);
    expect(line?.quantity).toBe(730 * 2);
    expect(line?.assumption).toContain("how long a task takes for a message is not known");
    expect(cost.questions[ids.service]).toContain("messageSeconds");
  });
  it("are unknown, not free, where there need be none", () => {
    const cost = costOf((draft) => {
      const web = fargateWeb(draft, {
        service: { autoScaling: { minCapacity: 0, maxCapacity: 5, policies: [{ policyType: "StepScaling" }] } },
        task,
      });
      draft.connect(draft.add("sqsQueue", {}), "poll", web.service);
    });
    expect(ofTasks(cost)).toEqual([]);
    expect(cost.unknown.map(({ item, why }) => [item, why])).toContainEqual([
      "Fargate tasks",
      "Depends on use: from none, auto scaling starts up to 5 tasks. Say “Time a task takes for a message” in its usage.",
    ]);
  });

  it("are shared with Fargate Spot as they are on average, the base first", () => {
    const ids = { service: "" };
    const cost = costOf((draft) => {
      const web = fargateWeb(draft, {
        service: {
          launchType: undefined,
          capacityProviderStrategy: [
            { capacityProvider: "FARGATE", base: 1, weight: 1 },
            { capacityProvider: "FARGATE_SPOT", weight: 3 },
          ],
          autoScaling: { ...tenTasks, policies: cpu },
          assignPublicIp: true,
          tier: "public",
        },
        task,
      });
      ids.service = web.service;
      give(draft, web.alb, { requestsPerSecond: 30, peakRequestsPerSecond: 100 });
      give(draft, web.service, { spotDiscount: 70 });
    });
    const [onDemand, spot] = ofTasks(cost);
    // Three tasks: one as base, a quarter of the two others on demand.
    expect(onDemand?.quantity).toBeCloseTo(730 * 1.5, 6);
    expect(spot?.quantity).toBeCloseTo(730 * 1.5, 6);
    const addresses = cost.lines.find(({ node, item }) => node === ids.service && item.includes("Public IPv4"));
    expect(addresses?.quantity).toBeCloseTo(730 * 3, 6);
  });

  it("are packed onto instances as whole tasks, with a word where the group is too small for the most", () => {
    const cost = costOf((draft) => {
      const web = ec2Web(draft, {
        // Two tasks fit on an instance of 4 GiB.
        container: { memoryReservation: 2000, memory: 2000 },
        service: { autoScaling: { ...tenTasks, policies: cpu } },
        capacity: { instanceType: "t3.medium", minSize: 1, maxSize: 4 },
      });
      give(draft, web.alb, { requestsPerSecond: 33, peakRequestsPerSecond: 100 });
    });
    expect(cost.packings[0]).toMatchObject({ instances: 2, paid: 2 });
    expect(cost.packings[0]?.notes).toContain(
      "As many tasks as auto scaling may start need 5 instances, the group runs 4 at most.",
    );
    const hours = cost.lines.find(({ item }) => item.startsWith("EC2 instance hours"));
    expect(hours?.assumption).toContain("3.3 tasks on average, 2 to 10, following 33 of 100 requests/s");
  });

  it("bring the alarms of their policies with them", () => {
    const cost = costOf((draft) => {
      const web = fargateWeb(draft, {
        service: {
          autoScaling: {
            ...tenTasks,
            policies: [
              { policyType: "TargetTrackingScaling" },
              {
                policyType: "TargetTrackingScaling",
                predefinedMetricType: "ECSServiceAverageMemoryUtilization",
                disableScaleIn: true,
              },
              { policyType: "StepScaling" },
            ],
          },
        },
      });
      draft.connect(draft.add("sqsQueue", {}), "poll", web.service);
    });
    const alarms = cost.lines.filter(({ item }) => item === "CloudWatch alarms");
    // Two that target tracking makes, one where it never removes tasks, and the two of the queue.
    expect(alarms.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(5);
    expect(alarms.reduce((sum, { amount }) => sum + amount, 0)).toBeCloseTo(0.5, 9);
  });
});

describe("scheduled actions", () => {
  const scaling = (actions: NonNullable<Scaling["scheduledActions"]>) => ({
    minCapacity: 2,
    maxCapacity: 10,
    policies: [],
    scheduledActions: actions.map((action) => ({ schedule: "", timezone: "UTC", ...action })),
  });

  it("split the time into what their hours make of it", () => {
    const phases = phasesOf(
      scaling([
        { schedule: "cron(0 8 ? * MON-FRI *)", minCapacity: 4, maxCapacity: 10 },
        { schedule: "cron(0 18 ? * MON-FRI *)", minCapacity: 1, maxCapacity: 1 },
      ]),
    );
    // Ten hours on the 261 working days of 2027.
    const day = phases?.find(({ min }) => min === 4);
    expect(day?.part).toBeCloseTo((261 * 10) / (365 * 24), 9);
    expect(phases?.reduce((sum, { part }) => sum + part, 0)).toBeCloseTo(1, 9);
    expect(phases?.map(({ min, max, held }) => [min, max, held])).toEqual(
      expect.arrayContaining([
        [4, 10, 4],
        [1, 1, 1],
      ]),
    );
    expect(phases).toHaveLength(2);
  });

  it("are put on one clock where they name several time zones", () => {
    const partOf = (up: string, down: string): number | undefined =>
      phasesOf(
        scaling([
          { schedule: "cron(0 8 * * ? *)", timezone: up, minCapacity: 4 },
          { schedule: "cron(0 18 * * ? *)", timezone: down, minCapacity: 1 },
        ]),
      )?.find(({ min }) => min === 4)?.part;
    // Berlin's 8:00 is 7:00 in UTC, and 6:00 on the 217 days of summer time in 2027, from 28 March to 30 October.
    expect(partOf("Europe/Berlin", "UTC")).toBeCloseTo((148 * 11 + 217 * 12) / (365 * 24), 9);
    // 2:30 in UTC; the next action comes half a day and three and a half hours later.
    expect(partOf("Asia/Kolkata", "UTC")).toBeCloseTo(15.5 / 24, 9);
    expect(partOf("Europe/Berlin", "Europe/Berlin")).toBeCloseTo(10 / 24, 9);
    expect(partOf("Nowhere/At-All", "UTC")).toBeUndefined();
  });

  it("change no number of tasks that is still allowed", () => {
    const phases = phasesOf(
      scaling([
        { schedule: "cron(0 8 * * ? *)", minCapacity: 6 },
        { schedule: "cron(0 20 * * ? *)", minCapacity: 2 },
      ]),
    );
    expect(phases?.map(({ min, held }) => [min, held]).sort()).toEqual([
      [2, 6],
      [6, 6],
    ]);
  });

  it.each(["rate(1 hour)", "at(2030-01-01T00:00:00)", "cron(* * * * ? *)", "cron(0 8 * * ? 2030)", "every day"])(
    "of %s have no hours that can be told",
    (schedule) => {
      expect(phasesOf(scaling([{ schedule, minCapacity: 5 }]))).toBeNull();
    },
  );

  it("count in the cost by their hours, whatever else decides", () => {
    const cost = costOf((draft) => {
      const web = fargateWeb(draft, {
        service: {
          autoScaling: {
            ...tenTasks,
            policies: cpu,
            scheduledActions: [
              { schedule: "cron(0 6 * * ? *)", minCapacity: 2, maxCapacity: 10 },
              { schedule: "cron(0 18 * * ? *)", minCapacity: 1, maxCapacity: 2 },
            ],
          },
        },
        task,
      });
      give(draft, web.alb, { requestsPerSecond: 50, peakRequestsPerSecond: 100 });
    });
    // Five tasks by day, half of two by night.
    expect(ofTasks(cost)[0]?.quantity).toBeCloseTo(730 * 3, 6);
    expect(ofTasks(cost)[0]?.quantityNote).toContain("1 to 10, by the hours of its scheduled actions");
  });
});
