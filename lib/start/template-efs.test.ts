import { describe, expect, it } from "vitest";
import { type WebTemplate, webTemplate } from "../testing/web-template";
import { startsOfTemplate } from "./template";

interface Mounted {
  /** Of the volume, of the file system. */
  volume?: string;
  files?: string;
  more?: string;
  task?: string;
  change?: WebTemplate["change"];
}

/** The verdict on a service that mounts a file system of the template, and what speaks against it. */
function said({ volume = "", files = "", more = "", task = "", change = [] }: Mounted): string {
  const stack = webTemplate({
    task: `Volumes: [{ Name: data, EFSVolumeConfiguration: { FilesystemId: !Ref Files${volume} } }]${task}`,
    app: "MountPoints: [{ SourceVolume: data, ContainerPath: /data }]",
    change,
    more: `
  Files: { Type: AWS::EFS::FileSystem, Properties: { Encrypted: true${files} } }
  FilesGroup: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: x, VpcId: !Ref Vpc, SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: 2049, ToPort: 2049, SourceSecurityGroupId: !Ref TaskGroup }] } }
  Target: { Type: AWS::EFS::MountTarget, Properties: { FileSystemId: !Ref Files, SubnetId: !Ref Private, SecurityGroups: [!Ref FilesGroup] } }${more}`,
  });
  const start = startsOfTemplate(stack).find(({ place }) => place === "Web");
  const line = start?.checks.find(({ check }) => check === "volumes");
  return `${start?.verdict}${line?.verdict === "passes" ? "" : `: ${line?.why}`}`;
}

const encrypted = ", TransitEncryption: ENABLED";
const point = `${encrypted}, AuthorizationConfig: { AccessPointId: !Ref Point }`;
const made = (root: string, files = "!Ref Files") =>
  `\n  Point: { Type: AWS::EFS::AccessPoint, Properties: { FileSystemId: ${files}, RootDirectory: { ${root} } } }`;
const info = "Path: /data, CreationInfo: { OwnerUid: '1', OwnerGid: '1', Permissions: '0755' }";
const policy = (...statements: readonly string[]) => `, FileSystemPolicy: { Statement: [${statements.join(", ")}] }`;
const secure =
  "{ Effect: Deny, Principal: { AWS: '*' }, Action: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }";
const everybody =
  "{ Effect: Allow, Principal: { AWS: '*' }, Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'] }";
const efs = "https://docs.aws.amazon.com/efs/latest/ug";

describe("a file system of a template", () => {
  it.each<[string, string, Mounted, RegExp]>([
    ["its root", "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-volumes.html", {}, /^starts$/],
    [
      "an access point that makes its directory",
      `${efs}/enforce-root-directory-access-point.html`,
      { volume: point, more: made(info) },
      /^starts$/,
    ],
    [
      "an access point that does not",
      `${efs}/enforce-root-directory-access-point.html`,
      { volume: point, more: made("Path: /data") },
      /^unknowable: Whether Files has the directory \/data of Point, .* Give Point CreationInfo\.$/,
    ],
    [
      "an access point of another file system",
      `${efs}/efs-access-points.html`,
      { volume: point, more: `${made(info, "!Ref Second")}\n  Second: { Type: AWS::EFS::FileSystem }` },
      /^fails: data mounts Files through Point, which is an access point of Second\. Use one of its own\.$/,
    ],
    [
      "an access point of what the deployment decides",
      `${efs}/efs-access-points.html`,
      { volume: point, more: made(info, "!ImportValue Files") },
      /^fails: data mounts Files through Point, which is an access point of the export Files\./,
    ],
    [
      "a VPC without DNS host names",
      `${efs}/mounting-fs-mount-cmd-dns-name.html`,
      { change: [["EnableDnsSupport: true, EnableDnsHostnames: true", "EnableDnsSupport: true"]] },
      /^fails: The name of Files needs the DNS of Vpc, where EnableDnsHostnames is off\. Set it to true\.$/,
    ],
    [
      "a policy that wants encryption",
      `${efs}/iam-access-control-nfs-efs.html`,
      { files: policy(everybody, secure) },
      /^fails: The policy of Files denies whoever comes without encryption, and data has no TransitEncryption/,
    ],
    [
      "a policy that gets encryption",
      `${efs}/iam-access-control-nfs-efs.html`,
      { files: policy(everybody, secure), volume: encrypted },
      /^starts$/,
    ],
    [
      "a policy that keeps out who is nobody",
      `${efs}/create-file-system-policy.html`,
      {
        files: policy(
          "{ Effect: Allow, Principal: { AWS: '*' }, Action: ['elasticfilesystem:ClientRootAccess', 'elasticfilesystem:ClientWrite'], Condition: { Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' } } }",
        ),
      },
      /^fails: The policy of Files allows ClientMount to nobody who comes without IAM, as data is mounted\. Set IAM/,
    ],
    [
      "a policy for a role, mounted as nobody",
      `${efs}/iam-access-control-nfs-efs.html`,
      {
        files: policy(
          "{ Effect: Allow, Principal: { AWS: !Sub 'arn:aws:iam::${AWS::AccountId}:role/app' }, Action: 'elasticfilesystem:Client*' }",
        ),
      },
      /^fails: The policy of Files allows ClientMount to nobody/,
    ],
    [
      "a policy with a condition",
      `${efs}/iam-access-control-nfs-efs.html`,
      {
        files: policy(
          "{ Effect: Allow, Principal: '*', Action: 'elasticfilesystem:ClientMount', Condition: { StringEquals: { 'aws:PrincipalOrgID': x } } }",
        ),
      },
      /^unknowable: Whether the policy of Files lets data be mounted without IAM/,
    ],
    [
      "a policy for the role that mounts it",
      `${efs}/iam-access-control-nfs-efs.html`,
      {
        volume: `${encrypted}, AuthorizationConfig: { IAM: ENABLED }`,
        task: "\n      TaskRoleArn: !GetAtt Code.Arn",
        files: policy(
          "{ Effect: Allow, Principal: { AWS: !GetAtt Code.Arn }, Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'] }",
        ),
        more: "\n  Code: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: Allow, Action: 'sts:AssumeRole', Principal: { Service: ecs-tasks.amazonaws.com } }] } } }",
      },
      /^starts$/,
    ],
  ])("%s (%s)", (_what, _docs, change, says) => {
    expect(said(change)).toMatch(says);
  });
});
