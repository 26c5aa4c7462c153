import type { Known } from "../../../stack/stack";
import { Intrinsic, type Properties, ref, sub, targetOf, type Value } from "../../../stack/value";
import { arr, call, type Expr, lit, make, member, obj, raw, type Variable } from "../code";
import { str } from "../values";
import type { Builder, Handle, Writing } from "../writing";
import { groupOf, selectionOf, vpcOf, vpcOfSubnets } from "./network";
import { child, handleOf, isNumber, isText, only, same } from "./shared";
import { finish } from "./single";
import { writeAllWaits } from "./waits";

/** The parts of a launch template that the construct says. */
interface Template {
  profile: string | undefined;
  role: string | undefined;
  cluster: string | undefined;
  data: Properties;
}

/**
 * A launch template with its instance profile. `addAsgCapacityProvider` adds the line that names the cluster.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.LaunchTemplate.html
 */
export const launchTemplate: Builder = (writing, resource) => {
  const template = templateOf(writing, resource);
  if (!template || !providerOf(writing, resource.id)) return undefined;
  const { profile, role, data } = template;
  return {
    type: "ec2.LaunchTemplate",
    makes: profile === undefined ? [] : [profile],
    handle: (id, variable) =>
      id === resource.id ? handleOf(resource, variable, templateNames) : profileHandle(variable),
    write(variable) {
      const groups = data.SecurityGroupIds as Value[] | undefined;
      const [device] = data.BlockDeviceMappings as Properties[];
      const ebs = device?.Ebs as Properties;
      const volume = call(
        raw("ec2.BlockDeviceVolume.ebs"),
        lit(ebs.VolumeSize as number),
        obj({ encrypted: lit(true), volumeType: raw("ec2.EbsDeviceVolumeType.GP3") }),
      );
      const image = obj({
        imageId: str(writing, data.ImageId as Value),
        osType: raw("ec2.OperatingSystemType.LINUX"),
        userData: raw("ec2.UserData.forLinux()"),
      });
      const props = obj({
        instanceType: make("ec2.InstanceType", lit(data.InstanceType as string)),
        machineImage: obj({ getImage: { is: "chain", parts: [raw("() => ("), image, raw(")")] } }),
        blockDevices: arr([obj({ deviceName: lit(device?.DeviceName as string), volume })]),
        role: role === undefined ? undefined : roleExpr(writing, role),
        requireImdsv2: lit(true),
        securityGroup: groups && groupOf(writing, groups[0] as Value),
        userData: raw("ec2.UserData.forLinux()"),
      });
      writing.program.declare(
        variable,
        make("ec2.LaunchTemplate", raw("this"), lit(resource.id), props),
        writing.place(resource),
      );
      finish(writing, resource, variable);
    },
  };
};

const templateNames = {
  ref: "launchTemplateId",
  attributes: { LatestVersionNumber: "latestVersionNumber", DefaultVersionNumber: "defaultVersionNumber" },
};

function roleExpr(writing: Writing, id: string): Expr | undefined {
  const handle = writing.handle(id);
  return handle && call(member(handle.variable, "withoutPolicyUpdates"));
}

function profileHandle(variable: Variable): Handle {
  const l1 = child(variable, 'findChild("Profile")', "iam.CfnInstanceProfile");
  return { variable, ref: member(l1, "ref"), attribute: (name) => member(l1, `attr${name}`), l1 };
}

function templateOf(writing: Writing, resource: Known): Template | undefined {
  const data = resource.properties.LaunchTemplateData as Properties;
  const {
    BlockDeviceMappings,
    IamInstanceProfile,
    ImageId,
    InstanceType,
    MetadataOptions,
    SecurityGroupIds,
    UserData,
  } = data;
  const keys = [
    "BlockDeviceMappings",
    "IamInstanceProfile",
    "ImageId",
    "InstanceType",
    "MetadataOptions",
    "SecurityGroupIds",
    "UserData",
  ];
  const [device, ...others] = Array.isArray(BlockDeviceMappings) ? (BlockDeviceMappings as Properties[]) : [];
  const size = (device?.Ebs as Properties | undefined)?.VolumeSize;
  const usual =
    only(resource, "LaunchTemplateData") &&
    Object.keys(data).every((key) => keys.includes(key)) &&
    others.length === 0 &&
    isNumber(size) &&
    same(device, {
      DeviceName: device?.DeviceName ?? "",
      Ebs: { Encrypted: true, VolumeSize: size, VolumeType: "gp3" },
    }) &&
    ImageId !== undefined &&
    isText(InstanceType) &&
    /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/.test(InstanceType) &&
    same(MetadataOptions, { HttpTokens: "required" }) &&
    Array.isArray(SecurityGroupIds) &&
    SecurityGroupIds.length === 1;
  const cluster = clusterIn(UserData);
  if (!usual || cluster === undefined) return undefined;
  const profile = targetOf((IamInstanceProfile as Properties | undefined)?.Arn);
  const made = profile === undefined ? undefined : writing.resource(profile);
  const roles = made?.properties.Roles;
  const role = Array.isArray(roles) && roles.length === 1 ? targetOf(roles[0]) : undefined;
  // Without a role the class has none to hand over.
  if (profile === undefined || !made || made.raw || role === undefined || !writing.built(role)) return undefined;
  if (!only(made, "Roles") || made.condition !== undefined || (made.dependsOn ?? []).length > 0) return undefined;
  return { profile, role, cluster, data };
}

/** The cluster that the usual user data names. */
function clusterIn(value: Value | undefined): string | undefined {
  const inner = value instanceof Intrinsic && value.name === "Fn::Base64" ? value.argument : undefined;
  const text = inner instanceof Intrinsic && inner.name === "Fn::Sub" ? inner.argument : undefined;
  const id = isText(text) ? /^#!\/bin\/bash\necho ECS_CLUSTER=\$\{(\w+)\} >> /.exec(text)?.[1] : undefined;
  return id !== undefined && same(inner, sub(`#!/bin/bash\necho ECS_CLUSTER=\${${id}} >> /etc/ecs/ecs.config`))
    ? id
    : undefined;
}

/** The Auto Scaling group and the capacity provider of a launch template, when constructs make both and the cluster takes them. */
function providerOf(writing: Writing, template: string): { group: Known; provider: Known } | undefined {
  const [group, ...others] = writing.usersOf(template, "AWS::AutoScaling::AutoScalingGroup");
  const [provider, ...more] = group ? writing.usersOf(group.id, "AWS::ECS::CapacityProvider") : [];
  if (!group || !provider || others.length + more.length > 0) return undefined;
  const resource = writing.resource(template);
  const cluster = resource && !resource.raw ? templateOf(writing, resource)?.cluster : undefined;
  const associations = writing.usersOf(provider.id, "AWS::ECS::ClusterCapacityProviderAssociations");
  // The line that names the cluster comes with the association.
  const joined = associations.length === 1 && targetOf(associations[0]?.properties.Cluster) === cluster;
  return joined && groupSays(writing, group) && providerSays(provider) ? { group, provider } : undefined;
}

function groupSays(writing: Writing, resource: Known): boolean {
  const { DesiredCapacity, LaunchTemplate, MaxSize, MinSize, NewInstancesProtectedFromScaleIn, VPCZoneIdentifier } =
    resource.properties;
  const id = targetOf((LaunchTemplate as Properties).LaunchTemplateId);
  const vpc = vpcOfSubnets(writing, VPCZoneIdentifier);
  const isSize = (value: Value | undefined): boolean => isText(value) && /^\d+$/.test(value);
  return (
    only(
      resource,
      ...["DesiredCapacity", "LaunchTemplate", "MaxSize", "MinSize", "NewInstancesProtectedFromScaleIn"],
      "VPCZoneIdentifier",
    ) &&
    id !== undefined &&
    same(LaunchTemplate, {
      LaunchTemplateId: ref(id),
      Version: new Intrinsic("Fn::GetAtt", [id, "LatestVersionNumber"]),
    }) &&
    isSize(MinSize) &&
    isSize(MaxSize) &&
    Number(MinSize) <= Number(MaxSize) &&
    Number(MaxSize) > 0 &&
    (DesiredCapacity === undefined ||
      (isSize(DesiredCapacity) &&
        Number(DesiredCapacity) >= Number(MinSize) &&
        Number(DesiredCapacity) <= Number(MaxSize))) &&
    typeof NewInstancesProtectedFromScaleIn === "boolean" &&
    vpc !== undefined &&
    selectionOf(writing, vpc, VPCZoneIdentifier) !== undefined
  );
}

/** An Auto Scaling group. https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_autoscaling.AutoScalingGroup.html */
export const autoScalingGroup: Builder = (writing, resource) => {
  const template = targetOf((resource.properties.LaunchTemplate as Properties | undefined)?.LaunchTemplateId) ?? "";
  if (!writing.built(template)) return undefined;
  const { DesiredCapacity, MaxSize, MinSize, NewInstancesProtectedFromScaleIn, VPCZoneIdentifier } =
    resource.properties;
  return {
    type: "autoscaling.AutoScalingGroup",
    makes: [],
    handle: (_id, variable) =>
      handleOf(resource, variable, {
        ref: "autoScalingGroupName",
        attributes: { AutoScalingGroupARN: "autoScalingGroupArn" },
      }),
    write(variable) {
      const vpc = vpcOfSubnets(writing, VPCZoneIdentifier) as Value;
      const number = (value: Value | undefined): Expr | undefined =>
        value === undefined ? undefined : lit(Number(value));
      const props = obj({
        vpc: vpcOf(writing, vpc),
        vpcSubnets: selectionOf(writing, vpc, VPCZoneIdentifier)?.selection,
        launchTemplate: writing.handle(template)?.variable,
        minCapacity: number(MinSize),
        maxCapacity: number(MaxSize),
        desiredCapacity: number(DesiredCapacity),
        newInstancesProtectedFromScaleIn: lit(NewInstancesProtectedFromScaleIn as boolean),
      });
      const place = writing.place(resource);
      writing.program.declare(
        variable,
        make("autoscaling.AutoScalingGroup", raw("this"), lit(resource.id), props),
        place,
      );
      const l1 = child(variable, "defaultChild", "autoscaling.CfnAutoScalingGroup");
      writing.program.run(
        { is: "chain", parts: [l1, raw(".cfnOptions.updatePolicy = undefined")] },
        { ...place, comment: "Nothing changes the size of the group on a schedule." },
      );
      writeAllWaits(writing, resource, l1);
    },
  };
};

function providerSays(resource: Known): boolean {
  const { AutoScalingGroupProvider, ...more } = resource.properties;
  const { AutoScalingGroupArn, ManagedDraining, ManagedScaling, ManagedTerminationProtection, ...others } =
    AutoScalingGroupProvider as Properties;
  const scaling = ManagedScaling as Properties;
  const numbers = Object.entries(scaling).filter(([key]) => key !== "Status");
  const isSwitch = (value: Value | undefined): boolean => value === "ENABLED" || value === "DISABLED";
  return (
    Object.keys(more).length + Object.keys(others).length === 0 &&
    targetOf(AutoScalingGroupArn) !== undefined &&
    isSwitch(ManagedDraining) &&
    isSwitch(ManagedTerminationProtection) &&
    isSwitch(scaling.Status) &&
    numbers.every(([key, value]) => Object.hasOwn(scalingProps, key) && isNumber(value)) &&
    // Protection from termination needs managed scaling, and the class says so.
    (ManagedTerminationProtection === "DISABLED" || scaling.Status === "ENABLED") &&
    (scaling.Status === "ENABLED" || numbers.length === 0)
  );
}

const scalingProps: Readonly<Record<string, (value: number) => readonly [string, Expr]>> = {
  InstanceWarmupPeriod: (value) => ["instanceWarmupPeriod", lit(value)],
  MaximumScalingStepSize: (value) => ["maximumScalingStepSize", lit(value)],
  MinimumScalingStepSize: (value) => ["minimumScalingStepSize", lit(value)],
  TargetCapacity: (value) => ["targetCapacityPercent", lit(value)],
};

/** A capacity provider. https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ecs.AsgCapacityProvider.html */
export const capacityProvider: Builder = (writing, resource) => {
  const { AutoScalingGroupArn, ManagedDraining, ManagedScaling, ManagedTerminationProtection } = resource.properties
    .AutoScalingGroupProvider as Properties;
  const group = targetOf(AutoScalingGroupArn) ?? "";
  if (!writing.built(group)) return undefined;
  const { Status, ...numbers } = ManagedScaling as Properties;
  return {
    type: "ecs.AsgCapacityProvider",
    makes: [],
    handle: (_id, variable) => handleOf(resource, variable, { ref: "capacityProviderName", attributes: {} }),
    write(variable) {
      const said = Object.entries(numbers).map(
        ([key, value]) => scalingProps[key]?.(value as number) as [string, Expr],
      );
      const props = obj({
        autoScalingGroup: writing.handle(group)?.variable,
        enableManagedScaling: Status === "ENABLED" ? undefined : lit(false),
        ...Object.fromEntries(said),
        enableManagedTerminationProtection: lit(ManagedTerminationProtection === "ENABLED"),
        enableManagedDraining: lit(ManagedDraining === "ENABLED"),
      });
      const expr = make("ecs.AsgCapacityProvider", raw("this"), lit(resource.id), props);
      writing.program.declare(variable, expr, writing.place(resource));
      finish(writing, resource, variable);
    },
  };
};
