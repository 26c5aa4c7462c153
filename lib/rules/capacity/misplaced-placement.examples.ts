import type { InputOf } from "../../catalog";
import { type Draft, draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const placed = (service: InputOf<"service">, preset: (draft: Draft, change: object) => unknown) =>
  draw((draft) => {
    preset(draft, { service });
  });

const placementStrategies = [{ type: "spread" as const, field: "attribute:ecs.availability-zone" }];
const placementConstraints = [{ type: "distinctInstance" as const }];
const daemon = { schedulingStrategy: "DAEMON" as const, desiredCount: undefined };

export const examples: Examples = {
  bad: [
    placed({ placementStrategies }, fargateWeb),
    placed({ placementConstraints }, fargateWeb),
    placed({ ...daemon, placementStrategies }, ec2Web),
    draw((draft) => {
      fargateWeb(draft, {
        task: { placementConstraints: [{ type: "memberOf", expression: "attribute:stack == blue" }] },
      });
    }),
  ],
  good: [placed({ placementStrategies, placementConstraints }, ec2Web), placed(daemon, ec2Web), draw(fargateWeb)],
};
