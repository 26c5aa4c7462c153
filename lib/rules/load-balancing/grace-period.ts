import { defaultOf, nearestWithin, rangeText, within } from "../../aws/docs";
import { limits } from "../../aws/limits";
import { containersOf, taskDefinitionOf } from "../../model/queries";
import { safe, set } from "../repairs";
import { defineRule } from "../rule";
import { forwardsTo } from "./forwards";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html */
const graceSeconds = { min: 0, max: 2_147_483_647 };

export const gracePeriod = defineRule({
  id: "ECS-LB-017",
  severity: "error",
  title: "Slow-starting task, no grace period",
  why: "ECS stops a task whose load balancer health check fails. A task that starts slowly needs a grace period, or it is stopped before it has started, again and again.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
  needs: ["service"],
  check({ model }, report) {
    for (const service of model.of("service")) {
      const { healthCheckGracePeriodSeconds: grace } = service.props;
      if (grace !== undefined && !within(graceSeconds, grace)) {
        const nearest = nearestWithin(graceSeconds, grace);
        report({
          at: { node: service.id, field: "/healthCheckGracePeriodSeconds" },
          message: `The grace period of ${service.name} is ${grace} seconds; ECS takes ${rangeText(graceSeconds)} and refuses the service otherwise. Use ${nearest}.`,
          fix: safe(`Use ${nearest}`, set(service.id, "/healthCheckGracePeriodSeconds", nearest)),
        });
        continue;
      }
      const taskDefinition = taskDefinitionOf(service);
      if (!taskDefinition) continue;
      const containers = containersOf(taskDefinition);
      const forwards = forwardsTo(service);
      if (grace !== undefined && grace > 0) {
        if (forwards.length > 0 || containers.some((container) => container.healthCheck)) continue;
        report({
          at: { node: service.id, field: "/healthCheckGracePeriodSeconds" },
          severity: "info",
          message: `${service.name} has a grace period, but neither a load balancer nor a container checks its health, so it is never used. Clear it.`,
          fix: {
            title: "Clear the grace period",
            risk: "safe",
            edits: [{ edit: "setField", id: service.id, field: "/healthCheckGracePeriodSeconds" }],
          },
        });
        continue;
      }
      const start = Math.max(0, ...containers.map((container) => container.healthCheck?.startPeriod ?? 0));
      const patience = Math.min(...forwards.map(({ edge }) => patienceOf(edge.props.healthCheck)));
      if (forwards.length === 0 || start <= patience) continue;
      const wanted = start + 30;
      report({
        at: { node: service.id, field: "/healthCheckGracePeriodSeconds" },
        severity: "warning",
        message: `${service.name} may be judged unhealthy before it has started: its containers may take ${start} seconds, and the load balancer gives up after ${patience}. Give it a grace period of about ${wanted} seconds.`,
        fix: {
          title: `Set a grace period of ${wanted} seconds`,
          risk: "safe",
          edits: [{ edit: "setField", id: service.id, field: "/healthCheckGracePeriodSeconds", value: wanted }],
        },
      });
    }
  },
});

/** Seconds until a target that never answers is unhealthy. */
const patienceOf = (check: { interval?: number; unhealthyThreshold?: number }): number =>
  (check.interval ?? defaultOf(limits.targetHealthCheckInterval)) *
  (check.unhealthyThreshold ?? defaultOf(limits.unhealthyThreshold));
