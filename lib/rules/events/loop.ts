import { isRelationEdge } from "../../model/build";
import { clusterOf, clusterOfRunTask, runTaskDefinition, servicesOf } from "../../model/queries";
import { defineRule } from "../rule";

export const loop = defineRule({
  id: "ECS-EVT-007",
  severity: "warning",
  title: "Loop",
  why: "A rule that reacts to tasks stopping and starts a task in the same cluster reacts to that task as well, when it stops.",
  docs: "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html",
  needs: ["eventRule"],
  check({ model }, report) {
    for (const rule of model.of("eventRule")) {
      for (const start of rule.out) {
        if (!isRelationEdge(start, "runTask")) continue;
        const started = clusterOfRunTask(model, start);
        const definition = runTaskDefinition(start);
        if (!started || !definition) continue;
        for (const watch of rule.in) {
          if (!isRelationEdge(watch, "intercept") || clusterOf(watch.from) !== started) continue;
          // A watched service filters on its own group, and tasks started by the rule are in none.
          if (watch.from.kind !== "cluster") continue;
          report({
            at: { edge: start.id },
            also: [{ edge: watch.id }],
            message: `${rule.name} reacts to tasks stopping in ${started.name} and starts ${definition.name} there, which will stop and fire ${rule.name} again. Watch a service (${servicesOf(definition)[0]?.name ?? "one of the cluster"}) instead of the cluster, or start the task in another cluster.`,
          });
        }
      }
    }
  },
});
