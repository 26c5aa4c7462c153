import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const watching = (detailType?: string, props: InputOf<"eventRule"> = {}, target = true) =>
  draw((draft) => {
    const web = fargateWeb(draft);
    const rule = draft.add("eventRule", props, { name: "Stopped" });
    draft.connect(web.service, "intercept", rule, detailType === undefined ? {} : { detailType });
    if (target) draft.connect(rule, "deliver", draft.add("snsTopic", {}, { name: "Alerts" }));
  });
const byHand = (eventPattern: InputOf<"eventRule">["eventPattern"]) =>
  draw((draft) => {
    fargateWeb(draft);
    const rule = draft.add("eventRule", { eventPattern }, { name: "Stopped" });
    draft.connect(rule, "deliver", draft.add("snsTopic", {}, { name: "Alerts" }));
  });

export const examples: Examples = {
  bad: [
    watching("ECS Task Stopped"),
    watching(undefined, { eventBusName: "orders" }),
    byHand({ source: ["aws.ecs"] }),
    byHand({ source: ["aws.ecs"], "detail-type": ["Task stopped"], detail: { lastStatus: ["STOPPED"] } }),
  ],
  good: [
    watching(),
    byHand({ source: ["aws.ecs"], "detail-type": ["ECS Task State Change"], detail: { lastStatus: ["STOPPED"] } }),
    byHand({ source: ["aws.s3"] }),
  ],
};
