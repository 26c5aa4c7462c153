import { isRelationEdge } from "../../model/build";
import { scalingOf } from "../../model/scaling";
import { isWiredToGeneric } from "../generics";
import { safe, set } from "../repairs";
import { defineRule } from "../rule";
import { CPU_60, rangeFor } from "./policies";

/** From so many tasks on, what idles at night is worth a word. */
const MANY = 4;

export const noScaling = defineRule({
  id: "ECS-AS-007",
  severity: "info",
  title: "No scaling policy",
  why: "A fixed number of tasks is too small at the peak or too large at night, and somebody has to change it by hand.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html",
  needs: ["service"],
  check({ model }, report) {
    for (const service of model.of("service")) {
      const { desiredCount: desired = 0, schedulingStrategy, deploymentController } = service.props;
      if (schedulingStrategy !== "REPLICA" || deploymentController === "EXTERNAL" || scalingOf(service)) continue;
      const balanced = service.in.some((edge) => isRelationEdge(edge, "forward"));
      if (!balanced || desired < 1 || !(model.production || desired >= MANY)) continue;
      // A scalable target may be among the generic resources.
      if (isWiredToGeneric(model, service)) continue;
      report({
        at: { node: service.id, field: "/autoScaling" },
        message: `${service.name} keeps ${desired === 1 ? "one task" : `${desired} tasks`} day and night. Add target tracking on CPU or requests per target.`,
        fix: safe(
          `Scale between ${rangeFor(service).minCapacity} and ${rangeFor(service).maxCapacity} tasks`,
          set(service.id, "/autoScaling", { ...rangeFor(service), policies: [CPU_60] }),
        ),
      });
    }
  },
});
