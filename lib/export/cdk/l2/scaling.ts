import type { Known } from "../../../stack/stack";
import { type Properties, referredBy, sub, targetOf, type Value } from "../../../stack/value";
import { arr, call, type Expr, lit, method, obj, raw, type Variable } from "../code";
import { type Builder, isPlain, type Writing } from "../writing";
import { isNumber, isText, only, same, seconds } from "./shared";

/** A call on the task count, and the resources that it makes. */
interface Call {
  makes: readonly string[];
  at: Known;
  expr(writing: Writing, count: Variable): Expr;
}

/**
 * Auto scaling of a service with its policies, alarms and scheduled actions.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ecs.ScalableTaskCount.html
 */
export const scalableTarget: Builder = Object.assign(
  (writing: Writing, target: Known) => {
    const service = scaledService(writing, target);
    const calls = service && callsOf(writing, target);
    if (!service || !calls) return undefined;
    return {
      type: "ecs.ScalableTaskCount",
      makes: calls.flatMap(({ makes }) => makes),
      // Nothing outside refers to them.
      handle: (_id: string, variable: Variable) => ({
        variable,
        ref: variable,
        attribute: () => variable,
        l1: variable,
      }),
      write(count: Variable): void {
        const { MinCapacity, MaxCapacity } = target.properties;
        const props = obj({ minCapacity: lit(MinCapacity as number), maxCapacity: lit(MaxCapacity as number) });
        const of = writing.handle(service.id)?.variable as Variable;
        writing.program.declare(count, method(of, "autoScaleTaskCount", props), writing.place(target));
        for (const { at, expr } of calls) writing.program.run(expr(writing, count), writing.place(at));
        onCondition(writing, target, count);
      },
    };
  },
  { takesCondition: true as const },
);

/** No class has a property for a condition; all that the calls have made gets it. */
function onCondition(writing: Writing, target: Known, count: Variable): void {
  const condition = writing.handle(`condition ${target.condition}`);
  if (target.condition === undefined || !condition) return;
  const resources = method(method(count, "node.findAll"), "filter", raw("CfnResource.isCfnResource"));
  writing.program.run(
    {
      is: "chain",
      parts: [resources, raw(".forEach((one) => { one.cfnOptions.condition = "), condition.variable, raw("; })")],
    },
    { ...writing.place(target), comment: "Nothing scales before the tasks can start." },
  );
}

/** The service whose count a target changes, when its construct is of level two and says the same cluster and name. */
function scaledService(writing: Writing, target: Known): Known | undefined {
  const { MinCapacity: min, MaxCapacity: max, ResourceId, ScalableDimension, ServiceNamespace } = target.properties;
  const service = [...referredBy(ResourceId)]
    .map((id) => writing.resource(id))
    .find((one) => one?.type === "AWS::ECS::Service");
  if (!service || service.raw || !writing.built(service.id)) return undefined;
  const cluster = targetOf(service.properties.Cluster);
  const whole =
    only(
      target,
      "MaxCapacity",
      "MinCapacity",
      "ResourceId",
      "ScalableDimension",
      "ScheduledActions",
      "ServiceNamespace",
    ) &&
    ScalableDimension === "ecs:service:DesiredCount" &&
    ServiceNamespace === "ecs" &&
    cluster !== undefined &&
    same(ResourceId, sub(`service/\${${cluster}}/\${${service.id}.Name}`)) &&
    isNumber(min) &&
    isNumber(max) &&
    // What the class refuses.
    min >= 0 &&
    max >= min;
  return whole ? service : undefined;
}

/** Every call; undefined when one of the resources is more than a call can say. */
function callsOf(writing: Writing, target: Known): Call[] | undefined {
  const policies = writing.usersOf(target.id, "AWS::ApplicationAutoScaling::ScalingPolicy");
  const calls: (Call | undefined)[] = policies
    .filter(({ properties }) => properties.PolicyType === "TargetTrackingScaling")
    .map((policy) => tracking(writing, policy));
  const steps = new Map<string, Known[]>();
  for (const policy of policies) {
    if (policy.properties.PolicyType === "TargetTrackingScaling") continue;
    // Both directions come from one policy of the drawing.
    const key = policy.origins[""]?.[0]?.field ?? policy.id;
    steps.set(key, [...(steps.get(key) ?? []), policy]);
  }
  calls.push(...[...steps.values()].map((pair) => onMetric(writing, pair)));
  const { ScheduledActions } = target.properties;
  calls.push(...((ScheduledActions ?? []) as Properties[]).map((action) => onSchedule(target, action)));
  const same = policies.every(({ condition }) => condition === target.condition);
  return calls.includes(undefined) || !same ? undefined : (calls as Call[]);
}

const isTime = (value: Value | undefined): boolean => value === undefined || (isNumber(value) && value >= 0);

function tracking(writing: Writing, policy: Known): Call | undefined {
  const { TargetTrackingScalingPolicyConfiguration, ...more } = policy.properties;
  const { PredefinedMetricSpecification, ...configuration } = TargetTrackingScalingPolicyConfiguration as Properties;
  const { PredefinedMetricType, ResourceLabel } = (PredefinedMetricSpecification ?? {}) as Properties;
  const { DisableScaleIn, ScaleInCooldown, ScaleOutCooldown, TargetValue } = configuration;
  const whole =
    Object.keys(more).every((key) => ["PolicyName", "PolicyType", "ScalingTargetId"].includes(key)) &&
    isPlain(configuration) &&
    isNumber(TargetValue) &&
    isTime(ScaleInCooldown) &&
    isTime(ScaleOutCooldown);
  if (!whole) return undefined;
  const shared = {
    scaleInCooldown: seconds(ScaleInCooldown),
    scaleOutCooldown: seconds(ScaleOutCooldown),
    disableScaleIn: DisableScaleIn === true ? lit(true) : undefined,
  };
  const made = (name: string, props: (writing: Writing) => Record<string, Expr | undefined>): Call => ({
    makes: [policy.id],
    at: policy,
    expr: (on, count) => method(count, name, lit(policy.id), obj({ ...props(on), ...shared })),
  });
  const percent = () => ({ targetUtilizationPercent: lit(TargetValue) });
  if (PredefinedMetricType === "ECSServiceAverageCPUUtilization") return made("scaleOnCpuUtilization", percent);
  if (PredefinedMetricType === "ECSServiceAverageMemoryUtilization") return made("scaleOnMemoryUtilization", percent);
  const group = [...referredBy(ResourceLabel)].find(
    (id) => writing.resource(id)?.type === "AWS::ElasticLoadBalancingV2::TargetGroup",
  );
  if (group === undefined || !writing.built(group)) return undefined;
  return made("scaleOnRequestCount", (on) => ({
    requestsPerTarget: lit(TargetValue),
    targetGroup: on.handle(group)?.variable,
  }));
}

interface Side {
  policy: Known;
  alarm: Known;
  /** Where the alarm and each step begin, from the alarm outwards. */
  steps: { threshold: number; change: number }[];
}

/** Both directions of steps on the length of a queue. The class wants two steps, in order and with room between the directions. */
function onMetric(writing: Writing, policies: readonly Known[]): Call | undefined {
  const sides = policies.map((policy) => sideOf(writing, policy));
  const [up, ...ups] = sides.filter((side) => side && isUpper(side));
  const [down, ...downs] = sides.filter((side) => side && !isUpper(side));
  if (sides.includes(undefined) || ups.length + downs.length > 0) return undefined;
  const cooldowns = policies.map(
    ({ properties }) => (properties.StepScalingPolicyConfiguration as Properties).Cooldown,
  );
  const queues = [up, down].flatMap((side) => (side ? [queueOf(side.alarm)] : []));
  const [queue] = queues;
  const [lower, upper] = [[...(down?.steps ?? [])].reverse(), up?.steps ?? []];
  const thresholds = [...lower, ...upper].map(({ threshold }) => threshold);
  const rising = thresholds.every((one, at) => at === 0 || one > (thresholds[at - 1] as number));
  if (queue === undefined || !writing.built(queue) || queues.some((one) => one !== queue)) return undefined;
  if (!rising || thresholds.length < 2 || (thresholds[0] as number) < 0) return undefined;
  if (new Set(cooldowns).size > 1 || !isTime(cooldowns[0])) return undefined;
  // Without steps that remove, the first that adds must leave something below it.
  if (!down && (upper[0]?.threshold ?? 0) <= 0) return undefined;
  const steps = [
    ...lower.map(({ threshold, change }) => obj({ upper: lit(threshold), change: lit(change) })),
    ...upper.map(({ threshold, change }) => obj({ lower: lit(threshold), change: lit(change) })),
  ];
  const id = (up ?? down)?.policy.id.replace(/(Out|In)(\d*)$/, "$2") ?? "";
  return {
    makes: [up, down].flatMap((side) => (side ? [side.policy.id, side.alarm.id] : [])),
    at: policies[0] as Known,
    expr(on, count) {
      const period = obj({ period: raw("Duration.minutes(1)") });
      const metric = method(on.handle(queue)?.variable as Variable, "metricApproximateNumberOfMessagesVisible", period);
      return method(
        count,
        "scaleOnMetric",
        lit(id),
        obj({ metric, scalingSteps: arr(steps), cooldown: seconds(cooldowns[0]) }),
      );
    },
  };
}

const isUpper = ({ alarm }: Side): boolean => alarm.properties.ComparisonOperator === "GreaterThanOrEqualToThreshold";

const queueOf = ({ properties }: Known): string | undefined => {
  const [dimension] = (properties.Dimensions ?? []) as Properties[];
  return targetOf(dimension?.Value);
};

function sideOf(writing: Writing, policy: Known): Side | undefined {
  const [alarm, ...others] = writing.usersOf(policy.id, "AWS::CloudWatch::Alarm");
  const { StepScalingPolicyConfiguration, ...more } = policy.properties;
  if (!alarm || others.length > 0 || alarm.condition !== policy.condition) return undefined;
  const {
    StepAdjustments,
    AdjustmentType,
    MetricAggregationType,
    Cooldown: _,
    ...rest
  } = StepScalingPolicyConfiguration as Properties;
  const { AlarmDescription, ComparisonOperator, Threshold, EvaluationPeriods, Period, Statistic } = alarm.properties;
  const upper = ComparisonOperator === "GreaterThanOrEqualToThreshold";
  const whole =
    Object.keys(more).every((key) => ["PolicyName", "PolicyType", "ScalingTargetId"].includes(key)) &&
    Object.keys(rest).length === 0 &&
    AdjustmentType === "ChangeInCapacity" &&
    MetricAggregationType === "Maximum" &&
    AlarmDescription === `${upper ? "Upper" : "Lower"} threshold scaling alarm` &&
    [EvaluationPeriods, Period, Statistic].join() === "1,60,Maximum" &&
    isNumber(Threshold) &&
    isPlain(StepAdjustments);
  if (!whole) return undefined;
  const near = upper ? "MetricIntervalLowerBound" : "MetricIntervalUpperBound";
  return {
    policy,
    alarm,
    steps: (StepAdjustments as Properties[]).map((one) => ({
      threshold: Threshold + Number(one[near]),
      change: Number(one.ScalingAdjustment),
    })),
  };
}

function onSchedule(target: Known, action: Properties): Call | undefined {
  const { ScalableTargetAction, Schedule, ScheduledActionName, Timezone, ...more } = action;
  const { MinCapacity: min, MaxCapacity: max } = (ScalableTargetAction ?? {}) as Properties;
  const plain = isPlain(action) && Object.keys(more).length === 0 && isText(Timezone) && isText(ScheduledActionName);
  if (!plain || (min === undefined && max === undefined)) return undefined;
  return {
    makes: [],
    at: target,
    expr: (_, count) =>
      method(
        count,
        "scaleOnSchedule",
        lit(ScheduledActionName),
        obj({
          schedule: call(raw("appscaling.Schedule.expression"), lit(Schedule as string)),
          timeZone: call(raw("TimeZone.of"), lit(Timezone)),
          minCapacity: min === undefined ? undefined : lit(min as number),
          maxCapacity: max === undefined ? undefined : lit(max as number),
        }),
      ),
  };
}
