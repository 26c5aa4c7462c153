import { roles } from "../../aws/permissions";
import type { ModelNode } from "../../model/model";
import { clusterOf } from "../../model/queries";
import { groupOf } from "../groups";
import { constructOf, derived, type Lowering } from "../lowering";
import { networkOf } from "../networks";
import { PropertySet } from "../property-set";
import { type Role, roleFor } from "../roles";
import type { Origin } from "../stack";
import { att, Intrinsic, type Properties, ref, sub, type Value } from "../value";

/**
 * EC2 capacity: instances that join the cluster, and the capacity provider through which ECS scales them. The cluster
 * pass associates the provider with its cluster.
 */
export function capacity(lowering: Lowering): void {
  for (const node of lowering.model.of("asgCapacityProvider")) addCapacity(lowering, node);
}

type Capacity = ModelNode<"asgCapacityProvider">;

function addCapacity(lowering: Lowering, node: Capacity): void {
  const owner = node as ModelNode;
  const profile = instanceProfile(lowering, node);
  const template = launchTemplate(lowering, node, profile);
  const group = autoScalingGroup(lowering, node, template);
  const { props } = node;
  const from = (field: string): Origin => lowering.from(owner, field);
  const scaling: Properties = {
    ...(props.instanceWarmupPeriod === undefined ? {} : { InstanceWarmupPeriod: props.instanceWarmupPeriod }),
    ...(props.maximumScalingStepSize === undefined ? {} : { MaximumScalingStepSize: props.maximumScalingStepSize }),
    ...(props.minimumScalingStepSize === undefined ? {} : { MinimumScalingStepSize: props.minimumScalingStepSize }),
    Status: enabled(props.managedScaling),
    ...(props.managedScaling ? { TargetCapacity: props.targetCapacity } : {}),
  };
  const properties = new PropertySet().set(
    "AutoScalingGroupProvider",
    {
      AutoScalingGroupArn: ref(group),
      ManagedDraining: enabled(props.managedDraining),
      ManagedScaling: scaling,
      ManagedTerminationProtection: enabled(props.managedTerminationProtection),
    },
    lowering.drawn(owner),
    {
      "/ManagedDraining": from("/managedDraining"),
      "/ManagedScaling/InstanceWarmupPeriod": from("/instanceWarmupPeriod"),
      "/ManagedScaling/MaximumScalingStepSize": from("/maximumScalingStepSize"),
      "/ManagedScaling/MinimumScalingStepSize": from("/minimumScalingStepSize"),
      "/ManagedScaling/Status": from("/managedScaling"),
      "/ManagedScaling/TargetCapacity": from("/targetCapacity"),
      "/ManagedTerminationProtection": from("/managedTerminationProtection"),
    },
  );
  lowering.add("AWS::ECS::CapacityProvider", lowering.idOf(owner), properties, {
    origins: lowering.drawn(owner),
    construct: constructOf("capacity", owner),
  });
  // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCapacityProvider.html
  lowering.describe(
    "Give the stack a name that does not begin with aws, ecs or fargate: its capacity providers take it, and ECS refuses those.",
  );
}

const enabled = (on: boolean): string => (on ? "ENABLED" : "DISABLED");

/** What the agent and the instances need. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/instance_IAM_role.html */
export function instanceRoleOf(lowering: Lowering, node: Capacity): Role {
  const owner = node as ModelNode;
  return roleFor(lowering, {
    id: lowering.idFor(owner, "InstanceRole"),
    node: owner,
    field: "/instanceRole",
    slot: node.props.instanceRole,
    trusts: roles.instance.trusts,
    construct: constructOf("capacity", owner),
    managedPolicies: ["service-role/AmazonEC2ContainerServiceforEC2Role"],
  });
}

/** An instance profile holds one role, by name. Undefined where the slot says none. */
function instanceProfile(lowering: Lowering, node: Capacity): string | undefined {
  const owner = node as ModelNode;
  const role = instanceRoleOf(lowering, node);
  const origin = lowering.from(owner, "/instanceRole");
  role.need(origin);
  const arn = role.arn();
  const name = role.name() ?? (typeof arn === "string" ? arn.slice(arn.lastIndexOf("/") + 1) : undefined);
  if (name === undefined) return undefined;
  const id = lowering.idFor(owner, "InstanceProfile");
  const properties = new PropertySet().set("Roles", [name], origin);
  lowering.add("AWS::IAM::InstanceProfile", id, properties, {
    origins: derived(owner),
    construct: constructOf("capacity", owner),
  });
  return id;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/retrieve-ecs-optimized_AMI.html */
const images = {
  al2023: { parameter: "EcsImage", path: "amazon-linux-2023/recommended/image_id", what: "x86_64" },
  "al2023-arm64": {
    parameter: "EcsImageArm64",
    path: "amazon-linux-2023/arm64/recommended/image_id",
    what: "arm64",
  },
} as const;

function imageId(lowering: Lowering, node: Capacity): Value {
  const owner = node as ModelNode;
  const { ami, customImageId } = node.props;
  if (ami === "custom") {
    if (customImageId !== undefined && customImageId !== "") return customImageId;
    return lowering.parameter(`${lowering.idOf(owner)}ImageId`, {
      type: "AWS::EC2::Image::Id",
      description: `AMI of the container instances of ${node.name}.`,
      origin: lowering.from(owner, "/ami"),
    });
  }
  const image = images[ami];
  return lowering.parameter(image.parameter, {
    type: "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>",
    description: `Amazon's current ECS-optimised Amazon Linux 2023 AMI for ${image.what}.`,
    default: `/aws/service/ecs/optimized-ami/${image.path}`,
    origin: lowering.from(owner, "/ami"),
  });
}

/** Where the ECS agent reads the name of its cluster. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bootstrap_container_instance.html */
function userData(lowering: Lowering, node: Capacity): Value | undefined {
  const own = node.props.customUserData;
  if (own !== undefined) return new Intrinsic("Fn::Base64", own);
  const cluster = clusterOf(node as ModelNode);
  if (!cluster) return undefined;
  const name = `\${${lowering.idOf(cluster as ModelNode)}}`;
  return new Intrinsic("Fn::Base64", sub(`#!/bin/bash\necho ECS_CLUSTER=${name} >> /etc/ecs/ecs.config`));
}

/** Amazon Linux names its root volume so. */
const ROOT_DEVICE = "/dev/xvda";

function launchTemplate(lowering: Lowering, node: Capacity, profile: string | undefined): string {
  const { props } = node;
  const owner = node as ModelNode;
  const id = lowering.idFor(owner, "LaunchTemplate");
  const from = (field: string): Origin => lowering.from(owner, field);
  const group = groupOf(lowering, owner);
  const data = userData(lowering, node);
  const volume = { Encrypted: true, VolumeSize: props.rootVolumeGiB, VolumeType: "gp3" };
  const template: Properties = {
    BlockDeviceMappings: [{ DeviceName: ROOT_DEVICE, Ebs: volume }],
    ...(profile === undefined ? {} : { IamInstanceProfile: { Arn: att(profile, "Arn") } }),
    ImageId: imageId(lowering, node),
    InstanceType: props.instanceType,
    MetadataOptions: { HttpTokens: "required" },
    ...(group ? { SecurityGroupIds: [group.groupId] } : {}),
    ...(data === undefined ? {} : { UserData: data }),
  };
  const properties = new PropertySet().set("LaunchTemplateData", template, derived(owner), {
    "/BlockDeviceMappings/0/Ebs/VolumeSize": from("/rootVolumeGiB"),
    "/IamInstanceProfile": from("/instanceRole"),
    "/ImageId": from(props.ami === "custom" ? "/customImageId" : "/ami"),
    "/InstanceType": from("/instanceType"),
    "/SecurityGroupIds": from("/securityGroups"),
    "/UserData": from("/customUserData"),
  });
  lowering.add("AWS::EC2::LaunchTemplate", id, properties, {
    origins: derived(owner),
    construct: constructOf("capacity", owner),
  });
  return id;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-autoscaling-autoscalinggroup.html */
function autoScalingGroup(lowering: Lowering, node: Capacity, template: string): string {
  const { props } = node;
  const owner = node as ModelNode;
  const id = lowering.idFor(owner, "AutoScalingGroup");
  const network = networkOf(lowering, owner);
  const from = (field: string): Origin => lowering.from(owner, field);
  const properties = new PropertySet()
    .set(
      "DesiredCapacity",
      props.desiredCapacity === undefined ? undefined : String(props.desiredCapacity),
      from("/desiredCapacity"),
    )
    .set(
      "LaunchTemplate",
      { LaunchTemplateId: ref(template), Version: att(template, "LatestVersionNumber") },
      derived(owner),
    )
    .set("MaxSize", String(props.maxSize), from("/maxSize"))
    .set("MinSize", String(props.minSize), from("/minSize"))
    .set(
      "NewInstancesProtectedFromScaleIn",
      props.newInstancesProtectedFromScaleIn,
      from("/newInstancesProtectedFromScaleIn"),
    )
    .set("VPCZoneIdentifier", network.subnets(props.tier), from("/tier"));
  lowering.add("AWS::AutoScaling::AutoScalingGroup", id, properties, {
    origins: lowering.drawn(owner),
    construct: constructOf("capacity", owner),
    // Instances report to ECS as soon as they start.
    dependsOn: network.connectivity(props.tier),
  });
  return id;
}
