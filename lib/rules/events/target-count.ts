import { limits } from "../../aws/limits";
import { count } from "../../core/text";
import type { ModelNode } from "../../model/model";
import { defineRule } from "../rule";

/** What a rule or schedule delivers to or starts. */
export const targetsOf = (node: ModelNode) =>
  node.out.filter((edge) => edge.relation === "runTask" || edge.relation === "deliver");

export const targetCount = defineRule({
  id: "ECS-EVT-004",
  severity: "error",
  title: "Too many targets",
  why: "A rule has at most five targets and a schedule exactly one.",
  docs: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html",
  needs: ["eventRule", "eventSchedule"],
  check({ model }, report) {
    for (const rule of model.of("eventRule")) {
      const targets = targetsOf(rule);
      const { max } = limits.targetsPerRule;
      if (targets.length <= max) continue;
      report({
        at: { node: rule.id },
        also: targets.slice(max).map((edge) => ({ edge: edge.id })),
        message: `${rule.name} has ${targets.length} targets; the limit is ${max}. Add a second rule, or fan out through SNS.`,
      });
    }
    for (const schedule of model.of("eventSchedule")) {
      const targets = targetsOf(schedule);
      const wired = [...schedule.in, ...schedule.out].some((edge) => edge.relation === "reference");
      if (targets.length === 1 || (targets.length === 0 && wired)) continue;
      report({
        at: { node: schedule.id },
        also: targets.slice(1).map((edge) => ({ edge: edge.id })),
        message: `${schedule.name} has ${count(targets.length, "target")}; a schedule has exactly one. ${targets.length === 0 ? "Connect what it should start." : "Add a second schedule, or fan out through SNS."}`,
      });
    }
  },
  refuses({ from, relation }) {
    if (relation !== "runTask" && relation !== "deliver") return undefined;
    const most = from.kind === "eventSchedule" ? limits.targetsPerSchedule.max : limits.targetsPerRule.max;
    const has = targetsOf(from).length;
    if (has < most) return undefined;
    return {
      reason: `${from.name} already has ${count(has, "target")}; the limit is ${most}`,
      instead:
        from.kind === "eventSchedule"
          ? "Add a second schedule, or fan out through SNS"
          : "Add a second rule, or fan out through SNS",
    };
  },
});
