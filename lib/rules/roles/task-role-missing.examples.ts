import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const none = { taskRole: { mode: "none" as const } };
const sending = (task: object) =>
  draw((draft) => {
    const web = fargateWeb(draft, { task });
    draft.connect(web.container, "send", draft.add("sqsQueue", {}, { name: "Orders" }));
  });

export const examples: Examples = {
  bad: [sending(none)],
  good: [sending({}), draw((draft) => void fargateWeb(draft, { task: none }))],
};
