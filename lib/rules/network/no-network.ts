import { isKind } from "../../model/build";
import type { ModelNode } from "../../model/model";
import { containersOf, isFargate, launchOf, networkModeOf, servicesOf, taskDefinitionOf } from "../../model/queries";
import { set } from "../repairs";
import { defineRule } from "../rule";
import { containerField } from "../workloads";

/** Edges that need tasks with a network on the side they reach. */
const reaching = new Set(["forward", "call"]);

export const noNetwork = defineRule({
  id: "ECS-NET-005",
  severity: "error",
  title: "Ports or load balancer on network mode none",
  why: "In mode none a container has no interface beyond its own loopback, so nothing can reach it and AWS refuses port mappings.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html",
  needs: ["taskDefinition"],
  refuses({ relation, from, to }) {
    if (!reaching.has(relation) || ![from, to].some(hasNoNetwork)) return undefined;
    const [without] = [to, from].filter(hasNoNetwork) as [ModelNode];
    return {
      reason: `${taskDefinitionOf(without)?.name} has no network (mode none), so it can neither publish ports nor be reached`,
      instead: "Use awsvpc",
    };
  },
  check({ model }, report) {
    for (const definition of model.of("taskDefinition")) {
      if (networkModeOf(definition) !== "none") continue;
      // Connections to it are refused, and each says so itself.
      const services: readonly ModelNode[] = servicesOf(definition);
      if (services.some((service) => [...service.in, ...service.out].some((edge) => reaching.has(edge.relation))))
        continue;
      const mapped = containersOf(definition).filter(({ portMappings }) => portMappings.length > 0);
      const [first] = mapped;
      if (!first) continue;
      const hostPorts = mapped.flatMap((container) =>
        container.portMappings.flatMap(({ hostPort }, index) =>
          hostPort ? [set(definition.id, containerField(container.id, "portMappings", index, "hostPort"))] : [],
        ),
      );
      report({
        at: { node: definition.id, field: "/networkMode" },
        also: mapped.map((container) => ({ node: definition.id, field: containerField(container.id, "portMappings") })),
        message: `${definition.name} has no network (mode none), so it can neither publish ports nor be reached. Use awsvpc.`,
        fix: {
          title: "Use awsvpc",
          risk: "safe",
          edits: [set(definition.id, "/networkMode", "awsvpc"), ...hostPorts],
        },
      });
    }
  },
});

/** On Fargate the mode itself is wrong, which is TD-008. */
const hasNoNetwork = (node: ModelNode): boolean => {
  if (!isKind(node, "service") || isFargate(launchOf(node))) return false;
  const definition = taskDefinitionOf(node);
  return definition !== undefined && networkModeOf(definition) === "none";
};
