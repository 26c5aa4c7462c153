import { isKind, isRelationEdge } from "../../model/build";
import type { ModelNode } from "../../model/model";
import { defineRule, type Fix } from "../rule";

type Queue = ModelNode<"sqsQueue">;
const typeOf = (queue: Queue): string => (queue.props.fifo ? "FIFO" : "standard");

export const fifo = defineRule({
  id: "ECS-EVT-009",
  severity: "error",
  title: "FIFO target or FIFO dead-letter mismatch",
  why: "FIFO queues need a message group and a way to tell duplicates apart; a dead-letter queue has the type of its source; FIFO settings mean nothing on a standard queue.",
  docs: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html",
  needs: ["sqsQueue", "snsTopic"],
  check({ model }, report) {
    const set = (id: string, field: string, title: string, value?: boolean | string): Fix => ({
      title,
      risk: "safe",
      edits: [{ edit: "setField", id, field, ...(value === undefined ? {} : { value }) }],
    });
    for (const queue of model.of("sqsQueue")) {
      const say = (field: string, reason: string, todo: string, fix?: Fix): void =>
        report({
          at: { node: queue.id, field },
          message: `${queue.name} is a ${typeOf(queue)} queue: ${reason}, so it is refused. ${todo}`,
          ...(fix ? { fix } : {}),
        });
      const { props } = queue;
      if (!props.fifo) {
        if (props.contentBasedDeduplication) {
          say(
            "/contentBasedDeduplication",
            "content-based deduplication belongs to FIFO queues",
            "Turn it off.",
            set(queue.id, "/contentBasedDeduplication", "Turn it off"),
          );
        }
        for (const key of ["deduplicationScope", "fifoThroughputLimit"] as const) {
          if (props[key] !== undefined)
            say(`/${key}`, `${key} belongs to FIFO queues`, "Clear it.", set(queue.id, `/${key}`, `Clear ${key}`));
        }
      } else if (props.fifoThroughputLimit === "perMessageGroupId" && props.deduplicationScope !== "messageGroup") {
        say(
          "/fifoThroughputLimit",
          "a limit per message group needs deduplication per message group",
          "Set the deduplication scope to messageGroup.",
          set(queue.id, "/deduplicationScope", "Deduplicate per message group", "messageGroup"),
        );
      }
    }
    for (const edge of model.edgesOf("deadLetter")) {
      if (!isKind(edge.from, "sqsQueue") || !isKind(edge.to, "sqsQueue") || edge.from === edge.to) continue;
      if (edge.from.props.fifo === edge.to.props.fifo) continue;
      report({
        at: { edge: edge.id },
        message: `${edge.to.name} is a ${typeOf(edge.to)} queue: a dead-letter queue has the type of its source, and ${edge.from.name} is ${typeOf(edge.from)}, so messages are refused. Use a ${typeOf(edge.from)} queue.`,
      });
    }
    for (const topic of model.of("snsTopic")) {
      if (topic.props.fifo || !topic.props.contentBasedDeduplication) continue;
      report({
        at: { node: topic.id, field: "/contentBasedDeduplication" },
        message: `${topic.name} is a standard topic: content-based deduplication belongs to FIFO topics, so it is refused. Turn it off.`,
        fix: set(topic.id, "/contentBasedDeduplication", "Turn it off"),
      });
    }
    for (const edge of model.edgesOf("subscribe")) {
      if (!isKind(edge.from, "snsTopic") || !isKind(edge.to, "sqsQueue")) continue;
      if (!edge.to.props.fifo || edge.from.props.fifo) continue;
      report({
        at: { edge: edge.id },
        message: `${edge.to.name} is a FIFO queue: it takes messages from FIFO topics only, and ${edge.from.name} is a standard topic, so the subscription is refused. Use a standard queue, or make the topic FIFO.`,
      });
    }
    for (const edge of model.edgesOf("notify")) {
      const { from, to } = edge;
      if (!isKind(from, "s3Bucket") || !(isKind(to, "snsTopic") || isKind(to, "sqsQueue")) || !to.props.fifo) continue;
      report({
        at: { edge: edge.id },
        message: `${to.name} is a FIFO ${isKind(to, "snsTopic") ? "topic" : "queue"}: S3 sends events to standard ones only, so the notification of ${from.name} is refused. Use a standard one, or an EventBridge rule in between.`,
      });
    }
    for (const edge of model.edgesOf("subscribeHttps")) {
      if (!isKind(edge.from, "snsTopic") || !edge.from.props.fifo) continue;
      report({
        at: { edge: edge.id },
        message: `${edge.from.name} is a FIFO topic: it delivers to SQS queues only, so the HTTPS subscription is refused. Use a standard topic, or a queue in between.`,
      });
    }
    for (const edge of model.edgesOf("deliver")) {
      if (!isRelationEdge(edge, "deliver") || !isKind(edge.to, "sqsQueue") || !edge.to.props.fifo) continue;
      const queue = edge.to;
      if (!edge.props.messageGroupId) {
        report({
          at: { edge: edge.id, field: "/messageGroupId" },
          message: `${queue.name} is a FIFO queue: ${edge.from.name} names no message group, so messages are refused. Fill in a message group id.`,
          fix: set(edge.id, "/messageGroupId", "Use the message group default", "default"),
        });
      }
      if (!queue.props.contentBasedDeduplication) {
        report({
          at: { node: queue.id, field: "/contentBasedDeduplication" },
          message: `${queue.name} is a FIFO queue: ${edge.from.name} sends no deduplication id, so messages are refused. Turn on content-based deduplication.`,
          fix: set(queue.id, "/contentBasedDeduplication", "Turn on content-based deduplication", true),
        });
      }
    }
  },
});
