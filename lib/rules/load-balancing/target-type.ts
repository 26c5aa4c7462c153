import { networkModeTable } from "../../aws/network-modes";
import { defineRule } from "../rule";
import { forwardsOf, modeOf } from "./forwards";

export const targetType = defineRule({
  id: "ECS-LB-004",
  severity: "error",
  title: "Target type does not match the network mode",
  why: "ECS registers tasks in awsvpc mode by their own address and all others by their instance. A target group of the other type refuses them.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LoadBalancer.html",
  needs: ["alb", "nlb"],
  check({ model }, report) {
    for (const { edge, balancer, service, taskDefinition } of forwardsOf(model)) {
      const have = edge.props.targetType;
      const mode = modeOf(service);
      const want = mode && networkModeTable.rows[mode].targetType;
      // A Classic Load Balancer has no target group; mode none has nothing to register, which is NET-005.
      if (balancer.kind === "clb" || !have || !want || have === want) continue;
      report({
        at: { edge: edge.id, field: "/targetType" },
        // No page of AWS says that `ip` never works for tasks on instances.
        severity: want === "ip" ? "error" : "warning",
        message: `${taskDefinition?.name ?? service.name} is ${mode}, so the target group of ${balancer.name} for ${service.name} must register ${want === "ip" ? "IP addresses" : "instances"}; it is set to ${have} and no task would ever be registered. Change the target type (this makes a new target group).`,
        fix: {
          title: `Use target type ${want}`,
          risk: "safe",
          edits: [{ edit: "setField", id: edge.id, field: "/targetType" }],
        },
      });
    }
  },
});
