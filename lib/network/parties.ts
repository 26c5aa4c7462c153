import type { Resource } from "../stack/stack";
import type { Value } from "../stack/value";
import {
  balancerInterfaces,
  type Interfaces,
  instanceInterfaces,
  interfaces,
  isFileSystem,
  managedInterfaces,
  mountTargets,
  publicAddress,
  resourceName,
} from "./interfaces";
import { at, booleanOf, itemsOf, keyOf, type Lookup, nodeOf } from "./lookup";
import { endsOf, hasPublicAddress, isManaged, type Place } from "./places";
import type { Ground } from "./walks/walk";

/** The network interfaces of a resource, or why there are none to speak of: a sentence. */
export type Party = { ends: readonly PublicEnd[] } | Nobody;

/** `never`: no packet can travel; else nobody can say. */
export interface Nobody {
  why: string;
  never?: true;
}

/** Interfaces, and whether each has a public address; undefined: not known. */
export type PublicEnd = Interfaces & { publicAddress?: boolean | undefined };

type Find = (ground: Ground, resource: Resource) => Party;

/** Where a type writes down the groups and subnets of its interfaces, as paths into its properties. */
interface Written {
  groups: readonly string[];
  subnets?: readonly string[];
  /** A group of subnets that it names, and their list there. */
  subnetGroup?: { name: string; type: string; list: string };
  /** True where its interfaces may have public addresses. */
  open?: string;
}

const databaseSubnets = { name: "DBSubnetGroupName", type: "AWS::RDS::DBSubnetGroup", list: "SubnetIds" };
const cacheSubnets = { name: "CacheSubnetGroupName", type: "AWS::ElastiCache::SubnetGroup", list: "SubnetIds" };

/** Each from the page of its type in CloudFormation's reference. */
const written: Readonly<Record<string, Written>> = {
  "AWS::RDS::DBInstance": { groups: ["VPCSecurityGroups"], subnetGroup: databaseSubnets, open: "PubliclyAccessible" },
  "AWS::RDS::DBCluster": { groups: ["VpcSecurityGroupIds"], subnetGroup: databaseSubnets, open: "PubliclyAccessible" },
  "AWS::RDS::DBProxy": { groups: ["VpcSecurityGroupIds"], subnets: ["VpcSubnetIds"] },
  "AWS::DocDB::DBCluster": {
    groups: ["VpcSecurityGroupIds"],
    subnetGroup: { ...databaseSubnets, type: "AWS::DocDB::DBSubnetGroup" },
  },
  "AWS::Neptune::DBCluster": {
    groups: ["VpcSecurityGroupIds"],
    subnetGroup: { ...databaseSubnets, type: "AWS::Neptune::DBSubnetGroup" },
  },
  "AWS::ElastiCache::CacheCluster": { groups: ["VpcSecurityGroupIds"], subnetGroup: cacheSubnets },
  "AWS::ElastiCache::ReplicationGroup": { groups: ["SecurityGroupIds"], subnetGroup: cacheSubnets },
  "AWS::ElastiCache::ServerlessCache": { groups: ["SecurityGroupIds"], subnets: ["SubnetIds"] },
  "AWS::EC2::VPCEndpoint": { groups: ["SecurityGroupIds"], subnets: ["SubnetIds"] },
  "AWS::Lambda::Function": { groups: ["VpcConfig", "SecurityGroupIds"], subnets: ["VpcConfig", "SubnetIds"] },
  "AWS::OpenSearchService::Domain": {
    groups: ["VPCOptions", "SecurityGroupIds"],
    subnets: ["VPCOptions", "SubnetIds"],
  },
  "AWS::Elasticsearch::Domain": { groups: ["VPCOptions", "SecurityGroupIds"], subnets: ["VPCOptions", "SubnetIds"] },
  "AWS::MemoryDB::Cluster": {
    groups: ["SecurityGroupIds"],
    subnetGroup: { name: "SubnetGroupName", type: "AWS::MemoryDB::SubnetGroup", list: "SubnetIds" },
  },
  "AWS::Redshift::Cluster": {
    groups: ["VpcSecurityGroupIds"],
    subnetGroup: { name: "ClusterSubnetGroupName", type: "AWS::Redshift::ClusterSubnetGroup", list: "SubnetIds" },
    open: "PubliclyAccessible",
  },
  "AWS::ApiGatewayV2::VpcLink": { groups: ["SecurityGroupIds"], subnets: ["SubnetIds"] },
  "AWS::AppRunner::VpcConnector": { groups: ["SecurityGroups"], subnets: ["Subnets"] },
  "AWS::CodeBuild::Project": { groups: ["VpcConfig", "SecurityGroupIds"], subnets: ["VpcConfig", "Subnets"] },
  "AWS::MSK::Cluster": {
    groups: ["BrokerNodeGroupInfo", "SecurityGroups"],
    subnets: ["BrokerNodeGroupInfo", "ClientSubnets"],
  },
};

function asWritten({ network }: Ground, resource: Resource, where: Written): Party {
  const { properties } = resource;
  const named = where.subnetGroup && properties[where.subnetGroup.name];
  const group = named === undefined ? undefined : network.lookup.resource(keyOf(named));
  const subnets = where.subnets
    ? at(properties, ...where.subnets)
    : group?.type === where.subnetGroup?.type
      ? group?.properties[where.subnetGroup?.list ?? ""]
      : undefined;
  const groups = at(properties, ...where.groups);
  if (where.groups.length > 1 && properties[where.groups[0] as string] === undefined) {
    return { why: `${resource.id} stands in no VPC, so nothing in one reaches it by its addresses.` };
  }
  const end = interfaces(network, {
    name: resourceName(network, resource),
    node: nodeOf(resource),
    groups,
    withoutGroups: "default-group",
    subnets,
  });
  const open = where.open === undefined ? false : publicly(properties[where.open]);
  return { ends: [{ ...end, publicAddress: open }] };
}

/** Where nothing is written, it depends on the subnets. */
const publicly = (value: Value | undefined): boolean | undefined => booleanOf(value);

const found = (ends: readonly PublicEnd[], why: string): Party => (ends.length > 0 ? { ends } : { why });

function ofPlaces(places: readonly Place[], nobody: string): Party {
  if (places.length === 0) return { why: nobody };
  const apart = places.find((place) => place.apart !== undefined)?.apart;
  if (apart !== undefined) return { why: apart, never: true };
  const unknown = places.find((place) => place.unknown !== undefined)?.unknown;
  if (unknown !== undefined) return { why: unknown };
  const ends = places.flatMap((place) =>
    endsOf(place).map(
      (end): PublicEnd => (end === place.own ? { ...end, publicAddress: hasPublicAddress(place) } : end),
    ),
  );
  return found(ends, `The instances that run ${places[0]?.name} are not part of this template.`);
}

/** The instances of a cluster answer for it, and it answers for them. */
const member: Find = (ground, resource) => {
  const { DBClusterIdentifier } = resource.properties;
  const cluster =
    DBClusterIdentifier === undefined ? undefined : ground.network.lookup.resource(keyOf(DBClusterIdentifier));
  if (cluster && /::DBCluster$/.test(cluster.type)) return partyOf(ground, cluster);
  const where = written[resource.type];
  if (where && DBClusterIdentifier === undefined) return asWritten(ground, resource, where);
  return { why: `The cluster of ${resource.id} is not part of this template.` };
};

const fileSystem: Find = ({ network }, { id }) =>
  found(
    mountTargets(network, id).map(({ end }) => end),
    `${id} has no mount target in this template.`,
  );

const mountTarget: Find = ({ network }, resource) => {
  const { FileSystemId } = resource.properties;
  const all = FileSystemId === undefined ? [] : mountTargets(network, keyOf(FileSystemId));
  return found(
    all.flatMap((one) => (one.resource.id === resource.id ? [one.end] : [])),
    `The file system of ${resource.id} is not part of this template.`,
  );
};

const accessPoint: Find = (ground, resource) => {
  const { FileSystemId } = resource.properties;
  const files = FileSystemId === undefined ? undefined : ground.network.lookup.resource(keyOf(FileSystemId));
  return files && isFileSystem(files)
    ? partyOf(ground, files)
    : { why: `The file system of ${resource.id} is not part of this template.` };
};

/** True for what an Elastic IP address is associated with. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-eips.html */
const hasElasticAddress = (lookup: Lookup, property: "InstanceId" | "NetworkInterfaceId", id: string): boolean =>
  ["AWS::EC2::EIP", "AWS::EC2::EIPAssociation"].some((type) => lookup.where(type, property, id).length > 0);

const finds: Readonly<Record<string, Find>> = {
  "AWS::ECS::Service": ({ places }, resource) => {
    const place = places.ofService(resource.id);
    return ofPlaces(place ? [place] : [], `The task definition of ${resource.id} is not part of this template.`);
  },
  "AWS::ECS::TaskDefinition": ({ places }, { id }) => ofPlaces(places.of(id), `Nothing in this template runs ${id}.`),
  "AWS::Events::Rule": ({ places }, { id }) =>
    ofPlaces(
      places.all.filter((place) => place.resource.id === id),
      `${id} runs no task definition of this template.`,
    ),
  "AWS::Scheduler::Schedule": ({ places }, { id }) =>
    ofPlaces(
      places.all.filter((place) => place.resource.id === id),
      `${id} runs no task definition of this template.`,
    ),
  "AWS::ElasticLoadBalancingV2::LoadBalancer": ({ network }, resource) => ({
    ends: [balancerInterfaces(network, resource)],
  }),
  "AWS::ElasticLoadBalancing::LoadBalancer": ({ network }, resource) => ({
    ends: [balancerInterfaces(network, resource)],
  }),
  "AWS::AutoScaling::AutoScalingGroup": ({ network }, resource) => ({ ends: [instanceInterfaces(network, resource)] }),
  "AWS::ECS::CapacityProvider": (ground, resource) => {
    if (isManaged(resource)) return { ends: [managedInterfaces(ground.network, resource)] };
    const arn = at(resource.properties.AutoScalingGroupProvider, "AutoScalingGroupArn");
    const group = arn === undefined ? undefined : ground.network.lookup.resource(keyOf(arn));
    return group?.type === "AWS::AutoScaling::AutoScalingGroup"
      ? partyOf(ground, group)
      : { why: `The instances of ${resource.id} are not part of this template.` };
  },
  "AWS::EC2::Instance": ({ network }, resource) => {
    const { NetworkInterfaces, SecurityGroupIds, SecurityGroups, SubnetId } = resource.properties;
    const own = at(NetworkInterfaces, 0);
    const subnet = at(own, "SubnetId") ?? SubnetId;
    const end = interfaces(network, {
      name: resourceName(network, resource),
      node: nodeOf(resource),
      groups: at(own, "GroupSet") ?? SecurityGroupIds ?? SecurityGroups,
      withoutGroups: "default-group",
      subnets: subnet === undefined ? undefined : [subnet],
    });
    const given = hasElasticAddress(network.lookup, "InstanceId", resource.id);
    const written = at(own, "AssociatePublicIpAddress");
    return { ends: [{ ...end, publicAddress: given || publicAddress(network, end, written) }] };
  },
  "AWS::EC2::NetworkInterface": ({ network }, resource) => {
    const { GroupSet, SubnetId } = resource.properties;
    const end = interfaces(network, {
      name: resourceName(network, resource),
      node: nodeOf(resource),
      groups: GroupSet,
      withoutGroups: "default-group",
      subnets: SubnetId === undefined ? undefined : [SubnetId],
    });
    const given = hasElasticAddress(network.lookup, "NetworkInterfaceId", resource.id);
    return { ends: [{ ...end, publicAddress: given || undefined }] };
  },
  "AWS::EFS::FileSystem": fileSystem,
  "AWS::EFS::MountTarget": mountTarget,
  "AWS::EFS::AccessPoint": accessPoint,
  "AWS::S3Files::FileSystem": fileSystem,
  "AWS::S3Files::MountTarget": mountTarget,
  "AWS::S3Files::AccessPoint": accessPoint,
  "AWS::RDS::DBInstance": member,
  "AWS::DocDB::DBInstance": member,
  "AWS::Neptune::DBInstance": member,
};

/** The interfaces by which a resource sends and is reached. */
export function partyOf(ground: Ground, resource: Resource): Party {
  const find = finds[resource.type];
  if (find) return find(ground, resource);
  const where = written[resource.type];
  return where
    ? asWritten(ground, resource, where)
    : { why: `${resource.id} is ${resource.type}, which has no network interfaces that this reading knows.` };
}

/**
 * True for what sends from addresses of AWS's own: CloudFront, and functions and builds that stand in no VPC.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html
 */
export const isOutsider = ({ type, properties }: Resource): boolean =>
  type === "AWS::CloudFront::Distribution" ||
  ((type === "AWS::Lambda::Function" || type === "AWS::CodeBuild::Project") && properties.VpcConfig === undefined);

/** True for types that have interfaces at all. */
export const isParty = (type: string): boolean => Object.hasOwn(finds, type) || Object.hasOwn(written, type);

/** Items of a list that name resources of the template. */
export const namedIn = ({ network }: Ground, value: Value | undefined): Resource[] =>
  (itemsOf(value) ?? []).flatMap((item) => network.lookup.resource(keyOf(item)) ?? []);
