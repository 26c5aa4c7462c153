import type { ModelNode } from "../../model/model";
import { defineRule } from "../rule";
import { forwardsFrom, listenerIndexOf } from "./forwards";

export const unencryptedClients = defineRule({
  id: "ECS-LB-009",
  severity: "warning",
  title: "Internet-facing listener without encryption",
  why: "Plain HTTP lets everyone between the client and the load balancer read and change what is sent.",
  docs: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html",
  needs: ["alb", "nlb"],
  check({ model }, report) {
    for (const alb of model.of("alb")) {
      if (alb.props.scheme !== "internet-facing" || plainListeners(alb).length === 0) continue;
      report({
        at: { node: alb.id, field: "/listeners" },
        message: `Clients of ${alb.name} talk plain HTTP. Add an HTTPS listener and let port 80 redirect to it.`,
        fix: {
          title: "Add HTTPS and redirect to it",
          risk: "safe",
          edits: [{ edit: "setField", id: alb.id, field: "/listeners", value: encrypted(alb) }, ...followers(alb)],
        },
      });
    }
    for (const nlb of model.of("nlb")) {
      if (nlb.props.scheme !== "internet-facing") continue;
      for (const [index, listener] of nlb.props.listeners.entries()) {
        if (listener.port !== 443 || listener.protocol !== "TCP") continue;
        report({
          at: { node: nlb.id, field: `/listeners/${index}` },
          severity: "info",
          message: `${nlb.name} passes port 443 through as TCP, so the tasks themselves must terminate TLS. Use a TLS listener with a certificate to let the load balancer do it.`,
        });
      }
    }
  },
});

/** Positions of HTTP listeners that hand requests on: all of them when there is no HTTPS, else those that edges use. */
function plainListeners(alb: ModelNode<"alb">): number[] {
  const all = alb.props.listeners;
  const used = new Set(forwardsFrom(alb).map(({ edge }) => listenerIndexOf(alb, edge.props.listenerPort)));
  const secure = all.some((listener) => listener.protocol === "HTTPS");
  return all.flatMap((listener, index) =>
    listener.protocol === "HTTP" && !listener.redirectToHttps && (!secure || used.has(index)) ? [index] : [],
  );
}

/** The same listeners, those with HTTP redirecting, and HTTPS on 443 in any case. */
function encrypted(alb: ModelNode<"alb">) {
  const listeners = alb.props.listeners.map((listener) =>
    listener.protocol === "HTTP"
      ? { port: listener.port, protocol: listener.protocol, redirectToHttps: true }
      : listener,
  );
  const there = listeners.some((listener) => listener.protocol === "HTTPS" && listener.port === 443);
  const rest = listeners.filter((listener) => there || listener.port !== 443);
  return there
    ? rest
    : [...rest, { port: 443, protocol: "HTTPS" as const, certificate: { from: "parameter" as const } }];
}

/** Edges that leave from a listener which will redirect move to HTTPS. */
const followers = (alb: ModelNode<"alb">) =>
  forwardsFrom(alb).flatMap(({ edge }) => {
    const listener = alb.props.listeners[listenerIndexOf(alb, edge.props.listenerPort)];
    return edge.props.listenerPort !== undefined && listener?.protocol === "HTTP"
      ? [{ edit: "setField" as const, id: edge.id, field: "/listenerPort", value: 443 }]
      : [];
  });
