import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const rule = (props: InputOf<"eventRule">) =>
  draw((draft) => {
    fargateWeb(draft);
    draft.connect(
      draft.add("eventRule", props, { name: "Watch" }),
      "deliver",
      draft.add("snsTopic", {}, { name: "Alerts" }),
    );
  });
const schedule = (scheduleExpression: string) =>
  draw((draft) => {
    fargateWeb(draft);
    const nightly = draft.add("eventSchedule", { scheduleExpression }, { name: "Nightly" });
    draft.connect(nightly, "deliver", draft.add("snsTopic", {}, { name: "Alerts" }));
  });

export const examples: Examples = {
  bad: [
    rule({}),
    rule({ eventPattern: {} }),
    rule({ eventPattern: { source: ["app"], detail: { Ref: ["main"] } } }),
    rule({ scheduleExpression: "rate(1 minutes)" }),
    rule({ scheduleExpression: "cron(0 3 * * *)" }),
    rule({ scheduleExpression: "at(2026-12-24T18:00:00)" }),
    schedule("cron(0 3 1 * 1 *)"),
    schedule(""),
  ],
  good: [
    rule({ eventPattern: { source: ["aws.s3"] } }),
    rule({ eventPattern: { source: ["app"], detail: { Ref: ["main"], kind: ["push"] } } }),
    rule({ scheduleExpression: "rate(5 minutes)" }),
    schedule("cron(0 3 * * ? *)"),
    schedule("at(2026-12-24T18:00:00)"),
  ],
};
