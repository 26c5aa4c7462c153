import * as z from "zod";
import { defineKind } from "../kind";

export const eventRule = defineKind({
  label: "EventBridge rule",
  short: "Rule",
  about: "Reacts to events, for example tasks that stop, and starts tasks or tells topics and queues.",
  group: "Events",
  icon: "eventbridge-rule",
  docs: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules.html",
  keywords: ["event", "eventbridge", "cloudwatch events", "stopped task", "pattern"],
  props: z.strictObject({
    eventPattern: z.record(z.string(), z.json()).optional().meta({
      label: "Event pattern",
      help: "Written for you when a service or cluster is connected to this rule.",
      placeholder: '{ "source": ["aws.s3"] }',
    }),
    scheduleExpression: z.string().optional().meta({
      label: "Schedule",
      placeholder: "rate(5 minutes)",
      advanced: true,
    }),
    state: z.enum(["ENABLED", "DISABLED"]).default("ENABLED").meta({ label: "State" }),
    eventBusName: z.string().optional().meta({
      label: "Event bus",
      help: "Events of AWS services arrive on the default bus.",
      placeholder: "default",
      advanced: true,
    }),
  }),
  initial: () => ({}),
  within: [],
  box: false,
  size: { w: 200, h: 64 },
  summary: (props) => [
    props.scheduleExpression ?? (props.eventPattern ? "Event pattern" : "From its connections"),
    ...(props.state === "DISABLED" ? ["Disabled"] : []),
  ],
  deployable: true,
});
