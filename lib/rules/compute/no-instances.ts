import { isKind } from "../../model/build";
import type { Model, ModelNode } from "../../model/model";
import { capacityOf, clusterOf, isFargate, launchOf, taskDefinitionOf } from "../../model/queries";
import { isWiredToGeneric } from "../generics";
import { addEdge, addNode, review, set } from "../repairs";
import { defineRule, type Fix } from "../rule";
import { isWindows, launchForgotten } from "../workloads";

export const noInstances = defineRule({
  id: "ECS-COMP-001",
  severity: "error",
  title: "EC2 service with no container instances",
  why: "With the EC2 launch type you provide the instances. A cluster without any leaves every task waiting for a place.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/launch_types.html",
  needs: ["service"],
  check({ model }, report) {
    for (const service of model.of("service")) {
      const cluster = clusterOf(service);
      // One declared for Fargate alone misses its launch type, not instances: COMP-005.
      if (launchForgotten(service)) continue;
      if (!cluster || isFargate(launchOf(service)) || capacityOf(service).length > 0) continue;
      if (cluster.children.some((node) => node.kind === "asgCapacityProvider") || instancesElsewhere(model, cluster)) {
        continue;
      }
      report({
        at: { node: service.id, ...(service.props.launchType ? { field: "/launchType" } : {}) },
        also: [{ node: cluster.id }],
        message: `${service.name} runs on EC2, but ${cluster.name} has no EC2 capacity. With the EC2 launch type you provision and maintain the instances, so its tasks can never be placed. Add an Auto Scaling group capacity provider, or switch the service to Fargate.`,
        fix: addCapacity(model, service, cluster),
      });
    }
  },
});

/** Instances that a generic resource may register are beyond what the drawing says. */
const instancesElsewhere = (model: Model, cluster: ModelNode<"cluster">): boolean =>
  cluster.children.some((node) => isKind(node, "generic")) || isWiredToGeneric(model, cluster);

/** No Windows: the ECS-optimised images offered here are Linux. */
function addCapacity(model: Model, service: ModelNode<"service">, cluster: ModelNode<"cluster">): Fix | undefined {
  const definition = taskDefinitionOf(service);
  if (definition && isWindows(definition)) return undefined;
  const arm = definition?.props.runtimePlatform.cpuArchitecture === "ARM64";
  const { id, edit } = addNode(model.document, "asgCapacityProvider", {
    name: "EC2 capacity",
    parent: cluster.id,
    props: arm ? { instanceType: "t4g.medium", ami: "al2023-arm64" } : {},
  });

  return review(
    "Add an Auto Scaling group with its capacity provider",
    edit,
    ...(service.props.launchType ? [set(service.id, "/launchType")] : []),
    addEdge(model.document, { from: service.id, to: id, relation: "useCapacity", props: {} }),
  );
}
