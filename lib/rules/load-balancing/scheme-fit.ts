import type { Edit } from "../../document/edits/edit";
import { isKind } from "../../model/build";
import type { ModelNode } from "../../model/model";
import { isPrivateCidr } from "../networks";
import { defineRule } from "../rule";
import { asBalancer, balancersOf } from "./forwards";

const setField = (node: ModelNode, field: string, value: string): Edit => ({
  edit: "setField",
  id: node.id,
  field,
  value,
});

export const schemeFit = defineRule({
  id: "ECS-LB-012",
  severity: "error",
  title: "Scheme does not fit the place or the clients",
  why: "An internet-facing load balancer needs subnets with a route to an internet gateway. An internal one has private addresses only, which clients on the internet cannot reach.",
  docs: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html",
  needs: ["alb", "nlb", "clb"],
  refuses({ relation, from, to }) {
    const balancer = asBalancer(to);
    if (relation !== "request" || balancer?.props.scheme !== "internal" || !fromOutside(from)) return undefined;
    return {
      reason: "An internal load balancer has only private addresses",
      instead: "Make it internet-facing, in public subnets",
    };
  },
  check({ model }, report) {
    for (const balancer of balancersOf(model)) {
      const { scheme, tier } = balancer.props;
      const facing = [setField(balancer, "/scheme", "internet-facing"), setField(balancer, "/tier", "public")];
      if (scheme === "internet-facing" && tier !== "public") {
        report({
          at: { node: balancer.id, field: "/tier" },
          message: `${balancer.name} is internet-facing, but ${tier} subnets have no route to an internet gateway. Move it to public subnets, or make it internal.`,
          fix: { title: "Move to public subnets", risk: "safe", edits: facing.slice(1) },
        });
      }
      if (scheme !== "internal") continue;
      const outside = balancer.in.filter((edge) => edge.relation === "request" && fromOutside(edge.from));
      for (const edge of outside) {
        report({
          at: { edge: edge.id },
          also: [{ node: balancer.id, field: "/scheme" }],
          message: `${balancer.name} is internal, but ${edge.from.name} reaches it from the internet, where its private addresses lead nowhere. Make it internet-facing.`,
          fix: { title: "Make internet-facing", risk: "safe", edits: facing },
        });
      }
      if (tier === "public" && outside.length === 0) {
        report({
          at: { node: balancer.id, field: "/tier" },
          severity: "info",
          message: `${balancer.name} is internal, but stands in public subnets. Private subnets are enough and say what is meant.`,
          fix: { title: "Move to private subnets", risk: "safe", edits: [setField(balancer, "/tier", "private")] },
        });
      }
    }
  },
});

/** Clients with public addresses. Those with private ones may come over a VPN, which reaches internal load balancers. */
const fromOutside = (node: ModelNode): boolean =>
  isKind(node, "internet") && !(node.props.cidrs.length > 0 && node.props.cidrs.every(isPrivateCidr));
