import { containersOf, isFargate, type NetworkMode, networkModeOf, placementsOf } from "../../model/queries";
import { safe, set } from "../repairs";
import { defineRule } from "../rule";
import { containerField } from "../workloads";

export const hostPortMismatch = defineRule({
  id: "ECS-NET-004",
  severity: "error",
  title: "Host port on a task with its own interface",
  why: "In awsvpc and host mode ports are not mapped: the container answers on its own port. AWS refuses a host port that says otherwise.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const definition of model.of("taskDefinition")) {
      const drawn = networkModeOf(definition);
      const onFargate = placementsOf(model, definition).some(({ launch }) => isFargate(launch));
      const mode: NetworkMode = onFargate ? "awsvpc" : drawn;
      if (mode !== "awsvpc" && mode !== "host") continue;
      for (const container of containersOf(definition)) {
        container.portMappings.forEach(({ containerPort, hostPort }, index) => {
          // Zero is what ECS takes for "not given".
          if (containerPort === undefined || !hostPort || hostPort === containerPort) return;
          const field = containerField(container.id, "portMappings", index, "hostPort");
          report({
            at: { node: definition.id, field },
            message: `${container.name} maps host port ${hostPort} to ${containerPort}, but in ${mode} mode there is no mapping: the task answers on ${containerPort} itself. Leave the host port empty.`,
            fix: safe("Leave the host port empty", set(definition.id, field)),
          });
        });
      }
    }
  },
});
