import { containersOf } from "../../model/queries";
import { defineRule } from "../rule";
import { containerField, fargateUse } from "../workloads";
import { pullOf, selfHosted } from "./images";

export const ownRegistry = defineRule({
  id: "ECS-CON-003",
  severity: "info",
  title: "Self-hosted registry on Fargate",
  why: "Fargate pulls from any registry that the task's subnets can reach. Nothing in the drawing shows that one of your own can be.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/private-auth.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const definition of model.of("taskDefinition")) {
      const use = fargateUse(model, definition);
      if (!use) continue;
      for (const container of containersOf(definition)) {
        const host = pullOf(definition, container) ? undefined : selfHosted(container.image ?? "");
        if (!host) continue;
        report({
          at: { node: definition.id, field: containerField(container.id, "image") },
          also: use.also,
          message: `${container.name} pulls from ${host}. Fargate can pull from any registry its subnets can reach, with credentials if private. Check that ${host} is reachable from the subnets of ${definition.name}.`,
        });
      }
    }
  },
});
