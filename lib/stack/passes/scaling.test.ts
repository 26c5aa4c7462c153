import { describe, expect, it } from "vitest";
import type { InputOf } from "../../catalog";
import type { Document } from "../../document/document";
import { type Draft, draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import { idsOfType, plain, propertiesOf, stackFaults, stackOf } from "../../testing/stack-faults";

type Scaling = NonNullable<InputOf<"service">["autoScaling"]>;

const TARGET = "AWS::ApplicationAutoScaling::ScalableTarget";
const POLICY = "AWS::ApplicationAutoScaling::ScalingPolicy";

/** The usual web service, its image from Docker Hub, so that its tasks can start at once. */
const scaled = (autoScaling: Scaling, more: (draft: Draft, web: ReturnType<typeof fargateWeb>) => void = () => {}) =>
  draw((draft) => {
    const web = fargateWeb(draft, { service: { autoScaling, desiredCount: 4 } });
    delete draft.document.nodes[web.repository];
    for (const [id, edge] of Object.entries(draft.document.edges))
      if (edge.relation === "pull") delete draft.document.edges[id];
    draft.connect(web.container, "pull", draft.add("dockerHub", {}), { tag: "1.27" });
    more(draft, web);
  });
const of = (document: Document) => {
  const stack = stackOf(document);
  expect(stackFaults(stack)).toEqual([]);
  return stack;
};

describe("a service that scales", () => {
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-applicationautoscaling-scalabletarget.html
  it("is registered by cluster and name, with its limits and its timetable, and says no count", () => {
    const stack = of(
      scaled({
        minCapacity: 2,
        maxCapacity: 10,
        scheduledActions: [
          { schedule: "cron(0 20 * * ? *)", timezone: "Europe/Berlin", minCapacity: 1 },
          { schedule: "cron(0 7 * * ? *)", scheduledActionName: "morning", minCapacity: 2, maxCapacity: 10 },
        ],
      }),
    );
    expect(propertiesOf(stack, "WebScalableTarget")).toEqual({
      MaxCapacity: 10,
      MinCapacity: 2,
      ResourceId: { "Fn::Sub": "service/${Main}/${Web.Name}" },
      ScalableDimension: "ecs:service:DesiredCount",
      ScheduledActions: [
        {
          ScalableTargetAction: { MinCapacity: 1 },
          Schedule: "cron(0 20 * * ? *)",
          ScheduledActionName: "action-1",
          Timezone: "Europe/Berlin",
        },
        {
          ScalableTargetAction: { MaxCapacity: 10, MinCapacity: 2 },
          Schedule: "cron(0 7 * * ? *)",
          ScheduledActionName: "morning",
          Timezone: "UTC",
        },
      ],
      ServiceNamespace: "ecs",
    });
    expect(propertiesOf(stack, "Web")).not.toHaveProperty("DesiredCount");
    expect(stack.parameters).not.toHaveProperty("WebWanted");
  });

  // https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PredefinedMetricSpecification.html: app/NAME/ID/targetgroup/NAME/ID
  it("follows CPU, memory and the requests of its target group", () => {
    const stack = of(
      scaled({
        minCapacity: 2,
        maxCapacity: 10,
        policies: [
          { policyType: "TargetTrackingScaling", scaleInCooldown: 120, disableScaleIn: true },
          { policyType: "TargetTrackingScaling", predefinedMetricType: "ECSServiceAverageMemoryUtilization" },
          { policyType: "TargetTrackingScaling", predefinedMetricType: "ALBRequestCountPerTarget", targetValue: 500 },
        ],
      }),
    );
    expect(idsOfType(stack, POLICY)).toEqual(["WebCpuScaling", "WebMemoryScaling", "WebRequestScaling"]);
    expect(propertiesOf(stack, "WebCpuScaling")).toEqual({
      PolicyName: "WebCpuScaling",
      PolicyType: "TargetTrackingScaling",
      ScalingTargetId: { Ref: "WebScalableTarget" },
      TargetTrackingScalingPolicyConfiguration: {
        DisableScaleIn: true,
        PredefinedMetricSpecification: { PredefinedMetricType: "ECSServiceAverageCPUUtilization" },
        ScaleInCooldown: 120,
        TargetValue: 60,
      },
    });
    expect(propertiesOf(stack, "WebRequestScaling")?.TargetTrackingScalingPolicyConfiguration).toEqual({
      PredefinedMetricSpecification: {
        PredefinedMetricType: "ALBRequestCountPerTarget",
        ResourceLabel: {
          "Fn::Sub": "${FrontDoor.LoadBalancerFullName}/${FrontDoorWebTargetGroup.TargetGroupFullName}",
        },
      },
      TargetValue: 500,
    });
  });

  // https://docs.aws.amazon.com/autoscaling/application/userguide/step-scaling-policy-overview.html: bounds count from the alarm's threshold.
  it("follows the length of a queue in steps, with an alarm for each direction", () => {
    const stack = of(
      scaled(
        {
          minCapacity: 1,
          maxCapacity: 10,
          policies: [
            {
              policyType: "StepScaling",
              cooldown: 60,
              steps: [
                { threshold: 0, scalingAdjustment: -2 },
                { threshold: 500, scalingAdjustment: 5 },
                { threshold: 10, scalingAdjustment: -1 },
                { threshold: 100, scalingAdjustment: 1 },
              ],
            },
          ],
        },
        (draft, web) => draft.connect(draft.add("sqsQueue", {}, { name: "Jobs" }), "poll", web.service),
      ),
    );
    expect(propertiesOf(stack, "WebJobsScaleOut")?.StepScalingPolicyConfiguration).toEqual({
      AdjustmentType: "ChangeInCapacity",
      Cooldown: 60,
      MetricAggregationType: "Maximum",
      StepAdjustments: [
        { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 400, ScalingAdjustment: 1 },
        { MetricIntervalLowerBound: 400, ScalingAdjustment: 5 },
      ],
    });
    expect(propertiesOf(stack, "WebJobsScaleIn")?.StepScalingPolicyConfiguration).toMatchObject({
      StepAdjustments: [
        { MetricIntervalLowerBound: -10, MetricIntervalUpperBound: 0, ScalingAdjustment: -1 },
        { MetricIntervalUpperBound: -10, ScalingAdjustment: -2 },
      ],
    });
    expect(propertiesOf(stack, "WebJobsScaleInAlarm")).toMatchObject({
      AlarmActions: [{ Ref: "WebJobsScaleIn" }],
      ComparisonOperator: "LessThanOrEqualToThreshold",
      Dimensions: [{ Name: "QueueName", Value: { "Fn::GetAtt": ["Jobs", "QueueName"] } }],
      MetricName: "ApproximateNumberOfMessagesVisible",
      Namespace: "AWS/SQS",
      Threshold: 10,
    });
    expect(propertiesOf(stack, "WebJobsScaleOutAlarm")).toMatchObject({
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
      Threshold: 100,
    });
  });

  // Registration brings the count to the minimum: https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html
  it("starts and scales no task before its image is there", () => {
    const stack = of(
      draw((draft) => {
        fargateWeb(draft, { service: { autoScaling: { minCapacity: 2, maxCapacity: 10 } } });
      }),
    );
    expect(stack.parameters.WebWanted).toMatchObject({ default: "false", allowedValues: ["false", "true"] });
    expect(plain(stack.conditions.WebIsWanted ?? null)).toEqual({ "Fn::Equals": [{ Ref: "WebWanted" }, "true"] });
    expect(propertiesOf(stack, "Web")?.DesiredCount).toEqual({ "Fn::If": ["WebIsWanted", { Ref: "AWS::NoValue" }, 0] });
    for (const id of ["WebScalableTarget", "WebCpuScaling"]) expect(stack.resources[id]?.condition).toBe("WebIsWanted");
    expect(stack.description).toContain("Push the image to Web image, then set WebWanted to true.");
  });

  it("is registered no more once it is a daemon, or deployed from outside", () => {
    const autoScaling = { minCapacity: 2, maxCapacity: 10 };
    for (const change of [{ schedulingStrategy: "DAEMON" }, { deploymentController: "EXTERNAL" }] as const) {
      const stack = stackOf(
        draw((draft) => {
          fargateWeb(draft, { service: { autoScaling, ...change } });
        }),
      );
      expect(idsOfType(stack, TARGET)).toEqual([]);
    }
  });

  it("differs between environments in its numbers", () => {
    const document = scaled({ minCapacity: 2, maxCapacity: 10 });
    const id = Object.keys(document.nodes).find((one) => document.nodes[one]?.kind === "service") ?? "";
    document.environments = { dev: { props: { [id]: { autoScaling: { maxCapacity: 3 } } }, usage: {} } };
    expect(propertiesOf(of(document), "WebScalableTarget")).toMatchObject({ MinCapacity: 2, MaxCapacity: 10 });
  });
});
