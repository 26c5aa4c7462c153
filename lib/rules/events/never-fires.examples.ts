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
const schedule = (scheduleExpression: string, more: InputOf<"eventSchedule"> = {}) =>
  draw((draft) => {
    fargateWeb(draft);
    const nightly = draft.add("eventSchedule", { scheduleExpression, ...more }, { name: "Nightly" });
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
    rule({ eventPattern: { source: "aws.s3" } }),
    rule({ eventPattern: { source: ["app"], detail: { state: [] } } }),
    rule({ eventPattern: { source: ["app"], detail: { state: { name: 1 } } } }),
    schedule("rate(1 day)", { scheduleExpressionTimezone: "Berlin time" }),
    schedule("rate(1 day)", { scheduleExpressionTimezone: "" }),
    schedule("rate(1 day)", { flexibleTimeWindowMinutes: 0 }),
    schedule("rate(1 day)", { flexibleTimeWindowMinutes: 2000 }),
  ],
  good: [
    rule({ eventPattern: { source: ["aws.s3"] } }),
    rule({ eventPattern: { source: ["app"], detail: { Ref: ["main"], kind: ["push"] } } }),
    rule({ scheduleExpression: "rate(5 minutes)" }),
    rule({ eventPattern: { $or: [{ source: ["app"] }, { detail: { state: [{ exists: false }] } }] } }),
    schedule("rate(1 day)", { scheduleExpressionTimezone: "America/Argentina/Buenos_Aires" }),
    schedule("rate(1 day)", { flexibleTimeWindowMinutes: 15 }),
    schedule("cron(0 3 * * ? *)"),
    schedule("at(2026-12-24T18:00:00)"),
  ],
};
