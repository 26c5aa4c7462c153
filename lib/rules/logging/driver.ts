import { logDriverAllowed } from "../../aws/log-drivers";
import { pointer } from "../../core/pointer";
import { containersOf, isFargate, placementsOf } from "../../model/queries";
import { defineRule } from "../rule";

export const logDriver = defineRule({
  id: "ECS-LOG-001",
  severity: "error",
  title: "Log driver not available",
  why: "Fargate tasks have no host whose log daemon they could use; ECS refuses drivers that need one, and drivers it does not know.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const task of model.of("taskDefinition")) {
      const fargate =
        task.props.requiresCompatibilities.includes("FARGATE") ||
        placementsOf(model, task).some((place) => isFargate(place.launch));
      const where = fargate ? "Fargate" : "EC2";
      for (const container of containersOf(task)) {
        const driver = container.logConfiguration?.logDriver;
        if (driver === undefined || logDriverAllowed(driver, fargate ? "fargate" : "ec2")) continue;
        const field = pointer("containerDefinitions", container.id, "logConfiguration");
        const known = logDriverAllowed(driver, "ec2");
        report({
          at: { node: task.id, field: `${field}/logDriver` },
          message: known
            ? `${driver} needs access to the host's log daemon, which ${where} does not give to ${container.name}. Use awslogs, Splunk or FireLens.`
            : `${driver || "An empty name"} is not a log driver that ${where} has, so ${container.name} cannot start. Use awslogs, Splunk or FireLens.`,
          fix: {
            title: `Send the logs of ${container.name} to CloudWatch Logs`,
            risk: "safe",
            edits: [{ edit: "setField", id: task.id, field, value: { logDriver: "awslogs" } }],
          },
        });
      }
    }
  },
});
