import { defineRule } from "../rule";
import { classicMiswirings } from "./classic-wiring";
import { forwardsFrom, modeOf } from "./forwards";
import { replaceClassic } from "./replace-balancer";

export const classicInUse = defineRule({
  id: "ECS-LB-002",
  severity: "warning",
  title: "Classic Load Balancer in use",
  why: "Classic Load Balancers are a legacy type. They cannot route by path, follow dynamic ports, shift traffic between two versions or check the health of containers.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html",
  needs: ["clb"],
  check({ model }, report) {
    for (const clb of model.of("clb")) {
      const forwards = forwardsFrom(clb);
      if (forwards.length === 0) continue;
      // LB-001 and LB-003, on the load balancer or on a service of it, already say to replace it.
      const works = forwards.every(({ service }) => ["bridge", "host"].includes(modeOf(service) ?? ""));
      const services = forwards.map(({ edge }) => edge.to);
      if (!works || classicMiswirings(model).some(({ edge }) => edge.from === clb || services.includes(edge.to)))
        continue;
      report({
        at: { node: clb.id },
        message: `${clb.name} is a Classic Load Balancer, a legacy type: no path routing, no dynamic ports, no blue/green, no container health checks. Use an Application Load Balancer.`,
        fix: replaceClassic(model, clb),
      });
    }
  },
});
