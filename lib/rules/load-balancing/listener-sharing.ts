import { rangeText, within } from "../../aws/docs";
import { limits } from "../../aws/limits";
import { isRelationEdge } from "../../model/build";
import type { ModelEdge } from "../../model/model";
import { safe, set } from "../repairs";
import { defineRule, type Report } from "../rule";
import { type Balancer, balancersOf, listenerIndexOf, protocolsOf, typeName } from "./forwards";
import { listenerNumbers, ruleConditions } from "./listener-settings";

export const listenerSharing = defineRule({
  id: "ECS-LB-018",
  severity: "error",
  title: "One target group, two masters",
  why: "A load balancer has one listener a port, and each rule of a listener a priority of its own. Two targets that share a listener without rules get each other's requests.",
  docs: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html",
  needs: ["alb", "nlb", "clb"],
  check({ model }, report) {
    for (const balancer of balancersOf(model)) {
      listenerNumbers(balancer, report);
      doubledPorts(balancer, report);
      // The Classic type has no target groups: LB-003.
      if (balancer.kind === "clb") continue;
      const edges = balancer.out.filter((edge): edge is ModelEdge<"forward"> & ModelEdge =>
        isRelationEdge(edge, "forward"),
      );
      secondDefaults(balancer, edges, report);
      priorities(balancer, edges, report);
      if (protocolsOf(balancer).routesByContent) for (const edge of edges) ruleConditions(edge, report);
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

/**
 * Targets that share the one default of a listener which cannot choose between them: the first keeps it. An
 * Application Load Balancer gives the others a path with their name.
 */
function secondDefaults(balancer: Balancer, edges: readonly ModelEdge<"forward">[], report: Report): void {
  if (protocolsOf(balancer).routesByContent) return;
  const owners = new Map<number, ModelEdge<"forward">>();
  for (const edge of edges) {
    const index = listenerIndexOf(balancer, edge.props.listenerPort);
    const owner = owners.get(index);
    if (!owner) owners.set(index, edge);
    if (!owner || index < 0) continue;
    const port = balancer.props.listeners[index]?.port;
    report({
      at: { edge: edge.id },
      also: [{ edge: owner.id }],
      message: `Port ${port} of ${balancer.name} already forwards everything to ${owner.to.name}; sharing it with ${edge.to.name} would mix their tasks, since a ${typeName(balancer)} cannot tell requests apart. Give each its own listener, or use an Application Load Balancer to route by path or host.`,
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
      fix: safe("Number the rule automatically", set(edge.id, "/priority")),
    });
  }
}
