import type { Json } from "../../core/json";
import { isKind } from "../../model/build";
import { followedQueue, polledQueues, scalingOf } from "../../model/scaling";
import { isWiredToGeneric } from "../generics";
import { safe, set } from "../repairs";
import { defineRule } from "../rule";
import { rangeFor } from "../scaling/policies";

export const followsQueue = defineRule({
  id: "ECS-EVT-012",
  severity: "warning",
  title: "Consumer does not follow the queue",
  why: "Tasks that poll work at their own pace: a long queue makes them no busier than a short one, so CPU and memory say nothing of it.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html",
  needs: ["sqsQueue"],
  check({ model }, report) {
    for (const edge of model.edgesOf("poll")) {
      if (!isKind(edge.from, "sqsQueue") || !isKind(edge.to, "service")) continue;
      const [queue, service] = [edge.from, edge.to];
      const { schedulingStrategy, deploymentController, autoScaling } = service.props;
      // What cannot scale is not told to; what a generic resource scales is not known here.
      if (schedulingStrategy !== "REPLICA" || deploymentController === "EXTERNAL") continue;
      if (isWiredToGeneric(model, service) || isWiredToGeneric(model, queue)) continue;
      const followed = (scalingOf(service)?.policies ?? []).some(
        (policy) => policy.policyType === "StepScaling" && followedQueue(service, policy)?.id === queue.id,
      );
      if (followed) continue;
      const several = polledQueues(service).length > 1;
      const policy: Json = { policyType: "StepScaling", ...(several ? { queue: queue.id } : {}) };
      const policies = [...((autoScaling?.policies ?? []) as unknown as Json[]), policy];
      report({
        at: { node: service.id, field: autoScaling ? "/autoScaling/policies" : "/autoScaling" },
        also: [{ node: queue.id }],
        message: `A long queue does not raise ${service.name}'s CPU by itself, so nothing starts more tasks when messages wait in ${queue.name}. Scale on the number of messages (ApproximateNumberOfMessagesVisible).`,
        fix: safe(
          `Follow the length of ${queue.name}`,
          autoScaling
            ? set(service.id, "/autoScaling/policies", policies)
            : set(service.id, "/autoScaling", { ...rangeFor(service), policies: [policy] }),
        ),
      });
    }
  },
});
