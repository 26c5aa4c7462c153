import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const may = (actions: string[], resources: string[]) =>
  draw(
    (draft) => void fargateWeb(draft, { task: { taskRole: { mode: "own", statements: [{ actions, resources }] } } }),
  );

export const examples: Examples = {
  bad: [may(["*"], ["*"]), may(["s3:*"], ["arn:aws:s3:::bucket/*"]), may(["sqs:SendMessage"], ["*"])],
  good: [
    may(["sqs:SendMessage"], ["arn:aws:sqs:us-east-1:123456789012:orders"]),
    may(["ecr:GetAuthorizationToken"], ["*"]),
    draw((draft) => void fargateWeb(draft)),
  ],
};
