import { limits } from "../../aws/limits";
import type { ModelNode } from "../../model/model";
import {
  type Container,
  containersOf,
  isFargate,
  type NetworkMode,
  networkModeOf,
  placementsOf,
} from "../../model/queries";
import { set } from "../repairs";
import { defineRule, type Fix, type Report } from "../rule";
import { containerField } from "../workloads";
import { checkNumbers } from "./port-numbers";

/** A port or a range of ports that a mapping takes on the interface that others share. */
interface Taken {
  container: Container;
  index: number;
  protocol: "tcp" | "udp";
  from: number;
  to: number;
}

export const portClash = defineRule({
  id: "ECS-NET-006",
  severity: "error",
  title: "Port clash inside a task",
  why: "Containers that share a network interface share its ports, and AWS accepts each port range only once.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const definition of model.of("taskDefinition")) {
      const onFargate = placementsOf(model, definition).some(({ launch }) => isFargate(launch));
      const mode: NetworkMode = onFargate ? "awsvpc" : networkModeOf(definition);
      const containers = containersOf(definition);
      for (const container of containers) {
        checkNumbers(definition, container, report);
        checkRanges(definition, container, mode, report);
        checkProtocols(definition, container, report);
      }
      checkShared(definition, containers, mode, report);
    }
  },
});

const rangeOf = (text: string | undefined): [number, number] | undefined => {
  const match = /^(\d{1,5})-(\d{1,5})$/.exec(text ?? "");
  return match ? [Number(match[1]), Number(match[2])] : undefined;
};

/** Port ranges stand alone: no port, no host port, and not in a mode without mapping. */
function checkRanges(definition: ModelNode, container: Container, mode: NetworkMode, report: Report): void {
  const ranges = container.portMappings.filter((mapping) => mapping.containerPortRange !== undefined);
  container.portMappings.forEach(({ containerPortRange, containerPort, hostPort }, index) => {
    if (containerPortRange === undefined) return;
    const field = containerField(container.id, "portMappings", index);
    const beside = containerPort !== undefined ? "containerPort" : hostPort !== undefined ? "hostPort" : undefined;
    if (beside !== undefined) {
      report({
        at: { node: definition.id, field: `${field}/containerPortRange` },
        message: `${container.name} gives the port range ${containerPortRange} together with ${beside === "hostPort" ? "a host port" : "a container port"}, and AWS accepts only one of them. Remove one.`,
        fix: {
          title: "Keep the range",
          risk: "safe",
          edits: [set(definition.id, `${field}/containerPort`), set(definition.id, `${field}/hostPort`)],
        },
      });
    } else if (mode === "host") {
      report({
        at: { node: definition.id, field: `${field}/containerPortRange` },
        message: `${container.name} gives the port range ${containerPortRange}, which AWS accepts in awsvpc and bridge mode only. Use awsvpc, or list the ports one by one.`,
      });
    }
  });
  if (ranges.length > limits.portRangesPerContainer.max) {
    report({
      at: { node: definition.id, field: containerField(container.id, "portMappings") },
      message: `${container.name} has ${ranges.length} port ranges; AWS accepts at most ${limits.portRangesPerContainer.max} for each container. Join neighbouring ranges.`,
    });
  }
}

/** One container cannot offer a port by both protocols. */
function checkProtocols(definition: ModelNode, container: Container, report: Report): void {
  const seen = new Map<number, string>();
  container.portMappings.forEach(({ containerPort, protocol }, index) => {
    if (containerPort === undefined) return;
    const other = seen.get(containerPort);
    seen.set(containerPort, protocol);
    if (other === undefined || other === protocol) return;
    report({
      at: { node: definition.id, field: containerField(container.id, "portMappings", index, "protocol") },
      message: `${container.name} maps port ${containerPort} for both tcp and udp, which AWS refuses for one container. Change one port, or drop one protocol.`,
    });
  });
}

/** What each mapping takes: in awsvpc and host mode its port, in bridge mode a fixed host port. */
function takenBy(container: Container, mode: NetworkMode): Taken[] {
  return container.portMappings.flatMap((mapping, index): Taken[] => {
    const { protocol, containerPort, hostPort, containerPortRange } = mapping;
    const range = rangeOf(containerPortRange);
    const base = { container, index, protocol };
    if (mode === "bridge") return hostPort ? [{ ...base, from: hostPort, to: hostPort }] : [];
    if (range) return containerPort === undefined ? [{ ...base, from: range[0], to: range[1] }] : [];
    return containerPort === undefined ? [] : [{ ...base, from: containerPort, to: containerPort }];
  });
}

function checkShared(
  definition: ModelNode<"taskDefinition">,
  containers: readonly Container[],
  mode: NetworkMode,
  report: Report,
): void {
  if (mode === "none") return;
  const taken: Taken[] = [];
  for (const next of containers.flatMap((container) => takenBy(container, mode))) {
    const clash = taken.find(
      (other) => other.protocol === next.protocol && other.from <= next.to && next.from <= other.to,
    );
    if (!clash) {
      taken.push(next);
      continue;
    }
    const same = clash.container === next.container;
    const port = `${Math.max(clash.from, next.from)}`;
    const field = containerField(
      next.container.id,
      "portMappings",
      next.index,
      mode === "bridge" ? "hostPort" : "containerPort",
    );
    const fix = same ? undefined : freePort(definition, next, [...taken, next], mode, field);
    report({
      at: { node: definition.id, field },
      also: [{ node: definition.id, field: containerField(clash.container.id, "portMappings", clash.index) }],
      message: same
        ? `${next.container.name} maps port ${port} twice, which AWS refuses. Remove one of the mappings.`
        : `${clash.container.name} and ${next.container.name} both listen on ${mode === "bridge" ? "host port " : ""}${port} and share one network interface, so the second cannot start. Change one port.`,
      ...(fix ? { fix } : {}),
    });
  }
}

/** The next port that nobody takes; none where a connection names the port that would move. */
function freePort(
  definition: ModelNode<"taskDefinition">,
  next: Taken,
  taken: readonly Taken[],
  mode: NetworkMode,
  field: string,
): Fix | undefined {
  if (mode === "bridge")
    return { title: "Leave the host port dynamic", risk: "safe", edits: [set(definition.id, field)] };
  const named = definition.in.some(({ from }) =>
    from.in.some(({ props }) => (props as { container?: string }).container === next.container.id),
  );
  if (named || next.from !== next.to) return undefined;
  let port = next.from + 1;
  while (taken.some(({ from, to }) => from <= port && port <= to)) port += 1;
  if (port > limits.port.max) return undefined;
  const { hostPort } = next.container.portMappings[next.index] ?? {};
  const edits = [
    set(definition.id, field, port),
    ...(hostPort
      ? [set(definition.id, containerField(next.container.id, "portMappings", next.index, "hostPort"))]
      : []),
  ];
  return { title: `Move ${next.container.name} to port ${port}`, risk: "safe", edits };
}
