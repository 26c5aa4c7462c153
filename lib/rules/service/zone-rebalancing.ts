import { isKind } from "../../model/build";
import type { ModelNode } from "../../model/model";
import { isFargate, launchOf } from "../../model/queries";
import { defineRule } from "../rule";

export const zoneRebalancing = defineRule({
  id: "ECS-SVC-008",
  severity: "error",
  title: "Availability Zone rebalancing not possible",
  why: "Rebalancing moves tasks to zones that have too few of them. It needs room for one more task, and placement that spreads by zone.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html",
  needs: ["service"],
  check({ model }, report) {
    for (const service of model.of("service")) {
      if (service.props.availabilityZoneRebalancing !== "ENABLED") continue;
      for (const { field, reason } of obstacles(service)) {
        report({
          at: { node: service.id, field },
          message: `Rebalancing of ${service.name} starts a task before it stops one and spreads by zone; ${reason}. Fix that or turn rebalancing off.`,
          fix: {
            title: "Turn rebalancing off",
            risk: "safe",
            edits: [{ edit: "setField", id: service.id, field: "/availabilityZoneRebalancing", value: "DISABLED" }],
          },
        });
      }
    }
  },
});

const ZONE = "attribute:ecs.availability-zone";

function obstacles(service: ModelNode<"service">): { field: string; reason: string }[] {
  const { schedulingStrategy, maximumPercent, placementStrategies, placementConstraints } = service.props;
  const found: { field: string; reason: string }[] = [];
  if (schedulingStrategy === "DAEMON") {
    const reason = "a daemon has one task on every instance and nothing to move";
    found.push({ field: "/schedulingStrategy", reason });
  } else if (maximumPercent === 100) {
    found.push({ field: "/maximumPercent", reason: "a maximum of 100% leaves no room for one more" });
  }
  if (service.in.some((edge) => edge.relation === "forward" && isKind(edge.from, "clb"))) {
    found.push({ field: "/availabilityZoneRebalancing", reason: "it stands behind a Classic Load Balancer" });
  }
  // On Fargate placement is refused altogether: CAP-006.
  if (isFargate(launchOf(service))) return found;
  const pinned = placementConstraints.findIndex(({ expression }) => expression?.includes("ecs.availability-zone"));
  if (pinned >= 0) {
    const reason = "a placement constraint decides the zone";
    found.push({ field: `/placementConstraints/${pinned}`, reason });
  }
  const [first] = placementStrategies;
  if (first && !(first.type === "spread" && first.field === ZONE)) {
    found.push({ field: "/placementStrategies/0", reason: "its first placement strategy does not spread by zone" });
  }
  return found;
}
