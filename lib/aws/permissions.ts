import type { AwsDocsUrl, Sourced } from "./docs";

const ecsRoles: AwsDocsUrl =
  "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-ecs-iam-role-overview.html";
const managed = <N extends string>(name: N) => `arn:aws:iam::aws:policy/${name}` as const;

export const roleKinds = [
  "instance",
  "managed-instance",
  "task",
  "execution",
  "infrastructure-volumes",
  "infrastructure-managed-instances",
  "infrastructure-load-balancers",
  "ecs-anywhere",
  "codedeploy",
  "events",
  "scheduler",
  "eks-pod-execution",
  "s3-files",
] as const;
export type RoleKind = (typeof roleKinds)[number];

export interface RoleRow extends Sourced {
  /** Service principal of the trust policy. */
  trusts: `${string}.amazonaws.com`;
  /** ARNs of AWS's managed policies; empty: the permissions are the design's own. */
  managedPolicies: readonly string[];
  /** The role's name must start with this. */
  namePrefix?: string;
}

const role = (trusts: RoleRow["trusts"], source: AwsDocsUrl, ...managedPolicies: readonly string[]): RoleRow => ({
  trusts,
  managedPolicies,
  source,
  asOf: "2026-05",
});

/** Whom each role trusts, and which of AWS's managed policies it usually carries. */
export const roles: { readonly [R in RoleKind]: RoleRow } = {
  instance: role(
    "ec2.amazonaws.com",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/instance_IAM_role.html",
    managed("service-role/AmazonEC2ContainerServiceforEC2Role"),
  ),
  "managed-instance": {
    ...role("ec2.amazonaws.com", ecsRoles, managed("AmazonECSInstanceRolePolicyForManagedInstances")),
    namePrefix: "ecsInstanceRole",
  },
  task: role(
    "ecs-tasks.amazonaws.com",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
  ),
  execution: role(
    "ecs-tasks.amazonaws.com",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html",
    managed("service-role/AmazonECSTaskExecutionRolePolicy"),
  ),
  "infrastructure-volumes": role(
    "ecs.amazonaws.com",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/infrastructure_IAM_role.html",
    managed("service-role/AmazonECSInfrastructureRolePolicyForVolumes"),
  ),
  "infrastructure-managed-instances": role(
    "ecs.amazonaws.com",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/infrastructure_IAM_role.html",
    managed("AmazonECSInfrastructureRolePolicyForManagedInstances"),
  ),
  "infrastructure-load-balancers": role(
    "ecs.amazonaws.com",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AmazonECSInfrastructureRolePolicyForLoadBalancers.html",
    managed("AmazonECSInfrastructureRolePolicyForLoadBalancers"),
  ),
  "ecs-anywhere": role(
    "ssm.amazonaws.com",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/iam-role-ecsanywhere.html",
    managed("AmazonSSMManagedInstanceCore"),
    managed("service-role/AmazonEC2ContainerServiceforEC2Role"),
  ),
  codedeploy: role(
    "codedeploy.amazonaws.com",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/codedeploy_IAM_role.html",
    managed("AWSCodeDeployRoleForECS"),
  ),
  events: role(
    "events.amazonaws.com",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/CWE_IAM_role.html",
    managed("service-role/AmazonEC2ContainerServiceEventsRole"),
  ),
  scheduler: role("scheduler.amazonaws.com", "https://docs.aws.amazon.com/scheduler/latest/UserGuide/setting-up.html"),
  "eks-pod-execution": role(
    "eks-fargate-pods.amazonaws.com",
    "https://docs.aws.amazon.com/eks/latest/userguide/pod-execution-role.html",
    managed("AmazonEKSFargatePodExecutionRolePolicy"),
  ),
  "s3-files": role("elasticfilesystem.amazonaws.com", ecsRoles),
};

export const purposes = [
  "pull-image",
  "write-logs",
  "create-log-group",
  "inject-secret",
  "inject-parameter",
  "registry-credentials",
  "environment-file",
  "decrypt",
  "s3-read",
  "s3-write",
  "s3-list",
  "sqs-send",
  "sqs-poll",
  "sns-publish",
  "put-events",
  "efs-mount",
  "efs-mount-read-only",
  "efs-root",
  "s3-files-mount",
  "s3-files-mount-read-only",
  "execute-command",
  "run-task",
  "pass-role",
  "schedule-send",
  "schedule-publish",
  "join-cluster",
] as const;
export type Purpose = (typeof purposes)[number];

/** What the resource of a statement is: always the exact thing, except where AWS's action has no resource. */
export type StatementResource =
  | "*"
  | "repository"
  | "log-group-streams"
  | "log-group"
  | "secret"
  | "parameter"
  | "object"
  | "bucket"
  | "key"
  | "queue"
  | "topic"
  | "event-bus"
  | "file-system"
  | "task-definition"
  | "cluster"
  | "container-instance"
  | "role";

export interface PurposeRow extends Sourced {
  /** The role that needs it. `execution`: on EC2 without one, ECS uses the instance's, except for injected secrets. */
  role: "execution" | "task" | "events-or-scheduler" | "scheduler" | "instance";
  statements: readonly { actions: readonly string[]; on: StatementResource }[];
}

type Statement = PurposeRow["statements"][number];
const on = (resource: StatementResource, ...actions: readonly string[]): Statement => ({ actions, on: resource });
const needs = (who: PurposeRow["role"], source: AwsDocsUrl, ...statements: readonly Statement[]): PurposeRow => ({
  role: who,
  statements,
  source,
  asOf: "2026-05",
});

const executionPage = roles.execution.source;
const taskPage = roles.task.source;
const s3FilesPage: AwsDocsUrl = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-files-security-iam.html";

/** The narrowest actions for what an edge means, on the one thing that it points at. */
export const permissions: { readonly [P in Purpose]: PurposeRow } = {
  "pull-image": needs(
    "execution",
    executionPage,
    on("*", "ecr:GetAuthorizationToken"),
    on("repository", "ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"),
  ),
  "write-logs": needs(
    "execution",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html",
    on("log-group-streams", "logs:CreateLogStream", "logs:PutLogEvents"),
  ),
  "create-log-group": needs(
    "execution",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html",
    on("log-group", "logs:CreateLogGroup"),
  ),
  "inject-secret": needs("execution", executionPage, on("secret", "secretsmanager:GetSecretValue")),
  "inject-parameter": needs("execution", executionPage, on("parameter", "ssm:GetParameters")),
  "registry-credentials": needs("execution", executionPage, on("secret", "secretsmanager:GetSecretValue")),
  "environment-file": needs(
    "execution",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html",
    on("object", "s3:GetObject"),
    on("bucket", "s3:GetBucketLocation"),
  ),
  decrypt: needs("execution", executionPage, on("key", "kms:Decrypt")),
  "s3-read": needs("task", taskPage, on("object", "s3:GetObject")),
  "s3-write": needs("task", taskPage, on("object", "s3:PutObject")),
  "s3-list": needs("task", taskPage, on("bucket", "s3:ListBucket")),
  "sqs-send": needs("task", taskPage, on("queue", "sqs:SendMessage")),
  "sqs-poll": needs(
    "task",
    taskPage,
    on("queue", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"),
  ),
  "sns-publish": needs("task", taskPage, on("topic", "sns:Publish")),
  "put-events": needs("task", taskPage, on("event-bus", "events:PutEvents")),
  "efs-mount": needs(
    "task",
    "https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html",
    on("file-system", "elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"),
  ),
  "efs-mount-read-only": needs(
    "task",
    "https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html",
    on("file-system", "elasticfilesystem:ClientMount"),
  ),
  "efs-root": needs(
    "task",
    "https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html",
    on("file-system", "elasticfilesystem:ClientRootAccess"),
  ),
  "s3-files-mount": needs("task", s3FilesPage, on("file-system", "s3files:ClientMount", "s3files:ClientWrite")),
  "s3-files-mount-read-only": needs("task", s3FilesPage, on("file-system", "s3files:ClientMount")),
  "execute-command": needs(
    "task",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html",
    on(
      "*",
      "ssmmessages:CreateControlChannel",
      "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenControlChannel",
      "ssmmessages:OpenDataChannel",
    ),
  ),
  "run-task": needs("events-or-scheduler", roles.events.source, on("task-definition", "ecs:RunTask")),
  "pass-role": needs("events-or-scheduler", roles.events.source, on("role", "iam:PassRole")),
  "schedule-send": needs("scheduler", roles.scheduler.source, on("queue", "sqs:SendMessage")),
  "schedule-publish": needs("scheduler", roles.scheduler.source, on("topic", "sns:Publish")),
  "join-cluster": needs(
    "instance",
    roles.instance.source,
    on("*", "ecs:DiscoverPollEndpoint"),
    on("cluster", "ecs:RegisterContainerInstance", "ecs:SubmitContainerStateChange", "ecs:SubmitTaskStateChange"),
    on("container-instance", "ecs:Poll", "ecs:StartTelemetrySession"),
  ),
};

/**
 * Actions that belong to a purpose and that it can do without: AWS's own policy for pulling images (PullOnly) leaves out
 * the first, and of the others it depends on the code whether it calls them.
 */
export const optionalActions: Sourced & { readonly actions: ReadonlySet<string> } = {
  source: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/security-iam-awsmanpol.html",
  asOf: "2026-08",
  actions: new Set([
    "ecr:BatchCheckLayerAvailability",
    "ecs:StartTelemetrySession",
    "s3:ListBucket",
    "sqs:ChangeMessageVisibility",
    "sqs:GetQueueAttributes",
  ]),
};

/** Every action of a purpose, in the order of its statements. */
export const actionsFor = (purpose: Purpose): readonly string[] =>
  permissions[purpose].statements.flatMap((statement) => statement.actions);

/** Targets that an EventBridge rule reaches through a resource policy instead of a role, and the action to allow. */
export const ruleResourcePolicies: Sourced & {
  readonly principal: "events.amazonaws.com";
  readonly actions: { readonly [T in "sns" | "sqs" | "lambda"]: string };
} = {
  source: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html",
  asOf: "2026-05",
  principal: "events.amazonaws.com",
  actions: { sns: "sns:Publish", sqs: "sqs:SendMessage", lambda: "lambda:InvokeFunction" },
};
