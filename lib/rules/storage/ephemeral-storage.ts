import { nearestWithin, within } from "../../aws/docs";
import { fargateEphemeralStorage } from "../../aws/fargate-sizes";
import type { Model, ModelNode } from "../../model/model";
import { isFargate, placementsOf } from "../../model/queries";
import { defineRule } from "../rule";
import { isWindows } from "../workloads";

export const ephemeralStorage = defineRule({
  id: "ECS-STO-014",
  severity: "error",
  title: "Ephemeral storage out of range or off Fargate",
  why: "Only Fargate sizes the disk of a task, from 21 to 200 GiB; it gives 20 GiB without asking. On EC2 the disk of the instance is what tasks have.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EphemeralStorage.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    const { included, min, max } = fargateEphemeralStorage;
    for (const taskDefinition of model.of("taskDefinition")) {
      const size = taskDefinition.props.ephemeralStorage;
      if (size === undefined) continue;
      const at = { node: taskDefinition.id, field: "/ephemeralStorage" };
      const set = (value?: number) => [
        { edit: "setField" as const, id: taskDefinition.id, field: "/ephemeralStorage", ...(value ? { value } : {}) },
      ];
      const use = placedOn(model, taskDefinition);
      if (use === "none") {
        report({
          at,
          message: `${taskDefinition.name} asks for ${size} GiB of ephemeral storage, which only Fargate gives, and it does not run there. Clear the field and size the disk of the instances instead.`,
          fix: { title: "Clear ephemeral storage", risk: "safe", edits: set() },
        });
      } else if (!within({ min, max }, size)) {
        const nearest = size <= included ? undefined : nearestWithin({ min, max }, size);
        report({
          at,
          message: `Fargate gives every task ${included} GiB; to ask for more choose ${min} to ${max} GiB (${size} is refused). Use ${nearest === undefined ? "no value, which means 20" : nearest}.`,
          fix: {
            title: nearest === undefined ? "Clear the field" : `Use ${nearest} GiB`,
            risk: "safe",
            edits: set(nearest),
          },
        });
      } else if (use === "all" && isWindows(taskDefinition)) {
        report({
          at,
          severity: "warning",
          message: `AWS's pages disagree on whether Windows tasks on Fargate can ask for more than ${included} GiB of ephemeral storage, and ${taskDefinition.name} asks for ${size}. Clear the field if the task definition is refused.`,
          fix: { title: "Clear ephemeral storage", risk: "safe", edits: set() },
        });
      }
    }
  },
});

/**
 * Where a definition runs on Fargate: the services and single tasks that do. Without any place, what it requires
 * decides, since it could run nowhere else.
 */
function placedOn(model: Model, taskDefinition: ModelNode<"taskDefinition">): "all" | "some" | "none" | "unknown" {
  const places = placementsOf(model, taskDefinition);
  if (places.length === 0) {
    const allowed = taskDefinition.props.requiresCompatibilities;
    if (allowed.length === 0) return "unknown";
    return !allowed.includes("FARGATE") ? "none" : allowed.length === 1 ? "all" : "some";
  }
  const on = places.filter((place) => isFargate(place.launch)).length;
  return on === 0 ? "none" : on === places.length ? "all" : "some";
}
