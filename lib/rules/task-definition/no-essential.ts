import { containersOf } from "../../model/queries";
import { safe, set } from "../repairs";
import { defineRule } from "../rule";
import { containerField } from "../workloads";

export const noEssential = defineRule({
  id: "ECS-TD-002",
  severity: "error",
  title: "No essential container",
  why: "ECS stops a task when an essential container stops. A definition without one is refused.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const definition of model.of("taskDefinition")) {
      const containers = containersOf(definition);
      const main = containers.find((container) => container.portMappings.length > 0) ?? containers[0];
      if (!main || containers.some((container) => container.essential)) continue;
      const field = containerField(main.id, "essential");
      report({
        at: { node: definition.id, field },
        message: `${definition.name} has no essential container, so ECS could not tell when the task has failed and refuses it. Mark the main container as essential.`,
        fix: safe(`Mark ${main.name} as essential`, set(definition.id, field, true)),
      });
    }
  },
});
