import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

type Scaling = NonNullable<InputOf<"service">["autoScaling"]>;
const scaled = (autoScaling: Scaling) =>
  draw((draft) => {
    fargateWeb(draft, { service: { autoScaling, desiredCount: undefined } });
  });
const tracking = (
  targetValue: number,
  predefinedMetricType:
    | "ECSServiceAverageCPUUtilization"
    | "ECSServiceAverageMemoryUtilization"
    | "ALBRequestCountPerTarget" = "ECSServiceAverageCPUUtilization",
): NonNullable<Scaling["policies"]> => [{ policyType: "TargetTrackingScaling", predefinedMetricType, targetValue }];
const range = { minCapacity: 2, maxCapacity: 6 };

export const examples: Examples = {
  bad: [
    scaled({ ...range, policies: tracking(0) }),
    scaled({ ...range, policies: tracking(101, "ECSServiceAverageMemoryUtilization") }),
    scaled({ ...range, policies: tracking(95) }),
    scaled({ ...range, policies: tracking(5) }),
    scaled({ ...range, policies: tracking(-1, "ALBRequestCountPerTarget") }),
    scaled({ minCapacity: 0, maxCapacity: 6 }),
  ],
  good: [
    scaled({ ...range, policies: tracking(60) }),
    scaled({ ...range, policies: tracking(5000, "ALBRequestCountPerTarget") }),
    scaled({ minCapacity: 0, maxCapacity: 6, scheduledActions: [{ minCapacity: 2 }] }),
  ],
};
