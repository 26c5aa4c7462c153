import { list } from "../../core/text";
import { isKind } from "../../model/build";
import { defineRule } from "../rule";
import { forwardsFrom, isDynamic, modeOf, portText } from "./forwards";

export const grouplessNetworkBalancer = defineRule({
  id: "ECS-LB-020",
  severity: "warning",
  title: "Network Load Balancer without a security group",
  why: "Without a group of its own a Network Load Balancer can be admitted by addresses only, so the tasks must open to clients or to whole subnets. A group cannot be added later.",
  docs: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html",
  needs: ["nlb"],
  check({ model }, report) {
    for (const nlb of model.of("nlb")) {
      const [first] = forwardsFrom(nlb);
      if (nlb.props.withSecurityGroup || !first) continue;
      const { service, mapping, edge } = first;
      const mode = modeOf(service);
      const listeners: readonly { port: number; protocol: string }[] = nlb.props.listeners;
      const udp = listeners.some(
        ({ port, protocol }) => port === (edge.props.listenerPort ?? port) && /UDP/.test(protocol),
      );
      // Client addresses are preserved for instance targets and for UDP; else the load balancer's own arrive.
      const preserved = udp || (edge.props.targetType ?? (mode === "awsvpc" ? "ip" : "instance")) === "instance";
      const clients = nlb.in.flatMap((item) => (isKind(item.from, "internet") ? item.from.props.cidrs : []));
      const source = preserved ? list(clients) || "its clients" : "the load balancer's subnets";
      const group = mode === "awsvpc" ? `the security group of ${service.name}` : "the security group of the instances";
      const port = !mapping
        ? "their ports"
        : isDynamic(mode, mapping)
          ? "all ephemeral ports"
          : `port ${mode === "bridge" ? mapping.hostPort : portText(mapping)}`;
      report({
        at: { node: nlb.id, field: "/withSecurityGroup" },
        also: [{ node: service.id }],
        message: `${nlb.name} has no security group, so ${group} must itself admit ${source} on ${port}. Give the Network Load Balancer a security group when you create it, and allow only that group.`,
        fix: {
          title: "Give it a security group",
          risk: "safe",
          edits: [{ edit: "setField", id: nlb.id, field: "/withSecurityGroup", value: true }],
        },
      });
    }
  },
});
