import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import { ec2Web } from "../../testing/presets";
import type { Examples } from "../rule";

type Service = InputOf<"service">;
type Constraints = NonNullable<Service["placementConstraints"]>;

const placed = (service: Service, onDefinition: Constraints = []) =>
  draw((draft) => {
    ec2Web(draft, { service, task: { placementConstraints: onDefinition } });
  });

const linux = { type: "memberOf" as const, expression: "attribute:ecs.os-type == linux" };
const zones = { type: "spread" as const, field: "attribute:ecs.availability-zone" };

export const examples: Examples = {
  bad: [
    placed({ placementStrategies: [zones, zones, zones, zones, zones, zones] }),
    placed({ placementConstraints: Array(6).fill(linux) }, Array(5).fill(linux)),
    placed({ placementStrategies: [{ type: "spread" }] }),
    placed({ placementStrategies: [{ type: "spread", field: "zone" }] }),
    placed({ placementStrategies: [zones, { type: "binpack", field: "disk" }] }),
    placed({ placementConstraints: [{ type: "distinctInstance", expression: "attribute:ecs.os-type == linux" }] }),
    placed({}, [{ type: "distinctInstance" }]),
    placed({ placementConstraints: [{ type: "memberOf" }] }),
    placed({ placementConstraints: [{ type: "memberOf", expression: `attribute:a == ${"b".repeat(2000)}` }] }),
    // Info only.
    placed({ placementStrategies: [{ type: "random", field: "cpu" }] }),
  ],
  good: [
    placed({
      placementStrategies: [zones, { type: "spread", field: "instanceId" }, { type: "binpack", field: "memory" }],
    }),
    placed({ placementStrategies: [{ type: "random" }], placementConstraints: [{ type: "distinctInstance" }] }, [
      linux,
    ]),
  ],
};
