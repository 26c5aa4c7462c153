import { compareKeys } from "../../core/json";
import type { Stack } from "../../stack/stack";
import type { Infrastructure, PipelineId, Plan } from "./plan";

/**
 * IAM's prefixes of the services that a resource type belongs to, where they are not the type's own word in small
 * letters. https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const prefixes: Readonly<Record<string, readonly string[]>> = {
  ApplicationAutoScaling: ["application-autoscaling", "cloudwatch"],
  CertificateManager: ["acm"],
  EFS: ["elasticfilesystem"],
  ElasticLoadBalancingV2: ["elasticloadbalancing"],
  // A namespace that is found by DNS has a hosted zone.
  ServiceDiscovery: ["servicediscovery", "route53"],
};

/** Actions on the services of the stack; IAM has statements of its own. */
function actionsFor(stack: Stack): string[] {
  const found = new Set<string>();
  for (const { type } of Object.values(stack.resources)) {
    const service = type.split("::")[1] ?? "";
    if (!type.startsWith("AWS::") || service === "IAM" || !/^[A-Za-z0-9]+$/.test(service)) continue;
    const own = Object.hasOwn(prefixes, service) ? prefixes[service] : undefined;
    for (const prefix of own ?? [service.toLowerCase()]) found.add(`${prefix}:*`);
  }
  if (Object.values(stack.parameters).some(({ type }) => type.startsWith("AWS::SSM::"))) {
    found.add("ssm:GetParameters");
  }
  return [...found].sort(compareKeys);
}

/** What makes and changes the resources: the stack's services, and only roles that are named after the stack. */
const making = (plan: Plan): string[] => [
  "- Sid: Services",
  "  Effect: Allow",
  "  Action:",
  ...actionsFor(plan.stack).map((action) => `    - ${action}`),
  '  Resource: "*"',
  "- Sid: Roles",
  "  Effect: Allow",
  "  Action:",
  ...[
    "AddRoleToInstanceProfile",
    "AttachRolePolicy",
    "CreateInstanceProfile",
    "CreateRole",
    "DeleteInstanceProfile",
    "DeleteRole",
    "DeleteRolePolicy",
    "DetachRolePolicy",
    "GetInstanceProfile",
    "GetRole",
    "GetRolePolicy",
    "ListAttachedRolePolicies",
    "ListInstanceProfilesForRole",
    "ListRolePolicies",
    "PassRole",
    "PutRolePolicy",
    "RemoveRoleFromInstanceProfile",
    "TagInstanceProfile",
    "TagRole",
    "UntagRole",
    "UpdateAssumeRolePolicy",
    "UpdateRole",
  ].map((action) => `    - iam:${action}`),
  "  Resource:",
  "    - !Sub arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${StackName}-*",
  "    - !Sub arn:${AWS::Partition}:iam::${AWS::AccountId}:instance-profile/${StackName}-*",
  "- Sid: RolesOfServices",
  "  Effect: Allow",
  "  Action: iam:CreateServiceLinkedRole",
  "  Resource: !Sub arn:${AWS::Partition}:iam::${AWS::AccountId}:role/aws-service-role/*",
];

const stacks = [
  "- Sid: Stacks",
  "  Effect: Allow",
  "  Action:",
  "    - cloudformation:CreateChangeSet",
  "    - cloudformation:DeleteChangeSet",
  "    - cloudformation:DescribeChangeSet",
  "    - cloudformation:DescribeEvents",
  "    - cloudformation:DescribeStackEvents",
  "    - cloudformation:DescribeStacks",
  "    - cloudformation:ExecuteChangeSet",
  "    - cloudformation:GetTemplate",
  "  Resource:",
  "    - !Sub arn:${AWS::Partition}:cloudformation:*:${AWS::AccountId}:stack/${StackName}/*",
  "    - !Sub arn:${AWS::Partition}:cloudformation:*:${AWS::AccountId}:stack/${StackName}-*/*",
  "- Sid: Summaries",
  "  Effect: Allow",
  "  Action: cloudformation:GetTemplateSummary",
  '  Resource: "*"',
];

interface Rights {
  /** Statements of the role that the workflow takes over. */
  deploy(plan: Plan): string[];
  resources?(plan: Plan): string[];
  outputs?(plan: Plan): string[];
}

const rights: Readonly<Record<Infrastructure, Rights>> = {
  cloudformation: {
    deploy: (plan) => [
      ...stacks,
      "- Sid: HandOver",
      "  Effect: Allow",
      "  Action: iam:PassRole",
      "  Resource: !GetAtt ExecutionRole.Arn",
      "  Condition:",
      "    StringEquals:",
      "      iam:PassedToService: cloudformation.amazonaws.com",
      ...(plan.bucket
        ? [
            "- Sid: Templates",
            "  Effect: Allow",
            "  Action:",
            "    - s3:GetObject",
            "    - s3:PutObject",
            "  Resource: !Sub ${Templates.Arn}/*",
            "- Sid: TemplateBucket",
            "  Effect: Allow",
            "  Action:",
            "    - s3:GetBucketLocation",
            "    - s3:ListBucket",
            "  Resource: !GetAtt Templates.Arn",
          ]
        : []),
    ],
    resources: (plan) => [
      "  # Only CloudFormation takes this role over; the workflow cannot use its rights but through a stack.",
      "  ExecutionRole:",
      "    Type: AWS::IAM::Role",
      "    Properties:",
      "      AssumeRolePolicyDocument:",
      '        Version: "2012-10-17"',
      "        Statement:",
      "          - Effect: Allow",
      "            Principal:",
      "              Service: cloudformation.amazonaws.com",
      "            Action: sts:AssumeRole",
      "      Policies:",
      "        - PolicyName: Make",
      "          PolicyDocument:",
      '            Version: "2012-10-17"',
      "            Statement:",
      ...indented(making(plan), 14),
      ...(plan.bucket
        ? [
            "  # Templates above 51,200 bytes go through a bucket.",
            "  Templates:",
            "    Type: AWS::S3::Bucket",
            "    DeletionPolicy: Retain",
            "    UpdateReplacePolicy: Retain",
            "    Properties:",
            "      PublicAccessBlockConfiguration:",
            "        BlockPublicAcls: true",
            "        BlockPublicPolicy: true",
            "        IgnorePublicAcls: true",
            "        RestrictPublicBuckets: true",
          ]
        : []),
    ],
    outputs: (plan) => [
      "  ExecutionRoleArn:",
      "    Description: Goes into the variable AWS_EXECUTION_ROLE_ARN",
      "    Value: !GetAtt ExecutionRole.Arn",
      ...(plan.bucket
        ? [
            "  TemplateBucket:",
            "    Description: Goes into the variable AWS_TEMPLATE_BUCKET",
            "    Value: !Ref Templates",
          ]
        : []),
    ],
  },
  cdk: {
    deploy: () => [
      "- Sid: RolesOfTheCdk",
      "  Effect: Allow",
      "  Action: sts:AssumeRole",
      "  Resource: !Sub arn:${AWS::Partition}:iam::${AWS::AccountId}:role/cdk-hnb659fds-*",
    ],
  },
  terraform: {
    deploy: (plan) => [
      ...making(plan),
      "- Sid: State",
      "  Effect: Allow",
      "  Action:",
      "    - s3:DeleteObject",
      "    - s3:GetObject",
      "    - s3:ListBucket",
      "    - s3:PutObject",
      "  Resource:",
      "    - !Sub arn:${AWS::Partition}:s3:::${StateBucket}",
      "    - !Sub arn:${AWS::Partition}:s3:::${StateBucket}/${StackName}*.tfstate*",
    ],
  },
};

const indented = (lines: readonly string[], by: number): string[] => lines.map((line) => " ".repeat(by) + line);

interface Trust {
  about: string;
  /** Host of the tokens, which is the name of the identity provider in AWS. */
  issuer: string;
  audience: string;
  parameters: readonly string[];
  conditions: readonly string[];
  /** What the token says of who asks: whole texts, without a wildcard. */
  subject(plan: Plan): string[];
}

/** How each host's tokens are told from all others. */
const trusts: Readonly<Record<PipelineId, Trust>> = {
  /**
   * Repositories made since July 2026 are named with their ids in the token.
   * https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens/
   */
  github: {
    about: "Lets the deployments of one GitHub repository into this account, without a long-lived key.",
    issuer: "token.actions.githubusercontent.com",
    audience: "sts.amazonaws.com",
    parameters: [
      "  Owner:",
      "    Type: String",
      "    Description: Owner of the repository on GitHub",
      '    AllowedPattern: "[A-Za-z0-9_-]+"',
      "  Repository:",
      "    Type: String",
      "    Description: Name of the repository, without the owner",
      '    AllowedPattern: "[A-Za-z0-9._-]+"',
      "  OwnerId:",
      "    Type: String",
      '    Default: ""',
      "    Description: Number of the owner, for repositories made or renamed since 15 July 2026 (gh api users/OWNER --jq .id)",
      '    AllowedPattern: "[0-9]*"',
      "  RepositoryId:",
      "    Type: String",
      '    Default: ""',
      "    Description: Number of the repository, given together with OwnerId (gh api repos/OWNER/NAME --jq .id)",
      '    AllowedPattern: "[0-9]*"',
    ],
    conditions: ['  OldSubject: !Equals [!Ref RepositoryId, ""]'],
    subject: (plan) => {
      const subjects = (repository: string): string[] =>
        plan.environments.map(({ name }) => `- !Sub repo:${repository}:environment:${name}`);
      return [
        "                # Whole subjects, without a wildcard: no other repository, and no job outside these environments.",
        "                token.actions.githubusercontent.com:sub: !If",
        "                  - OldSubject",
        ...listed(subjects("${Owner}/${Repository}")),
        ...listed(subjects("${Owner}@${OwnerId}/${Repository}@${RepositoryId}")),
      ];
    },
  },
  /** https://docs.gitlab.com/ci/cloud_services/aws/ */
  gitlab: {
    about: "Lets the deployments of one GitLab project into this account, without a long-lived key.",
    issuer: "gitlab.com",
    audience: "https://gitlab.com",
    parameters: [
      "  ProjectPath:",
      "    Type: String",
      "    Description: Groups and name of the project on GitLab, such as acme/shop",
      '    AllowedPattern: "[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)+"',
      "  Branch:",
      "    Type: String",
      "    Default: main",
      "    Description: The only branch that may deploy; protect it",
      '    AllowedPattern: "[A-Za-z0-9_./-]+"',
    ],
    conditions: [],
    subject: () => [
      "                # The whole subject, without a wildcard: no other project, no other branch, no merge request.",
      "                gitlab.com:sub: !Sub project_path:${ProjectPath}:ref_type:branch:ref:${Branch}",
    ],
  },
};

/**
 * A template for an administrator to deploy once: the Git host as an identity provider, and a role that only this
 * repository's deployments take over.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
 */
export function bootstrapLines(plan: Plan, pipeline: PipelineId): string[] {
  const own = rights[plan.infrastructure];
  const outputs = own.outputs?.(plan) ?? [];
  const trust = trusts[pipeline];
  return [
    'AWSTemplateFormatVersion: "2010-09-09"',
    `Description: ${trust.about}`,
    "",
    "Parameters:",
    ...trust.parameters,
    "  ProviderArn:",
    "    Type: String",
    '    Default: ""',
    "    Description: Of the host's identity provider, when the account has it already; an account takes one",
    ...(plan.infrastructure === "cdk"
      ? []
      : [
          "  StackName:",
          "    Type: String",
          `    Default: ${JSON.stringify(plan.stackName)}`,
          "    Description: What may be deployed bears this name, alone or with an environment behind it",
        ]),
    ...(plan.infrastructure === "terraform"
      ? ["  StateBucket:", "    Type: String", "    Description: Bucket that keeps Terraform's state"]
      : []),
    "",
    "Conditions:",
    '  NoProvider: !Equals [!Ref ProviderArn, ""]',
    ...trust.conditions,
    "",
    "Resources:",
    "  Provider:",
    "    Type: AWS::IAM::OIDCProvider",
    "    Condition: NoProvider",
    "    Properties:",
    `      Url: https://${trust.issuer}`,
    "      ClientIdList:",
    `        - ${trust.audience}`,
    "  DeployRole:",
    "    Type: AWS::IAM::Role",
    "    Properties:",
    "      AssumeRolePolicyDocument:",
    '        Version: "2012-10-17"',
    "        Statement:",
    "          - Effect: Allow",
    "            Principal:",
    "              Federated: !If [NoProvider, !Ref Provider, !Ref ProviderArn]",
    "            Action: sts:AssumeRoleWithWebIdentity",
    "            Condition:",
    "              StringEquals:",
    `                ${trust.issuer}:aud: ${trust.audience}`,
    ...trust.subject(plan),
    "      Policies:",
    "        - PolicyName: Deploy",
    "          PolicyDocument:",
    '            Version: "2012-10-17"',
    "            Statement:",
    ...indented(own.deploy(plan), 14),
    ...(own.resources?.(plan) ?? []),
    "",
    "Outputs:",
    "  DeployRoleArn:",
    "    Description: Goes into the variable AWS_ROLE_ARN",
    "    Value: !GetAtt DeployRole.Arn",
    ...outputs,
  ];
}

/** A list as one item of a list. */
const listed = (items: readonly string[]): string[] =>
  items.map((item, at) => `                  ${at === 0 ? "-" : " "} ${item}`);
