import { readAt } from "../../core/pointer";
import { clip } from "../../core/text";
import type { Place } from "../../document/document";
import { isKind } from "../../model/build";
import type { Model, ModelEdge, ModelNode } from "../../model/model";
import {
  type Container,
  chosenContainer,
  clusterOf,
  containersOf,
  isFargate,
  launchOf,
  taskDefinitionOf,
} from "../../model/queries";
import { taskPortOf } from "../../stack/ports";
import { originsAt, resourcesOf, type Stack } from "../../stack/stack";
import { modeOf } from "../load-balancing/forwards";
import { safe, set } from "../repairs";
import { defineRule, type Fix, type Report } from "../rule";
import { containerField, isWindows } from "../workloads";

export const serviceConnect = defineRule({
  id: "ECS-SVC-011",
  severity: "error",
  title: "Service Connect prerequisites",
  why: "Service Connect puts a proxy beside the containers of caller and callee. It needs Linux tasks in awsvpc or bridge mode with a memory limit, ECS's own deployment controller, and a named port to call.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect.html",
  needs: ["service", "taskDefinition"],
  check({ model, stack }, report) {
    const namespaces = namespacesIn(stack);
    const told = new Set<string>();
    for (const edge of model.edgesOf("call")) {
      for (const obstacle of obstaclesOf(edge, namespaces)) {
        const key = JSON.stringify(obstacle.at);
        // Two calls of one service have one cause.
        if (told.has(key)) continue;
        told.add(key);
        report({
          at: obstacle.at,
          also: [{ edge: edge.id }],
          message: `${obstacle.service.name} cannot join ${obstacle.namespace ?? namespaceOf(obstacle.service)}: ${obstacle.reason}. ${obstacle.todo}.`,
          ...(obstacle.fix ? { fix: obstacle.fix } : {}),
        });
      }
    }
    misnamed(model, report);
    unnamed(model, (taskDefinition, container, field) =>
      report({
        at: { node: taskDefinition.id, field: `${field}/appProtocol` },
        message: `Port mapping of ${container.name} in ${taskDefinition.name} states an application protocol without a name, which Service Connect needs and ECS refuses. Name the mapping, or clear the protocol.`,
        fix: {
          title: "Clear the application protocol",
          risk: "safe",
          edits: [{ edit: "setField", id: taskDefinition.id, field: `${field}/appProtocol` }],
        },
      }),
    );
  },
});

const namespaceOf = (service: ModelNode): string => {
  const cluster = clusterOf(service);
  return cluster ? `the namespace of ${cluster.name}` : "a Service Connect namespace";
};

interface Obstacle {
  service: ModelNode;
  /** Unless it is that of the service's own cluster. */
  namespace?: string;
  at: Place;
  reason: string;
  todo: string;
  fix?: Fix;
}

function obstaclesOf(edge: ModelEdge<"call">, namespaces: ReadonlyMap<string, string>): Obstacle[] {
  const ends = [edge.from, edge.to].flatMap((node) => (isKind(node, "service") ? [node] : []));
  return [...ends.flatMap(unfit), ...unmapped(edge), ...strangers(edge, namespaces)];
}

/** The namespace that each service joins, by node id. */
function namespacesIn(stack: Stack): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const resource of resourcesOf(stack, "AWS::ECS::Service")) {
    const node = originsAt(resource, "")[0]?.node;
    const namespace = readAt(resource.properties, "/ServiceConnectConfiguration/Namespace");
    if (node !== undefined && namespace !== undefined) found.set(node, JSON.stringify(namespace));
  }
  return found;
}

/** A service joins one namespace, so it cannot call services of two clusters. */
function strangers(edge: ModelEdge<"call">, namespaces: ReadonlyMap<string, string>): Obstacle[] {
  const [mine, theirs] = [namespaces.get(edge.from.id), namespaces.get(edge.to.id)];
  if (mine === undefined || theirs === undefined || mine === theirs) return [];
  return [
    {
      service: edge.from,
      namespace: namespaceOf(edge.to),
      at: { edge: edge.id },
      reason: `it takes part in another namespace already, and a service joins one, so ${edge.to.name} has no name there`,
      todo: "Put the services that call each other into one cluster",
    },
  ];
}

/** What keeps a service out of Service Connect, whether it calls or is called. */
function unfit(service: ModelNode<"service">): Obstacle[] {
  const found: Obstacle[] = [];
  const setting = (
    node: ModelNode,
    field: string,
    title: string,
    value?: string | number,
  ): Pick<Obstacle, "at" | "fix"> => ({
    at: { node: node.id, field },
    fix: {
      title,
      risk: "safe",
      edits: [{ edit: "setField", id: node.id, field, ...(value === undefined ? {} : { value }) }],
    },
  });
  const controller = service.props.deploymentController;
  if (controller !== "ECS") {
    found.push({
      service,
      ...setting(service, "/deploymentController", "Use the ECS deployment controller"),
      reason: `its deployment controller is ${controller}`,
      todo: "Use the ECS deployment controller",
    });
  }
  const taskDefinition = taskDefinitionOf(service);
  if (!taskDefinition) return found;
  if (isWindows(taskDefinition)) {
    const at = { node: taskDefinition.id, field: "/runtimePlatform/operatingSystemFamily" };
    found.push({
      service,
      at,
      reason: "its tasks run Windows",
      todo: "Use Linux containers, or another way to call it",
    });
  }
  const mode = modeOf(service);
  // Mode none has no network at all: NET-005.
  if (mode === "host") {
    const at = { node: taskDefinition.id, field: "/networkMode" };
    const reason = "its tasks use the network of their host";
    found.push({ service, at, reason, todo: "Set network mode awsvpc or bridge" });
  }
  // On Fargate a task without memory is TD-004.
  if (taskDefinition.props.memory === undefined && !isFargate(launchOf(service))) {
    const memory = containersOf(taskDefinition).reduce(
      (sum, item) => sum + (item.memory ?? item.memoryReservation ?? 0),
      64,
    );
    found.push({
      service,
      ...setting(taskDefinition, "/memory", `Set a task memory of ${memory} MiB`, memory),
      reason: "its task definition sets no task memory, which the proxy needs",
      todo: `Set a task memory of ${memory} MiB or more: that of its containers and 64 MiB for the proxy`,
    });
  }
  return found;
}

/** A call to a container or port that the callee does not have. */
function unmapped(edge: ModelEdge<"call">): Obstacle[] {
  const service = edge.to;
  if (!isKind(service, "service") || modeOf(service) === "none") return [];
  const taskDefinition = taskDefinitionOf(service);
  if (!taskDefinition || containersOf(taskDefinition).length === 0) return [];
  const { container: id, containerPort } = edge.props;
  const container = chosenContainer(taskDefinition, id);
  if (taskPortOf(service as ModelNode, edge.props)?.mapping) return [];
  const field = container ? "/containerPort" : "/container";
  const known = id === undefined && containerPort === undefined;
  const what = container
    ? `container ${container.name} maps no port ${containerPort ?? ""}`.trim()
    : `it has no container ${id}`;
  return [
    {
      service,
      at: { edge: edge.id, field },
      reason: `${edge.from.name} calls it, but ${what}`,
      todo: known ? "Add a port mapping to the container" : "Call a port that is mapped, or map this one",
      ...(known
        ? {}
        : {
            fix: {
              title: "Call the first mapped port",
              risk: "safe",
              edits: [
                { edit: "setField", id: edge.id, field: "/container" },
                { edit: "setField", id: edge.id, field: "/containerPort" },
              ],
            },
          }),
    },
  ];
}

/** Names that a port mapping cannot have. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html */
function misnamed(model: Model, report: Report): void {
  for (const taskDefinition of model.of("taskDefinition")) {
    for (const container of containersOf(taskDefinition)) {
      for (const [index, { name }] of container.portMappings.entries()) {
        if (name === undefined || /^[a-z0-9_][a-z0-9_-]{0,63}$/.test(name)) continue;
        report({
          at: { node: taskDefinition.id, field: containerField(container.id, "portMappings", index, "name") },
          message: `A port mapping of ${container.name} in ${taskDefinition.name} is named “${clip(name, 60)}”, and ECS takes up to 64 small letters, digits, underscores and hyphens, not starting with a hyphen. Rename it.`,
          fix: safe(
            "Clear the name",
            set(taskDefinition.id, containerField(container.id, "portMappings", index, "name")),
          ),
        });
      }
    }
  }
}

/** Mappings with an application protocol and no name. Ports that are called get a name from their connection. */
function unnamed(
  model: Model,
  visit: (taskDefinition: ModelNode<"taskDefinition">, container: Container, field: string) => void,
): void {
  const called = new Set(
    model.edgesOf("call").flatMap(({ to, props }) => {
      const taskDefinition = taskDefinitionOf(to);
      return taskDefinition ? [taskPortOf(to, props)?.mapping] : [];
    }),
  );
  for (const taskDefinition of model.of("taskDefinition")) {
    for (const container of containersOf(taskDefinition)) {
      for (const [index, mapping] of container.portMappings.entries()) {
        if (mapping.appProtocol === undefined || mapping.name !== undefined || called.has(mapping)) continue;
        visit(taskDefinition, container, `/containerDefinitions/${container.id}/portMappings/${index}`);
      }
    }
  }
}
