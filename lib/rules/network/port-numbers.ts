import { rangeText, within } from "../../aws/docs";
import { limits } from "../../aws/limits";
import { clip } from "../../core/text";
import type { ModelNode } from "../../model/model";
import type { Container } from "../../model/queries";
import type { Report } from "../rule";
import { containerField } from "../workloads";

/** Mappings whose ports are none: outside 1 to 65535, a range that is not FROM-TO, or no port at all. */
export function checkNumbers(definition: ModelNode, container: Container, report: Report): void {
  for (const [index, mapping] of container.portMappings.entries()) {
    const { containerPort, hostPort, containerPortRange } = mapping;
    const say = (field: string, what: string, todo: string) =>
      report({
        at: { node: definition.id, field: containerField(container.id, "portMappings", index) + field },
        message: `A port mapping of ${container.name} ${what}, which AWS refuses. ${todo}.`,
      });
    if (containerPort === undefined && containerPortRange === undefined) {
      say("/containerPort", "names no port", "Give the port that the container listens on, or remove the mapping");
    }
    if (containerPort !== undefined && !within(limits.port, containerPort)) {
      say("/containerPort", `has the container port ${containerPort}`, `Use ${rangeText(limits.port)}`);
    }
    // Zero leaves the choice to Docker.
    if (hostPort !== undefined && hostPort !== 0 && !within(limits.port, hostPort)) {
      say("/hostPort", `has the host port ${hostPort}`, `Use ${rangeText(limits.port)}, or leave it empty`);
    }
    if (containerPortRange !== undefined && !isRange(containerPortRange)) {
      const text = clip(containerPortRange, 40);
      say("/containerPortRange", `has the port range “${text}”`, "Write two ports, the lower first, such as 8000-8010");
    }
  }
}

function isRange(text: string): boolean {
  const match = /^(\d{1,5})-(\d{1,5})$/.exec(text);
  const [from, to] = [Number(match?.[1]), Number(match?.[2])];
  return within(limits.port, from) && within(limits.port, to) && from <= to;
}
