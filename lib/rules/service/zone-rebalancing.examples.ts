import type { InputOf } from "../../catalog";
import { type Draft, draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const rebalancing = (service: InputOf<"service">, preset: (draft: Draft, change: object) => unknown = ec2Web) =>
  draw((draft) => {
    preset(draft, { service: { desiredCount: 4, availabilityZoneRebalancing: "ENABLED", ...service } });
  });

const byZone = { type: "spread" as const, field: "attribute:ecs.availability-zone" };
const byMemory = { type: "binpack" as const, field: "memory" };

export const examples: Examples = {
  bad: [
    rebalancing({ minimumHealthyPercent: 50, maximumPercent: 100 }),
    rebalancing({ placementStrategies: [byMemory, byZone] }),
    rebalancing({
      placementConstraints: [{ type: "memberOf", expression: "attribute:ecs.availability-zone == eu-west-1a" }],
    }),
  ],
  good: [
    rebalancing({}),
    rebalancing({ placementStrategies: [byZone, byMemory] }),
    rebalancing({}, fargateWeb),
    // Unset means on where it can be.
    rebalancing({ availabilityZoneRebalancing: undefined, minimumHealthyPercent: 50, maximumPercent: 100 }),
  ],
};
