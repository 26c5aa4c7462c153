import { limits } from "../../aws/limits";
import { count } from "../../core/text";
import type { ModelEdge, ModelNode } from "../../model/model";
import { isBefore } from "../candidate";
import { defineRule } from "../rule";

const isTarget = (edge: ModelEdge): boolean => edge.relation === "runTask" || edge.relation === "deliver";

/** What a rule or schedule delivers to or starts. */
export const targetsOf = (node: ModelNode) => node.out.filter(isTarget);

/** How many targets each kind of source takes. */
const most: Readonly<Record<string, { max: number; instead: string }>> = {
  eventRule: { max: limits.targetsPerRule.max, instead: "Add a second rule, or fan out through SNS" },
  eventSchedule: { max: limits.targetsPerSchedule.max, instead: "Add a second schedule, or fan out through SNS" },
};

export const targetCount = defineRule({
  id: "ECS-EVT-004",
  severity: "error",
  title: "Too many targets",
  why: "A rule has at most five targets and a schedule exactly one.",
  docs: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html",
  needs: ["eventRule", "eventSchedule"],
  // Surplus targets are refused as connections; what is left is the schedule without any.
  check({ model }, report) {
    for (const schedule of model.of("eventSchedule")) {
      const wired = [...schedule.in, ...schedule.out].some((edge) => edge.relation === "reference");
      if (targetsOf(schedule).length > 0 || wired) continue;
      report({
        at: { node: schedule.id },
        message: `${schedule.name} has no target; a schedule has exactly one, and AWS refuses it without. Connect what it should start.`,
      });
    }
  },
  refuses(candidate) {
    const { from, relation } = candidate;
    const limit = Object.hasOwn(most, from.kind) ? most[from.kind] : undefined;
    if (!limit || (relation !== "runTask" && relation !== "deliver")) return undefined;
    const before = targetsOf(from).filter((edge) => isBefore(edge, candidate)).length;
    if (before < limit.max) return undefined;
    return {
      reason: `${from.name} already has ${count(before, "target")}; the limit is ${limit.max}`,
      instead: limit.instead,
    };
  },
});
