import { defineRule } from "../rule";
import { closedForwards, closedWords, reportClosed } from "./closed-forwards";

export const closedHostPort = defineRule({
  id: "ECS-NET-011",
  severity: "error",
  title: "Instance security group blocks the fixed host port",
  why: "In bridge and host mode the load balancer reaches the tasks through their instances, whose security group has to admit it on the host port.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LoadBalancer.html",
  needs: ["alb", "nlb", "clb"],
  check(facts, report) {
    for (const forward of closedForwards(facts, "fixed")) {
      const { balancer, service } = forward;
      const { ports, group, allow } = closedWords(facts, forward);
      reportClosed(
        facts,
        report,
        forward,
        `${balancer.name} reaches ${service.name} on host port ${ports} of the instances, but ${group} does not allow it. ${allow(ports)}`,
      );
    }
  },
});
