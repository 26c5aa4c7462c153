import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const scaled = (autoScaling: NonNullable<InputOf<"service">["autoScaling"]>, desiredCount?: number) =>
  draw((draft) => {
    fargateWeb(draft, { service: { autoScaling, desiredCount } });
  });
const policies = [{ policyType: "TargetTrackingScaling" as const }];

export const examples: Examples = {
  bad: [
    scaled({ minCapacity: 6, maxCapacity: 2 }),
    scaled({ minCapacity: -1, maxCapacity: 4 }),
    scaled({ minCapacity: 2, maxCapacity: 9_000 }),
    scaled({ minCapacity: 0, maxCapacity: 0, policies: [], scheduledActions: [{ maxCapacity: 0 }] }),
    scaled({ minCapacity: 2, maxCapacity: 4 }, 12),
    scaled({ minCapacity: 2, maxCapacity: 4 }, 1),
    scaled({ minCapacity: 2, maxCapacity: 6, policies, scheduledActions: [{ minCapacity: 4, maxCapacity: 3 }] }),
  ],
  good: [
    scaled({ minCapacity: 2, maxCapacity: 6 }),
    scaled({ minCapacity: 2, maxCapacity: 6 }, 4),
    // By day only.
    scaled({ minCapacity: 0, maxCapacity: 0, policies: [], scheduledActions: [{ minCapacity: 2, maxCapacity: 6 }] }),
    // Night: nothing runs, on purpose.
    scaled({ minCapacity: 2, maxCapacity: 6, policies, scheduledActions: [{ minCapacity: 0, maxCapacity: 0 }] }),
  ],
};
