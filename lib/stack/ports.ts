import type { ModelNode } from "../model/model";
import {
  type Container,
  chosenContainer,
  isFargate,
  launchOf,
  type NetworkMode,
  networkModeOf,
  taskDefinitionOf,
} from "../model/queries";
import type { Ports } from "./group-rules";

export type PortMapping = Container["portMappings"][number];

/** The container and port of a service's tasks that a traffic edge means. */
export interface TaskPort {
  taskDefinition: ModelNode<"taskDefinition">;
  container: Container;
  /** The named port, else the first mapped one; undefined where the container maps none. */
  containerPort: number | undefined;
  mapping: PortMapping | undefined;
  protocol: "tcp" | "udp";
}

/** What an edge to a service means; undefined without a task definition or such a container. */
export function taskPortOf(
  service: ModelNode,
  chosen: { container?: string | undefined; containerPort?: number | undefined },
): TaskPort | undefined {
  const taskDefinition = taskDefinitionOf(service);
  const container = taskDefinition && chosenContainer(taskDefinition, chosen.container);
  if (!taskDefinition || !container) return undefined;
  const { containerPort } = chosen;
  const mapping =
    containerPort === undefined
      ? (container.portMappings.find((item) => item.containerPort !== undefined) ?? container.portMappings[0])
      : container.portMappings.find((item) => covers(item, containerPort));
  return {
    taskDefinition,
    container,
    containerPort: containerPort ?? mapping?.containerPort ?? rangeOf(mapping?.containerPortRange)?.[0],
    mapping,
    protocol: mapping?.protocol ?? "tcp",
  };
}

const covers = (mapping: PortMapping, port: number): boolean => {
  if (mapping.containerPort === port) return true;
  const range = rangeOf(mapping.containerPortRange);
  return range !== undefined && port >= range[0] && port <= range[1];
};

/** "8000-8010" as two numbers. */
export function rangeOf(text: string | undefined): [number, number] | undefined {
  const match = /^(\d{1,5})-(\d{1,5})$/.exec(text ?? "");
  return match ? [Number(match[1]), Number(match[2])] : undefined;
}

/** How a service's tasks are on the network; Fargate is always awsvpc. Undefined without a task definition. */
export function modeOf(service: ModelNode<"service">): NetworkMode | undefined {
  const definition = taskDefinitionOf(service as ModelNode);
  if (!definition) return undefined;
  return isFargate(launchOf(service)) ? "awsvpc" : networkModeOf(definition);
}

/** Host ports that Docker may pick from when none is fixed. `rules.md`, Appendix C and D. */
const ephemeral = { fromPort: 32768, toPort: 65535 };

/**
 * The port to open on the group that filters the traffic to a task: the container's own (awsvpc, host), the fixed host
 * port, or all that Docker may pick. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html
 */
export function openPorts(mode: NetworkMode | undefined, port: TaskPort): Ports | undefined {
  const { containerPort, mapping, protocol } = port;
  if (containerPort === undefined || mode === "none") return undefined;
  if (mode !== "bridge") return { protocol, fromPort: containerPort, toPort: containerPort };
  const hostPort = mapping?.hostPort ?? 0;
  return hostPort === 0 ? { protocol, ...ephemeral } : { protocol, fromPort: hostPort, toPort: hostPort };
}

/** Name of a port that Service Connect knows it by: the person's own, else "app-8080". */
export const portName = (container: Container, mapping: PortMapping): string =>
  mapping.name ??
  `${container.name
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, "-")
    .replace(/^[^a-z0-9]+/, "")
    .slice(0, 56)}-${mapping.containerPort ?? rangeOf(mapping.containerPortRange)?.[0] ?? "port"}`.replace(/^-/, "");
