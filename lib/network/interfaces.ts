import type { Resource } from "../stack/stack";
import type { Value } from "../stack/value";
import type { AddressRange } from "./addresses";
import type { End, Groups } from "./groups";
import { at, itemsOf, keyOf, type Lookup, nodeOf, rangeOf } from "./lookup";
import type { Routes } from "./routes";

/** Everything a walk reads. */
export interface Network {
  lookup: Lookup;
  groups: Groups;
  routes: Routes;
  /** What people call a node. */
  nameOf(node: string): string | undefined;
}

/** A set of alike network interfaces in some subnets. */
export interface Interfaces extends End {
  /** Keys of the subnets; undefined where they are given by a parameter. */
  subnets: readonly string[] | undefined;
  /** Key of the VPC they stand in, where it is known. */
  vpc: string | undefined;
}

/** The name of a resource: its node's, else its logical id. */
export const resourceName = (network: Network, resource: Resource): string => {
  const node = nodeOf(resource);
  return (node === undefined ? undefined : network.nameOf(node)) ?? resource.id;
};

interface Parts {
  name: string;
  node: string | undefined;
  groups: Value | undefined;
  /** What no group at all means: nothing filters (Network Load Balancer), or the VPC's default group. */
  withoutGroups: "unfiltered" | "default-group";
  subnets: Value | undefined;
}

function interfaces(network: Network, { name, node, groups, withoutGroups, subnets }: Parts): Interfaces {
  const listed = itemsOf(groups)?.map(keyOf);
  const own = groups === undefined || listed?.length === 0 ? (withoutGroups === "unfiltered" ? [] : undefined) : listed;
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
    groups: own,
    addresses: exact ? ranges : undefined,
    ...(whole ? { within: [whole] } : {}),
    subnets: keys,
    vpc,
  };
}

/** The interfaces of a load balancer. */
export function balancerInterfaces(network: Network, resource: Resource): Interfaces {
  const { SecurityGroups, Subnets, SubnetMappings, Type } = resource.properties;
  return interfaces(network, {
    name: resourceName(network, resource),
    node: nodeOf(resource),
    groups: SecurityGroups,
    withoutGroups: Type === "network" ? "unfiltered" : "default-group",
    subnets: Subnets ?? itemsOf(SubnetMappings)?.flatMap((mapping) => at(mapping, "SubnetId") ?? []),
  });
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

/** The interfaces of the instances of an Auto Scaling group, and whether each has a public address. */
export function instanceInterfaces(
  network: Network,
  group: Resource,
): Interfaces & { publicAddress: boolean | undefined } {
  const { LaunchTemplate, VPCZoneIdentifier } = group.properties;
  const reference = at(LaunchTemplate, "LaunchTemplateId") ?? at(LaunchTemplate, "LaunchTemplateName");
  const template = reference === undefined ? undefined : network.lookup.resource(keyOf(reference));
  const data = template?.properties.LaunchTemplateData;
  const own = at(data, "NetworkInterfaces", 0);
  const result = interfaces(network, {
    name: resourceName(network, group),
    node: nodeOf(group),
    groups: at(own, "Groups") ?? at(data, "SecurityGroupIds"),
    withoutGroups: "default-group",
    subnets: VPCZoneIdentifier,
  });
  const associate = at(own, "AssociatePublicIpAddress");
  const subnets = result.subnets?.map((key) => network.routes.subnet(key));
  const given = subnets?.every((subnet) => subnet !== undefined)
    ? subnets.every((subnet) => subnet.publicAddresses)
    : undefined;
  return { ...result, publicAddress: typeof associate === "boolean" ? associate : given };
}

/** The mount targets of a file system, each in its subnet. */
export const mountTargets = (network: Network, fileSystem: string): { resource: Resource; end: Interfaces }[] =>
  network.lookup.where("AWS::EFS::MountTarget", "FileSystemId", fileSystem).map((resource) => {
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
