import { describe, expect, it } from "vitest";
import { byTask, stackOf, tcp } from "../testing/network-template";
import { reach } from "./reachability";

/** A database in a VPC of its own, which a peering connection joins with that of the tasks. */
const apart = (rule: string, ...routes: string[]): string => `
  Other: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.9.0.0/16 } }
  Far: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Other, CidrBlock: 10.9.1.0/24, AvailabilityZone: eu-west-1a } }
  FarTable: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Other } }
  FarPlace: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref Far, RouteTableId: !Ref FarTable } }
  DbGroup: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: x, VpcId: !Ref Other, SecurityGroupIngress: [{ ${tcp(5432, rule)} }] } }
  DbSubnets: { Type: AWS::RDS::DBSubnetGroup, Properties: { DBSubnetGroupDescription: x, SubnetIds: [!Ref Far] } }
  Db: { Type: AWS::RDS::DBInstance, Properties: { Engine: postgres, DBSubnetGroupName: !Ref DbSubnets, VPCSecurityGroups: [!Ref DbGroup] } }
  Peering: { Type: AWS::EC2::VPCPeeringConnection, Properties: { VpcId: !Ref Vpc, PeerVpcId: !Ref Other } }${routes.join("")}`;
const route = (id: string, table: string, cidr: string, by = "VpcPeeringConnectionId: !Ref Peering"): string => `
  ${id}: { Type: AWS::EC2::Route, Properties: { RouteTableId: !Ref ${table}, DestinationCidrBlock: ${cidr}, ${by} } }`;
const there = route("There", "PrivateTable", "10.9.0.0/16");
const back = route("Back", "FarTable", "10.0.0.0/16");
const range = "CidrIp: 10.0.0.0/16";

// https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html
describe("between two VPCs that a peering connection joins", () => {
  it.each([
    ["routes on both sides, a rule for addresses", apart(range, there, back), "open", null],
    ["a rule for the group of the other side", apart(byTask, there, back), "open", null],
    ["a rule for other addresses", apart("CidrIp: 10.8.0.0/16", there, back), "blocked", /^No rule of DbGroup/],
    [
      "no route there: NAT leads to the internet alone",
      apart(range, back),
      "blocked",
      /^PrivateRoute sends packets for 10\.9\.1\.0\/24, where Db stands, to the internet/,
    ],
    ["no route back", apart(range, there), "blocked", /^The route table of Far has no route to 10\.0\.1\.0\/24/],
    [
      "the most specific route counts",
      apart(range, there, back, route("Narrow", "PrivateTable", "10.9.1.0/24", "TransitGatewayId: tgw-1")),
      "unknowable",
      /^Where Narrow leads/,
    ],
    [
      "a route through another connection",
      apart(range, there, back)
        .replaceAll("!Ref Peering", "!Ref Elsewhere")
        .concat(
          "\n  Third: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.7.0.0/16 } }",
          "\n  Elsewhere: { Type: AWS::EC2::VPCPeeringConnection, Properties: { VpcId: !Ref Vpc, PeerVpcId: !Ref Third } }",
        ),
      "blocked",
      /leads through Elsewhere, which does not join both VPCs/,
    ],
    [
      "addresses of both overlap: packets stay at home",
      apart(range, there, back).replaceAll("10.9.", "10.0."),
      "blocked",
      /is part of the VPC of Web itself/,
    ],
    ["an unknown connection", apart(range, there, back).replaceAll("!Ref Peering", "pcx-1"), "unknowable", /leads/],
  ] as const)("%s", (_what, resources, verdict, why) => {
    const found = reach(stackOf(resources), "Web", "Db");
    const said = found.hops.filter((hop) => hop.verdict !== "open").map((hop) => hop.why);
    expect([found.verdict, said]).toEqual([verdict, why ? [expect.stringMatching(why)] : []]);
  });
});

const privately = "DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Nat";
const half = (number: number, cidr: string) =>
  `PrivateRoute${number}: { Type: AWS::EC2::Route, Properties: { RouteTableId: !Ref PrivateTable, DestinationCidrBlock: ${cidr}, NatGatewayId: !Ref Nat } }`;

// https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
describe("the way out of a subnet", () => {
  const out = (change: readonly [string, string], more = "", from = "Web") =>
    reach(stackOf(more, "", change), from, "internet");
  it("is none by routes to private addresses", () => {
    const peered = (cidr: string) =>
      [privately, `DestinationCidrBlock: ${cidr}, VpcPeeringConnectionId: pcx-1`] as const;
    expect(out(peered("10.9.0.0/16")).verdict).toBe("blocked");
    expect(out(peered("52.0.0.0/8")).verdict).toBe("unknowable");
  });

  it("may be written in two halves", () => {
    const route = `PrivateRoute: { Type: AWS::EC2::Route, Properties: { RouteTableId: !Ref PrivateTable, ${privately} } }`;
    const halves = (second: string) => [route, `${half(1, "0.0.0.0/1")}\n  ${half(2, second)}`] as const;
    expect(out(halves("128.0.0.0/1")).verdict).toBe("open");
    expect(out(halves("192.0.0.0/2")).verdict).toBe("unknowable");
  });

  it("needs a gateway that is attached to this VPC", () => {
    const elsewhere = "\n  Other: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.9.0.0/16 } }";
    const attached = "VPCGatewayAttachment, Properties: { VpcId: !Ref ";
    expect(out([`${attached}Vpc`, `${attached}Other`], elsewhere).verdict).toBe("blocked");
  });

  // https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html
  it("of IPv6 alone serves whoever answers on IPv6, and who does nobody says", () => {
    const six = "DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: eigw-1";
    expect(out([privately, six]).verdict).toBe("blocked");
    const dual =
      "\n  Six: { Type: AWS::EC2::SubnetCidrBlock, Properties: { SubnetId: !Ref Private, Ipv6CidrBlock: '2001:db8::/64' } }";
    const { verdict, hops } = out([privately, six], dual);
    expect([verdict, hops[0]?.why]).toEqual(["unknowable", expect.stringMatching(/only IPv6 has a way/)]);
  });

  // https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
  it("leads through the network access list of the NAT gateway's subnet", () => {
    const list = (...entries: string[]) => `
  Acl: { Type: AWS::EC2::NetworkAcl, Properties: { VpcId: !Ref Vpc } }
  AclPlace: { Type: AWS::EC2::SubnetNetworkAclAssociation, Properties: { SubnetId: !Ref Public, NetworkAclId: !Ref Acl } }${entries
    .map(
      (entry, index) =>
        `\n  E${index}: { Type: AWS::EC2::NetworkAclEntry, Properties: { NetworkAclId: !Ref Acl, RuleNumber: ${100 + index}, RuleAction: allow, CidrBlock: 0.0.0.0/0, ${entry} } }`,
    )
    .join("")}`;
    const [allOut, webIn] = [
      "Egress: true, Protocol: -1",
      "Egress: false, Protocol: 6, PortRange: { From: 443, To: 443 }",
    ];
    const answers = "Egress: false, Protocol: 6, PortRange: { From: 1024, To: 65535 }";
    expect(out(["", ""], list(allOut, webIn, answers)).verdict).toBe("open");
    expect(out(["", ""], list(allOut, answers)).hops.find(({ verdict }) => verdict === "blocked")?.why).toMatch(
      /of Acl refuses tcp\/443 in from Web/,
    );
    expect(out(["", ""], list(allOut, webIn)).hops.find(({ verdict }) => verdict === "blocked")?.why).toMatch(
      /of Acl refuses the answer on tcp\/1024-65535 in from the internet/,
    );
  });
});

// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#ip-address-type
describe("a load balancer with public addresses of IPv6 alone", () => {
  const door = (route: string) => `
  LbGroup: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: x, VpcId: !Ref Vpc, SecurityGroupIngress: [{ ${tcp(80, "CidrIpv6: '::/0'")} }] } }
  Front: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { IpAddressType: dualstack-without-public-ipv4, Subnets: [!Ref Public], SecurityGroups: [!Ref LbGroup] } }
  Listener: { Type: AWS::ElasticLoadBalancingV2::Listener, Properties: { LoadBalancerArn: !Ref Front, Port: 80, Protocol: HTTP, DefaultActions: [{ Type: fixed-response, FixedResponseConfig: { StatusCode: '200' } }] } }
  Six: { Type: AWS::EC2::SubnetCidrBlock, Properties: { SubnetId: !Ref Public, Ipv6CidrBlock: '2001:db8::/64' } }${route}`;
  it("needs a route of IPv6 to the internet gateway", () => {
    const route =
      "\n  SixRoute: { Type: AWS::EC2::Route, Properties: { RouteTableId: !Ref PublicTable, DestinationIpv6CidrBlock: '::/0', GatewayId: !Ref Gateway } }";
    expect(reach(stackOf(door(route)), "internet", "Front").verdict).toBe("open");
    const { verdict, hops } = reach(stackOf(door("")), "internet", "Front");
    expect([verdict, hops[0]?.why]).toEqual(["blocked", expect.stringMatching(/no route of IPv6/)]);
  });
});
