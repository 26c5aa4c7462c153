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
  bad: [
    sending(none),
    draw((draft) => {
      const web = fargateWeb(draft, { task: none });
      const files = draft.add("efs", {}, { name: "Files", parent: web.vpc });
      draft.connect(web.container, "mount", files, { accessPoint: { path: "/web" } });
    }),
  ],
  good: [sending({}), draw((draft) => void fargateWeb(draft, { task: none }))],
};
