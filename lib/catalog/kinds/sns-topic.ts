import * as z from "zod";
import { defineKind } from "../kind";

export const snsTopic = defineKind({
  label: "SNS topic",
  short: "SNS",
  about: "Fans messages out to queues, people and endpoints.",
  group: "Events",
  icon: "sns",
  docs: "https://docs.aws.amazon.com/sns/latest/dg/welcome.html",
  keywords: ["topic", "notification", "publish", "alert"],
  props: z.strictObject({
    fifo: z.boolean().default(false).meta({ label: "FIFO" }),
    contentBasedDeduplication: z.boolean().optional().meta({ label: "Content-based deduplication", advanced: true }),
    enforceTls: z.boolean().default(true).meta({
      label: "Refuse plain HTTP",
      help: "A topic policy denies messages that are published without TLS. It takes the place of the policy that SNS makes by itself.",
      advanced: true,
    }),
    displayName: z.string().optional().meta({ label: "Display name", advanced: true }),
  }),
  initial: () => ({}),
  within: [],
  box: false,
  size: { w: 200, h: 64 },
  summary: (props) => [props.fifo ? "FIFO" : "Standard"],
  deployable: true,
});
