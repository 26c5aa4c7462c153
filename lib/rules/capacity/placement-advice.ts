import { isFargate, launchOf } from "../../model/queries";
import { zonesOf } from "../networks";
import { defineRule } from "../rule";

const ZONE = "attribute:ecs.availability-zone";

export const placementAdvice = defineRule({
  id: "ECS-CAP-009",
  severity: "info",
  title: "Placement advice",
  why: "Tasks spread over zones survive the loss of one; packed on memory after that, they need fewer instances.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-strategies.html",
  needs: ["service"],
  check({ model }, report) {
    for (const service of model.of("service")) {
      const { placementStrategies, schedulingStrategy } = service.props;
      if (schedulingStrategy !== "REPLICA" || isFargate(launchOf(service)) || (zonesOf(service) ?? 0) < 2) continue;
      const balanced = service.in.some((edge) => edge.relation === "forward");
      const packed = balanced && placementStrategies[0]?.type === "binpack";
      if (placementStrategies.length > 0 && !packed) continue;
      report({
        at: { node: service.id, field: "/placementStrategies" },
        message: `${service.name} ${packed ? "packs its tasks before it spreads them" : "does not say how its tasks are placed"}. Spread over zones first for availability, then binpack on memory to use fewer instances.`,
        fix: {
          title: "Spread over zones, then pack",
          risk: "safe",
          edits: [
            {
              edit: "setField",
              id: service.id,
              field: "/placementStrategies",
              value: [
                { type: "spread", field: ZONE },
                { type: "binpack", field: "memory" },
              ],
            },
          ],
        },
      });
    }
  },
});
