import { vpcOf } from "../../model/queries";
import { defineRule } from "../rule";

export const balancerSubnets = defineRule({
  id: "ECS-LB-011",
  severity: "error",
  title: "Load balancer subnets",
  why: "A dual-stack load balancer needs subnets with IPv6 ranges. (A VPC of the template always has subnets in two zones; one given by parameters is not known.)",
  docs: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html",
  needs: ["alb"],
  check({ model }, report) {
    for (const balancer of model.of("alb")) {
      const vpc = vpcOf(balancer);
      if (balancer.props.ipAddressType !== "dualstack" || vpc?.props.source !== "new") continue;
      report({
        at: { node: balancer.id, field: "/ipAddressType" },
        also: [{ node: vpc.id }],
        message: `${balancer.name} is dual-stack, but the subnets of ${vpc.name} have no IPv6 ranges, so the load balancer is refused. Use IPv4 only, or an existing VPC with IPv6.`,
        fix: {
          title: "Use IPv4 only",
          risk: "safe",
          edits: [{ edit: "setField", id: balancer.id, field: "/ipAddressType" }],
        },
      });
    }
  },
});
