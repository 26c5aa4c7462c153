import type { Model, ModelNode } from "../../model/model";
import { type Container, containersOf, networkModeOf } from "../../model/queries";
import { review, set } from "../repairs";
import { defineRule } from "../rule";
import { containerField, fargateUse, isWindows, onInstances } from "../workloads";

export const privileged = defineRule({
  id: "ECS-CON-008",
  severity: "warning",
  title: "Privileged container or host access",
  why: "A privileged container, or root on the host's network, is one defect away from owning the instance and all tasks on it.",
  docs: "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const definition of model.of("taskDefinition")) {
      if (!isOnLinuxHosts(model, definition)) continue;
      const host = networkModeOf(definition) === "host";
      for (const container of containersOf(definition)) {
        const risky = container.privileged ? "privileged" : host && isRoot(container) ? "user" : undefined;
        if (!risky) continue;
        const how = risky === "user" ? "runs as root on the host's network" : "runs with the host's privileges";
        report({
          at: { node: definition.id, field: containerField(container.id, risky) },
          message: `${container.name} ${how}; a break-out would own the instance and every task on it. Drop privileged, run as a non-root user, add only the capabilities it needs.`,
          fix: review(
            host ? "Run unprivileged as user 1000" : "Run unprivileged",
            ...(container.privileged ? [set(definition.id, containerField(container.id, "privileged"))] : []),
            ...(host && isRoot(container) ? [set(definition.id, containerField(container.id, "user"), "1000")] : []),
          ),
        });
      }
    }
  },
});

/** On Fargate privileged mode is COMP-006, on Windows CON-011. */
const isOnLinuxHosts = (model: Model, definition: ModelNode<"taskDefinition">): boolean =>
  !isWindows(definition) && !fargateUse(model, definition) && onInstances(model, definition).length > 0;

/** An image may name a user of its own, which the drawing does not show; unset means root unless it does. */
const isRoot = (container: Container): boolean => /^(root|0)?(:.*)?$/.test(container.user ?? "");
