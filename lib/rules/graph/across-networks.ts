import { isKind } from "../../model/build";
import type { ModelNode } from "../../model/model";
import { clusterOf } from "../../model/queries";
import type { Candidate } from "../candidate";
import { inDifferentVpcs, vpcName } from "../networks";
import { defineRule } from "../rule";

export const acrossNetworks = defineRule({
  id: "ECS-GR-005",
  severity: "error",
  title: "Cross-VPC or cross-Region edge",
  why: "Nothing routes between two VPCs unless peering, a transit gateway or PrivateLink does, and none of these is in the drawing.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect.html",
  needs: ["service", "nlb"],
  // Load balancer → service is LB-013, a mounted file system STO-004.
  refuses(candidate) {
    if (!isForwardToBalancer(candidate)) return undefined;
    return {
      reason: "The targets of a load balancer stand in its own VPC, and these two stand in different ones",
      instead: "Put both into one VPC",
    };
  },
  check({ model }, report) {
    for (const edge of [...model.edgesOf("call"), ...model.edgesOf("forward")]) {
      if (!isCall(edge) && !isForwardToBalancer(edge)) continue;
      report({
        at: { edge: edge.id },
        also: [{ node: edge.from.id }, { node: edge.to.id }],
        message: `${edge.from.name} and ${edge.to.name} are in different VPCs (${vpcName(edge.from)}, ${vpcName(edge.to)}) with no route between them. Add PrivateLink or peering, or put both into one VPC.`,
      });
    }
  },
});

const isForwardToBalancer = ({ relation, from, to }: Candidate): boolean =>
  relation === "forward" && isKind(from, "nlb") && isKind(to, "alb") && inDifferentVpcs(from, to);

const hasCluster = (node: ModelNode): boolean => clusterOf(node) !== undefined;

const isCall = ({ relation, from, to }: Candidate): boolean =>
  relation === "call" && hasCluster(from) && hasCluster(to) && inDifferentVpcs(from, to);
