import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const none = { taskRole: { mode: "none" as const } };
const sending = (task: object) =>
  draw((draft) => {
    const web = fargateWeb(draft, { task });
    draft.connect(web.container, "send", draft.add("sqsQueue", {}, { name: "Orders" }));
  });

const owning = (action: string, resource = "arn:aws:sqs:*:*:*") => ({
  taskRole: { mode: "own" as const, statements: [{ actions: [action], resources: [resource] }] },
});

export const examples: Examples = {
  bad: [
    sending(none),
    sending(owning("s3:GetObject")),
    sending(owning("sqs:SendMessage", "arn:aws:sns:*:*:*")),
    draw((draft) => {
      const web = fargateWeb(draft, { task: none });
      const files = draft.add("efs", {}, { name: "Files", parent: web.vpc });
      draft.connect(web.container, "mount", files, { accessPoint: { path: "/web" } });
    }),
  ],
  good: [sending(owning("sqs:Send*")), sending({}), draw((draft) => void fargateWeb(draft, { task: none }))],
  // Whether the queue gets this name, and in this account, only the deployment tells.
  unknowable: [sending(owning("sqs:Send*", "arn:aws:sqs:*:123456789012:orders"))],
};
