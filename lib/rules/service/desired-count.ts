import { limits } from "../../aws/limits";
import { scalingOf } from "../../model/scaling";
import { defineRule } from "../rule";

export const desiredCount = defineRule({
  id: "ECS-SVC-009",
  severity: "error",
  title: "Desired count missing or meaningless",
  why: "A replica service runs the number of tasks it is told. A daemon runs one on every instance, so a number means nothing and is refused.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
  needs: ["service"],
  check({ model }, report) {
    for (const service of model.of("service")) {
      const { desiredCount: desired, schedulingStrategy } = service.props;
      // How many tasks run is then for auto scaling to say, and for its rules.
      if (scalingOf(service)) continue;
      const at = { node: service.id, field: "/desiredCount" };
      const set = (value?: number) => [
        {
          edit: "setField" as const,
          id: service.id,
          field: "/desiredCount",
          ...(value === undefined ? {} : { value }),
        },
      ];
      if (schedulingStrategy === "DAEMON") {
        if (desired === undefined) continue;
        report({
          at,
          message: `${service.name} runs one task on every instance (DAEMON), so AWS refuses a desired count; it is set to ${desired}. Clear it.`,
          fix: { title: "Clear the desired count", risk: "safe", edits: set() },
        });
      } else if (desired === undefined || desired < 0) {
        report({
          at,
          message: `${service.name} ${
            desired === undefined ? "does not say how many tasks to run" : `asks for ${desired} tasks`
          }. Set desired count (2 or more for production).`,
          fix: { title: "Run 2 tasks", risk: "safe", edits: set(2) },
        });
      } else if (desired > limits.desiredCount.max) {
        report({
          at,
          severity: "warning",
          message: `${service.name} asks for ${desired} tasks; AWS runs at most ${limits.desiredCount.max} in a service. Use less, or split the service.`,
          fix: { title: `Run ${limits.desiredCount.max} tasks`, risk: "safe", edits: set(limits.desiredCount.max) },
        });
      }
    }
  },
});
