import { count, list } from "../../core/text";
import type { Model, ModelNode } from "../../model/model";
import { capacityOf, clusterOf, isFargate, launchOf } from "../../model/queries";
import { mostTasks } from "../../model/scaling";
import { isWiredToGeneric } from "../generics";
import { defineRule } from "../rule";

export const unmetConstraint = defineRule({
  id: "ECS-CAP-008",
  severity: "warning",
  title: "Constraint cannot be met",
  why: "A task that no instance may run waits as PENDING, and the deployment with it.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-constraints.html",
  needs: ["asgCapacityProvider"],
  check({ model }, report) {
    for (const service of model.of("service")) {
      const providers = providersOf(model, service);
      const { placementConstraints } = service.props;
      const tasks = mostTasks(service);
      if (isFargate(launchOf(service)) || providers.length === 0) continue;
      // Instances that a generic resource brings are not known here.
      const cluster = clusterOf(service);
      if (cluster && isWiredToGeneric(model, cluster)) continue;
      for (const [index, { type, expression }] of placementConstraints.entries()) {
        const at = { node: service.id, field: `/placementConstraints/${index}` };
        const also = providers.map(({ id }) => ({
          node: id,
          field: type === "memberOf" ? "/instanceType" : "/maxSize",
        }));
        const names = list(providers.map(({ name }) => name));
        const most = providers.reduce((sum, { props }) => sum + Math.max(0, props.maxSize), 0);
        if (type === "distinctInstance" && tasks > most) {
          const [first] = providers;
          report({
            at,
            also,
            message: `${service.name} wants ${tasks} tasks on different instances but ${names} has at most ${most}. Raise the maximum of the Auto Scaling group or drop the constraint.`,
            ...(first
              ? {
                  fix: {
                    title: `Allow ${count(tasks - most, "more instance")}`,
                    risk: "safe" as const,
                    edits: [
                      {
                        edit: "setField" as const,
                        id: first.id,
                        field: "/maxSize",
                        value: Math.max(0, first.props.maxSize) + tasks - most,
                      },
                    ],
                  },
                }
              : {}),
          });
        }
        const wanted = type === "memberOf" ? wantedType(expression ?? "") : undefined;
        if (!wanted || providers.some(({ props }) => wanted.accepts(props.instanceType))) continue;
        report({
          at,
          also,
          message: `${service.name} wants instances of type ${wanted.text}, but ${names} has ${list([...new Set(providers.map(({ props }) => props.instanceType))])}. Change the instance type or drop the constraint.`,
        });
      }
    }
  },
});

/** Those in the service's strategy; else all of its cluster. */
function providersOf(model: Model, service: ModelNode<"service">): readonly ModelNode<"asgCapacityProvider">[] {
  const chosen = capacityOf(service).map(({ provider }) => provider);
  if (chosen.length > 0) return chosen;
  const cluster = clusterOf(service);
  return model.of("asgCapacityProvider").filter((provider) => cluster !== undefined && clusterOf(provider) === cluster);
}

/** An expression that is about the instance type alone: one type, or a family such as t3.*. All others are not judged. */
function wantedType(expression: string): { text: string; accepts(type: string): boolean } | undefined {
  const match = /^\s*attribute:ecs\.instance-type\s*(==|=~)\s*([a-z0-9-]+)\.([a-z0-9-]+|\*)\s*$/.exec(expression);
  if (!match) return undefined;
  const [, , family = "", size = ""] = match;
  const text = `${family}.${size}`;
  return {
    text,
    accepts: (type) => (size === "*" && match[1] === "=~" ? type.startsWith(`${family}.`) : type === text),
  };
}
