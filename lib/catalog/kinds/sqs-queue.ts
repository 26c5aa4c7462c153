import * as z from "zod";
import { defineKind } from "../kind";

export const sqsQueue = defineKind({
  label: "SQS queue",
  short: "SQS",
  about: "Messages that worker services poll and process.",
  group: "Events",
  icon: "sqs",
  docs: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/welcome.html",
  keywords: ["queue", "message", "worker", "dead letter", "fifo"],
  props: z.strictObject({
    fifo: z.boolean().default(false).meta({ label: "FIFO" }),
    visibilityTimeout: z.int().default(30).meta({ label: "Visibility timeout", unit: "s" }),
    messageRetentionPeriod: z.int().default(345600).meta({ label: "Message retention", unit: "s" }),
    receiveMessageWaitTimeSeconds: z.int().default(20).meta({
      label: "Receive wait time",
      unit: "s",
      help: "20 means long polling: fewer empty answers, lower cost.",
    }),
    delaySeconds: z.int().default(0).meta({ label: "Delivery delay", unit: "s", advanced: true }),
    maximumMessageSize: z.int().optional().meta({
      label: "Maximum message size",
      unit: "bytes",
      placeholder: "1048576",
      advanced: true,
    }),
    encryption: z.enum(["SSE-SQS", "none"]).default("SSE-SQS").meta({ label: "Encryption", advanced: true }),
    enforceTls: z.boolean().default(true).meta({
      label: "Refuse plain HTTP",
      help: "A queue policy denies requests without TLS.",
      advanced: true,
    }),
    contentBasedDeduplication: z.boolean().optional().meta({ label: "Content-based deduplication", advanced: true }),
    deduplicationScope: z
      .enum(["queue", "messageGroup"])
      .optional()
      .meta({ label: "Deduplication scope", advanced: true }),
    fifoThroughputLimit: z
      .enum(["perQueue", "perMessageGroupId"])
      .optional()
      .meta({ label: "FIFO throughput limit", advanced: true }),
  }),
  initial: () => ({}),
  within: [],
  box: false,
  size: { w: 200, h: 64 },
  summary: (props) => [props.fifo ? "FIFO" : "Standard", `Visibility ${props.visibilityTimeout} s`],
  deployable: true,
});
