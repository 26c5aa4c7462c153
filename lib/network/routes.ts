import { type EndpointService, endpointServices } from "../aws/endpoints";
import { own } from "../core/json";
import type { Resource } from "../stack/stack";
import type { Value } from "../stack/value";
import type { End } from "./groups";
import { itemsOf, keyOf, type Lookup, nodeOf, rangeOf, textOf } from "./lookup";

/** Where the default route of a subnet leads. `other`: through something that this reading does not follow. */
export type DefaultRoute = "internet-gateway" | "nat" | "other" | "none";

/** What a subnet reaches beyond its VPC, by its route table. */
export interface SubnetRoutes {
  /** Logical id. */
  subnet: string;
  vpc: string | undefined;
  zone: string | undefined;
  defaultRoute: DefaultRoute;
  /** Services whose gateway endpoint is in the route table. */
  gateways: ReadonlySet<string>;
  /** New interfaces get a public address unless they say otherwise. */
  publicAddresses: boolean;
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
  const gateways = new Map<string, Set<string>>();
  const interfaces = new Map<string, Map<string, InterfaceEndpoint>>();
  for (const resource of lookup.of("AWS::EC2::VPCEndpoint")) readEndpoint(lookup, resource, gateways, interfaces);
  const cache = new Map<string, SubnetRoutes | undefined>();
  const subnet = (key: string): SubnetRoutes | undefined => {
    if (cache.has(key)) return cache.get(key);
    const resource = lookup.resource(key);
    let routes: SubnetRoutes | undefined;
    if (resource?.type === "AWS::EC2::Subnet") {
      const { VpcId, AvailabilityZone, MapPublicIpOnLaunch } = resource.properties;
      const table = tables.get(key);
      routes = {
        subnet: key,
        vpc: VpcId === undefined ? undefined : keyOf(VpcId),
        zone: AvailabilityZone === undefined ? undefined : keyOf(AvailabilityZone),
        defaultRoute: table === undefined ? "none" : defaultRoute(lookup, table),
        gateways: gateways.get(table ?? "") ?? new Set(),
        publicAddresses: MapPublicIpOnLaunch === true,
      };
    }
    cache.set(key, routes);
    return routes;
  };
  return {
    subnet,
    interfaces: (vpc) => interfaces.get(vpc) ?? new Map(),
    joined: JOINING.some((type) => lookup.of(type).length > 0),
  };
}

const JOINING = ["AWS::EC2::VPCPeeringConnection", "AWS::EC2::TransitGatewayAttachment"];

/** Targets of a route that lead somewhere this reading does not follow: peers, transit gateways, appliances. */
function defaultRoute(lookup: Lookup, table: string): DefaultRoute {
  let found: DefaultRoute = "none";
  for (const { properties } of lookup.where("AWS::EC2::Route", "RouteTableId", table)) {
    const { DestinationCidrBlock, GatewayId, NatGatewayId } = properties;
    if (DestinationCidrBlock === "0.0.0.0/0") {
      if (NatGatewayId !== undefined) return natLeadsOut(lookup, NatGatewayId) ? "nat" : "other";
      const gateway = GatewayId === undefined ? undefined : lookup.resource(keyOf(GatewayId));
      return gateway?.type === "AWS::EC2::InternetGateway" ? "internet-gateway" : "other";
    }
    found = "other";
  }
  return found;
}

/** A public NAT gateway of the template; one that exists already, or a private one, leads nobody knows where. */
function natLeadsOut(lookup: Lookup, value: Value): boolean {
  const gateway = lookup.resource(keyOf(value));
  return gateway?.type === "AWS::EC2::NatGateway" && gateway.properties.ConnectivityType !== "private";
}

function readEndpoint(
  lookup: Lookup,
  resource: Resource,
  gateways: Map<string, Set<string>>,
  interfaces: Map<string, Map<string, InterfaceEndpoint>>,
): void {
  const { ServiceName, VpcEndpointType, VpcId, RouteTableIds, SecurityGroupIds, PrivateDnsEnabled } =
    resource.properties;
  const name = /^com\.amazonaws\.(?:\$\{AWS::Region\}|[a-z0-9-]+)\.(.+)$/.exec(textOf(ServiceName) ?? "")?.[1];
  if (name === undefined || own<string>(endpointServices, name) === undefined || VpcId === undefined) return;
  const service = name as EndpointService;
  if (VpcEndpointType !== "Interface") {
    for (const table of itemsOf(RouteTableIds) ?? []) {
      const key = keyOf(table);
      const services = gateways.get(key) ?? new Set();
      gateways.set(key, services.add(service));
    }
    return;
  }
  const vpc = keyOf(VpcId);
  const groups = itemsOf(SecurityGroupIds)?.map(keyOf);
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
  if (!known.has(service)) known.set(service, { resource, service, end, privateDns: PrivateDnsEnabled === true });
}
