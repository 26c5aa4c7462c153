import { describe, expect, it } from "vitest";
import { stackOf } from "../testing/network-template";
import { reach } from "./reachability";

const balanced = (type: string, protocol: string, targetType = "ip"): string => `
  Balancer: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { Type: ${type}, Scheme: internal, Subnets: [!Ref Private]${type === "application" ? ", SecurityGroups: [!Ref BalancerGroup]" : ""} } }
  BalancerGroup: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: x, VpcId: !Ref Vpc } }
  Listener: { Type: AWS::ElasticLoadBalancingV2::Listener, Properties: { LoadBalancerArn: !Ref Balancer, Port: 80, Protocol: ${protocol}, DefaultActions: [{ Type: forward, TargetGroupArn: !Ref Targets }] } }
  Targets: { Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: { TargetType: ${targetType}, Port: 80, Protocol: ${protocol}, VpcId: !Ref Vpc, HealthCheckPort: 9000${targetType === "ip" ? "" : ", Targets: [{ Id: !Ref Box, Port: 7000 }]"} } }
  In: { Type: AWS::EC2::SecurityGroupIngress, Properties: { GroupId: !Ref TaskGroup, IpProtocol: '-1', CidrIp: 10.0.0.0/16 } }
  Box: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-1, SubnetId: !Ref Private, SecurityGroupIds: [!Ref TaskGroup] } }
`;
const registered = [
  "LaunchType: FARGATE\n",
  "LaunchType: FARGATE\n      LoadBalancers: [{ ContainerName: app, ContainerPort: 8080, TargetGroupArn: !Ref Targets }]\n",
] as const;

describe("a packet that is asked about", () => {
  const alb = stackOf(balanced("application", "HTTP"), "", registered);
  it.each([
    ["the traffic port", 8080, undefined, "open"],
    ["the port of health checks", 9000, undefined, "open"],
    ["a port that the load balancer never sends to", 5432, undefined, "blocked"],
    ["a protocol that it never speaks", undefined, "udp", "blocked"],
  ] as const)("from a load balancer: %s", (_, port, protocol, verdict) => {
    const found = reach(alb, "Balancer", "Web", protocol, port);
    expect([found.verdict, found.hops.length > 0]).toEqual([verdict, true]);
    if (verdict === "blocked")
      expect(found.hops.map(({ why }) => why)).toEqual([
        "Balancer sends tcp/8080 and tcp/9000 to Web, and nothing else.",
      ]);
  });

  it("to instances of a target group takes their own port before the group's", () => {
    const nlb = stackOf(balanced("network", "TCP", "instance"));
    expect(reach(nlb, "Balancer", "Box", "tcp", 80).hops.map(({ why }) => why)).toEqual([
      "Balancer sends tcp/7000 and tcp/9000 to Box, and nothing else.",
    ]);
    // Instances see the clients of a Network Load Balancer, and who calls an internal one nobody says; the rule is for the VPC.
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation
    const { verdict, hops } = reach(nlb, "Balancer", "Box", "tcp", 7000);
    expect(verdict).toBe("unknowable");
    expect(hops.find(({ port, verdict: one }) => port === "tcp/7000" && one === "unknowable")?.resource).toBe(
      "TaskGroup",
    );
  });

  it("finds the listener of its protocol, whichever that is where none is named", () => {
    const nlb = stackOf(balanced("network", "UDP"));
    expect(reach(nlb, "Web", "Balancer", undefined, 80).verdict).toBe("open");
    expect(reach(nlb, "Web", "Balancer", "tcp", 80).hops[0]?.why).toBe(
      "No listener of Balancer takes tcp/80; it listens on udp/80.",
    );
  });

  it("finds no database over UDP, whatever its group opens", () => {
    const db = stackOf(`
  Db: { Type: AWS::RDS::DBInstance, Properties: { Engine: postgres, VPCSecurityGroups: [!Ref DbGroup] } }
  DbGroup: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: x, VpcId: !Ref Vpc, SecurityGroupIngress: [{ IpProtocol: '-1', CidrIp: 0.0.0.0/0 }] } }`);
    expect(reach(db, "Web", "Db", "tcp", 5432).verdict).toBe("open");
    expect(reach(db, "Web", "Db", "udp", 5432).hops[0]?.why).toBe("Db answers over TCP, not over UDP.");
    expect(reach(db, "Web", "Db", "udp").verdict).toBe("blocked");
  });

  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-resource-limits.html
  it("cannot know whether mail gets out to the internet", () => {
    expect(reach(stackOf(""), "Web", "internet", "tcp", 587).verdict).toBe("open");
    const { verdict, hops } = reach(stackOf(""), "Web", "internet", "tcp", 25);
    expect([verdict, hops.find((hop) => hop.verdict !== "open")?.why]).toEqual([
      "unknowable",
      expect.stringMatching(/on port 25/),
    ]);
  });

  // https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation
  it("keeps the address of clients over UDP, even where that was to be switched off", () => {
    const off = balanced("network", "UDP").replace(
      "HealthCheckPort: 9000",
      "TargetGroupAttributes: [{ Key: preserve_client_ip.enabled, Value: 'false' }]",
    );
    const { hops } = reach(stackOf(off, "", [registered[0], registered[1].replace("8080", "8080")]), "Balancer", "Web");
    expect(hops.find(({ port, stage }) => port === "udp/8080" && stage === "ingress")?.verdict).toBe("unknowable");
  });
});
