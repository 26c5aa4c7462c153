import { list } from "../../core/text";
import { isKind } from "../../model/build";
import type { ModelNode } from "../../model/model";
import { type Container, containerOf, containersOf } from "../../model/queries";
import { judgeGrammar } from "../grammar";
import { removeEdge, review, safe, set } from "../repairs";
import { defineRule, type Report } from "../rule";
import { containerField } from "../workloads";

type Definition = ModelNode<"taskDefinition">;

export const circularDependency = defineRule({
  id: "ECS-CON-006",
  severity: "error",
  title: "Circular or unknown container dependency",
  why: "Containers that wait for each other never start, and AWS refuses a definition that names a container it does not have.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const edge of model.edgesOf("dependsOn")) {
      const refused = judgeGrammar(edge, edge.props);
      if (refused?.rule !== "ECS-CON-006") continue;
      const [from, to] = [nameAt(edge.from, edge.fromContainer), nameAt(edge.to, edge.toContainer)];
      report({
        at: { edge: edge.id },
        also: [{ node: edge.from.id }],
        message:
          edge.from === edge.to
            ? `${from} and ${to} wait for each other, so neither starts. Remove one dependency.`
            : `${from} waits for ${to}, which is in another task definition, and AWS knows only containers of the same one. Remove the dependency.`,
        fix: review("Remove this dependency", removeEdge(edge.id)),
      });
    }
    for (const definition of model.of("taskDefinition")) {
      checkNames(
        definition,
        "volumesFrom",
        (container) => (container.volumesFrom ?? []).map((item) => item.sourceContainer),
        report,
      );
      checkNames(
        definition,
        "links",
        (container) => (container.links ?? []).map((link) => link.split(":")[0] ?? ""),
        report,
      );
    }
  },
});

const nameAt = (node: ModelNode, container: string | undefined): string =>
  (isKind(node, "taskDefinition") && containerOf(node, container ?? "")?.name) || node.name;

/** Unknown names, self-references and cycles in the two settings that name containers. */
function checkNames(
  definition: Definition,
  setting: "volumesFrom" | "links",
  named: (container: Container) => string[],
  report: Report,
) {
  const containers = containersOf(definition);
  const byName = new Map(containers.map((container) => [container.name, container]));
  const done = new Set<string>();
  for (const container of containers) {
    const names = named(container);
    for (const [index, name] of names.entries()) {
      const ring = cycle(container, name, byName, named);
      if (byName.has(name) && (!ring || done.has(ring.join()))) continue;
      if (ring) done.add(ring.join());
      const what =
        name === container.name
          ? `${container.name} names itself in ${setting}, and it cannot start before itself`
          : ring
            ? `${list(ring)} name each other in ${setting}, so none of them starts`
            : `${container.name} names “${name}” in ${setting}, and ${definition.name} has no such container, so AWS refuses it`;
      report({
        at: { node: definition.id, field: containerField(container.id, setting, index) },
        message: `${what}. Remove this entry.`,
        fix: safe("Remove the entry", set(definition.id, containerField(container.id, setting, index))),
      });
    }
  }
}

/** Names on the way from `name` back to the container, sorted; undefined when there is none. */
function cycle(container: Container, name: string, byName: Map<string, Container>, named: (of: Container) => string[]) {
  const cameFrom = new Map<string, string>([[name, container.name]]);
  const open = [name];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === container.name) {
      const ring = new Set<string>();
      for (let back = at; !ring.has(back); back = cameFrom.get(back) ?? back) ring.add(back);
      return [...ring].sort();
    }
    for (const next of named(byName.get(at) ?? container).filter(
      (item) => byName.has(at) && byName.has(item) && !cameFrom.has(item),
    )) {
      cameFrom.set(next, at);
      open.push(next);
    }
  }
  return undefined;
}
