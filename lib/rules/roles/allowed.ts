import type { RoleSlot } from "../../catalog/fields/roles";
import { own } from "../../core/json";

const pull = [
  "ecr:GetAuthorizationToken",
  "ecr:BatchCheckLayerAvailability",
  "ecr:GetDownloadUrlForLayer",
  "ecr:BatchGetImage",
];
const writeLogs = ["logs:CreateLogStream", "logs:PutLogEvents"];

/**
 * What AWS's usual managed policies allow of the actions that rules ask about. Of all others nobody knows here.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
const managed: Readonly<Record<string, readonly string[]>> = {
  "service-role/AmazonECSTaskExecutionRolePolicy": [...pull, ...writeLogs],
  "service-role/AmazonEC2ContainerServiceforEC2Role": ["ecs:*", ...pull, ...writeLogs],
  AmazonEC2ContainerRegistryReadOnly: pull,
  AmazonEC2ContainerRegistryPullOnly: pull,
  AmazonSSMManagedInstanceCore: ["ssm:*", "ssmmessages:*", "ec2messages:*"],
  CloudWatchLogsFullAccess: ["logs:*"],
  AmazonS3ReadOnlyAccess: ["s3:Get*", "s3:List*"],
  AmazonS3FullAccess: ["s3:*"],
  AmazonSQSFullAccess: ["sqs:*"],
  AmazonSNSFullAccess: ["sns:*"],
  SecretsManagerReadWrite: ["secretsmanager:*"],
};

/** Whether a role's policies allow an action. False only when they certainly do not: what a policy holds that is not known here counts as yes. */
export function mayDo(role: RoleSlot, action: string): boolean {
  if (role.mode !== "own") return role.mode !== "none";
  const allowed = (patterns: readonly string[]) => patterns.some((pattern) => matches(pattern, action));
  const byPolicy = role.managedPolicyArns.some((arn) => {
    const name = /^arn:[a-z-]+:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
    const actions = name === undefined ? undefined : own<readonly string[]>(managed, name);
    return actions === undefined || allowed(actions);
  });
  return byPolicy || role.statements.some((statement) => allowed(statement.actions));
}

/** Those of the actions that a role taken over by hand certainly does not allow. */
export const lacking = (role: RoleSlot, actions: readonly string[]): string[] =>
  role.mode === "own" ? [...new Set(actions)].filter((action) => !mayDo(role, action)) : [];

const matches = (pattern: string, action: string): boolean =>
  new RegExp(
    `^${pattern
      .split("*")
      .map((part) => part.replace(/[.+^$()|[\]{}\\?]/g, "\\$&"))
      .join(".*")}$`,
    "i",
  ).test(action);
