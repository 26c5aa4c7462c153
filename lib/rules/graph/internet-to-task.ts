import { isKind } from "../../model/build";
import type { Model, ModelEdge, ModelNode } from "../../model/model";
import { chosenContainer, clusterOf, taskDefinitionOf, vpcOf } from "../../model/queries";
import { refusedPair } from "../grammar";
import { addEdge, addNode, removeEdge, review } from "../repairs";
import { defineRule, type Fix } from "../rule";

export const internetToTask = defineRule({
  id: "ECS-GR-006",
  severity: "error",
  title: "Internet straight to a task",
  why: "Task addresses change with every deployment. Users need one address that stays, which a load balancer has.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html",
  needs: ["internet"],
  check({ model }, report) {
    for (const internet of model.of("internet")) {
      for (const edge of internet.out) {
        const refused = refusedPair(edge.from.kind, edge.to.kind, edge.relation);
        if (refused?.rule !== "ECS-GR-006") continue;
        const fix = isKind(edge.to, "service") ? insertBalancer(model, edge, edge.to) : undefined;
        report({
          at: { edge: edge.id },
          also: [{ node: internet.id }, { node: edge.to.id }],
          message: isKind(edge.to, "service")
            ? `Users need a stable address; task addresses change with every deployment. Put a load balancer in front of ${edge.to.name}.`
            : `${internet.name} cannot reach ${edge.to.name} directly: ${refused.reason}. ${refused.instead}.`,
          ...(fix ? { fix } : {}),
        });
      }
    }
  },
});

/** Through the load balancer that is there; else a new one, for a service that listens on TCP. */
function insertBalancer(model: Model, edge: ModelEdge, service: ModelNode<"service">): Fix | undefined {
  const { document } = model;
  const behind = service.in.find(
    (other) => other.relation === "forward" && (other.from.kind === "alb" || other.from.kind === "nlb"),
  )?.from;
  if (behind) {
    const known = behind.in.some((other) => other.relation === "request" && other.from === edge.from);
    const request = { from: edge.from.id, to: behind.id, relation: "request" as const, props: {} };
    return review(`Go through ${behind.name}`, removeEdge(edge.id), ...(known ? [] : [addEdge(document, request)]));
  }
  const definition = taskDefinitionOf(service);
  const mapping = definition && chosenContainer(definition, undefined)?.portMappings[0];
  const listens = mapping?.protocol === "tcp" && definition?.props.networkMode !== "none";
  if (!listens || !clusterOf(service)) return undefined;
  const alb = addNode(document, "alb", { name: `${service.name} door`, parent: vpcOf(service)?.id, props: {} });
  return review(
    "Put an Application Load Balancer between them",
    alb.edit,
    addEdge(document, { from: edge.from.id, to: alb.id, relation: "request", props: {} }),
    addEdge(document, { from: alb.id, to: service.id, relation: "forward", props: {} }, 1),
    removeEdge(edge.id),
  );
}
