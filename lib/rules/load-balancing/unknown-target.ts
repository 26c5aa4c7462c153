import { pointer } from "../../core/pointer";
import { list } from "../../core/text";
import type { ModelNode } from "../../model/model";
import { type Container, containersOf } from "../../model/queries";
import { defineRule } from "../rule";
import { forwardsOf, modeOf, portText } from "./forwards";

export const unknownTarget = defineRule({
  id: "ECS-LB-006",
  severity: "error",
  title: "Load balancer points at a container or port that does not exist",
  why: "A service names the container and the mapped port that its load balancer reaches. ECS refuses the service when the task definition has no such mapping.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LoadBalancer.html",
  needs: ["alb", "nlb", "clb"],
  check({ model }, report) {
    for (const { edge, service, taskDefinition, container, mapping } of forwardsOf(model)) {
      // Without a container it is GR-002, in mode none it is NET-005.
      if (!taskDefinition || mapping || modeOf(service) === "none" || containersOf(taskDefinition).length === 0)
        continue;
      const choices = mappedPorts(taskDefinition);
      const first = choices[0];
      const name = container?.name ?? edge.props.container;
      const what = edge.props.containerPort === undefined ? `a port of ${name}` : `${name}:${edge.props.containerPort}`;
      report({
        at: { edge: edge.id, field: container ? "/containerPort" : "/container" },
        also: [
          { node: taskDefinition.id, field: pointer("containerDefinitions", ...(container ? [container.id] : [])) },
        ],
        message: `${service.name} routes to ${what}, but ${taskDefinition.name} has no such mapping. ${
          first ? `Choose one of ${list(choices.map(({ label }) => label))}.` : "Add a port mapping to the container."
        }`,
        ...(first
          ? {
              fix: {
                title: `Route to ${first.label}`,
                risk: "safe" as const,
                edits: [
                  { edit: "setField" as const, id: edge.id, field: "/container", value: first.container },
                  { edit: "setField" as const, id: edge.id, field: "/containerPort", value: first.port },
                ],
              },
            }
          : {}),
      });
    }
  },
});

/** What a load balancer could point at, the best guess first: tcp ports of essential containers. */
function mappedPorts(taskDefinition: ModelNode<"taskDefinition">) {
  const all = containersOf(taskDefinition).flatMap((container) =>
    container.portMappings.flatMap((mapping) => {
      const port = mapping.containerPort ?? Number(/^\d+/.exec(mapping.containerPortRange ?? "")?.[0] ?? Number.NaN);
      if (Number.isNaN(port)) return [];
      const label = `${container.name}:${portText(mapping)}`;
      return [{ container: container.id, port, label, rank: rank(container, mapping.protocol) }];
    }),
  );
  return all.sort((a, b) => a.rank - b.rank);
}

const rank = (container: Container, protocol: string): number =>
  (container.essential ? 0 : 2) + (protocol === "tcp" ? 0 : 1);
