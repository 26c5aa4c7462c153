import { nearestWithin, rangeText, within } from "../../aws/docs";
import { limits } from "../../aws/limits";
import { defineRule } from "../rule";

const settings = [
  ["visibilityTimeout", "Visibility timeout", limits.queueVisibilityTimeout],
  ["messageRetentionPeriod", "Message retention", limits.queueRetention],
  ["delaySeconds", "Delivery delay", limits.queueDelay],
  ["receiveMessageWaitTimeSeconds", "Receive wait time", limits.queueWaitTime],
  ["maximumMessageSize", "Maximum message size", limits.queueMessageBytes],
] as const;

export const queueSettings = defineRule({
  id: "ECS-EVT-010",
  severity: "error",
  title: "Queue settings out of range",
  why: "SQS refuses a queue whose settings are outside its ranges.",
  docs: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-queue-parameters.html",
  needs: ["sqsQueue"],
  check({ model }, report) {
    for (const queue of model.of("sqsQueue")) {
      for (const [key, label, range] of settings) {
        const value = queue.props[key];
        if (value === undefined || within(range, value)) continue;
        const nearest = nearestWithin(range, value);
        report({
          at: { node: queue.id, field: `/${key}` },
          message: `${label}=${value} on ${queue.name} is outside ${rangeText(range)}, so the queue is refused. Use ${nearest}.`,
          fix: {
            title: `Use ${nearest}`,
            risk: "safe",
            edits: [{ edit: "setField", id: queue.id, field: `/${key}`, value: nearest }],
          },
        });
      }
    }
    for (const edge of model.edgesOf("deadLetter")) {
      const { min } = limits.queueMaxReceiveCount;
      if (edge.props.maxReceiveCount >= min) continue;
      report({
        at: { edge: edge.id, field: "/maxReceiveCount" },
        message: `Receives before it moves=${edge.props.maxReceiveCount} on ${edge.from.name} is below ${min}, so the queue is refused. Use 5.`,
        fix: {
          title: "Use 5",
          risk: "safe",
          edits: [{ edit: "setField", id: edge.id, field: "/maxReceiveCount" }],
        },
      });
    }
  },
});
