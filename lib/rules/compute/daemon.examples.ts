import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const daemon = {
  schedulingStrategy: "DAEMON",
  desiredCount: undefined,
  maximumPercent: 100,
  minimumHealthyPercent: 0,
} as const;

export const examples: Examples = {
  bad: [
    draw((draft) => {
      fargateWeb(draft, { service: daemon });
    }),
  ],
  good: [
    draw(fargateWeb),
    draw((draft) => {
      ec2Web(draft, { service: daemon });
    }),
  ],
};
