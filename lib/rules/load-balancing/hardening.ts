import { list } from "../../core/text";
import { isKind } from "../../model/build";
import type { Model } from "../../model/model";
import { defineRule } from "../rule";
import { type Balancer, balancersOf } from "./forwards";

export const hardening = defineRule({
  id: "ECS-LB-021",
  severity: "error",
  title: "Load balancer hardening",
  why: "A few switches of a load balancer cost little and are missed when something goes wrong: logs, protection from deletion, header checks, a firewall. Access logs need a bucket that log delivery can write to.",
  docs: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html",
  needs: ["alb", "nlb", "clb"],
  check({ model }, report) {
    for (const edge of model.edgesOf("accessLogs")) {
      if (!isKind(edge.to, "s3Bucket") || edge.to.props.encryption !== "SSE-KMS") continue;
      report({
        at: { node: edge.to.id, field: "/encryption" },
        also: [{ edge: edge.id }],
        message: `${edge.to.name} is encrypted with AWS's own KMS key, with which log delivery cannot write, so AWS refuses the access logs of ${edge.from.name}. Use SSE-S3.`,
        fix: {
          title: "Use SSE-S3",
          risk: "safe",
          edits: [{ edit: "setField", id: edge.to.id, field: "/encryption" }],
        },
      });
    }
    for (const balancer of balancersOf(model)) {
      const items = itemsOf(model, balancer);
      if (items.length === 0) continue;
      const switches = items.flatMap(({ field }) => (field ? [field] : []));
      report({
        at: { node: balancer.id },
        severity: "info",
        message: `${balancer.name} misses ${list(items.map(({ label }) => label))}. Turn them on before production.`,
        ...(switches.length > 0
          ? {
              fix: {
                title: "Turn on what is a switch",
                risk: "safe" as const,
                edits: switches.map((field) => ({ edit: "setField" as const, id: balancer.id, field, value: true })),
              },
            }
          : {}),
      });
    }
  },
});

interface Item {
  label: string;
  /** The switch that turns it on, where there is one. */
  field?: string;
}

function itemsOf(model: Model, balancer: Balancer): Item[] {
  const { props } = balancer;
  const items: Item[] = [];
  const off = (label: string, field: string) => items.push({ label, field });
  if (!balancer.out.some((edge) => edge.relation === "accessLogs")) items.push({ label: "access logs" });
  if ("deletionProtection" in props && !props.deletionProtection) off("deletion protection", "/deletionProtection");
  if ("dropInvalidHeaderFields" in props && !props.dropInvalidHeaderFields) {
    off("dropping of invalid headers", "/dropInvalidHeaderFields");
  }
  // A firewall is not a kind; whoever has one has it as a generic resource.
  const firewall = model.of("generic").some((generic) => generic.props.type.startsWith("AWS::WAFv2::"));
  if (balancer.kind === "alb" && props.scheme === "internet-facing" && !firewall) items.push({ label: "AWS WAF" });
  if ("crossZone" in props && !props.crossZone) off("cross-zone load balancing", "/crossZone");
  if ("connectionDraining" in props && !props.connectionDraining) off("connection draining", "/connectionDraining");
  return items;
}
