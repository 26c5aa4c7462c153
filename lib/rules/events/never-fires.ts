import { type Range, rangeText, within } from "../../aws/docs";
import { isTimeZone, parseSchedule } from "../../aws/schedule-expressions";
import { isObject } from "../../core/json";
import { clip } from "../../core/text";
import type { ModelNode } from "../../model/model";
import { safe, set } from "../repairs";
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
      const loose = reserved === undefined && eventPattern ? looseValue(eventPattern, "") : undefined;
      if (loose !== undefined) {
        report({
          at: { node: rule.id, field: "/eventPattern" },
          message: `${rule.name} has an event pattern in which ${loose}, so EventBridge refuses the rule. Write every value as a list, such as {"source": ["aws.s3"]}.`,
        });
      }
      if (state === "DISABLED") reportDisabled(rule, report);
    }
    for (const schedule of model.of("eventSchedule")) {
      checkWindow(schedule, report);
      judgeExpression(schedule, schedule.props.scheduleExpression, "schedule", report);
      if (schedule.props.state === "DISABLED") reportDisabled(schedule, report);
    }
  },
});

/** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_FlexibleTimeWindow.html */
const windowMinutes: Range = { min: 1, max: 1440, unit: "minutes" };

function checkWindow(schedule: ModelNode<"eventSchedule">, report: Report): void {
  const { scheduleExpressionTimezone: zone, flexibleTimeWindowMinutes: minutes } = schedule.props;
  if (!isTimeZone(zone)) {
    report({
      at: { node: schedule.id, field: "/scheduleExpressionTimezone" },
      message: `${schedule.name} is in the time zone “${clip(zone, 40)}”, which is none that EventBridge Scheduler knows, so it refuses the schedule. Use a name such as UTC or Europe/Berlin.`,
      fix: safe("Use UTC", set(schedule.id, "/scheduleExpressionTimezone")),
    });
  }
  if (minutes === undefined || within(windowMinutes, minutes)) return;
  const nearest = minutes < windowMinutes.min ? undefined : windowMinutes.max;
  report({
    at: { node: schedule.id, field: "/flexibleTimeWindowMinutes" },
    message: `${schedule.name} may start within ${minutes} minutes of its time; EventBridge Scheduler takes ${rangeText(windowMinutes)}, and refuses the schedule otherwise. ${nearest === undefined ? "Clear it to start on time" : `Use ${nearest}`}.`,
    fix: safe(
      nearest === undefined ? "Start on time" : `Use ${nearest} minutes`,
      set(schedule.id, "/flexibleTimeWindowMinutes", nearest),
    ),
  });
}

/** Where a pattern has a value that is neither a list nor an object, or an empty list. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html */
function looseValue(pattern: Record<string, unknown>, path: string): string | undefined {
  for (const [key, value] of Object.entries(pattern)) {
    const at = path === "" ? key : `${path}.${key}`;
    if (Array.isArray(value)) {
      if (value.length === 0) return `${at} is an empty list`;
      // Of $or the entries are patterns of their own.
      const inner =
        key === "$or"
          ? value.map((item) => (isObject(item) ? looseValue(item, at) : `${at} is no list of patterns`))
          : [];
      const found = inner.find((text) => text !== undefined);
      if (found !== undefined) return found;
    } else if (isObject(value)) {
      const found = looseValue(value, at);
      if (found !== undefined) return found;
    } else return `${clip(at, 60)} is not a list`;
  }
  return undefined;
}

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
