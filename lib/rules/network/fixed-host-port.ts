import { ephemeralPorts } from "../../aws/ports";
import type { GroupRule } from "../../catalog/fields/network";
import { pointer } from "../../core/pointer";
import { count } from "../../core/text";
import type { Edit } from "../../document/edits/edit";
import type { ModelNode } from "../../model/model";
import { containersOf, launchOf, networkModeOf, type Placement, taskDefinitionOf } from "../../model/queries";
import { mostField, mostTasks, taskRangeOf } from "../../model/scaling";
import { forwardsTo } from "../load-balancing/forwards";
import { set } from "../repairs";
import { defineRule, type Fix } from "../rule";
import { containerField, providersOf } from "../workloads";
import { addRules, slotOf } from "./groups";

export const fixedHostPort = defineRule({
  id: "ECS-NET-007",
  severity: "warning",
  title: "Fixed host port limits copies per instance",
  why: "Two tasks cannot share a host port, so each copy needs an instance of its own, also the new ones that replace old ones in a deployment.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html",
  needs: ["service"],
  check({ model }, report) {
    for (const service of model.of("service")) {
      const { maximumPercent, schedulingStrategy } = service.props;
      const definition = taskDefinitionOf(service);
      if (!definition || launchOf(service) !== "EC2" || schedulingStrategy === "DAEMON") continue;
      const mode = networkModeOf(definition);
      const taken = fixedPort(definition, mode);
      const providers = providersOf({ taskDefinition: definition, launch: "EC2", service } as Placement);
      if (taken === undefined || taskRangeOf(service) === undefined || providers.length === 0) continue;
      const instances = providers.reduce((sum, provider) => sum + provider.props.maxSize, 0);
      if ((mostTasks(service) * (maximumPercent ?? 200)) / 100 <= instances) continue;
      const fix = mode === "bridge" ? dynamicPorts(service, definition, providers) : undefined;
      report({
        at: { node: definition.id, field: taken.field },
        also: [
          { node: service.id, field: mostField(service) },
          ...providers.map(({ id }) => ({ node: id, field: "/maxSize" })),
        ],
        message: `Host port ${taken.port} can be used once per instance, so ${service.name} can run at most ${count(instances, "copy", "copies")} and may be unable to replace tasks in a deployment. ${
          mode === "bridge"
            ? "Leave the host port empty (dynamic) or use awsvpc."
            : "Use awsvpc, or bridge with an empty host port (dynamic)."
        }`,
        ...(fix ? { fix } : {}),
      });
    }
  },
});

/** The first host port that a definition claims, and where it says so. */
export function fixedPort(
  definition: ModelNode<"taskDefinition">,
  mode: string,
): { port: number; field: string } | undefined {
  for (const container of containersOf(definition)) {
    for (const [index, { containerPort, hostPort }] of container.portMappings.entries()) {
      if (mode === "bridge" && hostPort)
        return { port: hostPort, field: containerField(container.id, "portMappings", index, "hostPort") };
      if (mode === "host" && containerPort)
        return { port: containerPort, field: containerField(container.id, "portMappings", index, "containerPort") };
    }
  }
  return undefined;
}

/** Dynamic ports, and in groups taken over by hand the range they need. A Classic Load Balancer cannot follow. */
function dynamicPorts(
  service: ModelNode<"service">,
  definition: ModelNode<"taskDefinition">,
  providers: readonly ModelNode<"asgCapacityProvider">[],
): Fix | undefined {
  const forwards = forwardsTo(service);
  if (forwards.some(({ balancer }) => balancer.kind === "clb")) return undefined;
  const edits: Edit[] = containersOf(definition).flatMap((container) =>
    container.portMappings.flatMap(({ hostPort }, index) =>
      hostPort
        ? [set(definition.id, `${pointer("containerDefinitions", container.id, "portMappings", index)}/hostPort`)]
        : [],
    ),
  );
  const { from: fromPort, to: toPort } = ephemeralPorts.linux;
  const rules = forwards.map(
    ({ balancer }): GroupRule => ({ ipProtocol: "tcp", fromPort, toPort, peer: { node: balancer.id } }),
  );
  const own = providers.filter((provider) => slotOf(provider)?.mode === "own");
  if (rules.length > 0) edits.push(...own.map((provider) => addRules(provider, "ingress", rules)));
  return { title: "Use dynamic host ports", risk: "safe", edits };
}
