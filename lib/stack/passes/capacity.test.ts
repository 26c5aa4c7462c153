import { describe, expect, it } from "vitest";
import { lowerDrawing } from "../../testing/lowered";
import { ec2Web } from "../../testing/presets";

describe("EC2 capacity", () => {
  it("is a capacity provider on an Auto Scaling group whose instances join the cluster", () => {
    const { resource, stack, judged } = lowerDrawing((draft) => {
      ec2Web(draft, { capacity: { maxSize: 6, instanceWarmupPeriod: 120, rootVolumeGiB: 50 } });
    });
    expect(resource("Instances").Properties).toEqual({
      AutoScalingGroupProvider: {
        AutoScalingGroupArn: { Ref: "InstancesAutoScalingGroup" },
        ManagedDraining: "ENABLED",
        ManagedScaling: { InstanceWarmupPeriod: 120, Status: "ENABLED", TargetCapacity: 100 },
        ManagedTerminationProtection: "ENABLED",
      },
    });
    const group = resource("InstancesAutoScalingGroup");
    expect(group.Properties).toEqual({
      LaunchTemplate: {
        LaunchTemplateId: { Ref: "InstancesLaunchTemplate" },
        Version: { "Fn::GetAtt": ["InstancesLaunchTemplate", "LatestVersionNumber"] },
      },
      MaxSize: "6",
      MinSize: "2",
      NewInstancesProtectedFromScaleIn: true,
      VPCZoneIdentifier: [{ Ref: "NetworkPrivateSubnet1" }, { Ref: "NetworkPrivateSubnet2" }],
    });
    expect(group.DependsOn).toEqual(expect.arrayContaining(["NetworkPrivateSubnet1DefaultRoute"]));
    expect(resource("InstancesLaunchTemplate").Properties.LaunchTemplateData).toEqual({
      BlockDeviceMappings: [{ DeviceName: "/dev/xvda", Ebs: { Encrypted: true, VolumeSize: 50, VolumeType: "gp3" } }],
      IamInstanceProfile: { Arn: { "Fn::GetAtt": ["InstancesInstanceProfile", "Arn"] } },
      ImageId: { Ref: "EcsImage" },
      InstanceType: "t3.medium",
      MetadataOptions: { HttpTokens: "required" },
      SecurityGroupIds: [{ "Fn::GetAtt": ["InstancesSecurityGroup", "GroupId"] }],
      UserData: {
        "Fn::Base64": { "Fn::Sub": "#!/bin/bash\necho ECS_CLUSTER=${Main} >> /etc/ecs/ecs.config" },
      },
    });
    expect(stack.parameters.EcsImage).toMatchObject({
      type: "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>",
      default: "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id",
    });
    // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCapacityProvider.html
    expect(stack.description).toContain("does not begin with aws, ecs or fargate");
    expect(judged()).toEqual([]);
  });

  it("gives the agent its role, or the one that exists already, or none", () => {
    const derived = lowerDrawing((draft) => ec2Web(draft));
    expect(derived.resource("InstancesInstanceProfile").Properties).toEqual({
      Roles: [{ Ref: "InstancesInstanceRole" }],
    });
    expect(derived.resource("InstancesInstanceRole").Properties.ManagedPolicyArns).toEqual([
      { "Fn::Sub": "arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role" },
    ]);
    const existing = lowerDrawing((draft) =>
      ec2Web(draft, {
        capacity: { instanceRole: { mode: "existing", arn: "arn:aws:iam::123456789012:role/team/ecsInstanceRole" } },
      }),
    );
    expect(existing.resource("InstancesInstanceProfile").Properties).toEqual({ Roles: ["ecsInstanceRole"] });
    const none = lowerDrawing((draft) => ec2Web(draft, { capacity: { instanceRole: { mode: "none" } } }));
    expect(none.ids("AWS::IAM::InstanceProfile")).toEqual([]);
    expect([...derived.judged(), ...existing.judged(), ...none.judged()]).toEqual([]);
  });

  it("takes the person's own AMI and user data as they are", () => {
    const { resource, stack } = lowerDrawing((draft) => {
      ec2Web(draft, { capacity: { ami: "custom", customUserData: "#!/bin/bash\necho ${HOME}" } });
    });
    expect(resource("InstancesLaunchTemplate").Properties.LaunchTemplateData).toMatchObject({
      ImageId: { Ref: "InstancesImageId" },
      UserData: { "Fn::Base64": "#!/bin/bash\necho ${HOME}" },
    });
    expect(stack.parameters.InstancesImageId).toMatchObject({ type: "AWS::EC2::Image::Id" });
  });
});
