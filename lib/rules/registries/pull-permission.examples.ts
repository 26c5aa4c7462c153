import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const own = (...managedPolicyArns: string[]) => ({ mode: "own" as const, managedPolicyArns });
const AWS = "arn:aws:iam::aws:policy/";

export const examples: Examples = {
  bad: [
    draw((draft) => void fargateWeb(draft, { task: { executionRole: own(`${AWS}CloudWatchLogsFullAccess`) } })),
    draw(
      (draft) =>
        void ec2Web(draft, {
          task: { executionRole: { mode: "none" } },
          capacity: {
            instanceRole: { mode: "own", statements: [{ actions: ["ecs:*"], resources: ["*"] }] },
          },
        }),
    ),
  ],
  good: [
    draw((draft) => void fargateWeb(draft)),
    draw((draft) => {
      const executionRole = own(`${AWS}AmazonEC2ContainerRegistryPullOnly`, `${AWS}CloudWatchLogsFullAccess`);
      fargateWeb(draft, { task: { executionRole } });
    }),
    draw(
      (draft) =>
        void fargateWeb(draft, { task: { executionRole: own(`${AWS}service-role/AmazonECSTaskExecutionRolePolicy`) } }),
    ),
  ],
  unknowable: [
    draw(
      (draft) => void fargateWeb(draft, { task: { executionRole: own("arn:aws:iam::123456789012:policy/company") } }),
    ),
    draw(
      (draft) =>
        void fargateWeb(draft, {
          task: { executionRole: { mode: "existing", arn: "arn:aws:iam::123456789012:role/x" } },
        }),
    ),
  ],
};
