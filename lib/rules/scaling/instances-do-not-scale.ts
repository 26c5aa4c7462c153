import { list } from "../../core/text";
import { capacityOf, clusterOf, launchOf } from "../../model/queries";
import { isWiredToGeneric } from "../generics";
import { addEdge, review, safe, set } from "../repairs";
import { defineRule, type Fix } from "../rule";
import { scaledServices } from "./policies";

export const instancesDoNotScale = defineRule({
  id: "ECS-AS-006",
  severity: "warning",
  title: "Tasks scale, instances do not",
  why: "Service auto scaling starts tasks, not instances. Without a capacity provider that scales, tasks beyond the room of the running instances wait.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-auto-scaling.html",
  needs: ["asgCapacityProvider"],
  check({ model }, report) {
    for (const { service, scaling } of scaledServices(model.of("service"))) {
      if (launchOf(service) !== "EC2" || scaling.maxCapacity <= scaling.minCapacity) continue;
      const cluster = clusterOf(service);
      if (cluster && isWiredToGeneric(model, cluster)) continue;
      const chosen = capacityOf(service).map(({ provider }) => provider);
      const around = model.of("asgCapacityProvider").filter((one) => cluster && clusterOf(one) === cluster);
      if (chosen.some(({ props }) => props.managedScaling) || (chosen.length === 0 && around.length === 0)) continue;
      const [first] = around;
      let fix: Fix | undefined;
      if (chosen.length > 0)
        fix = safe(
          `Turn on managed scaling of ${list(chosen.map(({ name }) => name))}`,
          ...chosen.map(({ id }) => set(id, "/managedScaling")),
        );
      else if (first && around.length === 1 && first.props.managedScaling)
        fix = review(
          `Place its tasks through ${first.name}`,
          set(service.id, "/launchType"),
          addEdge(model.document, { from: service.id, to: first.id, relation: "useCapacity", props: {} }),
        );
      report({
        at: { node: service.id, field: "/autoScaling" },
        also: (chosen.length > 0 ? chosen : around).map(({ id }) => ({ node: id, field: "/managedScaling" })),
        message: `${service.name} may grow to ${scaling.maxCapacity} tasks, and more tasks need more instances: service auto scaling adds tasks, not EC2 capacity. Use a capacity provider with managed scaling.`,
        ...(fix ? { fix } : {}),
      });
    }
  },
});
