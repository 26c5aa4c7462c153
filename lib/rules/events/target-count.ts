import { limits } from "../../aws/limits";
import { count } from "../../core/text";
import { isKind, isRelationEdge } from "../../model/build";
import type { ModelEdge, ModelNode } from "../../model/model";
import { isBefore } from "../candidate";
import { defineRule, type Report } from "../rule";

const isTarget = (edge: ModelEdge): boolean => edge.relation === "runTask" || edge.relation === "deliver";

/** What a rule or schedule delivers to or starts. */
export const targetsOf = (node: ModelNode) => node.out.filter(isTarget);

/** How many targets each kind of source takes. */
const most: Readonly<Record<string, { max: number; instead: string }>> = {
  eventRule: { max: limits.targetsPerRule.max, instead: "Add a second rule, or fan out through SNS" },
  eventSchedule: { max: limits.targetsPerSchedule.max, instead: "Add a second schedule, or fan out through SNS" },
};

const CREATED = "s3:ObjectCreated:*";

/** "s3:ObjectCreated:*" covers "s3:ObjectCreated:Put". */
const overlap = (one: string, other: string): boolean => {
  const covers = (a: string, b: string): boolean => a === b || (a.endsWith("*") && b.startsWith(a.slice(0, -1)));
  return covers(one, other) || covers(other, one);
};

/** S3 refuses two notifications of one event, since the drawing gives them no prefix to tell them apart by. */
function ambiguous(bucket: ModelNode, report: Report): void {
  const before: { event: string; edge: ModelEdge }[] = [];
  for (const edge of bucket.out) {
    if (!isRelationEdge(edge, "notify") || !(isKind(edge.to, "sqsQueue") || isKind(edge.to, "snsTopic"))) continue;
    const events = edge.props.events.length > 0 ? edge.props.events : [CREATED];
    const same = before.find((other) => events.some((event) => overlap(event, other.event)));
    if (same) {
      report({
        at: { edge: edge.id, field: "/events" },
        also: [{ edge: same.edge.id }],
        message: `${bucket.name} tells ${same.event} to ${same.edge.to.name} already, and S3 refuses a second receiver of the same event. Choose other events, or notify a topic that fans out, or an EventBridge rule.`,
      });
    } else before.push(...events.map((event) => ({ event, edge })));
  }
}

export const targetCount = defineRule({
  id: "ECS-EVT-004",
  severity: "error",
  title: "Too many targets",
  why: "A rule has at most five targets, a schedule exactly one, and S3 tells each event to one queue or topic.",
  docs: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html",
  needs: ["eventRule", "eventSchedule", "s3Bucket"],
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
    for (const bucket of model.of("s3Bucket")) ambiguous(bucket, report);
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
