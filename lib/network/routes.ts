import { type EndpointService, endpointServices } from "../aws/endpoints";
import { own } from "../core/json";
import type { Resource } from "../stack/stack";
import type { AddressRange } from "./addresses";
import type { End } from "./groups";
import { booleanOf, defaultGroupOf, isOpen, itemsOf, keyOf, type Lookup, nodeOf, rangeOf, textOf } from "./lookup";
import { type DefaultRoute, type Leads, leadsFrom, waysOut } from "./tables";

/** What a subnet reaches beyond its VPC, by its route table. */
export interface SubnetRoutes {
  /** Logical id. */
  subnet: string;
  /** Key of its route table; undefined: the main one of its VPC. */
  table: string | undefined;
  vpc: string | undefined;
  zone: string | undefined;
  /** Of IPv4. */
  defaultRoute: DefaultRoute;
  /** Of a subnet with addresses of IPv6: whether these lead out, or out and in. */
  ipv6?: "out" | "both" | "unknown";
  /** Where the way out is a NAT gateway: key of the subnet that it stands in. */
  natSubnet?: string;
  /** Gateway endpoints in the route table, by service. */
  gateways: ReadonlyMap<string, Resource>;
  /** New interfaces get a public address unless they say otherwise; undefined: not known. */
  publicAddresses: boolean | undefined;
}

/** An interface endpoint that answers for a service under its usual name. */
export interface InterfaceEndpoint {
  resource: Resource;
  service: EndpointService;
  end: End;
  /** False: the usual name still leads to the public address. */
  privateDns: boolean;
}

export interface Routes {
  /** Where packets from a subnet to addresses go. */
  leads(subnet: string, range: AddressRange): Leads;
  /** Undefined for a subnet that the stack does not hold. */
  subnet(key: string): SubnetRoutes | undefined;
  /** Interface endpoints of a VPC, by service. */
  interfaces(vpc: string): ReadonlyMap<string, InterfaceEndpoint>;
  /** True when something that this reading does not follow joins VPCs. */
  joined: boolean;
}

/** Reads route tables, gateways and endpoints. https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html */
export function routesOf(lookup: Lookup): Routes {
  const tables = new Map<string, string>();
  for (const { properties } of lookup.of("AWS::EC2::SubnetRouteTableAssociation")) {
    const { SubnetId, RouteTableId } = properties;
    if (SubnetId !== undefined && RouteTableId !== undefined) tables.set(keyOf(SubnetId), keyOf(RouteTableId));
  }
  const gateways = new Map<string, Map<string, Resource>>();
  const interfaces = new Map<string, Map<string, InterfaceEndpoint>>();
  for (const resource of lookup.of("AWS::EC2::VPCEndpoint")) readEndpoint(lookup, resource, gateways, interfaces);
  const cache = new Map<string, SubnetRoutes | undefined>();
  const subnet = (key: string): SubnetRoutes | undefined => {
    if (cache.has(key)) return cache.get(key);
    // A NAT gateway may stand, wrongly, in a subnet that leads to it.
    cache.set(key, undefined);
    const resource = lookup.resource(key);
    let routes: SubnetRoutes | undefined;
    if (resource?.type === "AWS::EC2::Subnet") {
      const { VpcId, AvailabilityZone, MapPublicIpOnLaunch } = resource.properties;
      const table = tables.get(key);
      const vpc = VpcId === undefined ? undefined : keyOf(VpcId);
      routes = {
        subnet: key,
        table,
        vpc,
        zone: AvailabilityZone === undefined ? undefined : keyOf(AvailabilityZone),
        ...waysOut({ lookup, subnet }, key, vpc, table),
        gateways: gateways.get(table ?? "") ?? new Map(),
        publicAddresses: booleanOf(MapPublicIpOnLaunch) ?? (isOpen(MapPublicIpOnLaunch) ? undefined : false),
      };
    }
    cache.set(key, routes);
    return routes;
  };
  return {
    subnet,
    leads: (key, range) => leadsFrom(lookup, subnet(key), range),
    interfaces: (vpc) => interfaces.get(vpc) ?? new Map(),
    joined: JOINING.some((type) => lookup.of(type).length > 0),
  };
}

const JOINING = [
  ...["AWS::EC2::VPCPeeringConnection", "AWS::EC2::TransitGatewayAttachment", "AWS::EC2::TransitGatewayVpcAttachment"],
  ...["AWS::EC2::VPNGateway", "AWS::NetworkManager::VpcAttachment"],
];

function readEndpoint(
  lookup: Lookup,
  resource: Resource,
  gateways: Map<string, Map<string, Resource>>,
  interfaces: Map<string, Map<string, InterfaceEndpoint>>,
): void {
  const { ServiceName, VpcEndpointType, VpcId, RouteTableIds, SecurityGroupIds, PrivateDnsEnabled } =
    resource.properties;
  const name = /^com\.amazonaws\.(?:\$\{AWS::Region\}|[a-z0-9-]+)\.(.+)$/.exec(textOf(ServiceName) ?? "")?.[1];
  if (name === undefined || own<string>(endpointServices, name) === undefined || VpcId === undefined) return;
  const service = name as EndpointService;
  if (VpcEndpointType === undefined || VpcEndpointType === "Gateway") {
    for (const table of itemsOf(RouteTableIds) ?? []) {
      const key = keyOf(table);
      const services = gateways.get(key) ?? new Map<string, Resource>();
      gateways.set(key, services.set(service, resource));
    }
    return;
  }
  const vpc = keyOf(VpcId);
  // Without groups of its own an endpoint has the default one of its VPC.
  const unsaid = SecurityGroupIds === undefined || itemsOf(SecurityGroupIds)?.length === 0;
  const byDefault = lookup.resource(vpc)?.type === "AWS::EC2::VPC" ? [defaultGroupOf(vpc)] : undefined;
  const groups = unsaid ? byDefault : itemsOf(SecurityGroupIds)?.map(keyOf);
  const cidr = rangeOf(lookup, lookup.resource(vpc)?.properties.CidrBlock);
  const node = nodeOf(resource);
  const end: End = {
    name: `the ${service} endpoint`,
    ...(node === undefined ? {} : { node }),
    groups,
    addresses: undefined,
    ...(cidr ? { within: [cidr] } : {}),
  };
  const known = interfaces.get(vpc) ?? new Map<string, InterfaceEndpoint>();
  interfaces.set(vpc, known);
  const privateDns = booleanOf(PrivateDnsEnabled) === true;
  // Of several the one that answers under the usual name is asked.
  if (!known.get(service)?.privateDns) known.set(service, { resource, service, end, privateDns });
}
