import type { Known } from "../../../stack/stack";
import { Intrinsic, type Properties, referredBy, targetOf, type Value } from "../../../stack/value";
import { type Block, type Hcl, object, raw, text } from "../hcl";
import { Body, Reader, type TypeTable, type Writing } from "../writing";
import { cell, kebab, named } from "./cell";

const services = new WeakMap<Writing, ReadonlySet<string>>();

/** Ids of the services whose number of tasks Application Auto Scaling changes. */
function scaledServices(writing: Writing): ReadonlySet<string> {
  let known = services.get(writing);
  if (!known) {
    const ids = new Set<string>();
    for (const { type, properties } of Object.values(writing.stack.resources))
      if (type === "AWS::ApplicationAutoScaling::ScalableTarget") referredBy(properties.ResourceId, ids);
    known = ids;
    services.set(writing, known);
  }
  return known;
}

/** Whether Application Auto Scaling changes the number of tasks of a service. */
export const isScaled = (writing: Writing, { id }: Known): boolean => scaledServices(writing).has(id);

/** Terraform makes a service that says no number with no task; then the one that the stack says until somebody wants it is no news. */
export function startsEmpty(body: Body, { properties: { DesiredCount } }: Known): void {
  if (DesiredCount instanceof Intrinsic && DesiredCount.name === "Fn::If") body.omit("DesiredCount");
}

/** The count is left alone: the registration brings it to its minimum, and from then on policies change it. */
export const leaveCount = (body: Body, resource: Known): void => leave(body, resource, "desired_count");

/** `lifecycle { ignore_changes = [ … ] }` for what something else changes from the first day on. */
function leave(body: Body, resource: Known, ...names: string[]): void {
  const ignored: Hcl = { is: "list", items: names.map((name) => raw(name)) };
  body.block("lifecycle", body.nest(new Reader(resource, {})).put("ignore_changes", ignored));
}

/** What the scalable target is, for all that speaks of it. */
function ofTarget(body: Body, writing: Writing, id: string | undefined): void {
  if (id === undefined) return;
  for (const name of ["resource_id", "scalable_dimension", "service_namespace"])
    body.put(name, writing.attribute(id, name));
}

/** Each scheduled action is a resource. */
function scheduledActions(writing: Writing, resource: Known, reader: Reader): Block[] {
  return reader.each("ScheduledActions").map((one, at): Block => {
    const body = new Body(writing, one).set("name", "ScheduledActionName");
    ofTarget(body, writing, resource.id);
    body.set("schedule", "Schedule").set("timezone", "Timezone");
    const limits = one.inner("ScalableTargetAction");
    if (limits)
      body.block(
        "scalable_target_action",
        body.nest(limits).set("max_capacity", "MaxCapacity").set("min_capacity", "MinCapacity"),
        true,
      );
    const name = writing.names.of(`${resource.id}_Action${at + 1}`);
    const labels = ["aws_appautoscaling_scheduled_action", name];
    return { type: "resource", labels, entries: body.entries, from: one.from() };
  });
}

/** Bounds of steps are texts in Terraform. */
const bound = (value: Value): Hcl => text(String(value));

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/appautoscaling_target and its neighbours */
export const scaling = {
  "AWS::ApplicationAutoScaling::ScalableTarget": cell(
    "aws_appautoscaling_target",
    { ref: "id" },
    (body, _writing, resource) => {
      body
        .set("max_capacity", "MaxCapacity")
        .set("min_capacity", "MinCapacity")
        .set("resource_id", "ResourceId")
        .set("scalable_dimension", "ScalableDimension")
        .set("service_namespace", "ServiceNamespace");
      // A plan at noon would set back what the action of the morning has set.
      if (resource.properties.ScheduledActions !== undefined) leave(body, resource, "max_capacity", "min_capacity");
    },
    scheduledActions,
  ),
  "AWS::ApplicationAutoScaling::ScalingPolicy": cell(
    "aws_appautoscaling_policy",
    { ref: "arn", attributes: { Arn: "arn" } },
    (body, writing, { properties }) => {
      body.set("name", "PolicyName").set("policy_type", "PolicyType").omit("ScalingTargetId");
      ofTarget(body, writing, targetOf(properties.ScalingTargetId));
      const tracking = body.reader.inner("TargetTrackingScalingPolicyConfiguration");
      if (tracking) {
        const own = body
          .nest(tracking)
          .set("target_value", "TargetValue")
          .set("disable_scale_in", "DisableScaleIn")
          .set("scale_in_cooldown", "ScaleInCooldown")
          .set("scale_out_cooldown", "ScaleOutCooldown");
        const metric = tracking.inner("PredefinedMetricSpecification");
        if (metric)
          own.block(
            "predefined_metric_specification",
            body
              .nest(metric)
              .set("predefined_metric_type", "PredefinedMetricType")
              .set("resource_label", "ResourceLabel"),
          );
        body.block("target_tracking_scaling_policy_configuration", own);
      }
      const steps = body.reader.inner("StepScalingPolicyConfiguration");
      if (!steps) return;
      const own = body
        .nest(steps)
        .set("adjustment_type", "AdjustmentType")
        .set("cooldown", "Cooldown")
        .set("metric_aggregation_type", "MetricAggregationType");
      for (const one of steps.each("StepAdjustments"))
        own.block(
          "step_adjustment",
          body
            .nest(one)
            .set("metric_interval_lower_bound", "MetricIntervalLowerBound", bound)
            .set("metric_interval_upper_bound", "MetricIntervalUpperBound", bound)
            .set("scaling_adjustment", "ScalingAdjustment"),
        );
      body.block("step_scaling_policy_configuration", own);
    },
  ),
  "AWS::CloudWatch::Alarm": cell(
    "aws_cloudwatch_metric_alarm",
    { ref: "alarm_name", attributes: { Arn: "arn" } },
    (body, writing, { id, properties }) => {
      const dimensions = (Array.isArray(properties.Dimensions) ? properties.Dimensions : []) as Properties[];
      body
        .put("alarm_name", named(kebab(id)))
        .set("alarm_description", "AlarmDescription")
        .set("namespace", "Namespace")
        .set("metric_name", "MetricName")
        .set("dimensions", "Dimensions", () =>
          object(
            Object.fromEntries(dimensions.map((one) => [String(one.Name), writing.exprOf(writing, one.Value ?? "")])),
          ),
        )
        .set("statistic", "Statistic")
        .set("period", "Period")
        .set("evaluation_periods", "EvaluationPeriods")
        .set("comparison_operator", "ComparisonOperator")
        .set("threshold", "Threshold")
        .set("alarm_actions", "AlarmActions");
    },
  ),
} satisfies Partial<TypeTable>;
