import { describe, expect, it } from "vitest";
import { group, stackOf } from "../testing/network-template";
import { reach } from "./reachability";
import { templateFlows } from "./templates";

/** Templates of strangers: whatever they say, an answer comes, and soon. */

const both = (resources: string, from: string, to: string): string => {
  const stack = stackOf(resources);
  templateFlows(stack);
  return reach(stack, from, to).verdict;
};
const one = (id: string, type: string, properties: string) =>
  `\n  ${id}: { Type: ${type}, Properties: { ${properties} } }`;

describe("references in a circle end", () => {
  const provider = (id: string, arn: string) =>
    one(id, "AWS::ECS::CapacityProvider", `AutoScalingGroupProvider: { AutoScalingGroupArn: ${arn} }`);
  const point = (id: string, files: string) => one(id, "AWS::EFS::AccessPoint", `FileSystemId: ${files}`);
  const nat = one("Loop", "AWS::EC2::NatGateway", "SubnetId: !Ref Data, AllocationId: x");
  const table = `${one("Table", "AWS::EC2::RouteTable", "VpcId: !Ref Vpc")}${one("Place", "AWS::EC2::SubnetRouteTableAssociation", "SubnetId: !Ref Data, RouteTableId: !Ref Table")}${one("Way", "AWS::EC2::Route", "RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Loop")}`;
  const shut = one(
    "Fn",
    "AWS::Lambda::Function",
    "VpcConfig: { SubnetIds: [!Ref Data], SecurityGroupIds: [!Ref TaskGroup] }",
  );
  it.each([
    [
      "a database in itself",
      one("A", "AWS::RDS::DBInstance", "Engine: mysql, DBClusterIdentifier: !Ref A"),
      "Web",
      "A",
      "unknowable",
    ],
    ["an access point in itself", point("A", "!Ref A"), "Web", "A", "unknowable"],
    ["access points in one another", point("A", "B") + point("B", "A"), "Web", "A", "unknowable"],
    ["a provider in itself", provider("A", "!Ref A"), "A", "Web", "unknowable"],
    ["providers in one another", provider("A", "B") + provider("B", "A"), "A", "Web", "unknowable"],
    ["a NAT gateway behind itself", nat + table + shut, "Fn", "internet", "blocked"],
  ])("%s", (_what, resources, from, to, verdict) => {
    expect(both(resources, from, to)).toBe(verdict);
  });

  it("groups that let one another in", () => {
    const ring = Array.from(
      { length: 50 },
      (_, index) =>
        group(`G${index}`) +
        one(
          `R${index}`,
          "AWS::EC2::SecurityGroupIngress",
          `GroupId: !Ref G${index}, IpProtocol: '-1', SourceSecurityGroupId: !Ref G${(index + 1) % 50}`,
        ),
    );
    expect(templateFlows(stackOf(ring.join(""))).unserved).toHaveLength(50);
  });
});

describe("absurd values", () => {
  const rule = (id: string, what: string) =>
    one(id, "AWS::EC2::SecurityGroupIngress", `GroupId: !Ref TaskGroup, ${what}`);
  it.each([
    ["addresses that are none", "IpProtocol: tcp, FromPort: 8080, ToPort: 8080, CidrIp: 999.1.1.1/99"],
    ["ports that are none", "IpProtocol: tcp, FromPort: x, ToPort: [], CidrIp: {}"],
    ["a protocol that is none", "IpProtocol: { a: 1 }, FromPort: -5, ToPort: 99999999, CidrIp: 7"],
  ])("%s open nothing for certain", (_what, written) => {
    const stack = stackOf(rule("In", written));
    expect(
      reach(stack, "internet", "Web", "tcp", 8080).hops.some(
        ({ stage, verdict }) => stage === "ingress" && verdict === "open",
      ),
    ).toBe(false);
    expect(() => templateFlows(stack)).not.toThrow();
  });
});

it("many who share a group are named by the first of them, so that a list does not grow with their square", () => {
  const many = (count: number) =>
    Array.from(
      { length: count },
      (
        _,
        index,
      ) => `${group(`G${index}`, `IpProtocol: tcp, FromPort: 8080, ToPort: 8080, SourceSecurityGroupId: !Ref TaskGroup`)}
  S${index}: { Type: AWS::ECS::Service, Properties: { LaunchType: FARGATE, TaskDefinition: !Ref Task, NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [!Ref Private], SecurityGroups: [!Ref TaskGroup, !Ref G${index}] } } } }`,
    ).join("");
  const [forty, eighty] = [40, 80].map((count) => templateFlows(stackOf(many(count))).flows.length) as [number, number];
  expect(forty).toBeGreaterThan(40);
  expect(eighty / forty).toBeLessThan(2.2);
});
