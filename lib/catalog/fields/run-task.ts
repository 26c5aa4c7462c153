import * as z from "zod";
import { fargateStrategy } from "./capacity";
import { tier } from "./network";

/** How and where an event starts a task. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html */
export const fargateRunTask = {
  launchType: z.enum(["FARGATE", "EC2"]).optional().meta({
    label: "Launch type",
    help: "From the task definition's compatibilities unless chosen.",
  }),
  capacityProviderStrategy: fargateStrategy.meta({ label: "Fargate strategy", advanced: true }),
  taskCount: z.int().default(1).meta({ label: "Tasks" }),
  tier: tier("private"),
  assignPublicIp: z.boolean().default(false).meta({ label: "Assign public IP", help: "Fargate only." }),
  platformVersion: z.string().optional().meta({ label: "Platform version", placeholder: "LATEST", advanced: true }),
  maximumRetryAttempts: z.int().optional().meta({ label: "Retry attempts", placeholder: "185", advanced: true }),
  maximumEventAgeInSeconds: z.int().optional().meta({
    label: "Maximum event age",
    unit: "s",
    placeholder: "86400",
    advanced: true,
  }),
};
