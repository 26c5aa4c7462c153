import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const none = { taskRole: { mode: "none" as const } };
const sending = (task: object) =>
  draw((draft) => {
    const web = fargateWeb(draft, { task });
    draft.connect(web.container, "send", draft.add("sqsQueue", {}, { name: "Orders" }));
  });

const owning = (action: string) => ({
  taskRole: {
    mode: "own" as const,
    statements: [{ actions: [action], resources: ["arn:aws:sqs:eu-west-1:123456789012:orders"] }],
  },
});

export const examples: Examples = {
  bad: [
    sending(none),
    sending(owning("s3:GetObject")),
    draw((draft) => {
      const web = fargateWeb(draft, { task: none });
      const files = draft.add("efs", {}, { name: "Files", parent: web.vpc });
      draft.connect(web.container, "mount", files, { accessPoint: { path: "/web" } });
    }),
  ],
  good: [sending(owning("sqs:Send*")), sending({}), draw((draft) => void fargateWeb(draft, { task: none }))],
};
