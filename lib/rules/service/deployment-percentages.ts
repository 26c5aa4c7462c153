import { count } from "../../core/text";
import type { ModelNode } from "../../model/model";
import { taskRangeOf } from "../../model/scaling";
import { asBalancer } from "../load-balancing/forwards";
import { defineRule, type Fix } from "../rule";

export const deploymentPercentages = defineRule({
  id: "ECS-SVC-001",
  severity: "error",
  title: "Deployment percentages that cannot move",
  why: "A rolling update starts new tasks up to the maximum and stops old ones down to the minimum. Where both allow nothing, the deployment waits for ever.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html",
  needs: ["service"],
  check({ model }, report) {
    for (const service of model.of("service")) {
      // The other controllers replace tasks by their own numbers.
      if (service.props.deploymentController !== "ECS") continue;
      const { minimumHealthyPercent: min, maximumPercent: max, schedulingStrategy } = service.props;
      const at = { node: service.id, field: max === undefined ? "/minimumHealthyPercent" : "/maximumPercent" };
      if (schedulingStrategy === "DAEMON") {
        if (max === undefined || max === 100) continue;
        report({
          at,
          message: `${service.name} runs one task an instance, so its maximum is always 100%; it is set to ${max}%. Clear it.`,
          fix: fix("Clear the maximum", service, "/maximumPercent"),
        });
        continue;
      }
      const reason = refusal(service) ?? standstill(service);
      if (reason) {
        report({
          at,
          message: `${reason}. Use 100/200 (no loss) or 50/100 (no extra capacity).`,
          fix: fix("Use 100/200", service, "/minimumHealthyPercent", "/maximumPercent"),
        });
        continue;
      }
      const desired = taskRangeOf(service)?.min ?? 0;
      const balanced = service.in.some((edge) => edge.relation === "forward" && asBalancer(edge.from));
      if ((min ?? 100) >= 100 || !balanced || desired < 1 || desired > 2) continue;
      report({
        at: { node: service.id, field: "/minimumHealthyPercent" },
        severity: "warning",
        message: `With ${count(desired, "task")} behind a load balancer and a minimum of ${min}%, a deployment leaves ${count(
          Math.ceil((desired * (min ?? 100)) / 100),
          "task",
        )} to answer. Use a minimum of 100%, or run more tasks.`,
        fix: fix("Keep all tasks during deployments", service, "/minimumHealthyPercent", "/maximumPercent"),
      });
    }
  },
});

/** Percentages that AWS refuses. */
function refusal({ name, props }: ModelNode<"service">): string | undefined {
  const [min, max] = [props.minimumHealthyPercent ?? 100, props.maximumPercent ?? 200];
  if (min < 0) return `${name} has a minimum of ${min}%, and a percentage is zero or more`;
  if (max < 100) return `${name} has a maximum of ${max}%, so ECS may not even run all its tasks`;
  if (min > max) return `${name} has a minimum of ${min}% above its maximum of ${max}%`;
  return undefined;
}

/** Percentages that leave no task to start or stop. ECS rounds the minimum up and the maximum down. */
function standstill(service: ModelNode<"service">): string | undefined {
  const { minimumHealthyPercent: min = 100, maximumPercent: max = 200 } = service.props;
  const desired = taskRangeOf(service)?.min ?? 0;
  if (desired < 1) return undefined;
  const mayStart = Math.floor((desired * max) / 100) > desired;
  const mayStop = Math.ceil((desired * min) / 100) < desired;
  return mayStart || mayStop
    ? undefined
    : `With ${count(desired, "task")}, minimum ${min}% and maximum ${max}% ECS may neither stop nor start a task, so deployments hang`;
}

const fix = (title: string, service: ModelNode, ...fields: string[]): Fix => ({
  title,
  risk: "safe",
  edits: fields.map((field) => ({ edit: "setField", id: service.id, field })),
});
