import { actionsFor, roles } from "../../aws/permissions";
import type { Pointer } from "../../core/pointer";
import { isKind, isRelationEdge } from "../../model/build";
import type { ModelEdge, ModelNode } from "../../model/model";
import { constructOf, derived, type Lowering } from "../lowering";
import { targetArn } from "../parameter-patterns";
import { PropertySet } from "../property-set";
import { type Role, roleFor } from "../roles";
import { deadLetterQueueOf, ecsTarget, grantRunTask, retryPolicy } from "../run-task";
import { scheduleState } from "../schedule-state";
import type { Origin } from "../stack";
import { att, type Properties, ref, type Value } from "../value";

/** EventBridge Scheduler's schedules, after task definitions, whose roles they pass on. */
export function schedules(lowering: Lowering): void {
  for (const node of lowering.model.of("eventSchedule")) addSchedule(lowering, node);
}

type Schedule = ModelNode<"eventSchedule">;

/** What a schedule calls, apart from role and retries, and where its parts come from (pointers into the target). */
interface Target {
  value: Properties;
  origin: Origin;
  parts: Record<Pointer, Origin>;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-scheduler-schedule.html */
function addSchedule(lowering: Lowering, node: Schedule): void {
  const { props } = node;
  const owner = node as ModelNode;
  const from = (field: string): Origin => lowering.from(owner, field);
  const role = roleOfSchedule(lowering, owner);
  const { target, start } = targetOf(lowering, node, role);
  role.need(derived(owner));
  const retry = retryOf(lowering, node, start);
  const minutes = props.flexibleTimeWindowMinutes;
  const properties = new PropertySet()
    .set(
      "FlexibleTimeWindow",
      minutes === undefined ? { Mode: "OFF" } : { MaximumWindowInMinutes: minutes, Mode: "FLEXIBLE" },
      from("/flexibleTimeWindowMinutes"),
    )
    .set("ScheduleExpression", props.scheduleExpression, from("/scheduleExpression"))
    .set("ScheduleExpressionTimezone", props.scheduleExpressionTimezone, from("/scheduleExpressionTimezone"))
    .set("State", scheduleState(lowering, owner, props.state, start ? [start] : []), from("/state"))
    .set(
      "Target",
      {
        ...target.value,
        ...(retry.value ? { RetryPolicy: retry.value } : {}),
        RoleArn: role.arn() as Value,
      },
      target.origin,
      { ...target.parts, ...retry.parts },
    );
  lowering.add("AWS::Scheduler::Schedule", lowering.idOf(owner), properties, {
    origins: lowering.drawn(owner),
    construct: constructOf("schedule", owner),
    // Scheduler tries the role when the schedule is made, and IAM takes a while to tell it of a new one.
    dependsOn: role.resources(),
  });
}

/** Scheduler wants a role for every target. https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html */
const roleOfSchedule = (lowering: Lowering, schedule: ModelNode): Role =>
  roleFor(lowering, {
    id: lowering.idFor(schedule, "Role"),
    node: schedule,
    trusts: roles.scheduler.trusts,
    trustConditions: { StringEquals: { "aws:SourceAccount": ref("AWS::AccountId") } },
    construct: constructOf("schedule", schedule),
  });

/** A schedule has exactly one target: the first connection that is one. Without any, the template asks for it. */
function targetOf(lowering: Lowering, node: Schedule, role: Role): { target: Target; start?: ModelEdge<"runTask"> } {
  for (const edge of node.out) {
    if (isRelationEdge(edge, "runTask")) {
      const target = startTarget(lowering, edge, role);
      if (target) return { target, start: edge };
    }
    if (isRelationEdge(edge, "deliver")) {
      const target = deliveryTarget(lowering, edge, role);
      if (target) return { target };
    }
  }
  const owner = node as ModelNode;
  const arn = lowering.parameter(`${lowering.idOf(owner)}TargetArn`, {
    type: "String",
    description: `ARN of what ${node.name} calls: it is connected to nothing.`,
    ...targetArn,
    origin: derived(owner),
  });
  return { target: { value: { Arn: arn }, origin: derived(owner), parts: {} } };
}

function startTarget(lowering: Lowering, edge: ModelEdge<"runTask">, role: Role): Target | undefined {
  const target = ecsTarget(lowering, edge, "AwsvpcConfiguration");
  if (!target) return undefined;
  const owner = edge as ModelEdge;
  grantRunTask(lowering, role, edge, target);
  const queue = deadLetterQueueOf(lowering, edge);
  const letters = queue && att(lowering.idOf(queue), "Arn");
  if (letters) role.grant({ actions: actionsFor("schedule-send"), resources: [letters] }, owner);
  const parts: Target["parts"] = {
    "/Arn": lowering.from(owner, "/cluster"),
    "/DeadLetterConfig": lowering.from(owner, "/deadLetterQueue"),
  };
  for (const [at, origin] of Object.entries(target.parts)) parts[`/EcsParameters${at}`] = origin;
  return {
    origin: lowering.drawn(owner),
    parts,
    value: {
      Arn: target.clusterArn,
      ...(letters ? { DeadLetterConfig: { Arn: letters } } : {}),
      EcsParameters: target.parameters,
    },
  };
}

function deliveryTarget(lowering: Lowering, edge: ModelEdge<"deliver">, role: Role): Target | undefined {
  const owner = edge as ModelEdge;
  const id = lowering.idOf(edge.to);
  const { messageGroupId } = edge.props;
  if (isKind(edge.to, "sqsQueue")) {
    const arn = att(id, "Arn");
    role.grant({ actions: actionsFor("schedule-send"), resources: [arn] }, owner);
    return {
      origin: lowering.drawn(owner),
      parts: { "/SqsParameters": lowering.from(owner, "/messageGroupId") },
      value: {
        Arn: arn,
        ...(messageGroupId === undefined ? {} : { SqsParameters: { MessageGroupId: messageGroupId } }),
      },
    };
  }
  if (!isKind(edge.to, "snsTopic")) return undefined;
  role.grant({ actions: actionsFor("schedule-publish"), resources: [ref(id)] }, owner);
  return { origin: lowering.drawn(owner), parts: {}, value: { Arn: ref(id) } };
}

/** The connection's own numbers, else the schedule's. */
function retryOf(
  lowering: Lowering,
  node: Schedule,
  start: ModelEdge<"runTask"> | undefined,
): { value: Properties | undefined; parts: Record<Pointer, Origin> } {
  const own = start?.props;
  const origin = (key: "maximumRetryAttempts" | "maximumEventAgeInSeconds"): Origin =>
    start && own?.[key] !== undefined
      ? lowering.from(start as ModelEdge, `/${key}`)
      : lowering.from(node as ModelNode, `/${key}`);
  return {
    value: retryPolicy(
      own?.maximumRetryAttempts ?? node.props.maximumRetryAttempts,
      own?.maximumEventAgeInSeconds ?? node.props.maximumEventAgeInSeconds,
    ),
    parts: {
      "/RetryPolicy/MaximumEventAgeInSeconds": origin("maximumEventAgeInSeconds"),
      "/RetryPolicy/MaximumRetryAttempts": origin("maximumRetryAttempts"),
    },
  };
}
