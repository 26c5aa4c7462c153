import { draw } from "../../testing/draw";
import { nightly } from "../../testing/nightly";
import type { Examples } from "../rule";

export const examples: Examples = {
  bad: [
    draw((draft) => {
      const { lost } = nightly(draft, { run: { deadLetterQueue: undefined } });
      delete draft.document.nodes[lost];
    }),
    draw((draft) => {
      const { lost } = nightly(draft);
      const queue = draft.document.nodes[lost];
      if (queue) queue.props = { fifo: true };
    }),
    draw((draft) => void nightly(draft, { schedule: { maximumRetryAttempts: 186 } })),
    draw((draft) => void nightly(draft, { run: { maximumEventAgeInSeconds: 10 } })),
  ],
  good: [
    draw((draft) => void nightly(draft)),
    draw((draft) => void nightly(draft, { schedule: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 } })),
  ],
};
