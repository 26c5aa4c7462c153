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

export const examples: Examples = {
  bad: [
    fanOut(6),
    draw((draft) => void draft.add("eventSchedule", {}, { name: "Idle" })),
    draw((draft) => {
      const { schedule } = nightly(draft);
      draft.connect(schedule, "deliver", draft.add("snsTopic", {}, { name: "Second" }));
    }),
  ],
  good: [fanOut(5), draw((draft) => void nightly(draft))],
};
