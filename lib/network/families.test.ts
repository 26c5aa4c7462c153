import { describe, expect, it } from "vitest";
import { buildModel } from "../model/build";
import { lower } from "../stack/lower";
import { draw } from "../testing/draw";
import { group, stackOf, tcp } from "../testing/network-template";
import { fargateWeb } from "../testing/presets";
import { reach } from "./reachability";
import { traceFlows } from "./trace";

const balanced = (target: string, lets: string, balancer = "Subnets: [!Ref Public]") => `${group("LbGroup")}
  Front: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { ${balancer}, SecurityGroups: [!Ref LbGroup] } }
  Targets: { Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: { Port: 80, Protocol: HTTP, TargetType: ip, VpcId: !Ref Vpc${target} } }
  Listener: { Type: AWS::ElasticLoadBalancingV2::Listener, Properties: { LoadBalancerArn: !Ref Front, Port: 80, Protocol: HTTP, DefaultActions: [{ Type: forward, TargetGroupArn: !Ref Targets }] } }
  In: { Type: AWS::EC2::SecurityGroupIngress, Properties: { GroupId: !Ref TaskGroup, ${tcp(8080, lets)} } }`;
const registered = [
  "LaunchType: FARGATE\n",
  "LaunchType: FARGATE\n      LoadBalancers: [{ ContainerName: app, ContainerPort: 8080, TargetGroupArn: !Ref Targets }]\n",
] as const;
const judged = (resources: string) => {
  const { verdict, hops } = reach(stackOf(resources, "", registered), "Front", "Web");
  return { verdict, said: hops.find((hop) => hop.verdict !== "open")?.why };
};

// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-ip-address-type
describe("a target group of IPv6", () => {
  const six = ", IpAddressType: ipv6";
  const subnet =
    "\n  Six: { Type: AWS::EC2::SubnetCidrBlock, Properties: { SubnetId: !Ref Public, Ipv6CidrBlock: '2001:db8:0:1::/64' } }";
  it.each([
    ["is let in by a rule for the group", "SourceSecurityGroupId: !Ref LbGroup", "open"],
    ["is let in by a rule for all of IPv6", "CidrIpv6: '::/0'", "open"],
    ["is let in by a rule for the subnet of the load balancer", "CidrIpv6: '2001:db8::/48'", "open"],
    ["is kept out by a rule for another one", "CidrIpv6: '2001:db9::/48'", "blocked"],
    ["is kept out by a rule for IPv4", "CidrIp: 0.0.0.0/0", "blocked"],
  ])("%s", (_what, lets, verdict) => {
    expect(judged(balanced(six, lets) + subnet).verdict).toBe(verdict);
  });

  it("comes from addresses that nobody knows, where the subnet does not say them", () => {
    expect(judged(balanced(six, "CidrIpv6: '2001:db8::/48'")).verdict).toBe("unknowable");
    expect(judged(balanced(six, "CidrIpv6: '::/0'")).verdict).toBe("open");
    expect(judged(balanced("", "CidrIpv6: '::/0'")).verdict).toBe("blocked");
  });
});

// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#ip-address-type
describe("clients of a family that a load balancer has no addresses of", () => {
  const verdictFor = (cidrs: string[]) => {
    let edge = "";
    const document = draw((draft) => {
      const web = fargateWeb(draft);
      edge = Object.entries(draft.document.edges).find(([, { relation }]) => relation === "request")?.[0] ?? "";
      const users = draft.document.nodes[web.internet];
      if (users?.kind === "internet") users.props = { cidrs };
    });
    const model = buildModel(document);
    const flow = traceFlows(model, lower(model)).flow(edge);
    return [flow?.verdict, flow?.hops.find(({ verdict }) => verdict !== "open")?.why];
  };
  it("do not get there; those of both families do", () => {
    expect(verdictFor(["0.0.0.0/0"])[0]).toBe("open");
    expect(verdictFor(["0.0.0.0/0", "::/0"])[0]).toBe("open");
    expect(verdictFor(["2001:db8::/32"])).toEqual([
      "blocked",
      expect.stringMatching(/^Front door has public addresses of IPv4 alone/),
    ]);
  });
});

// https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html#availability-zones
describe("targets in a zone that their load balancer has no subnet in", () => {
  const zoned = (zone: number) => `
  Far: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.9.0/24, AvailabilityZone: !Select [${zone}, !GetAZs ''] } }`;
  const named =
    "\n  Far: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.9.0/24, AvailabilityZone: eu-west-1b } }";
  const by = "SourceSecurityGroupId: !Ref LbGroup";
  it("get no traffic", () => {
    expect(judged(balanced("", by, "Subnets: [!Ref Far]") + zoned(0)).verdict).toBe("open");
    expect(judged(balanced("", by, "Subnets: [!Ref Far]") + zoned(1))).toEqual({
      verdict: "blocked",
      said: "Private is in a zone where Front has no subnet, and targets there get no traffic. Give Front a subnet in that zone.",
    });
    expect(judged(balanced("", by, "Subnets: [!Ref Public, !Ref Far]") + zoned(1)).verdict).toBe("open");
    // One zone may be meant by both names.
    expect(judged(balanced("", by, "Subnets: [!Ref Far]") + named).verdict).toBe("open");
  });
});

// https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
describe("clients whom a template does not name", () => {
  const door = (...rules: string[]) =>
    balanced("", "SourceSecurityGroupId: !Ref LbGroup").replace(group("LbGroup"), group("LbGroup", ...rules));
  const came = (...rules: string[]) => {
    const { verdict, hops } = reach(stackOf(door(...rules)), "internet", "Front");
    return [verdict, hops.find((hop) => hop.verdict !== "open")?.why];
  };
  it("get in where everybody does; where some do, nobody says who comes", () => {
    expect(came(tcp(80, "CidrIp: 0.0.0.0/0"))[0]).toBe("open");
    expect(came(tcp(80, "CidrIp: 0.0.0.0/1"), tcp(80, "CidrIp: 128.0.0.0/1"))[0]).toBe("open");
    expect(came(tcp(80, "CidrIp: 203.0.113.0/24"))).toEqual([
      "unknowable",
      "LbGroup may let tcp/80 in from part of internet alone, and who comes, nothing here says.",
    ]);
    expect(came(tcp(443, "CidrIp: 0.0.0.0/0"))[0]).toBe("blocked");
    // No client on the internet has such an address.
    expect(came(tcp(80, "CidrIp: 10.0.0.0/16"))[0]).toBe("blocked");
  });
});
