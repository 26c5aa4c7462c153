import { describe, expect, it } from "vitest";
import { lowerDrawing } from "../../testing/lowered";
import { ec2Web, fargateWeb } from "../../testing/presets";

describe("file systems", () => {
  it("have a mount target in every zone of their network and are kept when the stack goes", () => {
    const { resource, ids, judged } = lowerDrawing((draft) => {
      const vpc = draft.add("vpc", { availabilityZones: 3 }, { name: "Net" });
      draft.add(
        "efs",
        { throughputMode: "provisioned", provisionedThroughputInMibps: 16, backup: false, transitionToIaDays: 7 },
        { name: "Files", parent: vpc },
      );
    });
    expect(resource("Files")).toEqual({
      Type: "AWS::EFS::FileSystem",
      DeletionPolicy: "RetainExceptOnCreate",
      UpdateReplacePolicy: "Retain",
      Properties: {
        BackupPolicy: { Status: "DISABLED" },
        Encrypted: true,
        LifecyclePolicies: [{ TransitionToIA: "AFTER_7_DAYS" }],
        PerformanceMode: "generalPurpose",
        ProvisionedThroughputInMibps: 16,
        ThroughputMode: "provisioned",
      },
    });
    expect(ids("AWS::EFS::MountTarget")).toEqual(["FilesMountTarget1", "FilesMountTarget2", "FilesMountTarget3"]);
    expect(resource("FilesMountTarget2").Properties).toEqual({
      FileSystemId: { Ref: "Files" },
      SecurityGroups: [{ "Fn::GetAtt": ["FilesSecurityGroup", "GroupId"] }],
      SubnetId: { Ref: "NetPrivateSubnet2" },
    });
    expect(judged()).toEqual([]);
  });

  it("in one zone lie in the zone of their only mount target", () => {
    const { resource, ids, judged } = lowerDrawing((draft) => {
      const vpc = draft.add("vpc", {}, { name: "Net" });
      draft.add("efs", { oneZone: true }, { name: "Files", parent: vpc });
    });
    expect(ids("AWS::EFS::MountTarget")).toEqual(["FilesMountTarget1"]);
    expect(resource("Files").Properties.AvailabilityZoneName).toEqual({
      "Fn::GetAtt": ["NetPrivateSubnet1", "AvailabilityZone"],
    });
    expect(judged()).toEqual([]);
  });

  it("in an existing VPC take the first two subnets of the list, and ask for the zone of a One Zone one", () => {
    const { resource, stack, judged } = lowerDrawing((draft) => {
      draft.add("efs", {}, { name: "Files" });
      draft.add("efs", { oneZone: true }, { name: "Scratch" });
    });
    expect(resource("FilesMountTarget2").Properties.SubnetId).toEqual({
      "Fn::Select": [1, { Ref: "PrivateSubnetIds" }],
    });
    expect(resource("Scratch").Properties.AvailabilityZoneName).toEqual({ Ref: "ScratchAvailabilityZone" });
    expect(stack.parameters.ScratchAvailabilityZone?.type).toBe("AWS::EC2::AvailabilityZone::Name");
    expect(stack.description).toContain("different Availability Zones");
    expect(judged()).toEqual([]);
  });
});

describe("mounts", () => {
  it("are a volume, a mount point, an access point, NFS from the task's group, and the client's actions", () => {
    const { resource, container, statements, ids, judged } = lowerDrawing((draft) => {
      const web = fargateWeb(draft);
      const files = draft.add("efs", {}, { name: "Shared files", parent: web.vpc });
      draft.connect(web.container, "mount", files, {
        containerPath: "/data",
        accessPoint: { path: "/web", uid: 1001, gid: 1002 },
      });
    });
    // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EFSVolumeConfiguration.html
    expect(resource("WebTask").Properties.Volumes).toEqual([
      {
        EFSVolumeConfiguration: {
          AuthorizationConfig: { AccessPointId: { Ref: "SharedFilesAccessPointWeb" }, IAM: "ENABLED" },
          FilesystemId: { Ref: "SharedFiles" },
          TransitEncryption: "ENABLED",
        },
        Name: "shared-files",
      },
    ]);
    expect(container("WebTask").MountPoints).toEqual([
      { ContainerPath: "/data", ReadOnly: false, SourceVolume: "shared-files" },
    ]);
    expect(resource("SharedFilesAccessPointWeb").Properties).toEqual({
      FileSystemId: { Ref: "SharedFiles" },
      PosixUser: { Gid: "1002", Uid: "1001" },
      RootDirectory: {
        CreationInfo: { OwnerGid: "1002", OwnerUid: "1001", Permissions: "755" },
        Path: "/web",
      },
    });
    expect(statements("WebTaskTaskRoleDefaultPolicy")).toEqual([
      {
        Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
        Condition: {
          StringEquals: {
            "elasticfilesystem:AccessPointArn": { "Fn::GetAtt": ["SharedFilesAccessPointWeb", "Arn"] },
          },
        },
        Effect: "Allow",
        Resource: { "Fn::GetAtt": ["SharedFiles", "Arn"] },
      },
    ]);
    const rules = ids("AWS::EC2::SecurityGroupIngress").map((id) => resource(id).Properties);
    expect(rules).toContainEqual(
      expect.objectContaining({
        FromPort: 2049,
        ToPort: 2049,
        IpProtocol: "tcp",
        GroupId: { "Fn::GetAtt": ["SharedFilesSecurityGroup", "GroupId"] },
        SourceSecurityGroupId: { "Fn::GetAtt": ["WebSecurityGroup", "GroupId"] },
      }),
    );
    expect(resource("Web").DependsOn).toEqual(
      expect.arrayContaining(["SharedFilesMountTarget1", "SharedFilesMountTarget2"]),
    );
    expect(judged()).toEqual([]);
  });

  it("of bridge tasks come from the instances, and read-only ones may not write", () => {
    const { resource, statements, ids, judged } = lowerDrawing((draft) => {
      const web = ec2Web(draft);
      const files = draft.add("efs", {}, { name: "Files", parent: web.vpc });
      draft.connect(web.container, "mount", files, { readOnly: true });
    });
    expect(statements("WebTaskTaskRoleDefaultPolicy")).toEqual([
      {
        Action: "elasticfilesystem:ClientMount",
        Effect: "Allow",
        Resource: { "Fn::GetAtt": ["Files", "Arn"] },
      },
    ]);
    const nfs = ids("AWS::EC2::SecurityGroupIngress")
      .map((id) => resource(id).Properties)
      .filter((rule) => rule.FromPort === 2049);
    expect(nfs.map((rule) => rule.SourceSecurityGroupId)).toEqual([
      { "Fn::GetAtt": ["InstancesSecurityGroup", "GroupId"] },
    ]);
    expect(judged()).toEqual([]);
  });

  it("share a volume when they mount the same way, and keep clear of the person's own volume names", () => {
    const { resource, container, judged } = lowerDrawing((draft) => {
      const web = fargateWeb(draft, { task: { volumes: [{ name: "files" }] } });
      const files = draft.add("efs", {}, { name: "Files", parent: web.vpc });
      draft.connect(web.container, "mount", files, { containerPath: "/a" });
      draft.connect(web.container, "mount", files, { containerPath: "/b", readOnly: true });
      draft.connect(web.container, "mount", files, { containerPath: "/c", iam: false, transitEncryption: "DISABLED" });
    });
    const volumes = resource("WebTask").Properties.Volumes as { Name: string }[];
    expect(volumes.map((volume) => volume.Name)).toEqual(["files", "files-2", "files-3"]);
    expect(container("WebTask").MountPoints).toMatchObject([
      { ContainerPath: "/a", SourceVolume: "files-2" },
      { ContainerPath: "/b", SourceVolume: "files-2" },
      { ContainerPath: "/c", SourceVolume: "files-3" },
    ]);
    expect(judged()).toEqual([]);
  });

  it("make rules and schedules wait for the mount targets as well", () => {
    const { resource, judged } = lowerDrawing((draft) => {
      const web = fargateWeb(draft);
      const files = draft.add("efs", {}, { name: "Files", parent: web.vpc });
      draft.connect(web.container, "mount", files);
      draft.connect(draft.add("eventSchedule", {}, { name: "Nightly" }), "runTask", web.task);
    });
    expect(resource("Nightly").DependsOn).toEqual(expect.arrayContaining(["FilesMountTarget1", "FilesMountTarget2"]));
    expect(judged()).toEqual([]);
  });
});
