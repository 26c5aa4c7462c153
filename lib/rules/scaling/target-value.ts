import { safe, set } from "../repairs";
import { defineRule } from "../rule";
import { policiesOf, scaledServices } from "./policies";

/** Percent beyond which a target of CPU or memory is meant otherwise: the other way, tasks are kept idle or full. */
const USUAL = { min: 20, max: 90 };

export const targetValue = defineRule({
  id: "ECS-AS-004",
  severity: "error",
  title: "Target value that will not work",
  why: "Target tracking adds tasks while the metric is above its target and removes them while it is well below. A target that the metric never passes does neither.",
  docs: "https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking.html",
  needs: ["service"],
  check({ model }, report) {
    for (const { service, scaling } of scaledServices(model.of("service"))) {
      const tracking = policiesOf(scaling, "TargetTrackingScaling");
      for (const { policy, at } of tracking) {
        const requests = policy.predefinedMetricType === "ALBRequestCountPerTarget";
        const { targetValue: value } = policy;
        const metric = requests
          ? "request"
          : policy.predefinedMetricType === "ECSServiceAverageCPUUtilization"
            ? "CPU"
            : "memory";
        const found = effectOf(value, requests);
        if (!found) continue;
        report({
          at: { node: service.id, field: `${at}/targetValue` },
          severity: found.severity,
          message: `A ${metric} target of ${value} means ${found.effect}. ${
            requests ? "Use the requests that one task answers well in a minute" : "50–75% is usual"
          }.`,
          fix: safe(
            requests ? "Use 1000" : "Use 60%",
            set(service.id, `${at}/targetValue`, requests ? 1000 : undefined),
          ),
        });
      }
      const elsewise = scaling.policies.length > tracking.length || scaling.scheduledActions.length > 0;
      if (scaling.minCapacity === 0 && tracking.length > 0 && !elsewise) {
        report({
          at: { node: service.id, field: "/autoScaling/minCapacity" },
          severity: "warning",
          message: `${service.name} may go down to no task, and without a task it has no CPU, memory or requests to bring it back. Keep at least one, or let a queue or a schedule start it.`,
          fix: safe("Keep one task", set(service.id, "/autoScaling/minCapacity", 1)),
        });
      }
    }
  },
});

function effectOf(value: number, requests: boolean): { severity: "error" | "warning"; effect: string } | undefined {
  if (value <= 0) return { severity: "error", effect: "that AWS refuses the policy" };
  if (requests) return undefined;
  if (value > 100) return { severity: "error", effect: "that it is never passed, so no task is ever added" };
  if (value > USUAL.max) return { severity: "warning", effect: "tasks that are full before more of them start" };
  if (value < USUAL.min) return { severity: "warning", effect: "tasks that are paid for and idle" };
  return undefined;
}
