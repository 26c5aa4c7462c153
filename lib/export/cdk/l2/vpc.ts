import type { Known } from "../../../stack/stack";
import { arr, call, type Expr, lit, make, member, obj, raw, type Variable } from "../code";
import { attributeName } from "../l1";
import type { Builder, Handle } from "../writing";
import { child, handleOf } from "./shared";
import { type NetworkShape, type Part, shapeOf, tierNames } from "./vpc-shape";

/**
 * A VPC with its subnets, route tables, gateways and routes.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.Vpc.html
 */
export const vpc: Builder = (writing, resource) => {
  const shape = shapeOf(writing, resource);
  if (!shape) return undefined;
  return {
    type: "ec2.Vpc",
    makes: [...shape.parts.keys()],
    handle(id, variable) {
      const part = shape.parts.get(id);
      if (!part) return handleOf(resource, variable, names);
      return partHandle(variable, partExpr(shape, variable, part));
    },
    write(variable) {
      const expr = make("ec2.Vpc", raw("this"), lit(resource.id), propsOf(resource, shape));
      writing.program.declare(variable, expr, writing.place(resource));
    },
  };
};

const names = { ref: "vpcId", attributes: { CidrBlock: "vpcCidrBlock", VpcId: "vpcId" } };

function propsOf({ properties }: Known, { zones, tiers, natGateways, mask }: NetworkShape): Expr {
  const zoneNames = Array.from({ length: zones }, (_, zone) => call(raw("Fn.select"), lit(zone), raw("Fn.getAzs()")));
  return obj({
    ipAddresses: call(raw("ec2.IpAddresses.cidr"), lit(properties.CidrBlock as string)),
    availabilityZones: arr(zoneNames),
    reservedAzs:
      zones < PLACES ? [lit(PLACES - zones), "Places for later zones, so that no subnet ever moves."] : undefined,
    natGateways: lit(natGateways),
    subnetConfiguration: arr(
      tiers.map((tier) =>
        obj({
          name: lit(tierNames[tier]),
          subnetType: raw(`ec2.SubnetType.${typeOf(tier, natGateways)}`),
          cidrMask: lit(mask),
        }),
      ),
    ),
    restrictDefaultSecurityGroup: [lit(false), "It would take a custom resource with a function of its own."],
  });
}

/** Zones that each tier has addresses for (lib/stack/passes/network.ts). */
const PLACES = 4;

type TierIndex = NetworkShape["tiers"][number];

const typeOf = (tier: TierIndex, natGateways: number): string =>
  tier === 0 ? "PUBLIC" : tier === 1 && natGateways > 0 ? "PRIVATE_WITH_EGRESS" : "PRIVATE_ISOLATED";

/** `network.privateSubnets[0]`. */
function subnetExpr({ zones, natGateways, tiers }: NetworkShape, variable: Variable, tier: TierIndex, zone: number) {
  if (tier === 0) return member(variable, `publicSubnets[${zone}]`);
  if (tier === 1 && natGateways > 0) return member(variable, `privateSubnets[${zone}]`);
  const before = tier === 2 && natGateways === 0 && tiers.includes(1) ? zones : 0;
  return member(variable, `isolatedSubnets[${before + zone}]`);
}

function partExpr(shape: NetworkShape, variable: Variable, part: Part): PartNames {
  if (part.is === "gateway") return { l1: child(variable, 'findChild("IGW")', "ec2.CfnInternetGateway") };
  if (part.is === "attachment") return { l1: child(variable, 'findChild("VPCGW")', "ec2.CfnVPCGatewayAttachment") };
  const subnet = subnetExpr(shape, variable, part.tier, part.zone);
  switch (part.is) {
    case "subnet":
      return { l1: child(subnet, "defaultChild", "ec2.CfnSubnet"), ref: member(subnet, "subnetId") };
    case "table":
      return {
        l1: child(subnet, 'findChild("RouteTable")', "ec2.CfnRouteTable"),
        ref: member(subnet, "routeTable.routeTableId"),
      };
    case "association":
      return { l1: child(subnet, 'findChild("RouteTableAssociation")', "ec2.CfnSubnetRouteTableAssociation") };
    case "route":
      return { l1: child(subnet, 'findChild("DefaultRoute")', "ec2.CfnRoute") };
    case "nat":
      return { l1: child(subnet, 'findChild("NATGateway")', "ec2.CfnNatGateway") };
    case "address":
      return { l1: child(subnet, 'findChild("EIP")', "ec2.CfnEIP") };
  }
}

interface PartNames {
  l1: Expr;
  ref?: Expr;
}

const partHandle = (variable: Variable, { l1, ref }: PartNames): Handle => ({
  variable,
  ref: ref ?? member(l1, "ref"),
  attribute: (name) => member(l1, attributeName(name)),
  l1,
});

/** `{ subnetType: ec2.SubnetType.PUBLIC }`: the selection of a whole tier. */
export function tierSelection({ natGateways, tiers }: NetworkShape, tier: TierIndex): Expr {
  const type = typeOf(tier, natGateways);
  const alone = tiers.filter((other) => typeOf(other, natGateways) === type).length === 1;
  return alone ? obj({ subnetType: raw(`ec2.SubnetType.${type}`) }) : obj({ subnetGroupName: lit(tierNames[tier]) });
}
