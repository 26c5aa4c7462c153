import { isKind } from "../../model/build";
import type { Model, ModelEdge, ModelNode } from "../../model/model";
import { type Candidate, isBefore } from "../candidate";
import { defineRule, type Severity } from "../rule";
import { type Forward, forwardOf, forwardsFrom, forwardsOf, isDynamic, modeOf } from "./forwards";
import { replaceClassic } from "./replace-balancer";

export const classicWiring = defineRule({
  id: "ECS-LB-003",
  severity: "error",
  title: "Classic Load Balancer wired in a way ECS does not accept",
  why: "A service takes one Classic Load Balancer and then no target group beside it, and the load balancer sends everything to one fixed port of each instance.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html",
  needs: ["clb"],
  refuses(candidate, model) {
    const other = mixedWith(candidate, model);
    if (!other) return undefined;
    const both = isKind(candidate.from, "clb") && isKind(other.from, "clb");
    return {
      reason: both
        ? "A service takes one Classic Load Balancer, and this one already has one"
        : "A service cannot have a Classic Load Balancer and a target group at the same time",
      instead: "Use Application or Network Load Balancers only",
    };
  },
  check({ model }, report) {
    for (const { clb, edge, severity, at, reason } of classicMiswirings(model)) {
      report({
        at,
        severity,
        also: [{ node: clb.id }, { node: edge.to.id }],
        message: `${clb.name} forwards to one fixed port of each instance; ${reason}. Use an Application Load Balancer, which follows dynamic ports and separates services.`,
        fix: replaceClassic(model, clb),
      });
    }
  },
});

interface Miswiring {
  clb: ModelNode<"clb">;
  edge: ModelEdge;
  severity: Severity;
  at: { edge: string } | { node: string; field?: string };
  reason: string;
}

/** Everything that is wrong about the Classic Load Balancers of a design. */
export function classicMiswirings(model: Model): Miswiring[] {
  const found: Miswiring[] = [];
  for (const { edge, service, mapping } of forwardsOf(model)) {
    const at = { edge: edge.id };
    const other = mixedWith(edge, model);
    if (other) {
      const [clb, beside] = isKind(edge.from, "clb") ? [edge.from, other.from] : [other.from, edge.from];
      const reason = `${service.name} has ${beside.name} too, and ECS takes a Classic Load Balancer only alone`;
      if (isKind(clb, "clb")) found.push({ clb, edge, severity: "error", at, reason });
    } else if (isKind(edge.from, "clb") && mapping && isDynamic(modeOf(service), mapping)) {
      const reason = `${service.name} leaves its host port to ECS, which chooses another one for every task`;
      found.push({ clb: edge.from, edge, severity: "error", at, reason });
    }
  }
  const faulty = new Set(found.map(({ edge }) => edge));
  for (const clb of model.of("clb")) {
    const forwards = forwardsFrom(clb).filter(({ edge }) => !faulty.has(edge));
    found.push(...shared(clb, forwards), ...unheeded(clb, forwards));
  }
  return found;
}

function shared(clb: Miswiring["clb"], forwards: readonly Forward[]): Miswiring[] {
  const [first, ...rest] = forwards;
  const extra = rest.find(({ service }) => service.id !== first?.service.id);
  if (!first || !extra) return [];
  const reason = `${first.service.name} and ${extra.service.name} share it, and with it one list of instances and one health check`;
  return [{ clb, edge: extra.edge, severity: "warning", at: { edge: extra.edge.id }, reason }];
}

function unheeded(clb: Miswiring["clb"], forwards: readonly Forward[]): Miswiring[] {
  for (const { edge, taskDefinition, container } of forwards) {
    if (!taskDefinition || !container?.healthCheck) continue;
    const at = { node: taskDefinition.id, field: `/containerDefinitions/${container.id}/healthCheck` };
    const reason = `ECS does not support the health check of container ${container.name} behind it`;
    return [{ clb, edge, severity: "warning", at, reason }];
  }
  return [];
}

/** The load balancer edge of the same service that this one cannot stand beside; earlier edges keep their place. */
function mixedWith(candidate: Candidate, model: Model): ModelEdge | undefined {
  if (candidate.relation !== "forward" || !isKind(candidate.to, "service")) return undefined;
  return model
    .edgesOf("forward")
    .find(
      (edge) =>
        edge.to === candidate.to &&
        forwardOf(edge) &&
        isBefore(edge, candidate) &&
        (isKind(edge.from, "clb") || isKind(candidate.from, "clb")),
    );
}
