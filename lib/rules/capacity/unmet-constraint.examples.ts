import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import { ec2Web } from "../../testing/presets";
import type { Examples } from "../rule";

const placed = (service: InputOf<"service">, capacity: InputOf<"asgCapacityProvider"> = {}) =>
  draw((draft) => {
    ec2Web(draft, { service, capacity });
  });
const distinct = { placementConstraints: [{ type: "distinctInstance" as const }] };
const on = (expression: string) => ({ placementConstraints: [{ type: "memberOf" as const, expression }] });

export const examples: Examples = {
  bad: [
    placed({ desiredCount: 6, ...distinct }, { maxSize: 4 }),
    placed(on("attribute:ecs.instance-type == m7i.large")),
    placed(on("attribute:ecs.instance-type =~ m7i.*")),
  ],
  good: [
    placed({ desiredCount: 4, ...distinct }, { maxSize: 4 }),
    placed(on("attribute:ecs.instance-type == t3.medium")),
    placed(on("attribute:ecs.instance-type =~ t3.*")),
  ],
  // An attribute that instances may be given at any time.
  unknowable: [placed(on("attribute:stack == blue"))],
};
