import { isKind } from "../../model/build";
import type { ModelNode } from "../../model/model";
import { isFargate, launchOf } from "../../model/queries";
import type { Candidate } from "../candidate";
import { defineRule } from "../rule";
import { modeOf } from "./forwards";
import { replaceClassic } from "./replace-balancer";

export const classicOnAwsvpc = defineRule({
  id: "ECS-LB-001",
  severity: "error",
  title: "Classic Load Balancer on Fargate or awsvpc",
  why: "A Classic Load Balancer knows EC2 instances and their ports. Tasks on Fargate, and all tasks in awsvpc mode, have addresses of their own that it cannot register.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html",
  needs: ["clb"],
  refuses(candidate) {
    if (!hasOwnAddresses(candidate)) return undefined;
    return {
      reason: "A Classic Load Balancer registers EC2 instances; these tasks have their own IP addresses",
      instead: "Use an Application Load Balancer, or a Network Load Balancer for TCP or UDP",
    };
  },
  check({ model }, report) {
    for (const edge of model.edgesOf("forward")) {
      if (!hasOwnAddresses(edge) || !isKind(edge.to, "service") || !isKind(edge.from, "clb")) continue;
      const what = isFargate(launchOf(edge.to)) ? "Fargate" : "awsvpc";
      report({
        at: { edge: edge.id },
        also: [{ node: edge.from.id }, { node: edge.to.id }],
        message: `A Classic Load Balancer registers whole EC2 instances, so it cannot serve ${edge.to.name}, whose tasks have their own IP addresses (${what}). Use an Application Load Balancer, or a Network Load Balancer for TCP or UDP.`,
        fix: replaceClassic(model, edge.from),
      });
    }
  },
});

/** A CLB → service connection whose tasks are registered by address. Mode none has no address at all: NET-005. */
const hasOwnAddresses = (edge: Candidate): boolean =>
  edge.relation === "forward" &&
  isKind(edge.from, "clb") &&
  isKind(edge.to, "service") &&
  modeOf(edge.to as ModelNode<"service">) === "awsvpc";
