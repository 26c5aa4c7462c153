import * as z from "zod";
import { fargateStrategy } from "../fields/capacity";
import { defineKind } from "../kind";

export const cluster = defineKind({
  label: "ECS cluster",
  short: "Cluster",
  about: "Groups services and the capacity they run on. Inside a VPC, that VPC is their network.",
  group: "Compute",
  icon: "cluster",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/clusters.html",
  keywords: ["ecs", "fargate"],
  props: z.strictObject({
    containerInsights: z
      .enum(["disabled", "enabled", "enhanced"])
      .default("disabled")
      .meta({ label: "Container Insights", help: "Metrics per service and task, billed per metric." }),
    defaultCapacityProviderStrategy: fargateStrategy.meta({
      label: "Default strategy",
      help: "For services that name neither a launch type nor a strategy.",
      advanced: true,
    }),
  }),
  initial: () => ({}),
  within: ["vpc"],
  box: true,
  size: { w: 720, h: 420 },
  summary: (props) => (props.containerInsights === "disabled" ? [] : [`Container Insights ${props.containerInsights}`]),
  deployable: true,
});
