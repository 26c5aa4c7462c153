import { describe, expect, it } from "vitest";
import type { Resource, Stack } from "../stack/stack";
import { att, type Properties, ref, type Value } from "../stack/value";
import { parseCidr } from "./addresses";
import { admits, type End, groupsOf } from "./groups";
import { lookupOf } from "./lookup";

type Entry = [type: string, properties: Properties];

function stackOf(entries: Record<string, Entry>): Stack {
  const resources: Record<string, Resource> = {};
  for (const [id, [type, properties]] of Object.entries(entries)) {
    resources[id] = { raw: true, id, type, properties, origins: { "": [{ node: "n1", why: "derived" }] } };
  }
  return { description: "", parameters: {}, mappings: {}, conditions: {}, resources, outputs: {}, constructs: [] };
}

const GROUP = "AWS::EC2::SecurityGroup";
const group = (ingress: Value[] = [], egress?: Value[]): Entry => [
  GROUP,
  { SecurityGroupIngress: ingress, ...(egress ? { SecurityGroupEgress: egress } : {}) },
];
const end = (groups: readonly string[] | undefined, ...cidrs: string[]): End => ({
  name: "other",
  groups,
  addresses: cidrs.length > 0 ? cidrs.flatMap((cidr) => parseCidr(cidr) ?? []) : undefined,
});
const tcp = (from: number, to = from) => ({ protocol: "tcp" as const, ports: { from, to } });

function ingress(entries: Record<string, Entry>, self: End, other: End, packet = tcp(8080)) {
  return admits(groupsOf(lookupOf(stackOf(entries))), "ingress", self, other, packet).verdict;
}
const web = end(["Web"]);
const alb = end(["Alb"], "10.0.0.0/20", "10.0.16.0/20");

describe("ingress", () => {
  it("admits by reference to a group, inside the group and as a resource of its own", () => {
    const inline = group([
      { IpProtocol: "tcp", FromPort: 8080, ToPort: 8080, SourceSecurityGroupId: att("Alb", "GroupId") },
    ]);
    expect(ingress({ Alb: group(), Web: inline }, web, alb)).toBe("open");
    const standalone: Entry = [
      "AWS::EC2::SecurityGroupIngress",
      { GroupId: ref("Web"), IpProtocol: "6", FromPort: 8000, ToPort: 9000, SourceSecurityGroupId: ref("Alb") },
    ];
    expect(ingress({ Alb: group(), Web: group(), Rule: standalone }, web, alb)).toBe("open");
    expect(ingress({ Alb: group(), Web: group(), Rule: standalone }, web, end(["Other"]))).toBe("blocked");
  });

  it.each([
    ["another port", { IpProtocol: "tcp", FromPort: 80, ToPort: 80 }, "blocked"],
    ["another protocol", { IpProtocol: "udp", FromPort: 8080, ToPort: 8080 }, "blocked"],
    ["everything", { IpProtocol: "-1" }, "open"],
    ["all TCP", { IpProtocol: "tcp", FromPort: 0, ToPort: 65535 }, "open"],
    [
      "a port that only the deployment knows",
      { IpProtocol: "tcp", FromPort: ref("P"), ToPort: ref("P") },
      "unknowable",
    ],
  ] as const)("with a rule for %s", (_what, ports, verdict) => {
    const rule = { ...ports, CidrIp: "0.0.0.0/0" } as Properties;
    expect(ingress({ Alb: group(), Web: group([rule]) }, web, alb)).toBe(verdict);
  });

  it("admits by ranges that hold every address of the other side", () => {
    const rule = (CidrIp: Value): Properties => ({ IpProtocol: "tcp", FromPort: 8080, ToPort: 8080, CidrIp });
    expect(ingress({ Web: group([rule("10.0.0.0/16")]) }, web, alb)).toBe("open");
    expect(ingress({ Web: group([rule("10.0.0.0/20")]) }, web, alb)).toBe("blocked");
    expect(ingress({ Web: group([rule("10.0.0.0/20"), rule("10.0.16.0/20")]) }, web, alb)).toBe("open");
    const vpc: Entry = ["AWS::EC2::VPC", { CidrBlock: "10.0.0.0/16" }];
    expect(ingress({ Vpc: vpc, Web: group([rule(att("Vpc", "CidrBlock"))]) }, web, alb)).toBe("open");
    expect(ingress({ Web: group([rule(ref("VpcCidr"))]) }, web, alb)).toBe("unknowable");
  });

  it("says that it cannot know where addresses or groups are given by parameters", () => {
    const rule = { IpProtocol: "tcp", FromPort: 8080, ToPort: 8080 };
    const unknownAddresses = end(["Alb"]);
    expect(ingress({ Alb: group(), Web: group([{ ...rule, CidrIp: "10.0.0.0/8" }]) }, web, unknownAddresses)).toBe(
      "unknowable",
    );
    expect(ingress({ Alb: group(), Web: group([{ ...rule, CidrIp: "0.0.0.0/0" }]) }, web, unknownAddresses)).toBe(
      "open",
    );
    expect(ingress({ Alb: group(), Web: group() }, web, unknownAddresses)).toBe("blocked");
    expect(ingress({}, end(["GroupParameter"]), alb)).toBe("unknowable");
    expect(ingress({}, end(undefined), alb)).toBe("unknowable");
    const byParameter = group([{ ...rule, SourceSecurityGroupId: ref("GroupParameter") }]);
    expect(ingress({ Web: byParameter }, web, end(["sg-0123456789abcdef0"]))).toBe("unknowable");
    expect(ingress({ Web: byParameter }, web, end(["GroupParameter"]))).toBe("open");
    expect(ingress({ Alb: group(), Web: byParameter }, web, end(["Alb"]))).toBe("blocked");
    const byPrefixList = group([{ ...rule, SourcePrefixListId: "pl-1" }]);
    expect(ingress({ Alb: group(), Web: byPrefixList }, web, alb)).toBe("unknowable");
  });

  it("adds up the rules of all groups of an interface", () => {
    const part = (FromPort: number, ToPort: number): Properties => ({
      IpProtocol: "tcp",
      FromPort,
      ToPort,
      SourceSecurityGroupId: ref("Alb"),
    });
    const entries = { Alb: group(), A: group([part(32768, 50000)]), B: group([part(50001, 65535)]) };
    expect(ingress(entries, end(["A", "B"]), alb, tcp(32768, 65535))).toBe("open");
    expect(ingress(entries, end(["A"]), alb, tcp(32768, 65535))).toBe("blocked");
  });

  it("filters nothing without a group", () => {
    expect(ingress({}, end([]), alb)).toBe("open");
  });
});

describe("egress", () => {
  const egress = (entries: Record<string, Entry>) =>
    admits(groupsOf(lookupOf(stackOf(entries))), "egress", alb, web, tcp(8080)).verdict;
  it("lets everything out until the group restricts it", () => {
    expect(egress({ Alb: group(), Web: group() })).toBe("open");
    expect(egress({ Alb: group([], [{ IpProtocol: "-1", CidrIp: "0.0.0.0/0" }]), Web: group() })).toBe("open");
    const https = { IpProtocol: "tcp", FromPort: 443, ToPort: 443, CidrIp: "0.0.0.0/0" };
    expect(egress({ Alb: group([], [https]), Web: group() })).toBe("blocked");
    const rule: Entry = [
      "AWS::EC2::SecurityGroupEgress",
      {
        GroupId: att("Alb", "GroupId"),
        IpProtocol: "tcp",
        FromPort: 8080,
        ToPort: 8080,
        DestinationSecurityGroupId: ref("Web"),
      },
    ];
    expect(egress({ Alb: group([], [https]), Web: group(), Rule: rule })).toBe("open");
  });
});
