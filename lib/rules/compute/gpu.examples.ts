import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const gpu = { resourceRequirements: [{ type: "GPU", value: "1" }] } as const;

export const examples: Examples = {
  bad: [
    draw((draft) => {
      fargateWeb(draft, { container: { resourceRequirements: [...gpu.resourceRequirements] } });
    }),
    draw((draft) => {
      ec2Web(draft, { container: { resourceRequirements: [...gpu.resourceRequirements] } });
    }),
    draw((draft) => {
      ec2Web(draft, {
        container: { resourceRequirements: [{ type: "GPU", value: "all" }] },
        capacity: { instanceType: "g5.xlarge" },
      });
    }),
    draw((draft) => {
      ec2Web(draft, { container: { resourceRequirements: [{ type: "InferenceAccelerator", value: "device_1" }] } });
    }),
  ],
  good: [draw(fargateWeb), draw(ec2Web)],
  // A type outside the table: how many it has is not known here.
  unknowable: [
    draw((draft) => {
      ec2Web(draft, {
        container: { resourceRequirements: [...gpu.resourceRequirements] },
        capacity: { instanceType: "g5.xlarge" },
      });
    }),
  ],
};
