import { limits } from "../../aws/limits";
import { ephemeralPorts, reservedHostPorts } from "../../aws/ports";
import { containersOf, isFargate, networkModeOf, placementsOf } from "../../model/queries";
import { safe, set } from "../repairs";
import { defineRule } from "../rule";
import { containerField } from "../workloads";

/** Who has each reserved port. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html */
const owners: Readonly<Record<number, string>> = {
  22: "SSH",
  2375: "Docker",
  2376: "Docker",
  51678: "the ECS agent",
  51679: "the ECS agent",
  51680: "the ECS agent",
};

export const reservedHostPort = defineRule({
  id: "ECS-NET-008",
  severity: "error",
  title: "Reserved host port",
  why: "The operating system and the ECS agent keep some ports on every container instance, and ports from 32768 up are handed out automatically.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    const most = limits.reservedHostPortsPerInstance.max - reservedHostPorts.ports.length;
    for (const definition of model.of("taskDefinition")) {
      const placements = placementsOf(model, definition);
      if (networkModeOf(definition) !== "bridge" || placements.some(({ launch }) => isFargate(launch))) continue;
      const fixed = new Set<number>();
      for (const container of containersOf(definition)) {
        container.portMappings.forEach(({ hostPort }, index) => {
          if (!hostPort) return;
          fixed.add(hostPort);
          const reserved = reservedHostPorts.ports.includes(hostPort);
          if (!reserved && hostPort < ephemeralPorts.linux.from) return;
          const field = containerField(container.id, "portMappings", index, "hostPort");
          const owner = owners[hostPort] ?? "the range for automatic ports";
          report({
            at: { node: definition.id, field },
            severity: reserved ? "error" : "warning",
            message: `Host port ${hostPort} belongs to ${owner} on every container instance. Use another port or leave it dynamic.`,
            fix: safe("Leave the host port dynamic", set(definition.id, field)),
          });
        });
      }
      if (fixed.size <= most) continue;
      report({
        at: { node: definition.id, field: "/containerDefinitions" },
        message: `${definition.name} fixes ${fixed.size} host ports, but an instance reserves at most ${most} beside its own ${reservedHostPorts.ports.length}. Leave the host ports dynamic.`,
      });
    }
  },
});
