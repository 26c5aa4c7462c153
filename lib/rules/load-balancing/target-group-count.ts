import { limits } from "../../aws/limits";
import { count } from "../../core/text";
import { isKind } from "../../model/build";
import type { ModelNode } from "../../model/model";
import { isBefore } from "../candidate";
import { defineRule } from "../rule";
import { asBalancer, forwardsTo } from "./forwards";

export const targetGroupCount = defineRule({
  id: "ECS-LB-005",
  severity: "error",
  title: "Too many target groups",
  why: "ECS registers the tasks of a service with at most five target groups, and with fewer under the CodeDeploy and external deployment controllers.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html",
  needs: ["alb", "nlb"],
  refuses(candidate) {
    const { from, to } = candidate;
    if (candidate.relation !== "forward" || !isKind(to, "service") || !hasGroups(from)) return undefined;
    const before = groupsOf(to).filter(({ edge }) => isBefore(edge, candidate)).length;
    if (before < limits.targetGroupsPerService.max) return undefined;
    return {
      reason: `A service takes at most ${limits.targetGroupsPerService.max} target groups, and this one has them`,
      instead: "Split the service, or use one target group with several listener rules",
    };
  },
  check({ model }, report) {
    for (const service of model.of("service")) {
      const groups = groupsOf(service);
      const { max, who } = allowed(service);
      if (groups.length <= max) continue;
      for (const { edge } of groups.slice(max)) {
        report({
          at: { edge: edge.id },
          also: [{ node: service.id }],
          message: `${service.name} has ${count(groups.length, "target group")}; ${who} allows ${max}. Split the service, or use one listener with rules.`,
        });
      }
    }
  },
});

const hasGroups = (node: ModelNode): boolean => ["alb", "nlb"].includes(asBalancer(node)?.kind ?? "");

const groupsOf = (service: ModelNode) => forwardsTo(service).filter(({ balancer }) => balancer.kind !== "clb");

/** CodeDeploy moves traffic between a pair; an external controller is given its one group by the person who drives it. */
const allowed = (service: ModelNode<"service">) =>
  ({
    ECS: { max: limits.targetGroupsPerService.max, who: "ECS" },
    CODE_DEPLOY: { max: 2, who: "CodeDeploy, which switches between a pair," },
    EXTERNAL: { max: 1, who: "the external deployment controller" },
  })[service.props.deploymentController];
