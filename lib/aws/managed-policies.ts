import type { AwsDocsUrl, Sourced } from "./docs";

/** A policy that AWS keeps: what its default version says, statement by statement. */
export interface ManagedPolicy extends Sourced {
  /** Default version on the day named. */
  version: `v${number}`;
  statements: readonly ManagedStatement[];
}

export interface ManagedStatement {
  actions: readonly string[];
  resources: readonly string[];
  /** Operator → key → values. */
  conditions?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

const reference = (name: string): AwsDocsUrl =>
  `https://docs.aws.amazon.com/aws-managed-policy/latest/reference/${name}.html`;
const policy = (name: string, version: ManagedPolicy["version"], ...statements: ManagedStatement[]): ManagedPolicy => ({
  version,
  statements,
  source: reference(name),
  asOf: "2026-08",
});
const allow = (...actions: readonly string[]): ManagedStatement => ({ actions, resources: ["*"] });

/**
 * Policies of AWS that roles of designs carry, by what follows "arn:aws:iam::aws:policy/". All of their statements
 * allow. Of every other policy nobody knows here what it says.
 */
export const managedPolicies: Readonly<Record<string, ManagedPolicy>> = {
  "service-role/AmazonECSTaskExecutionRolePolicy": policy(
    "AmazonECSTaskExecutionRolePolicy",
    "v1",
    allow(
      "ecr:GetAuthorizationToken",
      "ecr:BatchCheckLayerAvailability",
      "ecr:GetDownloadUrlForLayer",
      "ecr:BatchGetImage",
      "logs:CreateLogStream",
      "logs:PutLogEvents",
    ),
  ),
  "service-role/AmazonEC2ContainerServiceforEC2Role": policy(
    "AmazonEC2ContainerServiceforEC2Role",
    "v10",
    allow(
      "ec2:DescribeTags",
      "ecs:CreateCluster",
      "ecs:DeregisterContainerInstance",
      "ecs:DiscoverPollEndpoint",
      "ecs:Poll",
      "ecs:RegisterContainerInstance",
      "ecs:StartTelemetrySession",
      "ecs:UpdateContainerInstancesState",
      "ecs:Submit*",
      "ecr:GetAuthorizationToken",
      "ecr:BatchCheckLayerAvailability",
      "ecr:GetDownloadUrlForLayer",
      "ecr:BatchGetImage",
      "logs:CreateLogStream",
      "logs:PutLogEvents",
    ),
    {
      actions: ["ecs:TagResource"],
      resources: ["*"],
      conditions: { StringEquals: { "ecs:CreateAction": ["CreateCluster", "RegisterContainerInstance"] } },
    },
    {
      actions: ["ecs:ListTagsForResource"],
      resources: ["arn:aws:ecs:*:*:task/*/*", "arn:aws:ecs:*:*:container-instance/*/*"],
    },
  ),
  "service-role/AmazonEC2ContainerServiceEventsRole": policy(
    "AmazonEC2ContainerServiceEventsRole",
    "v3",
    allow("ecs:RunTask"),
    {
      actions: ["iam:PassRole"],
      resources: ["*"],
      conditions: { StringLike: { "iam:PassedToService": ["ecs-tasks.amazonaws.com"] } },
    },
    {
      actions: ["ecs:TagResource"],
      resources: ["*"],
      conditions: { StringEquals: { "ecs:CreateAction": ["RunTask"] } },
    },
  ),
  AmazonEC2ContainerRegistryPullOnly: policy(
    "AmazonEC2ContainerRegistryPullOnly",
    "v1",
    allow(
      "ecr:GetAuthorizationToken",
      "ecr:BatchGetImage",
      "ecr:GetDownloadUrlForLayer",
      "ecr:BatchImportUpstreamImage",
    ),
  ),
  AmazonEC2ContainerRegistryReadOnly: policy(
    "AmazonEC2ContainerRegistryReadOnly",
    "v3",
    allow(
      "ecr:GetAuthorizationToken",
      "ecr:BatchCheckLayerAvailability",
      "ecr:GetDownloadUrlForLayer",
      "ecr:GetRepositoryPolicy",
      "ecr:DescribeRepositories",
      "ecr:ListImages",
      "ecr:DescribeImages",
      "ecr:BatchGetImage",
      "ecr:GetLifecyclePolicy",
      "ecr:GetLifecyclePolicyPreview",
      "ecr:ListTagsForResource",
      "ecr:DescribeImageScanFindings",
    ),
  ),
  AmazonEC2ContainerRegistryPowerUser: policy(
    "AmazonEC2ContainerRegistryPowerUser",
    "v3",
    allow(
      "ecr:GetAuthorizationToken",
      "ecr:BatchCheckLayerAvailability",
      "ecr:GetDownloadUrlForLayer",
      "ecr:GetRepositoryPolicy",
      "ecr:DescribeRepositories",
      "ecr:ListImages",
      "ecr:DescribeImages",
      "ecr:BatchGetImage",
      "ecr:GetLifecyclePolicy",
      "ecr:GetLifecyclePolicyPreview",
      "ecr:ListTagsForResource",
      "ecr:DescribeImageScanFindings",
      "ecr:InitiateLayerUpload",
      "ecr:UploadLayerPart",
      "ecr:CompleteLayerUpload",
      "ecr:PutImage",
    ),
  ),
  AmazonSSMManagedInstanceCore: policy(
    "AmazonSSMManagedInstanceCore",
    "v2",
    allow(
      "ssm:DescribeAssociation",
      "ssm:GetDeployablePatchSnapshotForInstance",
      "ssm:GetDocument",
      "ssm:DescribeDocument",
      "ssm:GetManifest",
      "ssm:GetParameter",
      "ssm:GetParameters",
      "ssm:ListAssociations",
      "ssm:ListInstanceAssociations",
      "ssm:PutInventory",
      "ssm:PutComplianceItems",
      "ssm:PutConfigurePackageResult",
      "ssm:UpdateAssociationStatus",
      "ssm:UpdateInstanceAssociationStatus",
      "ssm:UpdateInstanceInformation",
    ),
    allow(
      "ssmmessages:CreateControlChannel",
      "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenControlChannel",
      "ssmmessages:OpenDataChannel",
    ),
    allow(
      "ec2messages:AcknowledgeMessage",
      "ec2messages:DeleteMessage",
      "ec2messages:FailMessage",
      "ec2messages:GetEndpoint",
      "ec2messages:GetMessages",
      "ec2messages:SendReply",
    ),
  ),
  AmazonSSMReadOnlyAccess: policy("AmazonSSMReadOnlyAccess", "v1", allow("ssm:Describe*", "ssm:Get*", "ssm:List*")),
  CloudWatchLogsFullAccess: policy(
    "CloudWatchLogsFullAccess",
    "v8",
    allow(
      "logs:*",
      "cloudwatch:GenerateQuery",
      "cloudwatch:GenerateQueryResultsSummary",
      "observabilityadmin:GetS3TableIntegration",
      "observabilityadmin:ListS3TableIntegrations",
      "observabilityadmin:ListTelemetryPipelines",
    ),
  ),
  AmazonS3ReadOnlyAccess: policy(
    "AmazonS3ReadOnlyAccess",
    "v3",
    allow("s3:Get*", "s3:List*", "s3:Describe*", "s3-object-lambda:Get*", "s3-object-lambda:List*"),
  ),
  AmazonS3FullAccess: policy("AmazonS3FullAccess", "v2", allow("s3:*", "s3-object-lambda:*")),
  AmazonSQSFullAccess: policy("AmazonSQSFullAccess", "v1", allow("sqs:*")),
  AmazonSQSReadOnlyAccess: policy(
    "AmazonSQSReadOnlyAccess",
    "v4",
    allow(
      "sqs:GetQueueAttributes",
      "sqs:GetQueueUrl",
      "sqs:ListDeadLetterSourceQueues",
      "sqs:ListQueues",
      "sqs:ListMessageMoveTasks",
      "sqs:ListQueueTags",
    ),
  ),
  AmazonSNSFullAccess: policy("AmazonSNSFullAccess", "v2", allow("sns:*"), {
    actions: [
      "sms-voice:DescribeVerifiedDestinationNumbers",
      "sms-voice:CreateVerifiedDestinationNumber",
      "sms-voice:SendDestinationNumberVerificationCode",
      "sms-voice:SendTextMessage",
      "sms-voice:DeleteVerifiedDestinationNumber",
      "sms-voice:VerifyDestinationNumber",
      "sms-voice:DescribeAccountAttributes",
      "sms-voice:DescribeSpendLimits",
      "sms-voice:DescribePhoneNumbers",
      "sms-voice:SetTextMessageSpendLimitOverride",
      "sms-voice:DescribeOptedOutNumbers",
      "sms-voice:DeleteOptedOutNumber",
    ],
    resources: ["*"],
    conditions: { StringEquals: { "aws:CalledViaLast": ["sns.amazonaws.com"] } },
  }),
  SecretsManagerReadWrite: policy(
    "SecretsManagerReadWrite",
    "v6",
    allow(
      "secretsmanager:*",
      "cloudformation:CreateChangeSet",
      "cloudformation:DescribeChangeSet",
      "cloudformation:DescribeStackResource",
      "cloudformation:DescribeStacks",
      "cloudformation:ExecuteChangeSet",
      "docdb-elastic:GetCluster",
      "docdb-elastic:ListClusters",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
      "ec2:DescribeVpcs",
      "kms:DescribeKey",
      "kms:ListAliases",
      "kms:ListKeys",
      "lambda:ListFunctions",
      "rds:DescribeDBClusters",
      "rds:DescribeDBInstances",
      "redshift:DescribeClusters",
      "redshift-serverless:ListWorkgroups",
      "redshift-serverless:GetNamespace",
      "tag:GetResources",
    ),
    {
      actions: [
        "lambda:AddPermission",
        "lambda:CreateFunction",
        "lambda:GetFunction",
        "lambda:InvokeFunction",
        "lambda:UpdateFunctionConfiguration",
      ],
      resources: ["arn:aws:lambda:*:*:function:SecretsManager*"],
    },
    {
      actions: ["serverlessrepo:CreateCloudFormationChangeSet", "serverlessrepo:GetApplication"],
      resources: ["arn:aws:serverlessrepo:*:*:applications/SecretsManager*"],
    },
    {
      actions: ["s3:GetObject"],
      resources: ["arn:aws:s3:::awsserverlessrepo-changesets*", "arn:aws:s3:::secrets-manager-rotation-apps-*/*"],
    },
    {
      actions: ["cloudformation:TagResource", "cloudformation:UntagResource"],
      resources: ["*"],
      conditions: { StringEquals: { "cloudformation:CreateAction": ["CreateChangeSet", "ExecuteChangeSet"] } },
    },
  ),
  AmazonElasticFileSystemClientFullAccess: policy(
    "AmazonElasticFileSystemClientFullAccess",
    "v1",
    allow(
      "elasticfilesystem:ClientMount",
      "elasticfilesystem:ClientRootAccess",
      "elasticfilesystem:ClientWrite",
      "elasticfilesystem:DescribeMountTargets",
    ),
  ),
  AmazonElasticFileSystemClientReadWriteAccess: policy(
    "AmazonElasticFileSystemClientReadWriteAccess",
    "v1",
    allow("elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite", "elasticfilesystem:DescribeMountTargets"),
  ),
  AmazonElasticFileSystemClientReadOnlyAccess: policy(
    "AmazonElasticFileSystemClientReadOnlyAccess",
    "v1",
    allow("elasticfilesystem:ClientMount", "elasticfilesystem:DescribeMountTargets"),
  ),
  AmazonS3FilesClientFullAccess: policy(
    "AmazonS3FilesClientFullAccess",
    "v1",
    allow("s3files:ClientMount", "s3files:ClientWrite", "s3files:ClientRootAccess"),
  ),
  AmazonS3FilesClientReadWriteAccess: policy(
    "AmazonS3FilesClientReadWriteAccess",
    "v1",
    allow("s3files:ClientMount", "s3files:ClientWrite"),
  ),
  AmazonS3FilesClientReadOnlyAccess: policy("AmazonS3FilesClientReadOnlyAccess", "v1", allow("s3files:ClientMount")),
  AWSXRayDaemonWriteAccess: policy(
    "AWSXRayDaemonWriteAccess",
    "v2",
    allow(
      "xray:PutTraceSegments",
      "xray:PutTelemetryRecords",
      "xray:GetSamplingRules",
      "xray:GetSamplingTargets",
      "xray:GetSamplingStatisticSummaries",
    ),
  ),
  AdministratorAccess: policy("AdministratorAccess", "v1", allow("*")),
};

/** The policy that an ARN of any partition names; undefined for a policy of somebody else's and for one not known here. */
export function managedPolicy(arn: string): ManagedPolicy | undefined {
  const name = /^arn:[a-z-]+:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  return name !== undefined && Object.hasOwn(managedPolicies, name) ? managedPolicies[name] : undefined;
}

/** The whole name of a policy of AWS's that is written without its path, or with another one. */
export const policyCalled = (name: string): string | undefined =>
  Object.keys(managedPolicies).find((whole) => whole.endsWith(`/${name}`));
