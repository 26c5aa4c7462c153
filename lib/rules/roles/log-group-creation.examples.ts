import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const creating = { logDriver: "awslogs", options: { "awslogs-group": "/app", "awslogs-create-group": "true" } };
const usual = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";
const role = (...actions: string[]) => ({
  mode: "own" as const,
  managedPolicyArns: [usual],
  statements: actions.length > 0 ? [{ actions, resources: ["arn:aws:logs:*:*:log-group:/app:*"] }] : [],
});
const web = (executionRole?: object) =>
  draw((draft) => {
    const task = executionRole ? { executionRole: executionRole as never } : {};
    fargateWeb(draft, { container: { logConfiguration: creating }, task });
  });

export const examples: Examples = {
  bad: [
    web(role()),
    // Without an execution role the instances write, with a policy that has everything but this.
    draw((draft) => {
      ec2Web(draft, { container: { logConfiguration: creating }, task: { executionRole: { mode: "none" } } });
    }),
  ],
  good: [web(), web(role("logs:CreateLogGroup"))],
  unknowable: [web({ mode: "existing", arn: "arn:aws:iam::123456789012:role/web" })],
};
