import * as z from "zod";
import { type AutoScaling, autoScaling } from "../fields/auto-scaling";
import { fargateStrategy, placementConstraints, placementStrategies } from "../fields/capacity";
import { securityGroups, tier } from "../fields/network";
import { defineKind } from "../kind";

/** "2–10 tasks". */
const rangeOfTasks = ({ minCapacity, maxCapacity }: AutoScaling): string =>
  minCapacity === maxCapacity
    ? `${minCapacity} ${minCapacity === 1 ? "task" : "tasks"}`
    : `${minCapacity}–${maxCapacity} tasks`;

export const service = defineKind({
  label: "ECS service",
  short: "Service",
  about: "Keeps a number of tasks of one task definition running, and registers them with load balancers.",
  group: "Compute",
  icon: "service",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html",
  keywords: ["ecs", "fargate", "ec2", "web", "worker", "api"],
  props: z.strictObject({
    launchType: z.enum(["FARGATE", "EC2"]).optional().meta({
      label: "Launch type",
      help: "Unset when a capacity provider strategy or the cluster's default decides.",
    }),
    desiredCount: z.int().optional().meta({ label: "Desired tasks", placeholder: "2" }),
    autoScaling,
    tier: tier("private"),
    assignPublicIp: z.boolean().default(false).meta({ label: "Assign public IP", help: "Fargate only." }),
    capacityProviderStrategy: fargateStrategy.meta({
      label: "Fargate strategy",
      help: "Fargate and Fargate Spot. Connect an Auto Scaling group provider to use it.",
      advanced: true,
    }),
    schedulingStrategy: z
      .enum(["REPLICA", "DAEMON"])
      .default("REPLICA")
      .meta({ label: "Scheduling strategy", advanced: true }),
    platformVersion: z.string().optional().meta({ label: "Platform version", placeholder: "LATEST", advanced: true }),
    deploymentController: z
      .enum(["ECS", "CODE_DEPLOY", "EXTERNAL"])
      .default("ECS")
      .meta({ label: "Deployment controller", advanced: true }),
    minimumHealthyPercent: z.int().optional().meta({
      label: "Minimum healthy",
      unit: "%",
      placeholder: "100",
      advanced: true,
    }),
    maximumPercent: z.int().optional().meta({ label: "Maximum", unit: "%", placeholder: "200", advanced: true }),
    circuitBreaker: z
      .strictObject({
        enable: z.boolean().meta({ label: "Enable" }),
        rollback: z.boolean().meta({ label: "Roll back" }),
      })
      .default({ enable: true, rollback: true })
      .meta({ label: "Deployment circuit breaker", advanced: true }),
    healthCheckGracePeriodSeconds: z.int().optional().meta({
      label: "Health check grace period",
      unit: "s",
      placeholder: "0",
      advanced: true,
    }),
    enableExecuteCommand: z.boolean().default(false).meta({ label: "ECS Exec", advanced: true }),
    availabilityZoneRebalancing: z
      .enum(["ENABLED", "DISABLED"])
      .optional()
      .meta({ label: "Zone rebalancing", advanced: true }),
    placementStrategies,
    placementConstraints,
    securityGroups,
  }),
  initial: (near) => ({ launchType: near.ec2 ? ("EC2" as const) : ("FARGATE" as const), desiredCount: 2 }),
  within: ["cluster"],
  box: false,
  size: { w: 220, h: 80 },
  summary: (props) => [
    props.launchType === "EC2" ? "EC2" : props.launchType === "FARGATE" ? "Fargate" : "Capacity providers",
    props.schedulingStrategy === "DAEMON"
      ? "One task per instance"
      : props.autoScaling
        ? rangeOfTasks(props.autoScaling)
        : `${props.desiredCount ?? "?"} ${props.desiredCount === 1 ? "task" : "tasks"}`,
  ],
  deployable: true,
});
