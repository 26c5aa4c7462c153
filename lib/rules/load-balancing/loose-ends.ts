import { isKind, isRelationEdge } from "../../model/build";
import type { Model } from "../../model/model";
import { redirects } from "../../stack/balancers";
import { isWiredToGeneric } from "../generics";
import { defineRule, type Report } from "../rule";
import { asBalancer, type Balancer, balancersOf, listenerIndexOf } from "./forwards";

export const looseEnds = defineRule({
  id: "ECS-LB-019",
  severity: "warning",
  title: "Load balancer parts with nothing behind or in front",
  why: "A request needs a listener, a rule and a target. Where one of them is missing it goes nowhere, and the load balancer costs all the same.",
  docs: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html",
  needs: ["alb", "nlb", "clb"],
  check({ model }, report) {
    for (const balancer of balancersOf(model)) {
      if (!hasListener(balancer, report) || !leadsSomewhere(model, balancer, report)) continue;
      idleListeners(model, balancer, report);
      missingListeners(balancer, report);
    }
  },
});

function hasListener(balancer: Balancer, report: Report): boolean {
  if (balancer.props.listeners.length > 0) return true;
  const targets = balancer.out.filter((edge) => edge.relation === "forward").map((edge) => edge.to.name);
  report({
    at: { node: balancer.id, field: "/listeners" },
    message: `${balancer.name} is not connected to a listener, so no request can reach ${targets[0] ?? "anything behind it"}. Add a listener.`,
  });
  return false;
}

function leadsSomewhere(model: Model, balancer: Balancer, report: Report): boolean {
  if (balancer.out.some((edge) => edge.relation === "forward")) return true;
  // What a generic resource does with the load balancer is not known here.
  if (isWiredToGeneric(model, balancer)) return false;
  report({
    at: { node: balancer.id },
    message: `${balancer.name} is not connected to a service, so no request can reach one, and it is billed by the hour. Connect a service, or delete it.`,
  });
  return false;
}

/** Listeners that neither forward nor redirect to one that is there. */
function idleListeners(model: Model, balancer: Balancer, report: Report): void {
  if (isWiredToGeneric(model, balancer)) return;
  const used = new Set(
    balancer.out.flatMap((edge) => {
      if (!isRelationEdge(edge, "forward")) return [];
      const listener = balancer.props.listeners[listenerIndexOf(balancer, edge.props.listenerPort)];
      return listener ? [listener.port] : [];
    }),
  );
  for (const [index, listener] of balancer.props.listeners.entries()) {
    const at = { node: balancer.id, field: `/listeners/${index}` };
    if (redirects(listener)) {
      const secure = balancer.props.listeners.some((item) => item.port === 443 && item.protocol === "HTTPS");
      if (secure) continue;
      report({
        at,
        message: `Port ${listener.port} of ${balancer.name} redirects to HTTPS 443, where it has no listener, so no request can reach a service that way. Add an HTTPS listener on 443.`,
      });
    } else if (!used.has(listener.port)) {
      report({
        at,
        message: `Port ${listener.port} of ${balancer.name} is not connected to a service, so no request can reach one through it. Choose this listener on a connection, or remove it.`,
      });
    }
  }
}

/** Edges that name a listener which is not there, or that have none to leave from. */
function missingListeners(balancer: Balancer, report: Report): void {
  for (const edge of balancer.out) {
    if (!isRelationEdge(edge, "forward") || !(asBalancer(edge.to) || isKind(edge.to, "service"))) continue;
    const { listenerPort } = edge.props;
    if (listenerIndexOf(balancer, listenerPort) >= 0) continue;
    const what =
      listenerPort === undefined
        ? "a listener that forwards, since all of them redirect"
        : `a listener on port ${listenerPort}, which ${balancer.name} does not have`;
    report({
      at: { edge: edge.id, field: "/listenerPort" },
      also: [{ node: balancer.id, field: "/listeners" }],
      message: `The target group of ${balancer.name} for ${edge.to.name} is not connected to ${what}, so no request can reach ${edge.to.name} through it. Add the listener, or choose another one.`,
      ...(listenerPort === undefined
        ? {}
        : {
            fix: {
              title: "Use the first listener that forwards",
              risk: "safe" as const,
              edits: [{ edit: "setField" as const, id: edge.id, field: "/listenerPort" }],
            },
          }),
    });
  }
}
