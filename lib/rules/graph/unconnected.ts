import type { NodeKind } from "../../catalog";
import type { Model, ModelNode } from "../../model/model";
import { clusterOfRunTask, taskDefinitionsOf } from "../../model/queries";
import { isWiredToGeneric } from "../generics";
import { removeNode, review } from "../repairs";
import { defineRule } from "../rule";

/** What a node must have to take part, by kind, and what to do when it has not. Load balancers are LB-019, schedules EVT-004, services GR-002. */
const parts: { readonly [K in NodeKind]?: { takesPart(node: ModelNode): boolean; todo: string } } = {
  taskDefinition: {
    takesPart: (node) => node.in.length > 0,
    todo: "Connect a service, a rule or a schedule that runs it, or delete it",
  },
  cluster: { takesPart: (node) => node.children.length > 0, todo: "Put a service into it, or delete it" },
  vpc: { takesPart: (node) => node.children.length > 0, todo: "Put something into it, or delete it" },
  asgCapacityProvider: {
    takesPart: (node) => node.in.length > 0 || node.parent !== undefined,
    todo: "Put it into a cluster and connect a service, or delete it",
  },
  eventRule: { takesPart: (node) => node.out.length > 0, todo: "Connect a target, or delete it" },
};
const anyEdge = {
  takesPart: (node: ModelNode) => node.in.length + node.out.length > 0,
  todo: "Connect or delete it",
};
const byEdges = [
  "internet",
  "ecrRepository",
  "dockerHub",
  "efs",
  "s3Bucket",
  "sqsQueue",
  "snsTopic",
  "secret",
  "ssmParameter",
] as const satisfies readonly NodeKind[];

const kinds = [...(Object.keys(parts) as (keyof typeof parts)[]), ...byEdges];

export const unconnected = defineRule({
  id: "ECS-GR-003",
  severity: "warning",
  title: "Node with no part in the design",
  why: "What is connected to nothing is exported and priced like everything else, and nobody uses it.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/Welcome.html",
  needs: kinds,
  check({ model }, report) {
    const named = namedByTasks(model);
    const wanted = model.of("service").some((service) => taskDefinitionsOf(service).length === 0);
    for (const kind of kinds) {
      const { takesPart, todo } = parts[kind] ?? anyEdge;
      for (const node of model.of(kind)) {
        if (takesPart(node as ModelNode) || named.has(node.id) || isWiredToGeneric(model, node as ModelNode)) continue;
        // A service without a definition asks for one: GR-002.
        if (kind === "taskDefinition" && wanted) continue;
        report({
          at: { node: node.id },
          message: `${node.name} is not connected to anything${kind === "eventRule" ? " that it could start" : ""}, so it costs or confuses without being used. ${todo}.`,
          ...(node.in.length + node.out.length + node.children.length === 0
            ? { fix: review(`Delete ${node.name}`, removeNode(node.id)) }
            : {}),
        });
      }
    }
  },
});

/** Queues and clusters that RunTask edges name without an edge of their own. */
function namedByTasks(model: Model): ReadonlySet<string> {
  const named = new Set<string>();
  for (const edge of model.edgesOf("runTask")) {
    if (edge.props.deadLetterQueue !== undefined) named.add(edge.props.deadLetterQueue);
    const cluster = clusterOfRunTask(model, edge);
    // Which one an edge means that names none (EVT-002) is open, so it may be any.
    for (const { id } of cluster ? [cluster] : model.of("cluster")) named.add(id);
  }
  return named;
}
