import { isKind } from "../../model/build";
import { taskDefinitionOf } from "../../model/queries";
import { defineRule } from "../rule";

export const ruleToService = defineRule({
  id: "ECS-EVT-003",
  severity: "info",
  title: "Rule connected to a service",
  why: "A rule or schedule starts extra copies of the service's task definition. It does not restart, scale or deploy the service.",
  docs: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html",
  needs: ["eventRule", "eventSchedule"],
  check({ model }, report) {
    for (const edge of model.edgesOf("runTask")) {
      if (!isKind(edge.to, "service")) continue;
      const task = taskDefinitionOf(edge.to);
      if (!task) continue;
      report({
        at: { edge: edge.id },
        message: `${edge.from.name} will run separate tasks from ${task.name}; ${edge.to.name} itself is untouched. To change the service's size use scheduled scaling.`,
      });
    }
  },
});
