import { isGatewayEndpoint } from "../../aws/endpoints";
import type { Tier } from "../../catalog/fields/network";
import type { ModelNode } from "../../model/model";
import { allow } from "../group-rules";
import { makeGroup } from "../groups";
import { type Addition, type ConstructKey, constructOf, derived, type Lowering } from "../lowering";
import { networkOf, partsOf, type VpcParts } from "../networks";
import { PropertySet } from "../property-set";
import type { Origin } from "../stack";
import { subnetRange } from "../subnet-range";
import { att, getAzs, Intrinsic, type Properties, ref, select, sub, type Value } from "../value";

/** VPCs with subnets, routes, NAT gateways and endpoints. An existing VPC is only asked for. */
export function lowerNetworks(lowering: Lowering): void {
  for (const vpc of lowering.model.of("vpc")) {
    if (vpc.props.source === "new") new Vpc(lowering, vpc as ModelNode & ModelNode<"vpc">).lower();
    else lowerExisting(lowering, vpc as ModelNode & ModelNode<"vpc">);
  }
}

function lowerExisting(lowering: Lowering, vpc: ModelNode & ModelNode<"vpc">): void {
  networkOf(lowering, vpc);
  const { gatewayEndpoints, interfaceEndpoints } = vpc.props;
  if (gatewayEndpoints.length + interfaceEndpoints.length > 0) {
    lowering.describe(`The endpoints of ${vpc.name} belong to the existing VPC and are not created here.`);
  }
}

class Vpc {
  private readonly parts: VpcParts;
  private readonly construct: ConstructKey;
  private readonly zones: number[];

  constructor(
    private readonly lowering: Lowering,
    private readonly vpc: ModelNode & ModelNode<"vpc">,
  ) {
    this.parts = partsOf(lowering, vpc);
    this.construct = constructOf("network", vpc);
    this.zones = [...Array(this.parts.zones).keys()];
  }

  lower(): void {
    const { lowering, vpc, parts } = this;
    const cidr = lowering.from(vpc, "/cidr");
    lowering.add(
      "AWS::EC2::VPC",
      parts.vpc,
      new PropertySet()
        .set("CidrBlock", vpc.props.cidr, cidr)
        .set("EnableDnsHostnames", true, derived(vpc))
        .set("EnableDnsSupport", true, derived(vpc))
        .set("InstanceTenancy", "default", derived(vpc)),
      this.of(lowering.drawn(vpc)),
    );
    this.gateway();
    for (const tier of parts.tiers) for (const zone of this.zones) this.subnet(tier, zone);
    this.nat();
    this.endpoints();
  }

  private of(origins: Origin, dependsOn?: readonly string[]): Addition {
    return { origins, construct: this.construct, ...(dependsOn ? { dependsOn } : {}) };
  }

  private get igw(): string {
    return this.lowering.idFor(this.vpc, "InternetGateway");
  }
  private get attachment(): string {
    return this.lowering.idFor(this.vpc, "GatewayAttachment");
  }
  private natId(zone: number): string {
    return this.lowering.idFor(this.vpc, `NatGateway${zone + 1}`);
  }

  private gateway(): void {
    const { lowering, vpc, parts } = this;
    lowering.add("AWS::EC2::InternetGateway", this.igw, {}, this.of(derived(vpc)));
    lowering.add(
      "AWS::EC2::VPCGatewayAttachment",
      this.attachment,
      { InternetGatewayId: ref(this.igw), VpcId: ref(parts.vpc) },
      this.of(derived(vpc)),
    );
  }

  private subnet(tier: Tier, zone: number): void {
    const { lowering, vpc, parts } = this;
    const why = tier === "isolated" ? lowering.from(vpc, "/isolatedSubnets") : lowering.from(vpc, "/availabilityZones");
    const id = parts.subnet(tier, zone);
    lowering.add(
      "AWS::EC2::Subnet",
      id,
      new PropertySet()
        .set("AvailabilityZone", select(zone, getAzs()), lowering.from(vpc, "/availabilityZones"))
        .set("CidrBlock", this.range(tier, zone), lowering.from(vpc, "/cidr"))
        .set("MapPublicIpOnLaunch", tier === "public", derived(vpc))
        .set("VpcId", ref(parts.vpc), derived(vpc)),
      this.of(why),
    );
    const table = parts.routeTable(tier, zone);
    lowering.add("AWS::EC2::RouteTable", table, { VpcId: ref(parts.vpc) }, this.of(why));
    lowering.add(
      "AWS::EC2::SubnetRouteTableAssociation",
      parts.association(tier, zone),
      { RouteTableId: ref(table), SubnetId: ref(id) },
      this.of(why),
    );
    const route = parts.route(tier, zone);
    if (route === undefined) return;
    const target: Properties =
      tier === "public"
        ? { GatewayId: ref(this.igw) }
        : { NatGatewayId: ref(this.natId(vpc.props.natGateways === "perZone" ? zone : 0)) };
    lowering.add(
      "AWS::EC2::Route",
      route,
      { DestinationCidrBlock: "0.0.0.0/0", ...target, RouteTableId: ref(table) },
      this.of(
        tier === "public" ? derived(vpc) : lowering.from(vpc, "/natGateways"),
        tier === "public" ? [this.attachment] : undefined,
      ),
    );
  }

  /** A sixteenth of the VPC each; four places a tier, so that a third zone later moves no subnet. */
  private range(tier: Tier, zone: number): Value {
    const index = { public: 0, private: 4, isolated: 8 }[tier] + zone;
    return (
      subnetRange(this.vpc.props.cidr, 4, index) ??
      select(index, new Intrinsic("Fn::Cidr", [att(this.parts.vpc, "CidrBlock"), 16, 12]))
    );
  }

  private nat(): void {
    const { lowering, vpc, parts } = this;
    const count = { none: 0, one: 1, perZone: parts.zones }[vpc.props.natGateways];
    const why = lowering.from(vpc, "/natGateways");
    for (const zone of this.zones.slice(0, count)) {
      const eip = lowering.idFor(vpc, `NatGateway${zone + 1}Eip`);
      lowering.add("AWS::EC2::EIP", eip, { Domain: "vpc" }, this.of(why));
      lowering.add(
        "AWS::EC2::NatGateway",
        this.natId(zone),
        { AllocationId: att(eip, "AllocationId"), SubnetId: ref(parts.subnet("public", zone)) },
        this.of(why, [parts.route("public", zone) ?? "", parts.association("public", zone)]),
      );
    }
  }

  private endpoints(): void {
    const { lowering, vpc, parts } = this;
    const list = (services: readonly string[], field: string): void => {
      services.forEach((service, index) => {
        const id = parts.endpoint(service);
        if (lowering.resource(id)) return;
        const gateway = isGatewayEndpoint(service as Parameters<typeof isGatewayEndpoint>[0]);
        const properties = new PropertySet()
          .set("PrivateDnsEnabled", gateway ? undefined : true, derived(vpc))
          .set("RouteTableIds", gateway ? this.routeTables() : undefined, derived(vpc))
          .set("SecurityGroupIds", gateway ? undefined : [this.endpointGroup().groupId], derived(vpc))
          .set("ServiceName", sub(`com.amazonaws.\${AWS::Region}.${service}`), derived(vpc))
          .set(
            "SubnetIds",
            gateway ? undefined : this.zones.map((zone) => ref(parts.subnet("private", zone))),
            derived(vpc),
          )
          .set("VpcEndpointType", gateway ? "Gateway" : "Interface", derived(vpc))
          .set("VpcId", ref(parts.vpc), derived(vpc));
        lowering.add("AWS::EC2::VPCEndpoint", id, properties, this.of(lowering.from(vpc, `${field}/${index}`)));
      });
    };
    list(vpc.props.gatewayEndpoints, "/gatewayEndpoints");
    list(vpc.props.interfaceEndpoints, "/interfaceEndpoints");
  }

  private routeTables(): Value[] {
    return this.parts.tiers.flatMap((tier) => this.zones.map((zone) => ref(this.parts.routeTable(tier, zone))));
  }

  private group: ReturnType<typeof makeGroup> | undefined;

  /** One group for all interface endpoints: HTTPS from anywhere in the VPC. */
  private endpointGroup(): ReturnType<typeof makeGroup> {
    if (this.group) return this.group;
    const { lowering, vpc, parts } = this;
    this.group = makeGroup(lowering, {
      id: lowering.idFor(vpc, "EndpointSecurityGroup"),
      description: `Interface endpoints of ${parts.vpc}`,
      network: networkOf(lowering, vpc),
      origins: [lowering.from(vpc, "/interfaceEndpoints")],
      construct: this.construct,
    });
    allow(lowering, {
      to: this.group,
      from: { cidr: att(parts.vpc, "CidrBlock") },
      protocol: "tcp",
      fromPort: 443,
      description: "HTTPS from the VPC",
      because: vpc,
    });
    return this.group;
  }
}
