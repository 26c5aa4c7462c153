import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

type Strategy = NonNullable<InputOf<"service">["capacityProviderStrategy"]>;
const spot = { capacityProvider: "FARGATE_SPOT" as const };

const running = (desiredCount: number, strategy: Strategy, polls = false) =>
  draw((draft) => {
    const web = fargateWeb(draft, {
      service: { launchType: undefined, desiredCount, capacityProviderStrategy: strategy },
    });
    if (!polls) return;
    const failed = draft.add("sqsQueue", {}, { name: "Failed jobs" });
    const queue = draft.add("sqsQueue", {}, { name: "Jobs" });
    draft.connect(queue, "deadLetter", failed);
    draft.connect(queue, "poll", web.service);
  });

export const examples: Examples = {
  bad: [running(1, [spot])],
  good: [
    running(2, [spot]),
    running(1, [{ capacityProvider: "FARGATE", base: 1 }, spot]),
    // The queue waits.
    running(1, [spot], true),
  ],
};
