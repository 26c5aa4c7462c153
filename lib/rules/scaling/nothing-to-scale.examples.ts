import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const autoScaling = { minCapacity: 2, maxCapacity: 6 };

export const examples: Examples = {
  bad: [
    draw((draft) => {
      ec2Web(draft, {
        service: {
          autoScaling,
          schedulingStrategy: "DAEMON",
          desiredCount: undefined,
          maximumPercent: 100,
          minimumHealthyPercent: 0,
        },
      });
    }),
  ],
  good: [
    draw((draft) => {
      fargateWeb(draft, { service: { autoScaling } });
    }),
  ],
};
