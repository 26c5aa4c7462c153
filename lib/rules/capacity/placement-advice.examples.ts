import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const placed = (placementStrategies: InputOf<"service">["placementStrategies"]) =>
  draw((draft) => {
    ec2Web(draft, { service: { placementStrategies } });
  });
const zones = { type: "spread" as const, field: "attribute:ecs.availability-zone" };
const pack = { type: "binpack" as const, field: "memory" };

export const examples: Examples = {
  bad: [draw(ec2Web), placed([pack])],
  good: [placed([zones, pack]), draw(fargateWeb)],
  // The zones of an existing VPC's subnets are known on deployment only.
  unknowable: [draw((draft) => void ec2Web(draft, { vpc: { source: "existing" } }))],
};
