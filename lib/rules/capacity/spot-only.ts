import { launchOf } from "../../model/queries";
import { fewestTasks } from "../../model/scaling";
import { defineRule } from "../rule";

export const spotOnly = defineRule({
  id: "ECS-CAP-004",
  severity: "warning",
  title: "Spot for work that must not stop",
  why: "AWS takes Spot capacity back with two minutes' notice when it needs it. A service that has only one task there is then gone.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html",
  needs: ["service"],
  check({ model }, report) {
    for (const service of model.of("service")) {
      if (launchOf(service) !== "FARGATE_SPOT" || fewestTasks(service) !== 1) continue;
      // A queue keeps the work of a worker until it is back.
      if (service.in.some((edge) => edge.relation === "poll")) continue;
      report({
        at: { node: service.id, field: "/capacityProviderStrategy" },
        message: `The one task of ${service.name} runs on Spot capacity only, which can be taken back with two minutes' notice. Keep a base of on-demand tasks and handle SIGTERM.`,
        fix: {
          title: "Keep one task on demand",
          risk: "safe",
          edits: [
            {
              edit: "setField",
              id: service.id,
              field: "/capacityProviderStrategy",
              value: [
                { capacityProvider: "FARGATE", base: 1, weight: 1 },
                { capacityProvider: "FARGATE_SPOT", weight: 3 },
              ],
            },
          ],
        },
      });
    }
  },
});
