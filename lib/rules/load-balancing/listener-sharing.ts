import { rangeText, within } from "../../aws/docs";
import { limits } from "../../aws/limits";
import { slug } from "../../core/ids";
import type { Edit } from "../../document/edits/edit";
import { isRelationEdge } from "../../model/build";
import type { ModelEdge } from "../../model/model";
import { defineRule, type Report } from "../rule";
import { type Balancer, balancersOf, listenerIndexOf, protocolsOf } from "./forwards";

export const listenerSharing = defineRule({
  id: "ECS-LB-018",
  severity: "error",
  title: "One target group, two masters",
  why: "A listener has one default and rules with priorities of their own, and a load balancer has one listener a port. Services that share them need a path or a host each.",
  docs: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html",
  needs: ["alb", "nlb", "clb"],
  check({ model }, report) {
    for (const balancer of balancersOf(model)) {
      doubledPorts(balancer, report);
      // The Classic type has no target groups: LB-003.
      if (balancer.kind === "clb") continue;
      const edges = balancer.out.filter((edge): edge is ModelEdge<"forward"> & ModelEdge =>
        isRelationEdge(edge, "forward"),
      );
      secondDefaults(balancer, edges, report);
      priorities(balancer, edges, report);
    }
  },
});

function doubledPorts(balancer: Balancer, report: Report): void {
  const seen = new Set<number>();
  for (const [index, { port }] of balancer.props.listeners.entries()) {
    if (seen.has(port)) {
      report({
        at: { node: balancer.id, field: `/listeners/${index}/port` },
        message: `${balancer.name} has two listeners on port ${port}, and AWS takes one a port. Give this one another port, or remove it.`,
        fix: {
          title: "Remove the second listener",
          risk: "review",
          edits: [
            {
              edit: "setField",
              id: balancer.id,
              field: "/listeners",
              value: balancer.props.listeners.filter((_, at) => at !== index),
            },
          ],
        },
      });
    }
    seen.add(port);
  }
}

/** Edges that would all be the default of one listener: the first keeps it. */
function secondDefaults(balancer: Balancer, edges: readonly ModelEdge<"forward">[], report: Report): void {
  const byContent = protocolsOf(balancer).routesByContent;
  const owners = new Map<number, ModelEdge<"forward">>();
  for (const edge of edges) {
    const conditional = byContent && edge.props.pathPatterns.length + edge.props.hostHeaders.length > 0;
    const index = listenerIndexOf(balancer, edge.props.listenerPort);
    if (conditional || index < 0) continue;
    const owner = owners.get(index);
    if (!owner) {
      owners.set(index, edge);
      continue;
    }
    const port = balancer.props.listeners[index]?.port;
    report({
      at: { edge: edge.id },
      also: [{ edge: owner.id }],
      message: `Port ${port} of ${balancer.name} already forwards everything to ${owner.to.name}, so ${edge.to.name} cannot have it too: a listener has one default. ${
        byContent ? "Route by path or host." : "Give each its own listener."
      }`,
      ...(byContent
        ? {
            fix: {
              title: `Route /${slug(edge.to.name, "app")}/* to ${edge.to.name}`,
              risk: "review" as const,
              edits: [setField(edge, "/pathPatterns", [`/${slug(edge.to.name, "app")}/*`])],
            },
          }
        : {}),
    });
  }
}

function priorities(balancer: Balancer, edges: readonly ModelEdge<"forward">[], report: Report): void {
  const taken = new Map<string, ModelEdge<"forward">>();
  for (const edge of edges) {
    const { priority, listenerPort } = edge.props;
    if (priority === undefined) continue;
    const key = `${listenerIndexOf(balancer, listenerPort)} ${priority}`;
    const owner = taken.get(key);
    const invalid = !within(limits.listenerRulePriority, priority);
    if (!owner) taken.set(key, edge);
    if (!owner && !invalid) continue;
    report({
      at: { edge: edge.id, field: "/priority" },
      ...(owner ? { also: [{ edge: owner.id, field: "/priority" }] } : {}),
      message: invalid
        ? `Rule priority ${priority} for ${edge.to.name} is outside ${rangeText(limits.listenerRulePriority)}. Clear it to have the rules numbered.`
        : `Rule priority ${priority} of ${balancer.name} is that of ${owner?.to.name} already; each rule of a listener needs its own. Clear it to have the rules numbered.`,
      fix: { title: "Number the rule automatically", risk: "safe", edits: [setField(edge, "/priority")] },
    });
  }
}

const setField = (edge: ModelEdge<"forward">, field: string, value?: string[]): Edit => ({
  edit: "setField",
  id: edge.id,
  field,
  ...(value ? { value } : {}),
});
