import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
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

const subscribed = (topic: InputOf<"snsTopic">, queue: InputOf<"sqsQueue">) =>
  draw((draft) => {
    const orders = draft.add("snsTopic", topic, { name: "Orders" });
    draft.connect(orders, "subscribe", draft.add("sqsQueue", queue, { name: "Jobs" }));
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
    draw((draft) => {
      const uploads = draft.add("s3Bucket", {}, { name: "Uploads" });
      draft.connect(uploads, "notify", draft.add("sqsQueue", { fifo: true }, { name: "Jobs" }));
    }),
    subscribed({}, { fifo: true }),
    subscribed({ contentBasedDeduplication: true }, {}),
    draw((draft) => {
      const web = fargateWeb(draft);
      const topic = draft.add("snsTopic", { fifo: true }, { name: "Orders" });
      draft.connect(topic, "subscribeHttps", web.alb, { host: "hooks.example.com" });
    }),
  ],
  good: [
    delivered({}),
    delivered({ fifo: true, contentBasedDeduplication: true }, "orders"),
    subscribed({}, {}),
    subscribed({ fifo: true }, {}),
    subscribed({ fifo: true, contentBasedDeduplication: true }, { fifo: true }),
    failing({}, {}),
    failing({ fifo: true }, { fifo: true }),
  ],
};
