import { describe, expect, it } from "vitest";
import { stackOf } from "../testing/network-template";
import { startsOfTemplate } from "./template";

const balanced = `
  Far: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.9.0/24, AvailabilityZone: !Select [1, !GetAZs ''] } }
  Balancer: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { Scheme: internal, Subnets: [!Ref Private, !Ref Far], SecurityGroups: [!Ref TaskGroup] } }
  Listener: { Type: AWS::ElasticLoadBalancingV2::Listener, Properties: { LoadBalancerArn: !Ref Balancer, Port: 80, Protocol: HTTP, DefaultActions: [{ Type: fixed-response }] } }
  Rule: { Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: { ListenerArn: !Ref Listener, Priority: 1, Conditions: [], Actions: [{ Type: forward, TargetGroupArn: !Ref Targets }] } }
  Targets: { Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: { TargetType: ip, Port: 8080, Protocol: HTTP, VpcId: !Ref Vpc } }
  In: { Type: AWS::EC2::SecurityGroupIngress, Properties: { GroupId: !Ref TaskGroup, IpProtocol: tcp, FromPort: 8080, ToPort: 8080, SourceSecurityGroupId: !Ref TaskGroup } }
  Other: { Type: AWS::SSM::Parameter, Properties: { Type: String, Value: !Ref Rule } }`;

/** What the line about health checks says where the service waits for something. */
function health(waits: string, target = "!Ref Targets") {
  const stack = stackOf(balanced, "", [
    "LaunchType: FARGATE\n",
    `LaunchType: FARGATE\n      LoadBalancers: [{ ContainerName: app, ContainerPort: 8080, TargetGroupArn: ${target} }]\n`,
  ]);
  const web = stack.resources.Web;
  if (web && waits !== "") web.dependsOn = [waits];
  const line = startsOfTemplate(stack)[0]?.checks.find(({ check }) => check === "health");
  return [line?.verdict, line?.why];
}

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html
describe("a service behind a load balancer", () => {
  it.each(["Rule", "Other"])("waits for what forwards to it: %s", (waits) => {
    expect(health(waits)[0]).toBe("passes");
  });

  it.each(["", "Listener", "Balancer"])("may come too early, waiting for “%s”", (waits) => {
    expect(health(waits)).toEqual([
      "unknowable",
      "Web may be made before Rule forwards to Targets, and ECS refuses it then. Let it wait: DependsOn Rule.",
    ]);
  });
});
