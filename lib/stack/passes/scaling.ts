import type { QueueScaling, ScalingPolicy, ScalingStep, TargetTracking } from "../../catalog/fields/auto-scaling";
import type { Pointer } from "../../core/pointer";
import type { ModelEdge, ModelNode } from "../../model/model";
import { clusterOf } from "../../model/queries";
import { countedWay, followedQueue, scalingOf } from "../../model/scaling";
import { attachmentsOf } from "../balancers";
import { constructOf, type Lowering } from "../lowering";
import { PropertySet } from "../property-set";
import type { ResourceType } from "../resource-types";
import type { Origin } from "../stack";
import { att, type Properties, ref, sub, targetOf, type Value } from "../value";
import { wantedCondition } from "../wanted";

type Service = ModelNode<"service">;

/**
 * Service auto scaling: what Application Auto Scaling may change, between which numbers, and what makes it do so. Its
 * service-linked role is not named: it is what Application Auto Scaling takes for ECS, and makes on first use.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-service-linked-roles.html
 */
export function lowerScaling(lowering: Lowering): void {
  for (const service of lowering.model.of("service")) {
    if (scalingOf(service)) new Scaling(lowering, service).write();
  }
}

/** How an alarm and its policy read a side of the steps. */
const sides = {
  out: {
    suffix: "Out",
    alarm: "Upper threshold scaling alarm",
    comparison: "GreaterThanOrEqualToThreshold",
    near: "MetricIntervalLowerBound",
    far: "MetricIntervalUpperBound",
  },
  in: {
    suffix: "In",
    alarm: "Lower threshold scaling alarm",
    comparison: "LessThanOrEqualToThreshold",
    near: "MetricIntervalUpperBound",
    far: "MetricIntervalLowerBound",
  },
} as const;

class Scaling {
  private readonly node: ModelNode;
  private readonly target: string;
  private readonly taken = new Set<string>();

  constructor(
    private readonly lowering: Lowering,
    private readonly service: Service,
  ) {
    this.node = service as ModelNode;
    this.target = lowering.idFor(this.node, "ScalableTarget");
  }

  write(): void {
    const scaling = scalingOf(this.service);
    if (!scaling) return;
    const cluster = clusterOf(this.node);
    const where = cluster ? `\${${this.lowering.idOf(cluster as ModelNode)}}` : "default";
    const actions = scaling.scheduledActions.map(
      (action, index): Properties => ({
        ScalableTargetAction: {
          ...(action.maxCapacity === undefined ? {} : { MaxCapacity: action.maxCapacity }),
          ...(action.minCapacity === undefined ? {} : { MinCapacity: action.minCapacity }),
        },
        Schedule: action.schedule,
        ScheduledActionName: action.scheduledActionName ?? `action-${index + 1}`,
        Timezone: action.timezone,
      }),
    );
    this.add(
      "AWS::ApplicationAutoScaling::ScalableTarget",
      this.target,
      new PropertySet()
        .set("MaxCapacity", scaling.maxCapacity, this.from("/maxCapacity"))
        .set("MinCapacity", scaling.minCapacity, this.from("/minCapacity"))
        .set("ResourceId", sub(`service/${where}/\${${this.lowering.idOf(this.node)}.Name}`), this.from(""))
        .set("ScalableDimension", "ecs:service:DesiredCount", this.from(""))
        .set(
          "ScheduledActions",
          actions.length > 0 ? actions : undefined,
          this.from("/scheduledActions"),
          Object.fromEntries(actions.map((_, index) => [`/${index}`, this.from(`/scheduledActions/${index}`)])),
        )
        .set("ServiceNamespace", "ecs", this.from("")),
      "",
    );
    scaling.policies.forEach((policy, index) => {
      this.policy(policy, `/policies/${index}`);
    });
  }

  private policy(policy: ScalingPolicy, at: Pointer): void {
    if (policy.policyType === "StepScaling") this.queueDepth(policy, at);
    else this.targetTracking(policy, at);
  }

  /** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-targettracking.html */
  private targetTracking(policy: TargetTracking, at: Pointer): void {
    const { predefinedMetricType, targetValue, disableScaleIn, scaleInCooldown, scaleOutCooldown } = policy;
    const counted = predefinedMetricType === "ALBRequestCountPerTarget";
    const label = counted ? this.resourceLabel(policy) : undefined;
    // AWS refuses the policy without a label, and nobody can choose one for the person.
    if (counted && label === undefined) return;
    const suffix = {
      ECSServiceAverageCPUUtilization: "CpuScaling",
      ECSServiceAverageMemoryUtilization: "MemoryScaling",
      ALBRequestCountPerTarget: "RequestScaling",
    }[predefinedMetricType];
    const id = this.idOf(suffix);
    const configuration: Properties = {
      ...(disableScaleIn ? { DisableScaleIn: true } : {}),
      PredefinedMetricSpecification: {
        PredefinedMetricType: predefinedMetricType,
        ...(label === undefined ? {} : { ResourceLabel: label }),
      },
      ...(scaleInCooldown === undefined ? {} : { ScaleInCooldown: scaleInCooldown }),
      ...(scaleOutCooldown === undefined ? {} : { ScaleOutCooldown: scaleOutCooldown }),
      TargetValue: targetValue,
    };
    this.addPolicy(id, "TargetTrackingScaling", configuration, at, {
      "/DisableScaleIn": this.from(`${at}/disableScaleIn`),
      "/PredefinedMetricSpecification": this.from(`${at}/predefinedMetricType`),
      "/ScaleInCooldown": this.from(`${at}/scaleInCooldown`),
      "/ScaleOutCooldown": this.from(`${at}/scaleOutCooldown`),
      "/TargetValue": this.from(`${at}/targetValue`),
    });
  }

  /** "app/NAME/ID/targetgroup/NAME/ID", in CloudFormation's attributes. https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PredefinedMetricSpecification.html */
  private resourceLabel(policy: TargetTracking): Value | undefined {
    const way = countedWay(this.service, policy);
    const attachment = attachmentsOf(this.lowering, this.node).find(({ edge }) => edge.id === way?.id);
    const group = targetOf(attachment?.target.TargetGroupArn);
    if (!way || group === undefined) return undefined;
    const balancer = this.lowering.idOf((way as ModelEdge).from);
    return sub(`\${${balancer}.LoadBalancerFullName}/\${${group}.TargetGroupFullName}`);
  }

  /** An alarm for each direction, and what it does. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-stepscaling.html */
  private queueDepth(policy: QueueScaling, at: Pointer): void {
    const queue = followedQueue(this.service, policy);
    if (!queue) return;
    const name = att(this.lowering.idOf(queue as ModelNode), "QueueName");
    const suffix = `${this.lowering.idOf(queue as ModelNode)}Scale`;
    const up = policy.steps.filter((step) => step.scalingAdjustment > 0);
    const down = policy.steps.filter((step) => step.scalingAdjustment < 0);
    // From the threshold of the alarm, which is the first, outwards.
    this.side(
      "out",
      up.toSorted((a, b) => a.threshold - b.threshold),
      suffix,
      name,
      policy,
      at,
    );
    this.side(
      "in",
      down.toSorted((a, b) => b.threshold - a.threshold),
      suffix,
      name,
      policy,
      at,
    );
  }

  private side(
    direction: keyof typeof sides,
    steps: readonly ScalingStep[],
    suffix: string,
    queueName: Value,
    policy: QueueScaling,
    at: Pointer,
  ): void {
    const [first] = steps;
    if (!first) return;
    const side = sides[direction];
    const id = this.idOf(`${suffix}${side.suffix}`);
    const adjustments = steps.map((step, index): Properties => {
      const next = steps[index + 1];
      return {
        [side.near]: step.threshold - first.threshold,
        ...(next ? { [side.far]: next.threshold - first.threshold } : {}),
        ScalingAdjustment: step.scalingAdjustment,
      };
    });
    const configuration: Properties = {
      AdjustmentType: "ChangeInCapacity",
      ...(policy.cooldown === undefined ? {} : { Cooldown: policy.cooldown }),
      MetricAggregationType: "Maximum",
      StepAdjustments: adjustments,
    };
    this.addPolicy(id, "StepScaling", configuration, at, {
      "/Cooldown": this.from(`${at}/cooldown`),
      "/StepAdjustments": this.from(`${at}/steps`),
    });
    const derivedFrom = this.from(at);
    this.add(
      "AWS::CloudWatch::Alarm",
      this.idOf(`${suffix}${side.suffix}Alarm`),
      new PropertySet()
        .set("AlarmActions", [ref(id)], derivedFrom)
        .set("AlarmDescription", side.alarm, derivedFrom)
        .set("ComparisonOperator", side.comparison, derivedFrom)
        .set("Dimensions", [{ Name: "QueueName", Value: queueName }], this.from(`${at}/queue`))
        .set("EvaluationPeriods", 1, derivedFrom)
        .set("MetricName", "ApproximateNumberOfMessagesVisible", derivedFrom)
        .set("Namespace", "AWS/SQS", derivedFrom)
        // As often as SQS reports it.
        .set("Period", 60, derivedFrom)
        .set("Statistic", "Maximum", derivedFrom)
        .set("Threshold", first.threshold, this.from(`${at}/steps`)),
      at,
    );
  }

  private addPolicy(
    id: string,
    type: "TargetTrackingScaling" | "StepScaling",
    configuration: Properties,
    at: Pointer,
    parts: Readonly<Record<Pointer, Origin>>,
  ): void {
    this.add(
      "AWS::ApplicationAutoScaling::ScalingPolicy",
      id,
      new PropertySet()
        .set("PolicyName", id, this.from(at))
        .set("PolicyType", type, this.from(`${at}/policyType`))
        .set("ScalingTargetId", ref(this.target), this.from(at))
        .set(`${type}PolicyConfiguration`, configuration, this.from(at), parts),
      at,
    );
  }

  /** A policy keeps its id as long as its metric; a second one of the same is numbered. */
  private idOf(suffix: string): string {
    let name = suffix;
    for (let number = 2; this.taken.has(name); number += 1) name = `${suffix}${number}`;
    this.taken.add(name);
    return this.lowering.idFor(this.node, name);
  }

  private add(type: ResourceType, id: string, properties: PropertySet, at: Pointer): void {
    const condition = wantedCondition(this.lowering, this.service);
    this.lowering.add(type, id, properties, {
      origins: this.from(at),
      construct: constructOf("scaling", this.node),
      ...(condition === undefined ? {} : { condition }),
    });
  }

  private from(at: Pointer): Origin {
    return this.lowering.from(this.node, `/autoScaling${at}`);
  }
}
