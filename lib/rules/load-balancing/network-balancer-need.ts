import { isKind } from "../../model/build";
import { defineRule } from "../rule";
import { forwardsFrom } from "./forwards";
import { replaceBalancer } from "./replace-balancer";

/** Ports on which one expects HTTP. */
const WEB_PORTS = new Set([80, 443, 8000, 8080, 8443]);

export const networkBalancerNeed = defineRule({
  id: "ECS-LB-014",
  severity: "info",
  title: "Network Load Balancer without a stated need",
  why: "An Application Load Balancer fits most web services better: it routes by path and host, redirects, and takes a web application firewall.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html",
  needs: ["nlb"],
  check({ model }, report) {
    for (const nlb of model.of("nlb")) {
      const { listeners, statedNeed, scheme, tier, securityGroups } = nlb.props;
      const web =
        listeners.length > 0 && listeners.every((item) => item.protocol === "TCP" && WEB_PORTS.has(item.port));
      const chained = nlb.out.some((edge) => edge.relation === "forward" && isKind(edge.to, "alb"));
      if (!web || chained || forwardsFrom(nlb).length === 0 || (statedNeed ?? "").trim() !== "") continue;
      const httpListeners = listeners.map(({ port }) =>
        port === 443 || port === 8443
          ? { port, protocol: "HTTPS", certificate: { from: "parameter" } }
          : { port, protocol: "HTTP" },
      );
      report({
        at: { node: nlb.id },
        message: `${nlb.name} serves a web port. An Application Load Balancer fits most web services (paths, hosts, redirects, WAF). Choose a Network Load Balancer for very high throughput, static IPs, TCP, UDP or PrivateLink, and state that need to silence this.`,
        fix: {
          title: "Replace by an Application Load Balancer",
          risk: "review",
          edits: replaceBalancer(model, nlb, "alb", { scheme, tier, listeners: httpListeners, securityGroups }),
        },
      });
    }
  },
});
