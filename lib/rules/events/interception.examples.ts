import type * as z from "zod";
import type { InputOf } from "../../catalog";
import type { relations } from "../../catalog/relations";
import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

type Watch = z.input<(typeof relations)["intercept"]["props"]>;
const watching = (watch: Watch = {}, props: InputOf<"eventRule"> = {}, target = true) =>
  draw((draft) => {
    const web = fargateWeb(draft);
    const rule = draft.add("eventRule", props, { name: "Stopped" });
    draft.connect(web.service, "intercept", rule, watch);
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
    watching({ detailType: "ECS Task Stopped" }),
    watching({}, { eventBusName: "orders" }),
    watching({ lastStatus: ["Stopped"] }),
    watching({ stopCode: ["OutOfMemory"] }),
    byHand({ source: ["aws.ecs"] }),
    byHand({ source: ["aws.ecs"], "detail-type": ["Task stopped"], detail: { lastStatus: ["STOPPED"] } }),
  ],
  good: [
    watching(),
    byHand({ source: ["aws.ecs"], "detail-type": ["ECS Task State Change"], detail: { lastStatus: ["STOPPED"] } }),
    watching({ lastStatus: ["STOPPED", "RUNNING"], stopCode: ["SpotInterruption"] }),
    byHand({
      source: ["aws.ecs"],
      "detail-type": ["ECS Service Action"],
      detail: { eventName: ["SERVICE_DEPLOYMENT_FAILED"] },
    }),
    byHand({ source: ["aws.ecs"], "detail-type": ["ECS Deployment State Change"] }),
    byHand({ source: ["aws.ecs"], detail: { desiredStatus: ["STOPPED"] } }),
    byHand({ source: ["aws.s3"] }),
  ],
};
