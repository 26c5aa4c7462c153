import type { Model, ModelNode } from "../../model/model";
import { capacityOf } from "../../model/queries";
import { review, safe, set } from "../repairs";
import { defineRule, type Report } from "../rule";

export const launchAndStrategy = defineRule({
  id: "ECS-COMP-004",
  severity: "error",
  title: "Launch type and capacity provider strategy disagree",
  why: "CreateService and RunTask take either a launch type or a capacity provider strategy and refuse both together.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
  needs: ["service", "taskDefinition"],
  check({ model }, report) {
    for (const service of model.of("service")) checkService(service, report);
    checkTasks(model, report);
  },
});

const says = (who: string, launch: string): string =>
  `${who} sets the launch type ${launch} and a capacity provider strategy; AWS accepts either of them, not both. Keep the strategy if the cluster should scale its own capacity.`;

function checkService(service: ModelNode<"service">, report: Report): void {
  const { launchType, capacityProviderStrategy: strategy } = service.props;
  const providers = capacityOf(service);
  // Instances on launch type FARGATE are COMP-002, which refuses the edge.
  const drawn = launchType === "EC2" && providers.length > 0;
  if (launchType === undefined || (strategy.length === 0 && !drawn)) return;
  const agree = launchType === "EC2" ? drawn && strategy.length === 0 : true;
  report({
    at: { node: service.id, field: "/launchType" },
    also: [
      ...providers.map(({ edge }) => ({ edge: edge.id })),
      ...(strategy.length > 0 ? [{ node: service.id, field: "/capacityProviderStrategy" }] : []),
    ],
    message: says(service.name, launchType),
    fix: agree
      ? safe("Clear the launch type", set(service.id, "/launchType"))
      : drawn
        ? review(
            "Keep the Auto Scaling group only",
            set(service.id, "/launchType"),
            set(service.id, "/capacityProviderStrategy"),
          )
        : review("Clear the strategy", set(service.id, "/capacityProviderStrategy")),
  });
}

function checkTasks(model: Model, report: Report): void {
  for (const edge of model.edgesOf("runTask")) {
    const { launchType, capacityProviderStrategy } = edge.props;
    if (launchType === undefined || capacityProviderStrategy.length === 0) continue;
    report({
      at: { edge: edge.id, field: "/launchType" },
      message: says(edge.from.name, launchType),
      fix:
        launchType === "FARGATE"
          ? safe("Clear the launch type", set(edge.id, "/launchType"))
          : review("Clear the strategy", set(edge.id, "/capacityProviderStrategy")),
    });
  }
}
