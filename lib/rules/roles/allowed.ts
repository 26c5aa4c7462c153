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

/**
 * Whether a role's policies allow an action on anything at all. Nobody knows of a role that exists already, nor of a
 * managed policy that is not in the table above.
 */
export function permission(role: RoleSlot, action: string): "yes" | "no" | "unknown" {
  if (role.mode === "existing") return "unknown";
  if (role.mode !== "own") return role.mode === "none" ? "no" : "yes";
  const allowed = (patterns: readonly string[]) => patterns.some((pattern) => matches(pattern, action));
  const policies = role.managedPolicyArns.map((arn) => {
    const name = /^arn:[a-z-]+:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
    return name === undefined ? undefined : own<readonly string[]>(managed, name);
  });
  if (role.statements.some((statement) => allowed(statement.actions))) return "yes";
  if (policies.some((actions) => actions && allowed(actions))) return "yes";
  return policies.includes(undefined) ? "unknown" : "no";
}

/** False only when a role certainly does not allow an action. */
export const mayDo = (role: RoleSlot, action: string): boolean => permission(role, action) !== "no";

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
