import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const files = (props: InputOf<"efs">, vpc: InputOf<"vpc"> = {}) =>
  draw((draft) => {
    const web = fargateWeb(draft, { vpc });
    const efs = draft.add("efs", props, { name: "Files", parent: web.vpc });
    draft.connect(web.container, "mount", efs);
  });

export const examples: Examples = {
  bad: [
    files({ provisionedThroughputInMibps: 64 }),
    files({ throughputMode: "provisioned", provisionedThroughputInMibps: 5000 }),
    files({ oneZone: true }),
    files({ throughputMode: "provisioned" }),
    files({ performanceMode: "maxIO" }),
  ],
  good: [
    files({}),
    files({ throughputMode: "bursting", performanceMode: "maxIO" }),
    files({ throughputMode: "provisioned", provisionedThroughputInMibps: 64 }),
  ],
  // The zones of an existing VPC's subnets are known on deployment only.
  unknowable: [files({ oneZone: true }, { source: "existing" })],
};
