import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const trusting = (trusts?: string) =>
  draw((draft) => void fargateWeb(draft, { task: { taskRole: { mode: "own", ...(trusts ? { trusts } : {}) } } }));

type Role = NonNullable<InputOf<"taskDefinition">["taskRole"]>;
const role = (taskRole: Role) => draw((draft) => void fargateWeb(draft, { task: { taskRole } }));
const allowing = (actions: string[], resources: string[]) =>
  role({ mode: "own", statements: [{ actions, resources }] });
const queue = "arn:aws:sqs:eu-west-1:123456789012:orders";

export const examples: Examples = {
  bad: [
    role({ mode: "existing", arn: "my-role" }),
    role({ mode: "own", managedPolicyArns: ["ReadOnlyAccess"] }),
    allowing(["SendMessage"], [queue]),
    allowing([], [queue]),
    allowing(["sqs:SendMessage"], ["orders"]),
    allowing(["sqs:SendMessage"], []),
    trusting("ec2.amazonaws.com"),
    trusting("ecs.amazonaws.com"),
  ],
  good: [
    role({ mode: "existing", arn: "arn:aws-cn:iam::123456789012:role/apps/web" }),
    role({ mode: "own", managedPolicyArns: ["arn:aws:iam::aws:policy/service-role/X"] }),
    allowing(["sqs:Send*", "s3:GetObject"], [queue, "arn:aws:s3:::bucket/*"]),
    trusting(),
    trusting("ecs-tasks.amazonaws.com"),
  ],
};
