import * as z from "zod";
import { defineKind } from "../kind";

export const eventSchedule = defineKind({
  label: "EventBridge schedule",
  short: "Schedule",
  about: "Starts a task, or sends a message, at fixed times or intervals.",
  group: "Events",
  icon: "eventbridge-scheduler",
  docs: "https://docs.aws.amazon.com/scheduler/latest/UserGuide/what-is-scheduler.html",
  keywords: ["cron", "nightly", "scheduler", "rate", "timer", "batch"],
  props: z.strictObject({
    scheduleExpression: z.string().default("cron(0 3 * * ? *)").meta({
      label: "Schedule",
      help: "rate(…), cron(…) with six fields, or at(…).",
      placeholder: "cron(0 3 * * ? *)",
    }),
    scheduleExpressionTimezone: z.string().default("UTC").meta({ label: "Time zone", placeholder: "Europe/Berlin" }),
    state: z.enum(["ENABLED", "DISABLED"]).default("ENABLED").meta({ label: "State" }),
    flexibleTimeWindowMinutes: z.int().optional().meta({ label: "Flexible window", unit: "min", advanced: true }),
    maximumRetryAttempts: z.int().optional().meta({ label: "Retry attempts", placeholder: "185", advanced: true }),
    maximumEventAgeInSeconds: z.int().optional().meta({
      label: "Maximum event age",
      unit: "s",
      placeholder: "86400",
      advanced: true,
    }),
  }),
  initial: () => ({}),
  within: [],
  box: false,
  size: { w: 200, h: 64 },
  summary: (props) => [
    props.scheduleExpression,
    `${props.scheduleExpressionTimezone}${props.state === "DISABLED" ? " · disabled" : ""}`,
  ],
  deployable: true,
});
