import { compareKeys } from "../../core/json";
import type { Stack } from "../../stack/stack";
import { deploymentName } from "../terraform/deployment-name";
import type { Infrastructure, PipelineId, Plan } from "./plan";
import { trusts } from "./trusts";

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
const making = (plan: Plan, prefix = "${StackName}-"): string[] => [
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
  `    - !Sub arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/${prefix}*`,
  `    - !Sub arn:\${AWS::Partition}:iam::\${AWS::AccountId}:instance-profile/${prefix}*`,
  "- Sid: RolesOfServices",
  "  Effect: Allow",
  "  Action: iam:CreateServiceLinkedRole",
  "  Resource: !Sub arn:${AWS::Partition}:iam::${AWS::AccountId}:role/aws-service-role/*",
];

/** CloudFormation begins the name that it gives to a role with so many characters of the stack's. */
const ROLE_PREFIX = 25;

/** The variable name has at most 32 characters, of which an environment takes 16 at most. */
const LEAST_PREFIX = 16;

/** Whether the name of the stack, with a hyphen, is longer than what is left of it in the names of roles. */
const isCut = ({ stackName }: Plan): boolean => stackName.length >= ROLE_PREFIX;

/**
 * Of nested stacks, which are made with the role of the one that holds them: CloudFormation hands it to them, and reads
 * their templates with it. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html
 */
const nesting = [
  "- Sid: NestedStacks",
  "  Effect: Allow",
  "  Action: cloudformation:*",
  "  Resource: !Sub arn:${AWS::Partition}:cloudformation:*:${AWS::AccountId}:stack/${StackName}-*/*",
  "- Sid: NestedTemplates",
  "  Effect: Allow",
  "  Action: s3:GetObject",
  "  Resource: !Sub ${Templates.Arn}/*",
];

/** A role of its own policy would name itself, so the permission to be handed on stands beside it. */
const handedOn = [
  "  HandOn:",
  "    Type: AWS::IAM::Policy",
  "    Properties:",
  "      PolicyName: HandOn",
  "      Roles:",
  "        - !Ref ExecutionRole",
  "      PolicyDocument:",
  '        Version: "2012-10-17"',
  "        Statement:",
  "          - Effect: Allow",
  "            Action: iam:PassRole",
  "            Resource: !GetAtt ExecutionRole.Arn",
  "            Condition:",
  "              StringEquals:",
  "                iam:PassedToService: cloudformation.amazonaws.com",
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
      ...indented(making(plan, isCut(plan) ? "${RolePrefix}" : undefined), 14),
      ...(plan.nested ? [...indented(nesting, 14), ...handedOn] : []),
      ...(plan.bucket
        ? [
            `  # Templates above 51,200 bytes${plan.nested ? " and nested ones" : ""} go through a bucket.`,
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
      ...making(plan, "${RolePrefix}"),
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
    ...(plan.infrastructure === "cloudformation" && isCut(plan)
      ? [
          "  RolePrefix:",
          "    Type: String",
          `    Default: ${JSON.stringify(plan.stackName.slice(0, ROLE_PREFIX))}`,
          `    Description: The first ${ROLE_PREFIX} characters of StackName, with which CloudFormation begins the names of roles`,
        ]
      : []),
    ...(plan.infrastructure === "terraform"
      ? [
          "  RolePrefix:",
          "    Type: String",
          `    Default: ${JSON.stringify(deploymentName(plan.context.designName, null).slice(0, LEAST_PREFIX))}`,
          "    Description: What the variable name begins with in every deployment, and with it the names of roles",
          "  StateBucket:",
          "    Type: String",
          "    Description: Bucket that keeps Terraform's state",
        ]
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
