import { isKind } from "../../model/build";
import type { ModelNode } from "../../model/model";
import { clusterOf } from "../../model/queries";
import { inDifferentVpcs, vpcName } from "../networks";
import { defineRule } from "../rule";
import { asBalancer, forwardsOf } from "./forwards";

export const balancerAlignment = defineRule({
  id: "ECS-LB-013",
  severity: "error",
  title: "Load balancer and tasks are not aligned",
  why: "A load balancer, its target groups and the tasks behind it must stand in one VPC.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb.html",
  needs: ["alb", "nlb", "clb"],
  refuses({ relation, from, to }) {
    if (relation !== "forward" || !asBalancer(from) || !isKind(to, "service") || !apart(from, to)) return undefined;
    return {
      reason: "Load balancer, target group and tasks must share a VPC, and these stand in different ones",
      instead: "Use a load balancer in the VPC of the tasks",
    };
  },
  check({ model }, report) {
    for (const { edge, balancer, service } of forwardsOf(model)) {
      if (!apart(balancer, service)) continue;
      report({
        at: { edge: edge.id },
        also: [{ node: balancer.id }, { node: service.id }],
        message: `Tasks of ${service.name} run in ${vpcName(service)}, where ${balancer.name} has no subnet, so they get no traffic: it stands in ${vpcName(balancer)}. Move the load balancer into the VPC of the tasks, or use another one there.`,
      });
    }
  },
});

/** Where a service without a cluster runs is not known yet: GR-002. */
const apart = (balancer: ModelNode, service: ModelNode): boolean =>
  clusterOf(service) !== undefined && inDifferentVpcs(balancer, service);
