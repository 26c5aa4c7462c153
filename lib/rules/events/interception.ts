import { isObject } from "../../core/json";
import { clip, list } from "../../core/text";
import { isRelationEdge } from "../../model/build";
import type { ModelEdge, ModelNode } from "../../model/model";
import { defineRule, type Report } from "../rule";
import { targetsOf } from "./target-count";

const DETAIL_TYPES = new Set([
  "ECS Task State Change",
  "ECS Container Instance State Change",
  "ECS Deployment State Change",
  "ECS Service Action",
]);

/** Whether a hand-written pattern asks for events of ECS. */
function watchesEcs(rule: ModelNode<"eventRule">): boolean {
  const source = rule.props.eventPattern?.source;
  return Array.isArray(source) && source.includes("aws.ecs");
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html */
const STATUSES = new Set(
  "PROVISIONING PENDING ACTIVATING RUNNING DEACTIVATING STOPPING DEPROVISIONING STOPPED DELETED".split(" "),
);
/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html */
const STOP_CODES = new Set(
  "TaskFailedToStart EssentialContainerExited UserInitiated SpotInterruption TerminationNotice ServiceSchedulerInitiated".split(
    " ",
  ),
);

/** States and codes that no event ever has, so that the rule waits in vain. */
function checkFilters(rule: string, { id, from, props }: ModelEdge<"intercept">, report: Report): void {
  if (props.detailType !== "ECS Task State Change") return;
  for (const [field, values, known] of [
    ["lastStatus", props.lastStatus, STATUSES],
    ["stopCode", props.stopCode, STOP_CODES],
  ] as const) {
    const index = values.findIndex((value) => !known.has(value));
    if (index < 0) continue;
    report({
      at: { edge: id, field: `/${field}/${index}` },
      message: `${rule} should watch tasks of ${from.name}, but no task ever has the ${field} “${clip(values[index] ?? "", 40)}”, so nothing is intercepted. Use one of ${list([...known], "or")}.`,
    });
  }
}

export const interception = defineRule({
  id: "ECS-EVT-006",
  severity: "error",
  title: "Task-state interception wired backwards or unfiltered",
  why: "Intercepting stopped tasks means ECS → rule → target, on the default bus, with a pattern that names what to watch.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_cwe_events.html",
  needs: ["eventRule"],
  check({ model }, report) {
    for (const rule of model.of("eventRule")) {
      const watched = rule.in.filter((edge) => isRelationEdge(edge, "intercept"));
      const byHand = watchesEcs(rule);
      if (watched.length === 0 && !byHand) continue;
      const what = watched[0]?.from.name ?? "ECS";
      const say = (field: string, reason: string, todo: string, severity?: "warning"): void =>
        report({
          at: { node: rule.id, field },
          ...(severity ? { severity } : {}),
          message: `${rule.name} should watch tasks of ${what} that stop, but ${reason}. ${todo}`,
        });
      const bus = rule.props.eventBusName;
      if (bus !== undefined && bus !== "default") {
        report({
          at: { node: rule.id, field: "/eventBusName" },
          message: `${rule.name} should watch tasks of ${what} that stop, but it listens on the bus “${bus}” and events of AWS services arrive on the default bus, so nothing is intercepted. Clear the bus.`,
          fix: {
            title: "Listen on the default bus",
            risk: "safe",
            edits: [{ edit: "setField", id: rule.id, field: "/eventBusName" }],
          },
        });
      }
      const wired =
        rule.out.some((edge) => edge.relation === "reference") || rule.in.some((edge) => edge.relation === "reference");
      if (targetsOf(rule).length === 0 && !wired) {
        say("", "it has no target, so nobody is told", "Connect it to an SNS topic or a queue.");
      }
      if (byHand && watched.length === 0) {
        const { detail, resources, "detail-type": kinds } = rule.props.eventPattern ?? {};
        const ofTasks = !Array.isArray(kinds) || kinds.includes("ECS Task State Change");
        const filtered = !ofTasks || resources !== undefined || (isObject(detail) && Object.keys(detail).length > 0);
        if (!filtered) {
          say(
            "/eventPattern",
            "its pattern has no filter, so it fires for every change of every task",
            "Add lastStatus STOPPED and the cluster, or connect the cluster to the rule.",
            "warning",
          );
        }
        const types = rule.props.eventPattern?.["detail-type"];
        const wrong = Array.isArray(types)
          ? types.find((type) => typeof type === "string" && !DETAIL_TYPES.has(type))
          : undefined;
        if (wrong !== undefined) {
          say(
            "/eventPattern",
            `“${String(wrong)}” is not an event that ECS sends, so nothing is intercepted`,
            "Use ECS Task State Change.",
          );
        }
      }
      for (const edge of watched) {
        if (isRelationEdge(edge, "intercept")) checkFilters(rule.name, edge, report);
        if (!isRelationEdge(edge, "intercept") || DETAIL_TYPES.has(edge.props.detailType)) continue;
        report({
          at: { edge: edge.id, field: "/detailType" },
          message: `${rule.name} should watch tasks of ${edge.from.name}, but “${edge.props.detailType}” is not an event that ECS sends, so nothing is intercepted. Use ECS Task State Change.`,
          fix: {
            title: "Watch ECS Task State Change",
            risk: "safe",
            edits: [{ edit: "setField", id: edge.id, field: "/detailType" }],
          },
        });
      }
    }
  },
});
