import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

type Service = InputOf<"service">;

/** The web service works off so many queues, too. */
const polled = (service: Service, queues = 1) =>
  draw((draft) => {
    const web = fargateWeb(draft, { service });
    for (let at = 1; at <= queues; at += 1) {
      const queue = draft.add("sqsQueue", {}, { name: `Jobs ${at}` });
      draft.connect(queue, "poll", web.service);
      draft.connect(queue, "deadLetter", draft.add("sqsQueue", {}, { name: `Failed ${at}` }));
    }
  });
const range = { minCapacity: 2, maxCapacity: 6 };

export const examples: Examples = {
  bad: [polled({}), polled({ autoScaling: range }), polled({}, 2)],
  good: [polled({ autoScaling: { ...range, policies: [{ policyType: "StepScaling" }] } })],
  unknowable: [
    draw((draft) => {
      const web = fargateWeb(draft);
      const queue = draft.add("sqsQueue", {});
      draft.connect(queue, "poll", web.service);
      const alarm = draft.add("generic", { type: "AWS::CloudWatch::Alarm" });
      draft.connect(alarm, "reference", queue, { pointer: "/Dimensions", attribute: "QueueName" });
    }),
  ],
};
