import type { Known, Resource } from "../../../stack/stack";
import { subnetRange } from "../../../stack/subnet-range";
import { att, getAzs, type Properties, ref, select, targetOf } from "../../../stack/value";
import type { Writing } from "../writing";
import { isText, same } from "./shared";

/** Public, private, isolated: the order in which the construct deals out addresses. */
export const tierNames = ["Public", "Private", "Isolated"] as const;
export type TierIndex = 0 | 1 | 2;

/** What a resource is to the construct that makes it. */
export type Part =
  | { is: "gateway" }
  | { is: "attachment" }
  | { is: "subnet" | "table" | "association" | "route" | "nat" | "address"; tier: TierIndex; zone: number };

/** A network that `ec2.Vpc` can make. */
export interface NetworkShape {
  zones: number;
  tiers: readonly TierIndex[];
  natGateways: number;
  /** Prefix length of every subnet. */
  mask: number;
  /** Every resource beside the VPC, by logical id. */
  parts: ReadonlyMap<string, Part>;
  /** Ids of the subnets of a tier, by zone. */
  subnets: ReadonlyMap<TierIndex, readonly string[]>;
}

/** Places that each tier has, and parts that the VPC is cut into (lib/stack/passes/network.ts). */
const PLACES = 4;
const BITS = 4;

/** The shape of a VPC of the stack; undefined where the construct would make anything else. */
export function shapeOf(writing: Writing, vpc: Known): NetworkShape | undefined {
  let known = shapes.get(writing);
  if (!known) {
    known = new Map();
    shapes.set(writing, known);
  }
  if (!known.has(vpc.id)) known.set(vpc.id, read(writing, vpc));
  return known.get(vpc.id);
}
/** By what is being written, because a VPC's shape follows from its subnets and routes. */
const shapes = new WeakMap<Writing, Map<string, NetworkShape | undefined>>();

function read(writing: Writing, vpc: Known): NetworkShape | undefined {
  const { CidrBlock } = vpc.properties;
  const usual = {
    CidrBlock: CidrBlock ?? "",
    EnableDnsHostnames: true,
    EnableDnsSupport: true,
    InstanceTenancy: "default",
  };
  if (!isText(CidrBlock) || !says(vpc, usual)) return undefined;
  return new Reading(writing, vpc, CidrBlock).shape();
}

/** True for a resource that has just these properties and waits for just these others. */
function says(
  resource: Resource | undefined,
  properties: Properties,
  waits: readonly string[] = [],
): resource is Known {
  if (!resource || resource.raw) return false;
  const { id: _, type: _type, properties: own, origins: _origins, dependsOn = [], raw: _raw, ...more } = resource;
  return (
    Object.values(more).every((value) => value === undefined) &&
    same([...dependsOn].sort(), [...waits].sort()) &&
    same(own, properties)
  );
}
class Reading {
  private readonly parts = new Map<string, Part>();
  private readonly subnets = new Map<TierIndex, string[]>();
  private readonly routes = new Map<string, { route?: Known; association: string }>();
  private gateway = "";
  private attachment = "";

  constructor(
    private readonly writing: Writing,
    private readonly vpc: Known,
    private readonly cidr: string,
  ) {}

  shape(): NetworkShape | undefined {
    const { writing, vpc } = this;
    if (!this.readGateway()) return undefined;
    for (const subnet of writing.usersOf(vpc.id, "AWS::EC2::Subnet")) if (!this.readSubnet(subnet)) return undefined;
    const zones = this.subnets.get(0)?.length ?? 0;
    const tiers = ([0, 1, 2] as const).filter((tier) => this.subnets.has(tier));
    const whole = tiers.every((tier) => {
      const list = this.subnets.get(tier) ?? [];
      return list.length === zones && Object.keys(list).length === zones;
    });
    // Addresses are dealt out in order: no tier may be missing before another.
    if (zones === 0 || zones > PLACES || !whole || !tiers.every((tier, at) => tier === at)) return undefined;
    const natGateways = this.readNat(zones);
    if (natGateways === undefined) return undefined;
    const mask = Number(this.cidr.split("/")[1]) + BITS;
    return { zones, tiers, natGateways, mask, parts: this.parts, subnets: this.subnets };
  }

  private readGateway(): boolean {
    const { writing, vpc } = this;
    const [attachment, ...others] = writing.usersOf(vpc.id, "AWS::EC2::VPCGatewayAttachment");
    const gateway = targetOf(attachment?.properties.InternetGatewayId);
    if (!attachment || others.length > 0 || gateway === undefined) return false;
    this.gateway = gateway;
    this.attachment = attachment.id;
    this.parts.set(gateway, { is: "gateway" });
    this.parts.set(attachment.id, { is: "attachment" });
    return (
      says(writing.resource(gateway), {}) && says(attachment, { InternetGatewayId: ref(gateway), VpcId: ref(vpc.id) })
    );
  }

  private readSubnet(subnet: Known): boolean {
    const { writing, vpc, cidr } = this;
    const place = [...Array(3 * PLACES).keys()].find(
      (index) => subnetRange(cidr, BITS, index) === subnet.properties.CidrBlock,
    );
    if (place === undefined) return false;
    const tier = Math.floor(place / PLACES) as TierIndex;
    const zone = place % PLACES;
    const expected = {
      AvailabilityZone: select(zone, getAzs()),
      CidrBlock: subnet.properties.CidrBlock as string,
      MapPublicIpOnLaunch: tier === 0,
      VpcId: ref(vpc.id),
    };
    const [association, ...others] = writing.usersOf(subnet.id, "AWS::EC2::SubnetRouteTableAssociation");
    const table = targetOf(association?.properties.RouteTableId);
    if (!says(subnet, expected) || !association || others.length > 0 || table === undefined) return false;
    const [route, ...more] = writing.usersOf(table, "AWS::EC2::Route");
    const list = this.subnets.get(tier) ?? [];
    list[zone] = subnet.id;
    this.subnets.set(tier, list);
    this.parts.set(subnet.id, { is: "subnet", tier, zone });
    this.parts.set(table, { is: "table", tier, zone });
    this.parts.set(association.id, { is: "association", tier, zone });
    if (route) this.parts.set(route.id, { is: "route", tier, zone });
    this.routes.set(subnet.id, { ...(route ? { route } : {}), association: association.id });
    return (
      more.length === 0 &&
      says(writing.resource(table), { VpcId: ref(vpc.id) }) &&
      says(association, { RouteTableId: ref(table), SubnetId: ref(subnet.id) }) &&
      this.saysRoute(route, tier, table)
    );
  }

  private saysRoute(route: Known | undefined, tier: TierIndex, table: string): boolean {
    const base = { DestinationCidrBlock: "0.0.0.0/0", RouteTableId: ref(table) };
    if (tier === 0) return says(route, { ...base, GatewayId: ref(this.gateway) }, [this.attachment]);
    if (tier === 2) return route === undefined;
    // Which NAT gateway: see `readNat`.
    return !route || says(route, { ...base, NatGatewayId: ref(targetOf(route.properties.NatGatewayId) ?? "") });
  }

  /** How many NAT gateways there are, when each stands and serves as the construct has it. */
  private readNat(zones: number): number | undefined {
    const { writing } = this;
    const gateways: string[] = [];
    for (const [zone, subnet] of (this.subnets.get(0) ?? []).entries()) {
      const [nat, ...others] = writing.usersOf(subnet, "AWS::EC2::NatGateway");
      if (others.length > 0) return undefined;
      if (!nat) continue;
      const address = targetOf(nat.properties.AllocationId) ?? "";
      const { route, association } = this.routes.get(subnet) ?? { association: "" };
      const expected = { AllocationId: att(address, "AllocationId"), SubnetId: ref(subnet) };
      if (!says(nat, expected, [route?.id ?? "", association])) return undefined;
      if (!says(writing.resource(address), { Domain: "vpc" })) return undefined;
      this.parts.set(nat.id, { is: "nat", tier: 0, zone });
      this.parts.set(address, { is: "address", tier: 0, zone });
      gateways[zone] = nat.id;
    }
    const count = Object.keys(gateways).length;
    if (count > 0 && count !== zones && (count !== 1 || gateways[0] === undefined)) return undefined;
    for (const [zone, subnet] of (this.subnets.get(1) ?? []).entries()) {
      const used = targetOf(this.routes.get(subnet)?.route?.properties.NatGatewayId);
      if (used !== (count === 0 ? undefined : gateways[count === zones ? zone : 0])) return undefined;
    }
    return count;
  }
}
