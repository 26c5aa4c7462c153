import { describe, expect, it } from "vitest";
import { buildModel } from "../model/build";
import { lower } from "../stack/lower";
import { draw } from "../testing/draw";
import { byTask, database, group, onInstances, stackOf, tcp } from "../testing/network-template";
import { fargateWeb } from "../testing/presets";
import { templateFlows } from "./templates";
import { traceFlows } from "./trace";
import { unservedOpenings } from "./unserved";

const inGroup = (id: string) => [`${id}/properties/SecurityGroupIngress/0`];
const rule = (id: string, of: string, what: string) => `
  ${id}: { Type: AWS::EC2::SecurityGroupIngress, Properties: { GroupId: !Ref ${of}, ${what} } }`;
const endpoint = (what: string) => `${group("EpGroup", what)}
  Ep: { Type: AWS::EC2::VPCEndpoint, Properties: { VpcId: !Ref Vpc, VpcEndpointType: Interface, PrivateDnsEnabled: true, ServiceName: com.amazonaws.eu-west-1.ecr.dkr, SubnetIds: [!Ref Private], SecurityGroupIds: [!Ref EpGroup] } }`;
const db = (what: string) => group("DbGroup", what) + database();
const files = (what: string) => `${group("FilesGroup", what)}
  Files: { Type: AWS::EFS::FileSystem }
  Target: { Type: AWS::EFS::MountTarget, Properties: { FileSystemId: !Ref Files, SubnetId: !Ref Private, SecurityGroups: [!Ref FilesGroup] } }`;
const balancer = (what: string, scheme = "internal") => `${group("LbGroup", what)}
  Front: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { Scheme: ${scheme}, Subnets: [!Ref Private], SecurityGroups: [!Ref LbGroup] } }
  Listener: { Type: AWS::ElasticLoadBalancingV2::Listener, Properties: { LoadBalancerArn: !Ref Front, Port: 80, Protocol: HTTP, DefaultActions: [{ Type: fixed-response, FixedResponseConfig: { StatusCode: '200' } }] } }`;
const box = `${group("BoxGroup", tcp(22, "CidrIp: 203.0.113.0/24"))}
  Box: { Type: AWS::EC2::Instance, Properties: { SubnetId: !Ref Public, SecurityGroupIds: [!Ref BoxGroup], NetworkInterfaces: [{ DeviceIndex: '0', AssociatePublicIpAddress: true, SubnetId: !Ref Public, GroupSet: [!Ref BoxGroup] }] } }`;
const asPublic = ["Subnets: [!Ref Private]", "AssignPublicIp: ENABLED, Subnets: [!Ref Public]"] as const;
const anyone = "CidrIp: 0.0.0.0/0";
const given = "Outputs: { Group: { Value: !Ref TaskGroup, Export: { Name: tasks } } }\n";

// https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
describe("openings of a template that nothing in it needs", () => {
  it.each([
    ["an endpoint, for the VPC", endpoint(tcp(443, "CidrIp: 10.0.0.0/16")), []],
    ["an endpoint, for the tasks", endpoint(tcp(443, byTask)), []],
    ["an endpoint, on another port", endpoint(tcp(8443, "CidrIp: 10.0.0.0/16")), inGroup("EpGroup")],
    ["a database, for the VPC", db(tcp(5432, "CidrIp: 10.0.0.0/16")), []],
    ["a database, for the tasks", db(tcp(5432, byTask)), []],
    ["a database, for a group that exists elsewhere", db(tcp(5432, "SourceSecurityGroupId: sg-1")), []],
    ["a database, on the port of another engine", db(tcp(3306, byTask)), inGroup("DbGroup")],
    ["a database, for everybody", db(tcp(5432, anyone)), inGroup("DbGroup")],
    [
      "a database, for a group that nobody has",
      db(tcp(5432, "SourceSecurityGroupId: !Ref Nobody")) + group("Nobody"),
      inGroup("DbGroup"),
    ],
    ["mount targets, for the VPC", files(tcp(2049, "CidrIp: 10.0.0.0/16")), []],
    ["mount targets, on another port", files(tcp(2048, "CidrIp: 10.0.0.0/16")), inGroup("FilesGroup")],
    ["an internal load balancer, on its listener", balancer(tcp(80, anyone)), []],
    ["an internal load balancer, where nothing listens", balancer(tcp(443, anyone)), inGroup("LbGroup")],
    ["tasks with a public address, on their port", rule("In", "TaskGroup", tcp(8080, anyone)), [], asPublic],
    ["tasks with a public address, on another port", rule("In", "TaskGroup", tcp(22, anyone)), ["In"], asPublic],
    ["tasks without a public address, for everybody", rule("In", "TaskGroup", tcp(8080, anyone)), ["In"]],
    ["tasks, for each other", rule("In", "TaskGroup", `IpProtocol: '-1', ${byTask}`), []],
    ["tasks, for each other, where none answers", rule("In", "TaskGroup", tcp(7101, byTask)), ["In"]],
    ["tasks, whose group is given to others", rule("In", "TaskGroup", tcp(7101, byTask)), [], ["", ""], given],
    [
      "instances that run tasks, for each other",
      onInstances("bridge") + rule("In", "HostGroup", tcp(6783, "SourceSecurityGroupId: !Ref HostGroup")),
      [],
    ],
    ["a machine with a public address", box, []],
    [
      "instances that run tasks, for a machine to administer them",
      box + onInstances("bridge") + rule("In", "HostGroup", tcp(22, "SourceSecurityGroupId: !Ref BoxGroup")),
      [],
    ],
    [
      "instances that run tasks, on a port for everybody",
      onInstances("bridge") + rule("In", "HostGroup", tcp(22, anyone)),
      ["In"],
    ],
    ["a group that nothing has", group("Lonely", tcp(80, anyone)), inGroup("Lonely")],
  ] as [string, string, string[], (readonly [string, string])?, string?][])(
    "%s",
    (_what, resources, expected, change, head) => {
      const { unserved } = templateFlows(stackOf(resources, head, change));
      expect(unserved.map(({ resource, pointer }) => resource + pointer)).toEqual(expected);
    },
  );
});

describe("openings of a design that no edge needs", () => {
  /** A database as a generic resource, whose group a person wrote. */
  const drawn = (FromPort: number, peer: object) =>
    draw((draft) => {
      fargateWeb(draft);
      const open = { IpProtocol: "tcp", FromPort, ToPort: FromPort, ...peer };
      const properties = { GroupDescription: "x", VpcId: { Ref: "Network" }, SecurityGroupIngress: [open] };
      draft.add("generic", { type: "AWS::EC2::SecurityGroup", properties }, { name: "Db group" });
      const groups = [{ Ref: "DbGroup" }];
      draft.add(
        "generic",
        {
          type: "AWS::RDS::DBInstance",
          properties: { Engine: "postgres", PubliclyAccessible: false, VPCSecurityGroups: groups },
        },
        { name: "Db" },
      );
    });
  const accused = (port: number, peer: object) => {
    const model = buildModel(drawn(port, peer));
    const stack = lower(model);
    return unservedOpenings(model, stack, traceFlows(model, stack)).map(({ resource }) => resource);
  };
  const byWeb = { SourceSecurityGroupId: { "Fn::GetAtt": ["WebSecurityGroup", "GroupId"] } };

  it("are none where no kind draws what answers behind them", () => {
    expect(accused(5432, byWeb)).toEqual([]);
    expect(accused(5432, { CidrIp: "10.0.0.0/16" })).toEqual([]);
    expect(accused(3306, byWeb)).toEqual(["DbGroup"]);
    expect(accused(5432, { CidrIp: "0.0.0.0/0" })).toEqual(["DbGroup"]);
  });
});
