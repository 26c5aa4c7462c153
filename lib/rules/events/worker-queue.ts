import { isKind } from "../../model/build";
import { containersOf, taskDefinitionOf } from "../../model/queries";
import { defineRule } from "../rule";

/** Seconds ECS waits between SIGTERM and SIGKILL unless told otherwise. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html */
const STOP_TIMEOUT = 30;

export const workerQueue = defineRule({
  id: "ECS-EVT-011",
  severity: "warning",
  title: "Worker queue without safety net",
  why: "A message that always fails comes back for ever; one whose visibility ends before the worker has stopped is processed twice; short polling pays for empty answers.",
  docs: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-best-practices.html",
  needs: ["sqsQueue"],
  check({ model }, report) {
    const seen = new Set<string>();
    for (const edge of model.edgesOf("poll")) {
      if (!isKind(edge.from, "sqsQueue") || !isKind(edge.to, "service") || seen.has(edge.from.id)) continue;
      const queue = edge.from;
      seen.add(queue.id);
      if (!queue.out.some((other) => other.relation === "deadLetter" || other.relation === "reference")) {
        report({
          at: { node: queue.id },
          message: `A message of ${queue.name} that ${edge.to.name} cannot process will come back for ever. Add a dead-letter queue.`,
        });
      }
      const task = taskDefinitionOf(edge.to);
      const stop = task
        ? Math.max(
            0,
            ...containersOf(task)
              .filter((one) => one.essential)
              .map((one) => one.stopTimeout ?? STOP_TIMEOUT),
          )
        : 0;
      if (queue.props.visibilityTimeout < stop) {
        report({
          at: { node: queue.id, field: "/visibilityTimeout" },
          message: `${edge.to.name} has up to ${stop} seconds to finish when it is stopped, but messages of ${queue.name} come back after ${queue.props.visibilityTimeout}, so they are processed twice. Set a visibility timeout above the processing time.`,
          fix: {
            title: `Set it to ${stop * 6} seconds`,
            risk: "safe",
            edits: [{ edit: "setField", id: queue.id, field: "/visibilityTimeout", value: Math.min(43_200, stop * 6) }],
          },
        });
      }
      if (queue.props.receiveMessageWaitTimeSeconds === 0) {
        report({
          at: { node: queue.id, field: "/receiveMessageWaitTimeSeconds" },
          message: `${edge.to.name} polls ${queue.name} without waiting, so most answers are empty and all are paid for. Wait up to 20 seconds.`,
          fix: {
            title: "Wait 20 seconds",
            risk: "safe",
            edits: [{ edit: "setField", id: queue.id, field: "/receiveMessageWaitTimeSeconds", value: 20 }],
          },
        });
      }
    }
  },
});
