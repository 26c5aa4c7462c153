import { describe, expect, it } from "vitest";
import { byTask, group, stackOf, tcp } from "../testing/network-template";
import { reach } from "./reachability";

const db = `${group("DbGroup", tcp(5432, byTask))}
  DbSubnets: { Type: AWS::RDS::DBSubnetGroup, Properties: { DBSubnetGroupDescription: x, SubnetIds: [!Ref Data] } }
  Db: { Type: AWS::RDS::DBInstance, Properties: { Engine: postgres, DBSubnetGroupName: !Ref DbSubnets, VPCSecurityGroups: [!Ref DbGroup] } }`;
const own = `
  Acl: { Type: AWS::EC2::NetworkAcl, Properties: { VpcId: !Ref Vpc } }
  AclPlace: { Type: AWS::EC2::SubnetNetworkAclAssociation, Properties: { SubnetId: !Ref Data, NetworkAclId: !Ref Acl } }`;
type Line = [number: number, egress: boolean, action: string, protocol: string, ports?: string, cidr?: string];
const entries = (list: string, ...lines: Line[]): string =>
  lines
    .map(([number, egress, action, protocol, ports, cidr = "CidrBlock: 0.0.0.0/0"]) => {
      const [from, to] = ports?.split("-") ?? [];
      const range = ports === undefined ? "" : `, PortRange: { From: ${from}, To: ${to} }`;
      return `
  E${number}${egress ? "Out" : "In"}: { Type: AWS::EC2::NetworkAclEntry, Properties: { NetworkAclId: ${list}, RuleNumber: ${number}, Egress: ${egress}, Protocol: ${protocol}, RuleAction: ${action}, ${cidr}${range} } }`;
    })
    .join("");
const allOut: Line = [100, true, "allow", "-1"];
const allIn: Line = [100, false, "allow", "-1"];
const judged = (resources: string) => {
  const { verdict, hops } = reach(stackOf(db + resources), "Web", "Db");
  return [verdict, hops.find((hop) => hop.verdict !== "open")?.why ?? ""];
};

// https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html
describe("the access list that EC2 makes along with a VPC", () => {
  const theDefault = "!GetAtt Vpc.DefaultNetworkAcl";
  it("refuses what a rule before its own refuses, and lets the rest through", () => {
    expect(judged(entries(theDefault, [50, false, "deny", "6", "5432-5432"]))).toEqual([
      "blocked",
      expect.stringMatching(/^E50In of the default access list of Vpc refuses tcp\/5432 in from Web/),
    ]);
    expect(judged(entries(theDefault, [50, false, "deny", "6", "22-22"]))[0]).toBe("open");
    expect(judged(entries(theDefault, [200, false, "deny", "6", "5432-5432"]))[0]).toBe("open");
    const elsewhere = `${own}${entries("!Ref Acl", allIn, allOut)}`;
    expect(judged(elsewhere + entries(theDefault, [50, false, "deny", "6", "5432-5432"]))[0]).toBe("open");
  });
});

// https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
describe("rules of an access list", () => {
  it.each([
    [
      "for all protocols speak of every port, whatever is written",
      [[100, false, "allow", "-1", "80-80"], allOut],
      "open",
    ],
    ["may write the protocol as text", [[100, false, "allow", "'6'", "5432-5432"], allOut], "open"],
    ["of another protocol do not count", [[100, false, "allow", "17", "5432-5432"], allOut], "blocked"],
    [
      "of IPv6 let no IPv4 through",
      [[100, false, "allow", "-1", undefined, "Ipv6CidrBlock: '::/0'"], allOut],
      "blocked",
    ],
    [
      "keep what an earlier one refused, also for part of the addresses",
      [
        allIn,
        [90, true, "deny", "6", "40000-41000"],
        [100, true, "allow", "6", "1024-65535", "CidrBlock: 10.0.1.0/25"],
        [110, true, "allow", "6", "1024-65535"],
      ],
      "unknowable",
    ],
    [
      "for halves of a subnet are enough for the whole",
      [
        [100, false, "allow", "6", "5432-5432", "CidrBlock: 10.0.1.0/25"],
        [110, false, "allow", "6", "5432-5432", "CidrBlock: 10.0.1.128/25"],
        allOut,
      ],
      "open",
    ],
    [
      "of unknown addresses do not matter where all others say the same",
      [[90, false, "allow", "6", "5432-5432", "CidrBlock: !ImportValue Range"], allIn, allOut],
      "open",
    ],
    [
      "of unknown addresses matter where others say otherwise",
      [[90, false, "deny", "6", "5432-5432", "CidrBlock: !ImportValue Range"], allIn, allOut],
      "unknowable",
    ],
  ] as [string, Line[], string][])("%s", (_what, lines, verdict) => {
    expect(judged(own + entries("!Ref Acl", ...lines))[0]).toBe(verdict);
  });
});
