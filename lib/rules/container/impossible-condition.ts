import { dependencyConditionTable } from "../../aws/dependency-conditions";
import { isKind } from "../../model/build";
import type { ModelNode } from "../../model/model";
import { type Container, containerOf, containersOf } from "../../model/queries";
import { review, safe, set } from "../repairs";
import { defineRule, type Fix } from "../rule";
import { containerField } from "../workloads";

export const impossibleCondition = defineRule({
  id: "ECS-CON-005",
  severity: "error",
  title: "Dependency condition that can never hold",
  why: "A container that must have exited cannot be essential, since the task would stop with it. A container that must be healthy needs a health check in the task definition.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const edge of model.edgesOf("dependsOn")) {
      if (!isKind(edge.from, "taskDefinition") || edge.from.id !== edge.to.id) continue;
      const definition: ModelNode<"taskDefinition"> = edge.from;
      const waiting = containerOf(definition, edge.fromContainer ?? "");
      const target = containerOf(definition, edge.toContainer ?? "");
      if (!waiting || !target) continue;
      const { condition } = edge.props;
      const row = dependencyConditionTable.rows[condition];
      const essential = row.needsNonEssential && target.essential;
      const unchecked = row.needsHealthCheck && !target.healthCheck;
      if (!essential && !unchecked) continue;
      const reason = essential
        ? "is essential, so the task stops when it exits"
        : "has no health check in the task definition";
      report({
        at: { edge: edge.id, field: "/condition" },
        also: [{ node: definition.id, field: containerField(target.id, essential ? "essential" : "healthCheck") }],
        message: `${waiting.name} waits for ${target.name} to be ${condition}, but ${target.name} ${reason}; the task would never start. ${essential ? `Make ${target.name} non-essential` : "Add a health check"}, or wait for its start only.`,
        fix: essential ? relax(definition, target, edge.id) : addCheck(definition, target),
      });
    }
  },
});

/** The last essential container must stay one. */
const relax = (definition: ModelNode<"taskDefinition">, target: Container, edge: string): Fix =>
  containersOf(definition).some((container) => container.essential && container.id !== target.id)
    ? safe(`Make ${target.name} non-essential`, set(definition.id, containerField(target.id, "essential"), false))
    : review("Wait for its start only", set(edge, "/condition", "START"));

function addCheck(definition: ModelNode<"taskDefinition">, target: Container): Fix {
  const port = target.portMappings[0]?.containerPort;
  const command = port === undefined ? "exit 0" : `curl -f http://localhost:${port}/ || exit 1`;
  return review(
    `Add a health check to ${target.name}`,
    set(definition.id, containerField(target.id, "healthCheck"), { command: ["CMD-SHELL", command] }),
  );
}
