import { defineRule } from "../rule";
import { closedForwards, closedWords, reportClosed } from "./closed-forwards";

export const closedTaskGroup = defineRule({
  id: "ECS-NET-009",
  severity: "error",
  title: "Task security group does not admit the load balancer",
  why: "Tasks with their own network interface are reached on the container port. Their security group has to admit the load balancer there, for traffic and for health checks.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html",
  needs: ["alb", "nlb"],
  check(facts, report) {
    for (const forward of closedForwards(facts, "task")) {
      const { balancer, service } = forward;
      const { ports, group, allow } = closedWords(facts, forward);
      reportClosed(
        facts,
        report,
        forward,
        `${balancer.name} sends traffic to ${service.name} on port ${ports}, but ${group} does not allow it, so health checks fail and tasks are replaced forever. ${allow(ports)}`,
      );
    }
  },
});
