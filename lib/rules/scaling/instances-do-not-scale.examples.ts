import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const autoScaling = { minCapacity: 2, maxCapacity: 6 };

export const examples: Examples = {
  bad: [
    draw((draft) => {
      ec2Web(draft, {
        service: { autoScaling },
        capacity: { managedScaling: false, managedTerminationProtection: false },
      });
    }),
  ],
  good: [
    draw((draft) => {
      ec2Web(draft, { service: { autoScaling } });
    }),
    draw((draft) => {
      fargateWeb(draft, { service: { autoScaling } });
    }),
    draw((draft) => {
      ec2Web(draft, { capacity: { managedScaling: false, managedTerminationProtection: false } });
    }),
  ],
};
