import { pointer } from "../../core/pointer";
import { containersOf, isFargate, placementsOf } from "../../model/queries";
import { defineRule } from "../rule";

export const noLogging = defineRule({
  id: "ECS-LOG-002",
  severity: "warning",
  title: "Container does not log",
  why: "Without a log configuration the output of a Fargate container is lost when the task stops, and with it the reason why it stopped.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const task of model.of("taskDefinition")) {
      const places = placementsOf(model, task);
      const fargate =
        places.some((place) => isFargate(place.launch)) || task.props.requiresCompatibilities.includes("FARGATE");
      for (const container of containersOf(task)) {
        if (container.logConfiguration !== null || container.firelensConfiguration) continue;
        const field = pointer("containerDefinitions", container.id, "logConfiguration");
        report({
          at: { node: task.id, field },
          severity: fargate ? "warning" : "info",
          message: fargate
            ? `Output of ${container.name} is lost when the task stops. Send it to CloudWatch Logs.`
            : `Output of ${container.name} stays on its instance. Send it to CloudWatch Logs to keep it.`,
          fix: {
            title: `Send the logs of ${container.name} to CloudWatch Logs`,
            risk: "safe",
            edits: [{ edit: "setField", id: task.id, field }],
          },
        });
      }
    }
  },
});
