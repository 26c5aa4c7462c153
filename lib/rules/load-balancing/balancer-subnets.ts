import { count } from "../../core/text";
import { zonesOf } from "../networks";
import { defineRule } from "../rule";
import { balancersOf, typeName } from "./forwards";

export const balancerSubnets = defineRule({
  id: "ECS-LB-011",
  severity: "error",
  title: "Load balancer subnets",
  why: "An Application Load Balancer needs subnets in two Availability Zones, the other types in at least one.",
  docs: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html",
  needs: ["alb", "nlb", "clb"],
  check({ model }, report) {
    for (const balancer of balancersOf(model)) {
      const { tier } = balancer.props;
      const zones = zonesOf(balancer, tier);
      const wanted = balancer.kind === "alb" ? 2 : 1;
      if (zones === undefined || zones >= wanted) continue;
      report({
        at: { node: balancer.id, field: "/tier" },
        ...(balancer.parent ? { also: [{ node: balancer.parent.id, field: "/isolatedSubnets" }] } : {}),
        message: `${balancer.name} has subnets in ${count(zones, "zone")}, because its VPC has no ${tier} subnets; ${
          wanted === 2 ? "an" : "a"
        } ${typeName(balancer)} needs ${wanted === 2 ? "two" : "one"}. Add ${tier} subnets to the VPC or choose others.`,
        fix: {
          title: "Use the subnets that fit its scheme",
          risk: "safe",
          edits: [
            {
              edit: "setField",
              id: balancer.id,
              field: "/tier",
              value: balancer.props.scheme === "internal" ? "private" : "public",
            },
          ],
        },
      });
    }
  },
});
