import type { ModelNode } from "../../model/model";
import { containersOf } from "../../model/queries";
import { safe, set } from "../repairs";
import { defineRule } from "../rule";
import { containerField, fargateUse } from "../workloads";
import { claimsOf, fittingSize, resize, sizeText } from "./sizes";

export const oversubscribed = defineRule({
  id: "ECS-TD-005",
  severity: "error",
  title: "Containers reserve more than the task has",
  why: "The CPU and memory of a task are shared by its containers. AWS refuses a definition whose containers claim more.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const definition of model.of("taskDefinition")) {
      const { cpu, memory } = definition.props;
      const claims = claimsOf(definition);
      const size = fargateUse(model, definition) ? fittingSize(definition) : fit(definition);
      const fix = size ? { fix: safe(`Raise the task to ${sizeText(size)}`, ...resize(definition, size)) } : {};
      const says = (sum: number, unit: string, task: number) =>
        `The containers of ${definition.name} reserve ${sum} ${unit} but the task has only ${task}. Lower the containers or raise the task size.`;
      for (const container of containersOf(definition)) {
        if ((container.cpu ?? 0) >= 0) continue;
        const field = containerField(container.id, "cpu");
        report({
          at: { node: definition.id, field },
          message: `${container.name} of ${definition.name} reserves ${container.cpu} CPU units, and AWS refuses a negative number. Clear it to share the CPU of the task.`,
          fix: safe("Clear its CPU", set(definition.id, field)),
        });
      }
      if (cpu !== undefined && claims.cpu > cpu) {
        report({ at: { node: definition.id, field: "/cpu" }, message: says(claims.cpu, "CPU units", cpu), ...fix });
      }
      if (memory === undefined) continue;
      if (claims.memory > memory) {
        report({ at: { node: definition.id, field: "/memory" }, message: says(claims.memory, "MiB", memory), ...fix });
        continue;
      }
      const big = containersOf(definition).find((container) => (container.memory ?? 0) > memory);
      if (!big) continue;
      report({
        at: { node: definition.id, field: containerField(big.id, "memory") },
        also: [{ node: definition.id, field: "/memory" }],
        message: `${big.name} of ${definition.name} may use ${big.memory} MiB but the task has only ${memory}. Lower the container's limit or raise the task size.`,
        ...fix,
      });
    }
  },
});

/** On instances any size will do. A size that is not set stays so. */
function fit(definition: ModelNode<"taskDefinition">) {
  const { cpu, memory, largest } = claimsOf(definition);
  return {
    cpu: Math.max(definition.props.cpu ?? 0, cpu, 128),
    memory: Math.max(definition.props.memory ?? 0, memory, largest),
  };
}
