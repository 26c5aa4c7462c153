import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

export const examples: Examples = {
  bad: [
    draw((draft) => {
      const { service, cluster } = fargateWeb(draft);
      const capacity = draft.add("asgCapacityProvider", { minSize: 2 }, { name: "Instances", parent: cluster });
      draft.connect(service, "useCapacity", capacity);
    }),
  ],
  good: [
    draw(ec2Web),
    // Naming a provider overrides the cluster's default.
    draw((draft) => {
      ec2Web(draft, { cluster: { defaultCapacityProviderStrategy: [{ capacityProvider: "FARGATE" }] } });
    }),
  ],
};
