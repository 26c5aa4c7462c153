import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

type Scaling = NonNullable<InputOf<"service">["autoScaling"]>;
type Step = { threshold: number; scalingAdjustment: number };
const range = { minCapacity: 2, maxCapacity: 6 };

/** A service that polls so many queues. */
const polling = (queues: number, policies: NonNullable<Scaling["policies"]>) =>
  draw((draft) => {
    const web = fargateWeb(draft, { service: { autoScaling: { ...range, policies } } });
    for (let at = 1; at <= queues; at += 1) {
      const queue = draft.add("sqsQueue", {}, { name: `Jobs ${at}` });
      draft.connect(queue, "poll", web.service);
      draft.connect(queue, "deadLetter", draft.add("sqsQueue", {}, { name: `Failed ${at}` }));
    }
  });
const steps = (...list: Step[]): NonNullable<Scaling["policies"]> => [{ policyType: "StepScaling", steps: list }];
const more = { threshold: 100, scalingAdjustment: 1 };
const scheduled = (...scheduledActions: NonNullable<Scaling["scheduledActions"]>) =>
  draw((draft) => {
    fargateWeb(draft, { service: { autoScaling: { ...range, scheduledActions } } });
  });

export const examples: Examples = {
  bad: [
    polling(0, [{ policyType: "StepScaling" }]),
    polling(1, steps()),
    polling(1, steps(more, { threshold: 0, scalingAdjustment: 0 })),
    polling(1, steps(more, { threshold: 200, scalingAdjustment: -1 })),
    polling(1, steps(more, more)),
    polling(1, steps(more, { threshold: -5, scalingAdjustment: -1 })),
    polling(1, [{ policyType: "StepScaling", cooldown: -1 }]),
    polling(0, []),
    scheduled({ schedule: "cron(0 20 * * *)", minCapacity: 1 }),
    scheduled({ timezone: "Mars", minCapacity: 1 }, { timezone: "not a zone", maxCapacity: 3 }),
    scheduled({}),
    scheduled({ minCapacity: 1, scheduledActionName: "a/b" }),
    scheduled({ minCapacity: 2, scheduledActionName: "day" }, { minCapacity: 1, scheduledActionName: "day" }),
  ],
  good: [
    polling(1, [{ policyType: "StepScaling" }]),
    polling(1, steps(more)),
    scheduled({ schedule: "cron(0 7 ? * MON-FRI *)", timezone: "Europe/Berlin", minCapacity: 3 }, { minCapacity: 2 }),
    scheduled({ schedule: "rate(1 day)", maxCapacity: 4 }, { schedule: "at(2030-01-01T00:00:00)", maxCapacity: 6 }),
  ],
};
