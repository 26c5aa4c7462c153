import { limits } from "../../aws/limits";
import { safe, set } from "../repairs";
import { defineRule, type Report } from "../rule";
import { type Service, scaledServices } from "./policies";

export const taskRange = defineRule({
  id: "ECS-AS-002",
  severity: "error",
  title: "Minimum, desired and maximum disagree",
  why: "Application Auto Scaling refuses a minimum above the maximum, and keeps the number of tasks between the two whatever else asks for.",
  docs: "https://docs.aws.amazon.com/autoscaling/application/userguide/what-is-application-auto-scaling.html",
  needs: ["service"],
  check({ model }, report) {
    for (const { service, scaling } of scaledServices(model.of("service"))) {
      judge(service, "/autoScaling", scaling.minCapacity, scaling.maxCapacity, report);
      scaling.scheduledActions.forEach(({ minCapacity: min, maxCapacity: max }, index) => {
        judge(service, `/autoScaling/scheduledActions/${index}`, min, max, report);
      });
      const { minCapacity: min, maxCapacity: max } = scaling;
      const raised = scaling.scheduledActions.some(({ maxCapacity = 0 }) => maxCapacity > 0);
      if (min === 0 && max === 0 && !raised)
        report({
          at: { node: service.id, field: "/autoScaling/maxCapacity" },
          message: `${service.name} scales between 0 and 0, so it never runs a task. Raise the maximum.`,
          fix: safe("Use 1", set(service.id, "/autoScaling/maxCapacity", 1)),
        });
      const { desiredCount: desired } = service.props;
      if (desired === undefined || min > max || min < 0 || (desired >= min && desired <= max)) continue;
      const near = desired < min ? min : max;
      report({
        at: { node: service.id, field: "/desiredCount" },
        severity: "warning",
        message: `${service.name} scales between ${min} and ${max} but asks for ${desired} tasks; auto scaling keeps it within its limits, so it never runs ${desired}. Order the three numbers, or clear the desired count.`,
        fix: safe(`Ask for ${near}`, set(service.id, "/desiredCount", near)),
      });
    }
  },
});

/** One pair of limits; either may be left as it is by a scheduled action. */
function judge(service: Service, at: string, min: number | undefined, max: number | undefined, report: Report): void {
  const says = (field: "minCapacity" | "maxCapacity", reason: string, value: number): void =>
    report({
      at: { node: service.id, field: `${at}/${field}` },
      message: `${service.name} scales between ${min ?? "its minimum"} and ${max ?? "its maximum"}; ${reason}, so AWS refuses it. Order the numbers.`,
      fix: safe(`Use ${value}`, set(service.id, `${at}/${field}`, value)),
    });
  const most = limits.desiredCount.max;
  if (min !== undefined && min < 0) says("minCapacity", "a minimum is zero or more", 0);
  else if (max !== undefined && max < Math.max(1, min ?? 0) && max !== min)
    says(
      "maxCapacity",
      max < 1 ? "a maximum below one runs nothing" : "the minimum is above the maximum",
      Math.max(1, min ?? 0),
    );
  else if (max !== undefined && max > most) says("maxCapacity", `a service runs ${most} tasks at most`, most);
}
