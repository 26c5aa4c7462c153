import { isFargate, launchOf } from "../../model/queries";
import { safe, set } from "../repairs";
import { defineRule } from "../rule";
import { fargateUse } from "../workloads";

export const misplacedPlacement = defineRule({
  id: "ECS-CAP-006",
  severity: "error",
  title: "Placement on compute that places itself",
  why: "Strategies and constraints choose among container instances. Fargate has none to choose from, and a daemon is on all of them.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement.html",
  needs: ["service", "taskDefinition"],
  check({ model }, report) {
    for (const service of model.of("service")) {
      const { placementStrategies, placementConstraints, schedulingStrategy } = service.props;
      const fix = (...fields: string[]) =>
        safe("Remove the placement", ...fields.map((field) => set(service.id, field)));
      if (isFargate(launchOf(service))) {
        if (placementStrategies.length + placementConstraints.length === 0) continue;
        report({
          at: {
            node: service.id,
            field: placementStrategies.length > 0 ? "/placementStrategies" : "/placementConstraints",
          },
          message: `Placement strategies and constraints choose among EC2 instances; Fargate, where ${service.name} runs, has none. Remove them: Fargate spreads tasks over the zones of its subnets.`,
          fix: fix("/placementStrategies", "/placementConstraints"),
        });
      } else if (schedulingStrategy === "DAEMON" && placementStrategies.length > 0) {
        report({
          at: { node: service.id, field: "/placementStrategies" },
          message: `${service.name} runs one task on every instance (DAEMON), so there is nothing to choose and AWS refuses a placement strategy. Remove it.`,
          fix: fix("/placementStrategies"),
        });
      }
    }
    for (const definition of model.of("taskDefinition")) {
      const use = definition.props.placementConstraints.length > 0 ? fargateUse(model, definition) : undefined;
      if (!use) continue;
      report({
        at: { node: definition.id, field: "/placementConstraints" },
        also: use.also,
        message: `Placement constraints choose among EC2 instances; Fargate has none and refuses those of ${definition.name}, and ${use.words}. Remove them.`,
        fix: safe("Remove the constraints", set(definition.id, "/placementConstraints")),
      });
    }
  },
});
