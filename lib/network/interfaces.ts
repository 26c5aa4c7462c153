import { isObject } from "../core/json";
import type { Resource } from "../stack/stack";
import { type Properties, referredBy, type Value } from "../stack/value";
import type { Acls, Opener } from "./acls";
import type { AddressRange } from "./addresses";
import type { End, Groups } from "./groups";
import { at, booleanOf, defaultGroupOf, itemsOf, keyOf, type Lookup, nodeOf, rangeOf } from "./lookup";
import type { Routes } from "./routes";

/** Everything a walk reads. */
export interface Network {
  lookup: Lookup;
  groups: Groups;
  routes: Routes;
  acls: Acls;
  /** What people call a node. */
  nameOf(node: string): string | undefined;
}

/** A set of alike network interfaces in some subnets. */
export interface Interfaces extends End {
  /** Keys of the subnets; undefined where they are given by a parameter. */
  subnets: readonly string[] | undefined;
  /** Key of the VPC they stand in, where it is known. */
  vpc: string | undefined;
  /** Who chooses the port that answers come back to; Linux where it is not said. */
  opener?: Opener;
}

/** The name of a resource: its node's, else its logical id. */
export const resourceName = (network: Network, resource: Resource): string => {
  const node = nodeOf(resource);
  return (node === undefined ? undefined : network.nameOf(node)) ?? resource.id;
};

export interface Parts {
  name: string;
  node: string | undefined;
  groups: Value | undefined;
  /** What no group at all means: nothing filters (Network Load Balancer), or the VPC's default group. */
  withoutGroups: "unfiltered" | "default-group";
  subnets: Value | undefined;
}

/** Interfaces in some subnets, with the groups that are written on them. */
export function interfaces(network: Network, { name, node, groups, withoutGroups, subnets }: Parts): Interfaces {
  const listed = itemsOf(groups)?.map(keyOf);
  const none = groups === undefined || listed?.length === 0;
  const own = none && withoutGroups === "unfiltered" ? [] : none ? undefined : listed;
  const keys = itemsOf(subnets)?.map(keyOf);
  const resources = keys?.map((key) => network.lookup.resource(key)) ?? [];
  const [first] = resources;
  const group = network.lookup.resource(own?.[0]);
  const vpcValue = first?.properties.VpcId ?? group?.properties.VpcId;
  const vpc = vpcValue === undefined ? undefined : keyOf(vpcValue);
  const ranges = resources.map((subnet) => rangeOf(network.lookup, subnet?.properties.CidrBlock));
  const whole = rangeOf(
    network.lookup,
    vpcValue === undefined ? undefined : network.lookup.resource(vpc)?.properties.CidrBlock,
  );
  const exact = ranges.length > 0 && ranges.every((range): range is AddressRange => range !== undefined);
  return {
    name,
    ...(node === undefined ? {} : { node }),
    groups: none && own === undefined ? defaultsOf(network, vpc) : own,
    addresses: exact ? ranges : undefined,
    ...(whole ? { within: [whole] } : {}),
    subnets: keys,
    vpc,
  };
}

/** The same interfaces by their addresses of IPv6, as far as their subnets say them. */
export function ofIpv6<E extends Interfaces>(network: Network, end: E): E {
  const { within: _, ...rest } = end;
  const ranges = end.subnets?.flatMap((key) => {
    const own = network.lookup.resource(key)?.properties.Ipv6CidrBlock;
    const added = network.lookup.where("AWS::EC2::SubnetCidrBlock", "SubnetId", key)[0]?.properties.Ipv6CidrBlock;
    const written = own ?? added;
    return typeof written === "string" ? (network.lookup.range(written) ?? []) : [];
  });
  const all = ranges !== undefined && ranges.length > 0 && ranges.length === end.subnets?.length;
  return { ...rest, version: 6, addresses: all ? ranges : undefined } as E;
}

/** What an interface without a group has: the default group of its VPC, where the template makes that. */
const defaultsOf = (network: Network, vpc: string | undefined): string[] | undefined =>
  vpc !== undefined && network.groups.has(defaultGroupOf(vpc)) ? [defaultGroupOf(vpc)] : undefined;

/** The interfaces of a load balancer. */
export function balancerInterfaces(network: Network, resource: Resource): Interfaces {
  const { SecurityGroups, Subnets, SubnetMappings, Type } = resource.properties;
  const found = interfaces(network, {
    name: resourceName(network, resource),
    node: nodeOf(resource),
    groups: SecurityGroups,
    withoutGroups: Type === "network" ? "unfiltered" : "default-group",
    subnets: Subnets ?? itemsOf(SubnetMappings)?.flatMap((mapping) => at(mapping, "SubnetId") ?? []),
  });
  return { ...found, opener: "loadBalancer" };
}

/** The interfaces that an awsvpc configuration gives to tasks. */
export const taskInterfaces = (
  network: Network,
  name: string,
  node: string | undefined,
  configuration: Value | undefined,
): Interfaces =>
  interfaces(network, {
    name,
    node,
    groups: at(configuration, "SecurityGroups"),
    withoutGroups: "default-group",
    subnets: at(configuration, "Subnets"),
  });

/** What the instances of an Auto Scaling group are launched with: of a launch template, or of a launch configuration. */
export function launchOf(
  lookup: Lookup,
  group: Resource,
): { launch: Properties | undefined; old: boolean; by: Resource | undefined } {
  const { LaunchTemplate, LaunchConfigurationName, MixedInstancesPolicy } = group.properties;
  const specification = LaunchTemplate ?? at(MixedInstancesPolicy, "LaunchTemplate", "LaunchTemplateSpecification");
  const reference = at(specification, "LaunchTemplateId") ?? at(specification, "LaunchTemplateName");
  const template = reference === undefined ? undefined : lookup.resource(keyOf(reference));
  const data = template?.properties.LaunchTemplateData;
  if (isObject(data)) return { launch: data as Properties, old: false, by: template };
  const old = LaunchConfigurationName === undefined ? undefined : lookup.resource(keyOf(LaunchConfigurationName));
  return { launch: old?.properties, old: true, by: old };
}

/** The interfaces of the instances of an Auto Scaling group, and whether each has a public address. */
export function instanceInterfaces(
  network: Network,
  group: Resource,
): Interfaces & { publicAddress: boolean | undefined } {
  const { launch, old } = launchOf(network.lookup, group);
  const own = at(launch, "NetworkInterfaces", 0);
  const result = interfaces(network, {
    name: resourceName(network, group),
    node: nodeOf(group),
    groups:
      at(own, "Groups") ?? at(launch, old ? "SecurityGroups" : "SecurityGroupIds") ?? at(launch, "SecurityGroups"),
    withoutGroups: "default-group",
    subnets: group.properties.VPCZoneIdentifier,
  });
  const written = old ? launch?.AssociatePublicIpAddress : at(own, "AssociatePublicIpAddress");
  return { ...result, publicAddress: publicAddress(network, result, written) };
}

/** As the interface says, else as its subnets say. */
export function publicAddress(network: Network, end: Interfaces, written: Value | undefined): boolean | undefined {
  if (written !== undefined) return booleanOf(written);
  const subnets = end.subnets?.map((key) => network.routes.subnet(key)?.publicAddresses);
  const [first] = subnets ?? [];
  return subnets?.every((given) => given === first) ? first : undefined;
}

/** Types of file systems that tasks mount over NFS, and of their mount targets. */
const mountTargetOf: Readonly<Record<string, string>> = {
  "AWS::EFS::FileSystem": "AWS::EFS::MountTarget",
  "AWS::S3Files::FileSystem": "AWS::S3Files::MountTarget",
};

/** True for a file system with mount targets: of Amazon EFS, or of Amazon S3 Files, which is built on it. */
export const isFileSystem = ({ type }: Resource): boolean => Object.hasOwn(mountTargetOf, type);

/** The mount targets of a file system, each in its subnet. */
export const mountTargets = (network: Network, fileSystem: string): { resource: Resource; end: Interfaces }[] =>
  network.lookup
    .where(mountTargetOf[network.lookup.resource(fileSystem)?.type ?? ""] ?? "", "FileSystemId", fileSystem)
    .map((resource) => {
      const { SecurityGroups, SubnetId } = resource.properties;
      const end = interfaces(network, {
        name: resourceName(network, resource),
        node: nodeOf(resource),
        groups: SecurityGroups,
        withoutGroups: "default-group",
        subnets: SubnetId === undefined ? undefined : [SubnetId],
      });
      return { resource, end };
    });

/** The file system that a volume of a task definition mounts, where it is one of the template. */
export function fileSystemOfVolume({ lookup }: Network, volume: Value): Resource | undefined {
  const efs = at(volume, "EFSVolumeConfiguration");
  const written =
    at(efs, "FilesystemId") ?? at(efs, "FileSystemId") ?? at(volume, "S3FilesVolumeConfiguration", "FileSystemArn");
  if (written === undefined) return undefined;
  // An ARN may be put together around the id.
  const named = [keyOf(written), ...referredBy(written)].map((id) => lookup.resource(id));
  return named.find((resource) => resource !== undefined && isFileSystem(resource));
}

/** The interfaces of the instances that ECS Managed Instances launches for a capacity provider. */
export function managedInterfaces(
  network: Network,
  provider: Resource,
): Interfaces & { publicAddress: boolean | undefined } {
  const launch = at(provider.properties.ManagedInstancesProvider, "InstanceLaunchTemplate", "NetworkConfiguration");
  const end = interfaces(network, {
    name: resourceName(network, provider),
    node: nodeOf(provider),
    groups: at(launch, "SecurityGroups"),
    withoutGroups: "default-group",
    subnets: at(launch, "Subnets"),
  });
  return { ...end, publicAddress: publicAddress(network, end, undefined) };
}
