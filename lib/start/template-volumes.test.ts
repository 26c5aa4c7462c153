import { describe, expect, it } from "vitest";
import { reach } from "../network/reachability";
import { templateFlows } from "../network/templates";
import { stackOf } from "../testing/network-template";
import { startsOfTemplate } from "./template";

/** The network's task with a volume; `task`, `service` are further properties of the two, `mount` of its mount point. */
const mounting = (volume: string, { task = "", service = "", mount = "" } = {}) =>
  [
    "Properties:\n      NetworkMode: awsvpc\n      RequiresCompatibilities: [FARGATE]\n      ContainerDefinitions: [{ Name: app, Image: 'public.ecr.aws/x/y:1', ",
    `Properties:\n      NetworkMode: awsvpc\n      RequiresCompatibilities: [FARGATE]\n      Cpu: '256'\n      Memory: '512'\n      Volumes: [{ Name: data, ${volume} }]\n${task}      ContainerDefinitions: [{ Name: app, Image: 'public.ecr.aws/x/y:1', MountPoints: [{ SourceVolume: data, ContainerPath: /data${mount} }], `,
    service,
  ] as const;

function starts(volume: string, resources: string, more: Parameters<typeof mounting>[1] = {}) {
  const [from, to, service] = mounting(volume, more);
  const stack = stackOf(resources, "", [from, to]);
  const web = stack.resources.Web;
  if (web && service !== "") {
    const extra = stackOf(`\n  Extra: { Type: AWS::ECS::Service, Properties: { ${service} } }${resources}`, "", [
      from,
      to,
    ]);
    web.properties = { ...web.properties, ...extra.resources.Extra?.properties };
  }
  const found = startsOfTemplate(stack).find(({ place }) => place === "Web");
  const check = found?.checks.find((one) => one.check === "volumes");
  return { stack, verdict: check?.verdict, why: check?.why };
}

const role = (policies: string, principal = "ecs-tasks.amazonaws.com", id = "TaskRole"): string => `
  ${id}: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: Allow, Action: 'sts:AssumeRole', Principal: { Service: ${principal} } }] }${policies} } }`;
const client = role(", ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonS3FilesClientReadWriteAccess']");
const bucket = "\n  Bucket: { Type: AWS::S3::Bucket, Properties: { VersioningConfiguration: { Status: Enabled } } }";
const files = `
  Files: { Type: AWS::S3Files::FileSystem, Properties: { Bucket: !GetAtt Bucket.Arn, RoleArn: !GetAtt Keeper.Arn } }${role("", "elasticfilesystem.amazonaws.com", "Keeper")}`;
const target = (rule: string, subnet = "Private"): string => `
  FilesGroup: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: x, VpcId: !Ref Vpc${rule} } }
  Target: { Type: AWS::S3Files::MountTarget, Properties: { FileSystemId: !GetAtt Files.FileSystemId, SubnetId: !Ref ${subnet}, SecurityGroups: [!Ref FilesGroup] } }`;
const nfs = target(
  ", SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: 2049, ToPort: 2049, SourceSecurityGroupId: !Ref TaskGroup }]",
);
const volume = "S3FilesVolumeConfiguration: { FileSystemArn: !GetAtt Files.FileSystemArn }";
const withRole = { task: "      TaskRoleArn: !GetAtt TaskRole.Arn\n" };

// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/s3files-volumes.html
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-files-prereq-policies.html
describe("a volume of S3 Files in a template", () => {
  it("is mounted with a task role, a mount target in the zone and a rule for 2049", () => {
    const { verdict, stack, why } = starts(volume, client + bucket + files + nfs, withRole);
    expect([verdict, why]).toEqual(["passes", "Everything that is mounted can be."]);
    expect(reach(stack, "Web", "Files")).toMatchObject({ verdict: "open" });
    expect(reach(stack, "Web", "Files", "tcp", 443)).toMatchObject({ verdict: "blocked" });
    const { flows, unserved } = templateFlows(stack);
    expect(flows.find(({ edge }) => edge === "Task → Files")).toMatchObject({
      verdict: "open",
      hops: [{ port: "tcp/2049" }, { stage: "egress" }, { stage: "ingress", resource: "FilesGroup" }],
    });
    expect(unserved).toEqual([]);
  });

  it.each([
    ["no task role", client + bucket + files + nfs, {}, "fails", /mounts data with its task role, and it has none/],
    [
      "a task role that may not",
      role("") + bucket + files + nfs,
      withRole,
      "fails",
      /No statement lets TaskRole do s3files:ClientMount/,
    ],
    [
      "a task role that may only read",
      client.replace("ReadWrite", "ReadOnly") + bucket + files + nfs,
      withRole,
      "fails",
      /No statement lets TaskRole do s3files:ClientWrite/,
    ],
    ["no rule", client + bucket + files + target(""), withRole, "fails", /No rule of FilesGroup lets tcp\/2049 in/],
    ["no mount target", client + bucket + files, withRole, "fails", /Files has no mount target/],
    [
      "a bucket without versions",
      client + bucket.replace("Enabled", "Suspended") + files + nfs,
      withRole,
      "fails",
      /needs a bucket that keeps versions/,
    ],
    [
      "a role of the file system that trusts somebody else",
      client + bucket + files.replace("elasticfilesystem", "s3") + nfs,
      withRole,
      "fails",
      /lets elasticfilesystem\.amazonaws\.com do sts:AssumeRole/,
    ],
    [
      "a bucket elsewhere",
      client + files.replace("!GetAtt Bucket.Arn", "'arn:aws:s3:::theirs'") + nfs,
      withRole,
      "unknowable",
      /The bucket of Files exists outside/,
    ],
  ] as const)("fails or is unsure with %s", (_, resources, more, verdict, why) => {
    expect(starts(volume, resources, more)).toMatchObject({ verdict, why: expect.stringMatching(why) });
  });

  it("may be read only where it is mounted so, and its own policy may let the role in", () => {
    const readOnly = { ...withRole, mount: ", ReadOnly: true" };
    expect(starts(volume, client.replace("ReadWrite", "ReadOnly") + bucket + files + nfs, readOnly).verdict).toBe(
      "passes",
    );
    const policy = `
  Policy: { Type: AWS::S3Files::FileSystemPolicy, Properties: { FileSystemId: !GetAtt Files.FileSystemId, Policy: { Statement: [{ Effect: Allow, Action: 's3files:*', Principal: { AWS: !GetAtt TaskRole.Arn } }] } } }`;
    expect(starts(volume, role("") + bucket + files + nfs + policy, withRole).verdict).toBe("passes");
    expect(starts(volume, client + bucket + files + nfs + policy.replace("Allow", "Deny"), withRole).verdict).toBe(
      "fails",
    );
  });

  it("takes an access point or a directory, not both", () => {
    const both = volume.replace(" }", ", AccessPointArn: !GetAtt Door.AccessPointArn, RootDirectory: /in }");
    const door = "\n  Door: { Type: AWS::S3Files::AccessPoint, Properties: { FileSystemId: !Ref Files } }";
    const all = client + bucket + files + nfs + door;
    expect(starts(both, all, withRole)).toMatchObject({
      verdict: "fails",
      why: expect.stringMatching(/access point and a root directory/),
    });
    expect(starts(both.replace("/in", "/"), all, withRole).verdict).toBe("passes");
    expect(reach(starts(volume, all, withRole).stack, "Web", "Door").verdict).toBe("open");
  });

  it("fails on EC2, and is mounted on Managed Instances", () => {
    const on = (provider: string) =>
      starts(volume, client + bucket + files + nfs + provider, {
        ...withRole,
        service:
          "TaskDefinition: !Ref Task, Cluster: !Ref Cluster, LaunchType: !Ref AWS::NoValue, CapacityProviderStrategy: [{ CapacityProvider: !Ref Provider }]",
      });
    const cluster = "\n  Cluster: { Type: AWS::ECS::Cluster }";
    const managed = `${cluster}
  Provider: { Type: AWS::ECS::CapacityProvider, Properties: { ManagedInstancesProvider: { InfrastructureRoleArn: x, InstanceLaunchTemplate: { Ec2InstanceProfileArn: x, NetworkConfiguration: { Subnets: [!Ref Private], SecurityGroups: [!Ref TaskGroup] } } } } }`;
    expect(on(managed).verdict).toBe("passes");
    const scaled = `${cluster}
  Provider: { Type: AWS::ECS::CapacityProvider, Properties: { AutoScalingGroupProvider: { AutoScalingGroupArn: !Ref Machines } } }
  Machines: { Type: AWS::AutoScaling::AutoScalingGroup, Properties: { MinSize: '1', MaxSize: '1', VPCZoneIdentifier: [!Ref Private] } }`;
    expect(on(scaled)).toMatchObject({
      verdict: "fails",
      why: expect.stringMatching(/S3 Files file system, which tasks on EC2 cannot mount/),
    });
  });
});

// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ebs-volumes.html
describe("an EBS volume that is made at launch", () => {
  const launched = "ConfiguredAtLaunch: true";
  const infrastructure = role(
    ", ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AmazonECSInfrastructureRolePolicyForVolumes']",
    "ecs.amazonaws.com",
    "Maker",
  );
  const say = (config: string) =>
    ({
      service: `TaskDefinition: !Ref Task, VolumeConfigurations: [{ Name: data, ManagedEBSVolume: { ${config} } }]`,
    }) as const;
  it.each([
    ["all that is needed", infrastructure, say("RoleArn: !GetAtt Maker.Arn, SizeInGiB: 20"), "passes", /Everything/],
    ["no word of the service", infrastructure, {}, "fails", /no VolumeConfigurations of Web say how/],
    [
      "another name",
      infrastructure,
      { service: say("RoleArn: !GetAtt Maker.Arn, SizeInGiB: 20").service.replace("data", "other") },
      "fails",
      /no VolumeConfigurations of Web say how/,
    ],
    [
      "neither size nor snapshot",
      infrastructure,
      say("RoleArn: !GetAtt Maker.Arn"),
      "fails",
      /neither a size nor a snapshot/,
    ],
    [
      "a role that may nothing",
      role("", "ecs.amazonaws.com", "Maker"),
      say("RoleArn: !GetAtt Maker.Arn, SizeInGiB: 20"),
      "fails",
      /Maker may nothing/,
    ],
    [
      "a role for somebody else",
      infrastructure.replace("ecs.amazonaws.com", "ec2.amazonaws.com"),
      say("RoleArn: !GetAtt Maker.Arn, SizeInGiB: 20"),
      "fails",
      /lets ecs\.amazonaws\.com do sts:AssumeRole/,
    ],
    [
      "a role elsewhere",
      "",
      say("RoleArn: 'arn:aws:iam::123456789012:role/x', SizeInGiB: 20"),
      "unknowable",
      /not judged here/,
    ],
    [
      "a magnetic volume on Fargate",
      infrastructure,
      say("RoleArn: !GetAtt Maker.Arn, SizeInGiB: 20, VolumeType: standard"),
      "fails",
      /Fargate takes no EBS volumes of type standard/,
    ],
    [
      "Iops for gp2",
      infrastructure,
      say("RoleArn: !GetAtt Maker.Arn, SizeInGiB: 20, VolumeType: gp2, Iops: 3000"),
      "fails",
      /takes no Iops/,
    ],
    [
      "a size that AWS's pages dispute",
      infrastructure,
      say("RoleArn: !GetAtt Maker.Arn, SizeInGiB: 20000"),
      "unknowable",
      /do not agree/,
    ],
    [
      "st1 of 20 GiB",
      infrastructure,
      say("RoleArn: !GetAtt Maker.Arn, SizeInGiB: 20, VolumeType: st1"),
      "fails",
      /its type takes 125 to 16384/,
    ],
  ] as const)("with %s", (_, resources, more, verdict, why) => {
    expect(starts(launched, resources, more)).toMatchObject({ verdict, why: expect.stringMatching(why) });
  });
});

describe("volumes that nothing mounts", () => {
  it.each([
    [
      "FSx for Windows on Fargate",
      "FSxWindowsFileServerVolumeConfiguration: { FileSystemId: fs-1, RootDirectory: x }",
      /FSx for Windows file system, which tasks on Fargate cannot mount/,
    ],
    [
      "a Docker volume on Fargate",
      "DockerVolumeConfiguration: { Scope: task }",
      /a Docker volume, which tasks on Fargate/,
    ],
    ["two things in one", "ConfiguredAtLaunch: true, EFSVolumeConfiguration: { FilesystemId: fs-1 }", /is one of them/],
  ])("%s", (_, text, why) => {
    expect(starts(text, "")).toMatchObject({ verdict: "fails", why: expect.stringMatching(why) });
  });
});
