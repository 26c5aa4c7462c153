import * as z from "zod";
import { nodeRef } from "./network";

/** Metrics of a service that Application Auto Scaling keeps at a target. https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PredefinedMetricSpecification.html */
export const predefinedMetrics = [
  "ECSServiceAverageCPUUtilization",
  "ECSServiceAverageMemoryUtilization",
  "ALBRequestCountPerTarget",
] as const;
export type PredefinedMetric = (typeof predefinedMetrics)[number];

const metricWords = {
  ECSServiceAverageCPUUtilization: "CPU",
  ECSServiceAverageMemoryUtilization: "Memory",
  ALBRequestCountPerTarget: "Requests per target",
} as const satisfies Record<PredefinedMetric, string>;

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingScalingPolicyConfiguration.html */
const targetTracking = z
  .strictObject({
    policyType: z.literal("TargetTrackingScaling"),
    predefinedMetricType: z.enum(predefinedMetrics).default("ECSServiceAverageCPUUtilization").meta({
      label: "Metric",
      help: "Average CPU or memory of the tasks, or requests a minute that each of them gets from an ALB.",
      words: metricWords,
    }),
    targetValue: z.number().default(60).meta({
      label: "Target",
      help: "Percent of CPU or memory, or requests a minute for each task.",
    }),
    loadBalancer: nodeRef("alb")
      .optional()
      .meta({
        label: "Load balancer",
        help: "Whose requests count; needed where several forward to the service.",
        reference: ["alb"],
      }),
    scaleInCooldown: z.int().optional().meta({
      label: "Cooldown after removing tasks",
      unit: "s",
      placeholder: "300",
      advanced: true,
    }),
    scaleOutCooldown: z.int().optional().meta({
      label: "Cooldown after adding tasks",
      unit: "s",
      placeholder: "300",
      advanced: true,
    }),
    disableScaleIn: z.boolean().default(false).meta({
      label: "Never remove tasks",
      help: "This policy adds tasks only; others or a schedule take them away.",
      advanced: true,
    }),
  })
  .meta({ label: "Keep a metric at its target" });

/** A number of waiting messages, and what happens there. */
const step = z.strictObject({
  threshold: z.int().meta({ label: "Messages waiting", placeholder: "100" }),
  scalingAdjustment: z.int().meta({ label: "Tasks, + or −", placeholder: "1" }),
});
export type ScalingStep = z.output<typeof step>;

/** A few messages take no further task, many take several at once. As in https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ecs-readme.html#task-auto-scaling, on messages. */
export const queueSteps: readonly ScalingStep[] = [
  { threshold: 0, scalingAdjustment: -1 },
  { threshold: 100, scalingAdjustment: 1 },
  { threshold: 500, scalingAdjustment: 5 },
];

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_StepScalingPolicyConfiguration.html */
const queueDepth = z
  .strictObject({
    policyType: z.literal("StepScaling"),
    queue: nodeRef("sqsQueue")
      .optional()
      .meta({
        label: "Queue",
        help: "The queue that the service polls; needed where it polls several.",
        reference: ["sqsQueue"],
      }),
    steps: z
      .array(step)
      .default([...queueSteps])
      .meta({
        label: "Steps",
        help: "Negative: as few messages or fewer remove tasks. Positive: as many or more add tasks.",
      }),
    cooldown: z.int().optional().meta({ label: "Cooldown", unit: "s", placeholder: "300", advanced: true }),
  })
  .meta({ label: "Follow the length of a queue" });

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ScheduledAction.html */
const scheduledAction = z.strictObject({
  schedule: z.string().default("cron(0 20 * * ? *)").meta({
    label: "Schedule",
    help: "cron(…) with six fields, rate(…), or at(…).",
    placeholder: "cron(0 20 * * ? *)",
  }),
  timezone: z.string().default("UTC").meta({ label: "Time zone", placeholder: "Europe/Berlin" }),
  minCapacity: z.int().optional().meta({ label: "Minimum tasks", placeholder: "unchanged" }),
  maxCapacity: z.int().optional().meta({ label: "Maximum tasks", placeholder: "unchanged" }),
  scheduledActionName: z.string().optional().meta({ label: "Name", placeholder: "Numbered", advanced: true }),
});

/**
 * Service auto scaling: how many tasks there may be, and what decides. Left out: predictive policies, metrics of
 * one's own, and the start and end of scheduled actions. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html
 */
export const autoScaling = z
  .strictObject({
    minCapacity: z.int().meta({ label: "Minimum tasks", placeholder: "2" }),
    maxCapacity: z.int().meta({ label: "Maximum tasks", placeholder: "10" }),
    policies: z
      .array(z.discriminatedUnion("policyType", [targetTracking, queueDepth]))
      .default([
        {
          policyType: "TargetTrackingScaling",
          predefinedMetricType: "ECSServiceAverageCPUUtilization",
          targetValue: 60,
          disableScaleIn: false,
        },
      ])
      .meta({ label: "Policies", help: "Of several, the one that asks for most tasks wins." }),
    scheduledActions: z.array(scheduledAction).default([]).meta({
      label: "Scheduled actions",
      help: "At these times minimum and maximum become other numbers.",
    }),
  })
  .optional()
  .meta({
    label: "Auto scaling",
    help: "Tasks between a minimum and a maximum. The desired count is left to it. Predictive policies, metrics of your own and start or end dates of scheduled actions are left out: draw these as generic resources.",
  });

export type AutoScaling = NonNullable<z.output<typeof autoScaling>>;
export type ScalingPolicy = AutoScaling["policies"][number];
export type TargetTracking = Extract<ScalingPolicy, { policyType: "TargetTrackingScaling" }>;
export type QueueScaling = Extract<ScalingPolicy, { policyType: "StepScaling" }>;
export type ScheduledAction = AutoScaling["scheduledActions"][number];
