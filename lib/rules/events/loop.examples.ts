import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const reacting = (to: "cluster" | "service") =>
  draw((draft) => {
    const web = fargateWeb(draft);
    const rule = draft.add("eventRule", {}, { name: "Stopped" });
    const lost = draft.add("sqsQueue", {}, { name: "Lost" });
    draft.connect(web[to], "intercept", rule);
    draft.connect(rule, "runTask", web.task, { cluster: web.cluster, deadLetterQueue: lost });
  });

export const examples: Examples = { bad: [reacting("cluster")], good: [reacting("service")] };
