import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const starting = (what: "service" | "task") =>
  draw((draft) => {
    const web = fargateWeb(draft);
    const lost = draft.add("sqsQueue", {}, { name: "Lost" });
    const schedule = draft.add("eventSchedule", {}, { name: "Nightly" });
    draft.connect(schedule, "runTask", web[what], { cluster: web.cluster, deadLetterQueue: lost });
  });

export const examples: Examples = { bad: [starting("service")], good: [starting("task")] };
