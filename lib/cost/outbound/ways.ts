import type { EndpointService } from "../../aws/endpoints";
import type { Resource, Stack } from "../../stack/stack";
import { Intrinsic, targetOf, type Value } from "../../stack/value";
import type { Ledger } from "../ledger";

/** How data leaves a VPC, as parts of the whole from 0 to 1. What is in neither of them is free or does not leave. */
export interface Ways {
  /** Through a NAT gateway, and the part that crosses zones to reach it. */
  nat: number;
  crossing: number;
  /** Through interface endpoints. */
  endpoint: number;
  /** Node id of the VPC; undefined where nothing is known of it. */
  vpc: string | undefined;
}

/** The routes and endpoints of a stack: which way out the data of a subnet takes. */
export class Exits {
  private readonly subnets = new Map<string, Resource>();
  /** By route table: id of the NAT gateway that the default route names. */
  private readonly nat = new Map<string, string>();
  /** By subnet: its route table. */
  private readonly tables = new Map<string, string>();
  /** "TABLE SERVICE" and "VPC SERVICE". */
  private readonly gatewayEndpoints = new Set<string>();
  private readonly interfaceEndpoints = new Set<string>();
  private readonly zones = new Map<string, string>();

  private readonly stack: Stack;
  /** By list of subnets: many tasks share one, and each asks for several services. */
  private readonly answers = new WeakMap<readonly Value[], Map<EndpointService | undefined, Ways>>();

  constructor(ledger: Pick<Ledger, "stack" | "resourcesOf">) {
    this.stack = ledger.stack;
    for (const subnet of ledger.resourcesOf("AWS::EC2::Subnet")) {
      this.subnets.set(subnet.id, subnet);
      this.zones.set(subnet.id, zoneText(subnet.properties.AvailabilityZone));
    }
    for (const { properties } of ledger.resourcesOf("AWS::EC2::SubnetRouteTableAssociation")) {
      const [subnet, table] = [targetOf(properties.SubnetId), targetOf(properties.RouteTableId)];
      if (subnet !== undefined && table !== undefined) this.tables.set(subnet, table);
    }
    for (const { properties } of ledger.resourcesOf("AWS::EC2::Route")) {
      const [table, gateway] = [targetOf(properties.RouteTableId), targetOf(properties.NatGatewayId)];
      if (properties.DestinationCidrBlock === "0.0.0.0/0" && table !== undefined && gateway !== undefined)
        this.nat.set(table, gateway);
    }
    for (const { properties } of ledger.resourcesOf("AWS::EC2::VPCEndpoint")) this.readEndpoint(properties);
  }

  private readEndpoint(properties: Resource["properties"]): void {
    const service = serviceOf(properties.ServiceName);
    if (properties.VpcEndpointType === "Interface") {
      if (properties.PrivateDnsEnabled === true)
        this.interfaceEndpoints.add(`${targetOf(properties.VpcId)} ${service}`);
      return;
    }
    for (const table of Array.isArray(properties.RouteTableIds) ? properties.RouteTableIds : [])
      this.gatewayEndpoints.add(`${targetOf(table)} ${service}`);
  }

  /**
   * The way from subnets to an AWS service, or to the internet where none is named. Calls are spread evenly over the
   * subnets. A public subnet's own gateway is free, and without a public address nothing leaves through it: no part of
   * either is in the result.
   */
  from(subnets: Value | undefined, service?: EndpointService): Ways {
    if (!Array.isArray(subnets)) return nowhere;
    const known = this.answers.get(subnets) ?? new Map<EndpointService | undefined, Ways>();
    this.answers.set(subnets, known);
    const ways = known.get(service) ?? this.follow(subnets, service);
    known.set(service, ways);
    return ways;
  }

  private follow(subnets: readonly Value[], service: EndpointService | undefined): Ways {
    const ids = subnets.flatMap((subnet) => targetOf(subnet) ?? []);
    const known = ids.filter((id) => this.subnets.has(id));
    const ways: Ways = { nat: 0, crossing: 0, endpoint: 0, vpc: undefined };
    for (const id of known) {
      const subnet = this.subnets.get(id);
      const table = this.tables.get(id);
      ways.vpc ??= subnet?.origins[""]?.[0]?.node;
      if (service !== undefined && this.gatewayEndpoints.has(`${table} ${service}`)) continue;
      if (service !== undefined && this.interfaceEndpoints.has(`${targetOf(subnet?.properties.VpcId)} ${service}`)) {
        ways.endpoint += 1 / known.length;
        continue;
      }
      const gateway = table === undefined ? undefined : this.nat.get(table);
      if (gateway === undefined) continue;
      ways.nat += 1 / known.length;
      if (this.zones.get(id) !== this.zoneOf(gateway)) ways.crossing += 1 / known.length;
    }
    return ways;
  }

  private zoneOf(gateway: string): string | undefined {
    const resource = this.stack.resources[gateway];
    const subnet = targetOf(resource?.properties.SubnetId);
    return subnet === undefined ? undefined : this.zones.get(subnet);
  }
}

const nowhere: Ways = { nat: 0, crossing: 0, endpoint: 0, vpc: undefined };

const zoneText = (zone: Value | undefined): string => JSON.stringify(zone ?? null);

/** "ecr.api" of "com.amazonaws.${AWS::Region}.ecr.api". */
function serviceOf(name: Value | undefined): string {
  const text = name instanceof Intrinsic ? name.argument : name;
  return typeof text === "string" ? text.replace(/^com\.amazonaws\.[^.]+\./, "") : "";
}
