import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const polled = (props: InputOf<"sqsQueue">, deadLetter = true) =>
  draw((draft) => {
    const web = fargateWeb(draft, {
      service: { autoScaling: { minCapacity: 2, maxCapacity: 6, policies: [{ policyType: "StepScaling" }] } },
    });
    const queue = draft.add("sqsQueue", props, { name: "Jobs" });
    draft.connect(queue, "poll", web.service);
    if (deadLetter) draft.connect(queue, "deadLetter", draft.add("sqsQueue", {}, { name: "Failed" }));
  });

export const examples: Examples = {
  bad: [polled({}, false), polled({ visibilityTimeout: 10 }), polled({ receiveMessageWaitTimeSeconds: 0 })],
  good: [polled({ visibilityTimeout: 30 })],
};
