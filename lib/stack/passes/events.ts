import type { Pointer } from "../../core/pointer";
import { isKind, isRelationEdge } from "../../model/build";
import type { ModelEdge, ModelNode } from "../../model/model";
import { derivedPattern } from "../event-pattern";
import { propertiesFromJson } from "../from-json";
import { constructOf, type Lowering } from "../lowering";
import { PropertySet } from "../property-set";
import { admitRule } from "../resource-policies";
import { type Role, roleFor } from "../roles";
import { deadLetterQueueOf, ecsTarget, grantRunTask, retryPolicy } from "../run-task";
import { scheduleState } from "../schedule-state";
import type { Origin } from "../stack";
import { att, type Properties, ref } from "../value";

/** EventBridge rules, after task definitions, whose roles they pass on. */
export function eventRules(lowering: Lowering): void {
  for (const node of lowering.model.of("eventRule")) addRule(lowering, node);
}

/** A target, and where its parts come from (pointers into it). */
interface Target {
  value: Properties;
  edge: ModelEdge;
  parts: Record<Pointer, Origin>;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-events-rule.html */
function addRule(lowering: Lowering, node: ModelNode<"eventRule">): void {
  const { props } = node;
  const rule = node as ModelNode;
  const from = (field: string): Origin => lowering.from(rule, field);
  const targets = rule.out.flatMap((edge) => targetOf(lowering, rule, edge) ?? []);
  const starts = rule.out.filter((edge): edge is ModelEdge<"runTask"> & ModelEdge => isRelationEdge(edge, "runTask"));
  const pattern = props.eventPattern
    ? { pattern: propertiesFromJson(props.eventPattern), origins: [from("/eventPattern")] }
    : derivedPattern(lowering, rule);
  const schedule = props.scheduleExpression;
  const bus = props.eventBusName;
  const properties = new PropertySet()
    .set("EventBusName", bus === undefined || bus === "default" ? undefined : bus, from("/eventBusName"))
    .set("EventPattern", pattern?.pattern, pattern?.origins ?? [])
    .set("ScheduleExpression", schedule, from("/scheduleExpression"))
    .set(
      "State",
      schedule === undefined ? props.state : scheduleState(lowering, rule, props.state, starts),
      from("/state"),
    )
    .set(
      "Targets",
      targets.length === 0 ? undefined : targets.map(({ value }, index) => ({ Id: `Target${index}`, ...value })),
      targets.map(({ edge }) => lowering.drawn(edge)),
      Object.fromEntries(
        targets.flatMap(({ edge, parts }, index) => [
          [`/${index}`, lowering.drawn(edge)] as const,
          ...Object.entries(parts).map(([at, origin]) => [`/${index}${at}`, origin] as const),
        ]),
      ),
    );
  lowering.add("AWS::Events::Rule", lowering.idOf(rule), properties, {
    origins: lowering.drawn(rule),
    construct: constructOf("rule", rule),
  });
  if (props.eventPattern) lowering.mayMention(lowering.idOf(rule));
}

function targetOf(lowering: Lowering, rule: ModelNode, edge: ModelEdge): Target | undefined {
  if (isRelationEdge(edge, "runTask")) return startTarget(lowering, rule, edge);
  if (isRelationEdge(edge, "deliver")) return deliveryTarget(lowering, rule, edge);
  return undefined;
}

/** Targets that start tasks need a role; queues and topics have policies of their own. */
const roleOfRule = (lowering: Lowering, rule: ModelNode): Role =>
  roleFor(lowering, {
    id: lowering.idFor(rule, "Role"),
    node: rule,
    trusts: "events.amazonaws.com",
    construct: constructOf("rule", rule),
  });

function startTarget(lowering: Lowering, rule: ModelNode, edge: ModelEdge<"runTask">): Target | undefined {
  const target = ecsTarget(lowering, edge, "AwsVpcConfiguration");
  if (!target) return undefined;
  const owner = edge as ModelEdge;
  const role = roleOfRule(lowering, rule);
  grantRunTask(lowering, role, edge, target);
  const queue = deadLetterQueueOf(lowering, edge);
  if (queue) admitRule(lowering, queue, rule, owner);
  const { maximumRetryAttempts, maximumEventAgeInSeconds } = edge.props;
  const retry = retryPolicy(maximumRetryAttempts, maximumEventAgeInSeconds);
  const parts: Target["parts"] = {
    "/Arn": lowering.from(owner, "/cluster"),
    "/DeadLetterConfig": lowering.from(owner, "/deadLetterQueue"),
    "/RetryPolicy/MaximumEventAgeInSeconds": lowering.from(owner, "/maximumEventAgeInSeconds"),
    "/RetryPolicy/MaximumRetryAttempts": lowering.from(owner, "/maximumRetryAttempts"),
  };
  for (const [at, origin] of Object.entries(target.parts)) parts[`/EcsParameters${at}`] = origin;
  return {
    edge: owner,
    parts,
    value: {
      Arn: target.clusterArn,
      ...(queue ? { DeadLetterConfig: { Arn: att(lowering.idOf(queue), "Arn") } } : {}),
      EcsParameters: target.parameters,
      ...(retry ? { RetryPolicy: retry } : {}),
      RoleArn: role.arn() ?? att(lowering.idFor(rule, "Role"), "Arn"),
    },
  };
}

function deliveryTarget(lowering: Lowering, rule: ModelNode, edge: ModelEdge<"deliver">): Target | undefined {
  const owner = edge as ModelEdge;
  const id = lowering.idOf(edge.to);
  const { messageGroupId } = edge.props;
  if (isKind(edge.to, "sqsQueue")) {
    admitRule(lowering, edge.to, rule, owner);
    const group: Properties = messageGroupId === undefined ? {} : { SqsParameters: { MessageGroupId: messageGroupId } };
    return {
      edge: owner,
      parts: { "/SqsParameters": lowering.from(owner, "/messageGroupId") },
      value: { Arn: att(id, "Arn"), ...group },
    };
  }
  if (!isKind(edge.to, "snsTopic")) return undefined;
  admitRule(lowering, edge.to, rule, owner);
  return { edge: owner, parts: {}, value: { Arn: ref(id) } };
}
