import type { Container } from "../../model/queries";
import { containersOf } from "../../model/queries";
import { safe, set } from "../repairs";
import { defineRule } from "../rule";
import { containerField, fargateUse } from "../workloads";

/** What reaches for the host, GPUs are COMP-011, volumes STO-015, placement CAP-006, pid and ipc TD-009. */
const settings: readonly { field: string; name: string; of(container: Container): unknown }[] = [
  { field: "/privileged", name: "privileged mode", of: (container) => container.privileged },
  { field: "/disableNetworking", name: "disableNetworking", of: (container) => container.disableNetworking },
  { field: "/dnsServers", name: "dnsServers", of: (container) => container.dnsServers },
  { field: "/dnsSearchDomains", name: "dnsSearchDomains", of: (container) => container.dnsSearchDomains },
  {
    field: "/dockerSecurityOptions",
    name: "dockerSecurityOptions",
    of: (container) => container.dockerSecurityOptions,
  },
  { field: "/extraHosts", name: "extraHosts", of: (container) => container.extraHosts },
  { field: "/links", name: "links", of: (container) => container.links },
  { field: "/linuxParameters/devices", name: "devices", of: ({ linuxParameters: linux }) => linux?.devices },
  {
    field: "/linuxParameters/sharedMemorySize",
    name: "sharedMemorySize",
    of: ({ linuxParameters: linux }) => linux?.sharedMemorySize,
  },
  { field: "/linuxParameters/maxSwap", name: "maxSwap", of: ({ linuxParameters: linux }) => linux?.maxSwap },
  { field: "/linuxParameters/swappiness", name: "swappiness", of: ({ linuxParameters: linux }) => linux?.swappiness },
];

/** The one capability that Fargate grants. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_KernelCapabilities.html */
const granted = "SYS_PTRACE";

export const needsHost = defineRule({
  id: "ECS-COMP-006",
  severity: "error",
  title: "Setting that Fargate does not support",
  why: "Fargate tasks have no host that is theirs, so AWS refuses definitions with settings that reach for one.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const definition of model.of("taskDefinition")) {
      const use = fargateUse(model, definition);
      if (!use) continue;
      const say = (container: Container, field: string, name: string, fix: Parameters<typeof set>[2]) =>
        report({
          at: { node: definition.id, field: containerField(container.id) + field },
          also: use.also,
          message: `${definition.name} uses ${name} in ${container.name}, which needs access to the host; Fargate has none and rejects it, and ${use.words}. Remove it, or run this task on EC2.`,
          fix: safe(`Remove ${name}`, set(definition.id, containerField(container.id) + field, fix)),
        });
      for (const container of containersOf(definition)) {
        for (const { field, name, of } of settings) {
          if (isSet(of(container))) say(container, field, name, undefined);
        }
        const add = container.linuxParameters?.capabilities?.add ?? [];
        const refused = add.filter((capability) => capability !== granted);
        if (refused.length === 0) continue;
        const kept = add.includes(granted) ? [granted] : undefined;
        say(container, "/linuxParameters/capabilities/add", `the capability ${refused.join(", ")}`, kept);
      }
    }
  },
});

/** Empty lists and false ask for nothing. */
const isSet = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
