import type { Resource } from "../stack/stack";
import { targetOf, type Value } from "../stack/value";
import { type AddressRange, contains, covered, isEverywhere, isPrivateRange, overlaps, parseCidr } from "./addresses";
import { at, isOpen, itemsOf, keyOf, type Lookup, rangeOf } from "./lookup";
import type { SubnetRoutes } from "./routes";

/** Where the default route of a subnet leads. `other`: through something that this reading does not follow. */
export type DefaultRoute = "internet-gateway" | "nat" | "other" | "none";

/** Where packets to some addresses go: by a route, nowhere, or nobody knows where. */
export type Leads = { route: Resource } | "local" | "none" | "unknown";

interface Reading {
  lookup: Lookup;
  subnet(key: string): SubnetRoutes | undefined;
}

/** A route as a table has it; of a prefix list of the template one for each entry. */
interface Route {
  resource: Resource;
  /** Undefined: only the deployment knows. */
  range: AddressRange | undefined;
}

const parsed = (...cidrs: string[]): AddressRange[] => cidrs.flatMap((cidr) => parseCidr(cidr) ?? []);
const everywhere = { 4: parsed("0.0.0.0/0")[0], 6: parsed("::/0")[0] } as Record<4 | 6, AddressRange>;

/** The routes of a table for one family of addresses, and those of which nobody knows for which. */
function routesIn(lookup: Lookup, table: string, version: 4 | 6): Route[] {
  return lookup.where("AWS::EC2::Route", "RouteTableId", table).flatMap((resource): Route[] => {
    const { DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId } = resource.properties;
    const list = lookup.resource(targetOf(DestinationPrefixListId));
    const entries = list?.type === "AWS::EC2::PrefixList" ? itemsOf(list.properties.Entries) : undefined;
    const written = entries?.map((entry) => at(entry, "Cidr")) ?? [DestinationCidrBlock ?? DestinationIpv6CidrBlock];
    // Which of both is written says the family, whatever the value is.
    if (DestinationCidrBlock !== undefined && version === 6) return [];
    if (DestinationCidrBlock === undefined && DestinationIpv6CidrBlock !== undefined && version === 4) return [];
    return written
      .map((value) => ({ resource, range: rangeOf(lookup, value) }))
      .filter(({ range }) => range === undefined || range.version === version);
  });
}

/** The addresses of a VPC, as far as the template says them. */
const rangesOf = (lookup: Lookup, vpc: string): AddressRange[] =>
  [
    lookup.resource(vpc)?.properties.CidrBlock,
    ...lookup.where("AWS::EC2::VPCCidrBlock", "VpcId", vpc).map(({ properties }) => properties.CidrBlock),
  ].flatMap((value) => rangeOf(lookup, value) ?? []);

/** What a subnet reaches beyond its VPC. */
export function waysOut(
  reading: Reading,
  subnet: string,
  vpc: string | undefined,
  table: string | undefined,
): Pick<SubnetRoutes, "defaultRoute" | "ipv6" | "natSubnet"> {
  const { lookup } = reading;
  const found = defaultRoute(reading, vpc, table, 4);
  const { Ipv6CidrBlock, Ipv6Native } = lookup.resource(subnet)?.properties ?? {};
  const dual =
    Ipv6CidrBlock !== undefined ||
    Ipv6Native !== undefined ||
    lookup.where("AWS::EC2::SubnetCidrBlock", "SubnetId", subnet).length > 0;
  const six = dual ? defaultRoute(reading, vpc, table, 6) : undefined;
  return {
    defaultRoute: found.leads,
    ...(six === undefined || six.leads === "none" ? {} : { ipv6: manner(six) }),
    ...(found.natSubnet === undefined ? {} : { natSubnet: found.natSubnet }),
  };
}

const manner = ({ leads, egressOnly }: Exit): NonNullable<SubnetRoutes["ipv6"]> =>
  egressOnly ? "out" : leads === "internet-gateway" ? "both" : "unknown";

interface Exit {
  leads: DefaultRoute;
  natSubnet?: string;
  egressOnly?: true;
}

/**
 * Where packets for the internet go. A subnet without a table of its own has the main one, which in a VPC of the
 * template leads nowhere; a table that exists already may lead anywhere. Routes to private addresses do not count.
 */
function defaultRoute(reading: Reading, vpc: string | undefined, table: string | undefined, version: 4 | 6): Exit {
  const { lookup } = reading;
  const made = lookup.resource(vpc)?.type === "AWS::EC2::VPC";
  if (table === undefined) return { leads: made ? "none" : "other" };
  if (lookup.resource(table)?.type !== "AWS::EC2::RouteTable") return { leads: "other" };
  const routes = routesIn(lookup, table, version);
  const whole = routes.find(({ range }) => range && isEverywhere(range));
  if (whole) return exitOf(reading, vpc, whole.resource);
  const own = vpc === undefined ? [] : rangesOf(lookup, vpc);
  const outward = routes.filter(
    ({ range }) => !range || (!isPrivateRange(range) && !own.some((one) => contains(one, range))),
  );
  const [first, ...others] = outward.map(({ resource }) => exitOf(reading, vpc, resource));
  if (!first) return { leads: "none" };
  // Halves that together are everything, and lead to one thing.
  const openings = outward.flatMap(({ range }) => (range ? [{ addresses: range, ports: anyPort }] : []));
  const all = openings.length === outward.length && covered(everywhere[version], anyPort, openings);
  return all && others.every(({ leads }) => leads === first.leads) ? first : { leads: "other" };
}

const anyPort = { from: 0, to: 0 };

function exitOf(reading: Reading, vpc: string | undefined, { properties }: Resource): Exit {
  const { lookup } = reading;
  const { GatewayId, NatGatewayId, EgressOnlyInternetGatewayId } = properties;
  if (NatGatewayId !== undefined) return natExit(reading, NatGatewayId);
  if (EgressOnlyInternetGatewayId !== undefined) return { leads: "other", egressOnly: true };
  const gateway = GatewayId === undefined ? undefined : lookup.resource(keyOf(GatewayId));
  if (gateway?.type !== "AWS::EC2::InternetGateway") return { leads: "other" };
  return { leads: attached(lookup, gateway.id, vpc) ? "internet-gateway" : "none" };
}

/** An internet gateway does nothing until it is attached. https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html */
const attached = (lookup: Lookup, gateway: string, vpc: string | undefined): boolean =>
  lookup.where("AWS::EC2::VPCGatewayAttachment", "InternetGatewayId", gateway).some(({ properties: { VpcId } }) => {
    const key = VpcId === undefined ? undefined : keyOf(VpcId);
    return vpc === undefined || key === vpc || lookup.resource(key)?.type !== "AWS::EC2::VPC";
  });

/**
 * A public NAT gateway of the template, in a subnet that leads to an internet gateway; one that exists already, or a
 * private one, leads nobody knows where. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html
 */
function natExit({ lookup, subnet }: Reading, value: Value): Exit {
  const gateway = lookup.resource(keyOf(value));
  if (gateway?.type !== "AWS::EC2::NatGateway") return { leads: "other" };
  const { ConnectivityType, SubnetId } = gateway.properties;
  if (ConnectivityType === "private" || isOpen(ConnectivityType)) return { leads: "other" };
  const key = SubnetId === undefined ? undefined : keyOf(SubnetId);
  const home = key === undefined ? undefined : subnet(key);
  // A gateway in a subnet that leads to the gateway leads nowhere.
  if (!home) return { leads: lookup.resource(targetOf(SubnetId))?.type === "AWS::EC2::Subnet" ? "none" : "nat" };
  if (home.defaultRoute === "other") return { leads: "other" };
  return home.defaultRoute === "internet-gateway" ? { leads: "nat", natSubnet: home.subnet } : { leads: "none" };
}

/**
 * The route of a subnet for some addresses: of those that hold them all the most specific one, the VPC's own among them.
 * https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
 */
export function leadsFrom(lookup: Lookup, from: SubnetRoutes | undefined, range: AddressRange): Leads {
  if (from?.vpc === undefined) return "unknown";
  const made = lookup.resource(from.vpc)?.type === "AWS::EC2::VPC";
  if (!made || (from.table !== undefined && lookup.resource(from.table)?.type !== "AWS::EC2::RouteTable"))
    return "unknown";
  const routes = from.table === undefined ? [] : routesIn(lookup, from.table, range.version);
  const local = rangesOf(lookup, from.vpc).map((one) => ({ resource: undefined, range: one }));
  const all = [...local, ...routes].filter((one) => !one.range || overlaps(one.range, range));
  if (all.some((one) => !one.range || !contains(one.range, range))) return "unknown";
  const [best] = all
    .flatMap((one) => (one.range ? [{ resource: one.resource, size: one.range.to - one.range.from }] : []))
    .sort((a, b) => (a.size < b.size ? -1 : a.size > b.size ? 1 : 0));
  if (!best) return "none";
  return best.resource ? { route: best.resource } : "local";
}
