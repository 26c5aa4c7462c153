import { isFargate, launchOf } from "../../model/queries";
import { safe, set } from "../repairs";
import { defineRule } from "../rule";

export const daemon = defineRule({
  id: "ECS-COMP-010",
  severity: "error",
  title: "DAEMON scheduling where it is not supported",
  why: "A daemon runs once on each container instance, so it needs instances, and ECS itself as its deployment controller.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
  needs: ["service"],
  check({ model }, report) {
    for (const service of model.of("service")) {
      if (service.props.schedulingStrategy !== "DAEMON") continue;
      const { deploymentController: controller } = service.props;
      const reason = isFargate(launchOf(service))
        ? `Fargate, on which ${service.name} runs, has none`
        : controller === "ECS"
          ? undefined
          : `the deployment controller ${controller} does not support it`;
      if (!reason) continue;
      report({
        at: { node: service.id, field: "/schedulingStrategy" },
        message: `DAEMON runs one task per container instance; ${reason}. Use REPLICA, or run the daemon on EC2 capacity with the ECS controller.`,
        fix: safe(
          "Use REPLICA with 2 tasks",
          set(service.id, "/schedulingStrategy", "REPLICA"),
          set(service.id, "/desiredCount", service.props.desiredCount ?? 2),
        ),
      });
    }
  },
});
