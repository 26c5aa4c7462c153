import { parseSchedule } from "../../aws/schedule-expressions";
import { isObject } from "../../core/json";
import type { ModelNode } from "../../model/model";
import { defineRule, type Report } from "../rule";

const HOURLY = "rate(1 hour)";

export const neverFires = defineRule({
  id: "ECS-EVT-001",
  severity: "error",
  title: "Rule that never fires",
  why: "A rule needs an event pattern or a schedule, and EventBridge refuses schedule expressions that it cannot read.",
  docs: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html",
  needs: ["eventRule", "eventSchedule"],
  check({ model }, report) {
    for (const rule of model.of("eventRule")) {
      const { scheduleExpression, eventPattern, state } = rule.props;
      const watched = rule.in.some((edge) => edge.relation === "intercept" || edge.relation === "notify");
      const wired = [...rule.in, ...rule.out].some((edge) => edge.relation === "reference");
      if (scheduleExpression !== undefined) judgeExpression(rule, scheduleExpression, "rule", report);
      else if (!watched && !wired && (eventPattern === undefined || Object.keys(eventPattern).length === 0)) {
        report({
          at: { node: rule.id, field: "/eventPattern" },
          message: `${rule.name} has neither an event pattern nor a schedule, so nothing starts. Connect what it should watch, write a pattern, or write a schedule such as rate(5 minutes) or cron(0 3 * * ? *).`,
        });
      }
      const reserved = eventPattern && functionKey(eventPattern);
      if (reserved !== undefined) {
        report({
          at: { node: rule.id, field: "/eventPattern" },
          message: `${rule.name} has an event pattern with “${reserved}” as the only key of an object, which CloudFormation reads as a function and not as a pattern, so the template is refused. Add another key beside it, or match another field.`,
        });
      }
      if (state === "DISABLED") reportDisabled(rule, report);
    }
    for (const schedule of model.of("eventSchedule")) {
      judgeExpression(schedule, schedule.props.scheduleExpression, "schedule", report);
      if (schedule.props.state === "DISABLED") reportDisabled(schedule, report);
    }
  },
});

/** A key that CloudFormation takes for an intrinsic function wherever it stands alone in an object. */
function functionKey(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.map(functionKey).find((key) => key !== undefined);
  if (!isObject(value)) return undefined;
  const keys = Object.keys(value);
  const [only] = keys;
  if (keys.length === 1 && only !== undefined && /^(Ref|Condition|Fn::.*)$/.test(only)) return only;
  return Object.values(value)
    .map(functionKey)
    .find((key) => key !== undefined);
}

function judgeExpression(node: ModelNode, expression: string, place: "rule" | "schedule", report: Report): void {
  const read = parseSchedule(expression, place);
  if (read.ok) return;
  report({
    at: { node: node.id, field: "/scheduleExpression" },
    message: `${node.name} has ${read.reason}, so nothing starts. Write rate(5 minutes) or cron(0 3 * * ? *).`,
    fix: {
      title: `Run it every hour: ${HOURLY}`,
      risk: "review",
      edits: [{ edit: "setField", id: node.id, field: "/scheduleExpression", value: HOURLY }],
    },
  });
}

function reportDisabled(node: ModelNode, report: Report): void {
  report({
    at: { node: node.id, field: "/state" },
    severity: "info",
    message: `${node.name} is disabled, so nothing starts until somebody enables it.`,
    fix: { title: "Enable it", risk: "review", edits: [{ edit: "setField", id: node.id, field: "/state" }] },
  });
}
