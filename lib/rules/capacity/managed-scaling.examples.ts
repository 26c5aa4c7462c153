import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import { ec2Web } from "../../testing/presets";
import type { Examples } from "../rule";

const instances = (capacity: InputOf<"asgCapacityProvider">) =>
  draw((draft) => {
    ec2Web(draft, { capacity });
  });

export const examples: Examples = {
  bad: [
    instances({ managedScaling: false }),
    instances({ newInstancesProtectedFromScaleIn: false }),
    instances({ targetCapacity: 0 }),
    instances({ minimumScalingStepSize: 5, maximumScalingStepSize: 2 }),
    instances({ maximumScalingStepSize: 10_001 }),
    instances({ instanceWarmupPeriod: -1 }),
    instances({ minSize: 4, maxSize: 4 }),
    instances({ minSize: 5, maxSize: 4 }),
    instances({ minSize: -1 }),
    instances({ minSize: 2, maxSize: 4, desiredCapacity: 5 }),
    instances({ minSize: 2, maxSize: 4, desiredCapacity: 0 }),
  ],
  good: [
    draw(ec2Web),
    instances({ minSize: 0, maxSize: 4, desiredCapacity: 4 }),
    instances({ managedScaling: false, managedTerminationProtection: false }),
    instances({ managedScaling: false, managedTerminationProtection: false, minSize: 4, maxSize: 4 }),
    instances({
      targetCapacity: 80,
      minimumScalingStepSize: 1,
      maximumScalingStepSize: 10_000,
      instanceWarmupPeriod: 0,
    }),
  ],
};
