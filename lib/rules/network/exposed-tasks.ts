import type { GroupRule, SecurityGroups } from "../../catalog/fields/network";
import type { Json } from "../../core/json";
import { list } from "../../core/text";
import { isKind } from "../../model/build";
import type { Model, ModelNode } from "../../model/model";
import { clusterOf, launchOf, networkModeOf, taskDefinitionOf } from "../../model/queries";
import { asBalancer } from "../load-balancing/forwards";
import { set } from "../repairs";
import { defineRule, type Fix } from "../rule";
import { providersOf } from "../workloads";
import { slotOf } from "./groups";

export const exposedTasks = defineRule({
  id: "ECS-NET-014",
  severity: "warning",
  title: "Tasks exposed beyond the diagram",
  why: "When tasks or instances admit the whole internet, or have public addresses for no need, clients get past the load balancer and all that it protects.",
  docs: "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html",
  needs: ["service", "asgCapacityProvider"],
  check({ model, flows }, report) {
    const openNodes = new Set<string>();
    for (const node of [...model.of("service"), ...model.of("asgCapacityProvider")] as ModelNode[]) {
      const slot = slotOf(node);
      const filters = isKind(node, "service") ? hasOwnInterface(node) : true;
      if (slot?.mode !== "own" || !filters) continue;
      const sources = sourcesOf(model, node);
      // Without a group of its own a Network Load Balancer can only be admitted by range, which is LB-020.
      if (sources.some(({ props }) => (props as { withSecurityGroup?: boolean }).withSecurityGroup === false)) continue;
      slot.ingress.forEach((rule, index) => {
        if (!("cidr" in rule.peer) || !anywhere.has(rule.peer.cidr.trim()) || rule.ipProtocol === "icmp") return;
        openNodes.add(node.id);
        const cidr = rule.peer.cidr.trim();
        const from =
          sources.length > 0
            ? `only ${list(sources.map(({ name }) => name))} ${sources.length === 1 ? "sends" : "send"} traffic to it in the drawing`
            : "nothing in the drawing sends traffic to it";
        report({
          at: { node: node.id, field: `/securityGroups/ingress/${index}` },
          also: sources.map(({ id }) => ({ node: id })),
          message: `The security group of ${node.name} admits ${cidr} on ${portsOf(rule)}, although ${from}. Allow only ${
            sources.length > 0
              ? `the security group of ${list(sources.map(({ name }) => name))}`
              : "what needs it, or remove the rule"
          }.`,
          fix: narrow(node, slot, index, sources),
        });
      });
    }
    for (const place of flows.places) {
      const service = model.node(place.node);
      if (place.edge !== undefined || place.compute !== "FARGATE" || !place.assignPublicIp) continue;
      if (place.exit !== "public-address" || !isKind(service, "service")) continue;
      const balancer = service.in.map((edge) => asBalancer(edge.from)).find((found) => found !== undefined);
      const isOpen = openNodes.has(service.id);
      if (!balancer && !isOpen) continue;
      report({
        at: { node: service.id, field: "/assignPublicIp" },
        ...(balancer ? { also: [{ node: balancer.id }] } : {}),
        // In a public subnet the address is the only way out, so taking it away is a choice.
        severity: isOpen ? "warning" : "info",
        message: isOpen
          ? `${service.name} can be reached from the internet directly${balancer ? `, bypassing ${balancer.name}` : ""}. Put tasks in private subnets and allow only ${balancer ? `the security group of ${balancer.name}` : "what needs them"}.`
          : `Tasks of ${service.name} have public addresses, so that their security group alone keeps the internet from bypassing ${balancer?.name}. Put tasks in private subnets with NAT or VPC endpoints.`,
      });
    }
  },
});

const anywhere: ReadonlySet<string> = new Set(["0.0.0.0/0", "::/0"]);

const hasOwnInterface = (service: ModelNode<"service">): boolean => {
  const definition = taskDefinitionOf(service);
  return definition !== undefined && networkModeOf(definition) === "awsvpc";
};

const portsOf = ({ ipProtocol, fromPort, toPort }: GroupRule): string => {
  const range = [...new Set([fromPort, toPort])].filter((port) => port !== undefined).join("–");
  if (ipProtocol === "-1") return "all ports";
  return range === "" ? `all ${ipProtocol} ports` : `${ipProtocol} ${range}`;
};

/** Load balancers and services drawn as senders to these interfaces. */
function sourcesOf(model: Model, node: ModelNode): ModelNode[] {
  const services = isKind(node, "service") ? [node] : model.of("service").filter((service) => runsOn(service, node));
  const edges = services.flatMap((service) => service.in);
  const senders = edges.flatMap((edge) => (edge.relation === "forward" || edge.relation === "call" ? [edge.from] : []));
  return [...new Set(senders)];
}

/** Tasks in bridge and host mode answer through the instances they land on. */
function runsOn(service: ModelNode<"service">, provider: ModelNode): boolean {
  const taskDefinition = taskDefinitionOf(service);
  if (!taskDefinition || launchOf(service) !== "EC2" || networkModeOf(taskDefinition) === "awsvpc") return false;
  return providersOf({ taskDefinition, launch: "EC2", cluster: clusterOf(service), service }).some(
    ({ id }) => id === provider.id,
  );
}

/** The range replaced by the groups of those that are drawn; a rule that serves nobody goes. */
function narrow(
  node: ModelNode,
  slot: Extract<SecurityGroups, { mode: "own" }>,
  index: number,
  sources: readonly ModelNode[],
): Fix {
  const rules = slot.ingress.flatMap((rule, at): GroupRule[] =>
    at === index ? sources.map(({ id }) => ({ ...rule, peer: { node: id } })) : [rule],
  );
  return {
    title: sources.length > 0 ? "Allow only what is drawn" : "Remove the rule",
    risk: "safe",
    edits: [set(node.id, "/securityGroups/ingress", rules as unknown as Json)],
  };
}
