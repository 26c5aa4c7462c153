import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import type { Examples } from "../rule";

const having = (props: InputOf<"sqsQueue">, maxReceiveCount = 5) =>
  draw((draft) => {
    const queue = draft.add("sqsQueue", props, { name: "Jobs" });
    draft.connect(queue, "deadLetter", draft.add("sqsQueue", {}, { name: "Failed" }), { maxReceiveCount });
  });

export const examples: Examples = {
  bad: [
    having({ visibilityTimeout: 43201 }),
    having({ messageRetentionPeriod: 59 }),
    having({ delaySeconds: 901 }),
    having({ receiveMessageWaitTimeSeconds: 21 }),
    having({ maximumMessageSize: 2_000_000 }),
    having({}, 0),
  ],
  good: [
    having({ visibilityTimeout: 43200, messageRetentionPeriod: 60, delaySeconds: 900, maximumMessageSize: 1_048_576 }),
  ],
};
