import { launchOf } from "../../model/queries";
import { fewestField, fewestTasks, scalingOf } from "../../model/scaling";
import { asBalancer } from "../load-balancing/forwards";
import { defineRule } from "../rule";

export const singleTask = defineRule({
  id: "ECS-SVC-010",
  severity: "warning",
  title: "Single task",
  why: "One task is one fault away from an outage. Two in two zones survive the loss of either.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html",
  needs: ["service"],
  check({ model }, report) {
    for (const service of model.of("service")) {
      if (fewestTasks(service) !== 1) continue;
      const least = scalingOf(service) ? "may be down to one task" : "has one task";
      const field = fewestField(service);
      const balanced = service.in.some((edge) => edge.relation === "forward" && asBalancer(edge.from));
      const worker = service.in.some((edge) => edge.relation === "poll");
      // Only on Spot is CAP-004, except for workers, whose queue waits for them.
      if (launchOf(service) === "FARGATE_SPOT" ? !worker : !balanced && !worker) continue;
      report({
        at: { node: service.id, field },
        severity: balanced ? "warning" : "info",
        message: `${service.name} ${least}; a deployment, fault or Spot interruption ${
          balanced ? "is an outage" : "stops the work on its queue"
        }. Run at least two in two zones.`,
        fix: {
          title: "Run 2 tasks",
          risk: "safe",
          edits: [{ edit: "setField", id: service.id, field, value: 2 }],
        },
      });
    }
  },
});
