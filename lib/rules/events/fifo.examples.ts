import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import type { Examples } from "../rule";

const delivered = (queue: InputOf<"sqsQueue">, messageGroupId?: string) =>
  draw((draft) => {
    const rule = draft.add("eventRule", { eventPattern: { source: ["aws.s3"] } }, { name: "Objects" });
    draft.connect(
      rule,
      "deliver",
      draft.add("sqsQueue", queue, { name: "Jobs" }),
      messageGroupId ? { messageGroupId } : {},
    );
  });
const failing = (queue: InputOf<"sqsQueue">, dead: InputOf<"sqsQueue">) =>
  draw((draft) => {
    const jobs = draft.add("sqsQueue", queue, { name: "Jobs" });
    draft.connect(jobs, "deadLetter", draft.add("sqsQueue", dead, { name: "Failed" }));
  });

export const examples: Examples = {
  bad: [
    delivered({ fifo: true, contentBasedDeduplication: true }),
    delivered({ fifo: true }, "orders"),
    delivered({ contentBasedDeduplication: true }),
    delivered({ fifoThroughputLimit: "perQueue" }),
    delivered({ fifo: true, contentBasedDeduplication: true, fifoThroughputLimit: "perMessageGroupId" }, "orders"),
    failing({ fifo: true }, {}),
    failing({}, { fifo: true }),
  ],
  good: [
    delivered({}),
    delivered({ fifo: true, contentBasedDeduplication: true }, "orders"),
    failing({}, {}),
    failing({ fifo: true }, { fifo: true }),
  ],
};
