import { nearestWithin, rangeText, within } from "../../aws/docs";
import { limits } from "../../aws/limits";
import { isKind } from "../../model/build";
import { runTaskDefinition } from "../../model/queries";
import { defineRule } from "../rule";

export const lostStarts = defineRule({
  id: "ECS-EVT-005",
  severity: "error",
  title: "Failed starts are lost",
  why: "When a task cannot be started, EventBridge retries and then drops the event, unless a dead-letter queue keeps it.",
  docs: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html",
  needs: ["eventRule", "eventSchedule"],
  check({ model }, report) {
    for (const edge of model.edgesOf("runTask")) {
      const queue = edge.props.deadLetterQueue === undefined ? undefined : model.node(edge.props.deadLetterQueue);
      if (!isKind(queue, "sqsQueue")) {
        report({
          at: { edge: edge.id, field: "/deadLetterQueue" },
          severity: "warning",
          message: `If ${runTaskDefinition(edge)?.name ?? edge.to.name} cannot be started (capacity, role, image) the event is dropped after retries. Add a dead-letter queue and name it here.`,
        });
      } else if (queue.props.fifo) {
        report({
          at: { edge: edge.id, field: "/deadLetterQueue" },
          message: `${queue.name} is a FIFO queue, and EventBridge takes only standard queues as dead-letter queues. Choose a standard queue.`,
        });
      }
    }
    const numbers = [
      ["/maximumRetryAttempts", "Retry attempts", limits.retryAttempts],
      ["/maximumEventAgeInSeconds", "The maximum event age", limits.eventAge],
    ] as const;
    for (const [field, what, range] of numbers) {
      const key = field.slice(1) as "maximumRetryAttempts" | "maximumEventAgeInSeconds";
      const holders = [
        ...model
          .edgesOf("runTask")
          .map((edge) => ({ id: edge.id, at: { edge: edge.id, field }, name: edge.from.name, value: edge.props[key] })),
        ...model
          .of("eventSchedule")
          .map((node) => ({ id: node.id, at: { node: node.id, field }, name: node.name, value: node.props[key] })),
      ];
      for (const { id, at, name, value } of holders) {
        if (value === undefined || within(range, value)) continue;
        const nearest = nearestWithin(range, value);
        report({
          at,
          message: `${what} of ${name} is ${value}; EventBridge accepts ${rangeText(range)} and refuses the target otherwise. Use ${nearest}.`,
          fix: { title: `Use ${nearest}`, risk: "safe", edits: [{ edit: "setField", id, field, value: nearest }] },
        });
      }
    }
  },
});
