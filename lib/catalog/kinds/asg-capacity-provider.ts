import * as z from "zod";
import { securityGroups, tier } from "../fields/network";
import { roleSlot } from "../fields/roles";
import { defineKind } from "../kind";

/** Auto Scaling group of container instances with its capacity provider. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/asg-capacity-providers.html */
export const asgCapacityProvider = defineKind({
  label: "EC2 capacity",
  short: "EC2 capacity",
  about: "An Auto Scaling group of EC2 instances that tasks are placed on, with its capacity provider.",
  group: "Compute",
  icon: "auto-scaling",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/asg-capacity-providers.html",
  keywords: ["ec2", "auto scaling group", "asg", "instances", "capacity provider"],
  props: z.strictObject({
    instanceType: z.string().default("t3.medium").meta({ label: "Instance type", placeholder: "t3.medium" }),
    minSize: z.int().default(1).meta({ label: "Minimum instances" }),
    maxSize: z.int().default(4).meta({ label: "Maximum instances" }),
    desiredCapacity: z.int().optional().meta({ label: "Desired instances", advanced: true }),
    tier: tier("private"),
    ami: z
      .enum(["al2023", "al2023-arm64", "custom"])
      .default("al2023")
      .meta({ label: "AMI", help: "ECS-optimised Amazon Linux 2023, or your own." }),
    customImageId: z
      .string()
      .optional()
      .meta({ label: "AMI id", placeholder: "ami-0123456789abcdef0", advanced: true }),
    customUserData: z.string().optional().meta({
      label: "User data",
      help: "Unset: joins the cluster it stands in.",
      multiline: true,
      advanced: true,
    }),
    managedScaling: z.boolean().default(true).meta({ label: "Managed scaling" }),
    targetCapacity: z.int().default(100).meta({ label: "Target capacity", unit: "%" }),
    minimumScalingStepSize: z.int().optional().meta({ label: "Minimum step", advanced: true }),
    maximumScalingStepSize: z.int().optional().meta({ label: "Maximum step", advanced: true }),
    instanceWarmupPeriod: z.int().optional().meta({ label: "Warm-up", unit: "s", placeholder: "300", advanced: true }),
    managedTerminationProtection: z.boolean().default(true).meta({
      label: "Managed termination protection",
      help: "Instances that run tasks are not scaled in.",
      advanced: true,
    }),
    newInstancesProtectedFromScaleIn: z.boolean().default(true).meta({
      label: "Protect new instances from scale-in",
      advanced: true,
    }),
    managedDraining: z.boolean().default(true).meta({ label: "Managed draining", advanced: true }),
    rootVolumeGiB: z.int().default(30).meta({ label: "Root volume", unit: "GiB", advanced: true }),
    instanceRole: roleSlot("Instance role", "ec2.amazonaws.com", "What the ECS agent on the instances may do."),
    securityGroups,
  }),
  initial: () => ({}),
  within: ["cluster"],
  box: false,
  size: { w: 220, h: 80 },
  summary: (props) => [props.instanceType, `${props.minSize}–${props.maxSize} instances`],
  deployable: true,
});
