import { safe, set } from "../repairs";
import { defineRule } from "../rule";

export const nothingToScale = defineRule({
  id: "ECS-AS-001",
  severity: "error",
  title: "Nothing to scale",
  why: "Service auto scaling changes the desired count. A daemon has none, and ECS scales no service whose task sets another controller deploys.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html",
  needs: ["service"],
  check({ model }, report) {
    for (const service of model.of("service")) {
      const { autoScaling, schedulingStrategy, deploymentController } = service.props;
      if (!autoScaling) continue;
      const reason =
        schedulingStrategy === "DAEMON"
          ? "a daemon has none"
          : deploymentController === "EXTERNAL"
            ? "with an external deployment controller ECS does not scale it"
            : undefined;
      if (reason === undefined) continue;
      report({
        at: { node: service.id, field: "/autoScaling" },
        message: `Service auto scaling changes the desired count of a service; ${service.name} is out of its reach: ${reason}. Remove the auto scaling, or make it a REPLICA service that ECS deploys.`,
        fix: safe("Remove the auto scaling", set(service.id, "/autoScaling")),
      });
    }
  },
});
