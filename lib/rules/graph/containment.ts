import { kindOf, type NodeKind, nodeKinds } from "../../catalog";
import { list } from "../../core/text";
import { isKind } from "../../model/build";
import type { ModelNode } from "../../model/model";
import { clusterOf } from "../../model/queries";
import { aKind } from "../refused";
import { review, safe, set } from "../repairs";
import { defineRule, type Report } from "../rule";
import { checkAddresses } from "./addresses";

/** The stack cuts a VPC into sixteen parts, and a subnet has at least a /28. */
const smallest = 24;
const largest = 16;

export const containment = defineRule({
  id: "ECS-GR-004",
  severity: "error",
  title: "Containment broken",
  why: "A box means something to AWS: what stands in a VPC gets its addresses there, what stands in a cluster runs there. Regional services stand in neither.",
  docs: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-subnet-basics.html",
  needs: nodeKinds,
  check({ model }, report) {
    for (const node of model.nodes) {
      if (node.parent) checkParent(node, node.parent, report);
      if (isKind(node, "vpc")) checkRange(node, report);
      checkAddresses(node, report);
    }
  },
});

function checkParent(node: ModelNode, parent: ModelNode, report: Report): void {
  const { within, deployable } = kindOf(node.kind);
  if ((within as readonly NodeKind[]).includes(parent.kind)) return;
  // Without a cluster around it, a service is GR-002.
  if (node.kind === "service" && !clusterOf(node)) return;
  const regional = within.length === 0 && node.kind !== "vpc";
  const place = regional
    ? `${aKind(node.kind)} ${deployable ? "is a resource of the whole Region and stands in no VPC; the exports create it outside" : "is no part of your network"}`
    : node.kind === "vpc"
      ? "a VPC is a network of its own and stands in no other box, so it cannot be created there"
      : `${aKind(node.kind)} stands in ${list(
          within.map((kind) => `a ${kindOf(kind).short}`),
          "or",
        )}, not in ${parent.name} (${kindOf(parent.kind).label})`;
  const home = regional ? undefined : nearest(parent, within);
  report({
    at: { node: node.id },
    also: [{ node: parent.id }],
    severity: regional ? "info" : "error",
    message: `${node.name} sits in ${parent.name}, but ${place}. Move it ${home ? `to ${home.name}` : "out"}.`,
    fix: review(home ? `Move it to ${home.name}` : "Move it out", {
      edit: "reparent",
      id: node.id,
      parent: home?.id ?? null,
    }),
  });
}

/** The nearest box around that may hold it. */
function nearest(start: ModelNode, within: readonly NodeKind[]): ModelNode | undefined {
  const seen = new Set<ModelNode>();
  for (let box: ModelNode | undefined = start.parent; box && !seen.has(box); box = box.parent) {
    if (within.includes(box.kind)) return box;
    seen.add(box);
  }
  return undefined;
}

function checkRange(vpc: ModelNode<"vpc">, report: Report): void {
  const { cidr, source } = vpc.props;
  if (source !== "new") return;
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr);
  const [length, ...octets] = (match?.slice(1).map(Number) ?? []).reverse();
  const inRange = length !== undefined && length >= largest && length <= smallest;
  if (inRange && octets.every((octet) => octet <= 255)) return;
  report({
    at: { node: vpc.id, field: "/cidr" },
    message: `${vpc.name} has the address range “${cidr}”; its subnets need an IPv4 range in CIDR notation of /${largest} to /${smallest}, such as 10.0.0.0/16. Choose one that your other networks do not use.`,
    fix: safe("Use 10.0.0.0/16", set(vpc.id, "/cidr", "10.0.0.0/16")),
  });
}
