import { draw } from "../../testing/draw";
import { nightly } from "../../testing/nightly";
import type { Examples } from "../rule";

const fanOut = (targets: number) =>
  draw((draft) => {
    nightly(draft);
    const rule = draft.add("eventRule", { eventPattern: { source: ["aws.s3"] } }, { name: "Objects" });
    for (let number = 1; number <= targets; number += 1) {
      draft.connect(rule, "deliver", draft.add("snsTopic", {}, { name: `Topic ${number}` }));
    }
  });

/** Events of one bucket that a queue and a topic hear of. */
const told = (queue: string[], topic: string[]) =>
  draw((draft) => {
    const bucket = draft.add("s3Bucket", {}, { name: "Uploads" });
    draft.connect(bucket, "notify", draft.add("sqsQueue", {}, { name: "Jobs" }), { events: queue });
    draft.connect(bucket, "notify", draft.add("snsTopic", {}, { name: "News" }), { events: topic });
    const rule = draft.add("eventRule", {}, { name: "Objects" });
    draft.connect(bucket, "notify", rule);
    draft.connect(rule, "deliver", draft.add("snsTopic", {}, { name: "All" }));
  });

export const examples: Examples = {
  bad: [
    fanOut(6),
    draw((draft) => void draft.add("eventSchedule", {}, { name: "Idle" })),
    draw((draft) => {
      const { schedule } = nightly(draft);
      draft.connect(schedule, "deliver", draft.add("snsTopic", {}, { name: "Second" }));
    }),
    told([], []),
    told(["s3:ObjectRemoved:*"], ["s3:ObjectRemoved:Delete"]),
  ],
  good: [
    told([], ["s3:ObjectRemoved:*"]),
    told(["s3:ObjectCreated:Put"], ["s3:ObjectCreated:Copy"]),
    fanOut(5),
    draw((draft) => void nightly(draft)),
  ],
};
