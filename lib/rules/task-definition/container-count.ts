import { within } from "../../aws/docs";
import { limits } from "../../aws/limits";
import { slug } from "../../core/ids";
import { containersOf } from "../../model/queries";
import { review, set } from "../repairs";
import { defineRule } from "../rule";
import { containerField } from "../workloads";

const limit = limits.containersPerTaskDefinition;

export const containerCount = defineRule({
  id: "ECS-TD-001",
  severity: "error",
  title: "More than 10 containers",
  why: "A task definition holds one to ten containers.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const definition of model.of("taskDefinition")) {
      const number = containersOf(definition).length;
      if (within(limit, number)) continue;
      const at = { node: definition.id, field: "/containerDefinitions" };
      if (number > 0) {
        report({
          at,
          message: `${definition.name} has ${number} containers; a task definition holds at most ${limit.max}. Split it into services that can scale separately.`,
        });
        continue;
      }
      const container = {
        name: slug(definition.name, "app"),
        image: "public.ecr.aws/nginx/nginx:1.27",
        portMappings: [{ containerPort: 80 }],
        memoryReservation: 256,
      };
      report({
        at,
        message: `${definition.name} has no container, so there is nothing to run; a task definition holds 1 to ${limit.max}. Add a container.`,
        fix: review("Add a container", set(definition.id, containerField("c1"), container)),
      });
    }
  },
});
