import * as z from "zod";

/** Entries for the two Fargate providers, which need no node. Auto Scaling group providers are drawn as edges. */
export const fargateStrategy = z
  .array(
    z.strictObject({
      capacityProvider: z.enum(["FARGATE", "FARGATE_SPOT"]).meta({ label: "Provider" }),
      weight: z.int().default(1).meta({ label: "Weight" }),
      base: z.int().default(0).meta({ label: "Base" }),
    }),
  )
  .default([]);

/** Placement of tasks on EC2 instances. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement.html */
export const placementStrategies = z
  .array(
    z.strictObject({
      type: z.enum(["spread", "binpack", "random"]).meta({ label: "Type" }),
      field: z.string().optional().meta({ label: "Field", placeholder: "attribute:ecs.availability-zone" }),
    }),
  )
  .default([])
  .meta({ label: "Placement strategy", advanced: true });

export const placementConstraints = z
  .array(
    z.strictObject({
      type: z.enum(["distinctInstance", "memberOf"]).meta({ label: "Type" }),
      expression: z.string().optional().meta({ label: "Expression" }),
    }),
  )
  .default([])
  .meta({ label: "Placement constraints", advanced: true });
