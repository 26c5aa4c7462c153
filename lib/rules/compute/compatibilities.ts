import { list } from "../../core/text";
import { isFargate, launchOf, taskDefinitionsOf } from "../../model/queries";
import { safe, set } from "../repairs";
import { defineRule } from "../rule";
import { launchForgotten } from "../workloads";

export const compatibilities = defineRule({
  id: "ECS-COMP-005",
  severity: "error",
  title: "Task definition does not allow the chosen compute",
  why: "A definition that lists its compatibilities is checked for those when it is registered, and a service may launch it on nothing else. An empty list allows what its content allows.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html",
  needs: ["service"],
  check({ model }, report) {
    // Tasks that rules and schedules start are EVT-002.
    for (const service of model.of("service")) {
      const launch = launchOf(service);
      const value = isFargate(launch) ? "FARGATE" : "EC2";
      for (const definition of taskDefinitionsOf(service).slice(0, 1)) {
        const allowed = definition.props.requiresCompatibilities;
        if (allowed.length === 0 || allowed.includes(value)) continue;
        if (launchForgotten(service)) {
          report({
            at: { node: service.id, field: "/launchType" },
            also: [{ node: definition.id, field: "/requiresCompatibilities" }],
            message: `${service.name} names neither a launch type nor a capacity provider, which means EC2, but ${definition.name} is declared only for ${list(allowed)}, so AWS refuses the service. Set the launch type to Fargate.`,
            fix: safe("Set launch type Fargate", set(service.id, "/launchType", "FARGATE")),
          });
          continue;
        }
        report({
          at: { node: definition.id, field: "/requiresCompatibilities" },
          also: [{ node: service.id }],
          message: `${service.name} launches ${definition.name} on ${launch}, but ${definition.name} is declared only for ${list(allowed)}. Registration would validate it for the wrong compute. Add ${value} to its compatibilities.`,
          fix: safe(
            `Add ${value} to its compatibilities`,
            set(definition.id, "/requiresCompatibilities", [...allowed, value]),
          ),
        });
      }
    }
  },
});
