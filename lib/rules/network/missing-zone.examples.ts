import type { Document } from "../../document/document";
import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const web = (region: string, vpc: { availabilityZones?: 2 | 3; source?: "existing" }): Document =>
  draw((draft) => fargateWeb(draft, { vpc }), { region });

export const examples: Examples = {
  bad: [web("us-west-1", { availabilityZones: 3 })],
  good: [web("us-west-1", { availabilityZones: 2 }), web("us-west-2", { availabilityZones: 3 })],
  unknowable: [web("us-west-1", { source: "existing" }), web("cn-north-1", { availabilityZones: 3 })],
};
