import type { GroupRule } from "../../catalog/fields/network";
import type { Json } from "../../core/json";
import { list } from "../../core/text";
import { isKind } from "../../model/build";
import type { ModelEdge } from "../../model/model";
import type { MissingRule } from "../../network/flow";
import { defineRule, type Fix } from "../rule";
import { asBalancer, type Balancer } from "./forwards";

export const closedToClients = defineRule({
  id: "ECS-LB-010",
  severity: "error",
  title: "Load balancer group closed to its clients",
  why: "The security group of a load balancer decides who reaches its listeners. Clients that it does not admit get no answer at all.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html",
  needs: ["alb", "nlb", "clb"],
  check({ model, flows }, report) {
    for (const edge of model.edges) {
      const balancer = clientEdge(edge) ? asBalancer(edge.to) : undefined;
      // Only its own group: routes are LB-012, listeners LB-019.
      const blocked = (flows.flow(edge.id)?.hops ?? []).flatMap(({ stage, missing }) =>
        stage === "ingress" && missing ? [missing] : [],
      );
      if (!balancer || blocked.length === 0) continue;
      const ports = list([...new Set(blocked.map(({ fromPort }) => String(fromPort)))]);
      const fix = admit(edge, balancer, blocked);
      report({
        at: { edge: edge.id },
        also: [{ node: balancer.id, field: "/securityGroups" }],
        message: `${balancer.name} listens on ${ports} but its security group does not let ${edge.from.name} in. Allow ${ports} from ${sourceText(edge)}.`,
        ...(fix ? { fix } : {}),
      });
    }
  },
});

/** Edges that bring clients to a load balancer: requests, and an NLB in front of an ALB. */
const clientEdge = (edge: ModelEdge): boolean => edge.relation === "request" || edge.relation === "forward";

const sourceText = ({ from }: ModelEdge): string =>
  isKind(from, "internet") ? list(from.props.cidrs) : `the security group of ${from.name}`;

/** Ingress rules for the ports that are closed, in a group that a person has taken over. */
function admit(edge: ModelEdge, balancer: Balancer, blocked: readonly MissingRule[]): Fix | undefined {
  const groups = balancer.props.securityGroups;
  if (groups.mode !== "own") return undefined;
  const peers: GroupRule["peer"][] = isKind(edge.from, "internet")
    ? edge.from.props.cidrs.map((cidr) => ({ cidr }))
    : [{ node: edge.from.id }];
  const added = blocked.flatMap(({ protocol, fromPort, toPort }) =>
    peers.map((peer) => ({ ipProtocol: protocol, fromPort, toPort, peer })),
  );
  return {
    title: "Let these clients in",
    risk: "safe",
    edits: [
      {
        edit: "setField",
        id: balancer.id,
        field: "/securityGroups/ingress",
        value: [...groups.ingress, ...added] as unknown as Json,
      },
    ],
  };
}
