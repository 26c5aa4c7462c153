import { describe, expect, it } from "vitest";
import { type WebTemplate, webTemplate } from "../testing/web-template";
import { startsOfTemplate } from "./template";

interface Balanced {
  group?: string;
  type?: string;
  item?: string;
  forward?: string;
  subnets?: string;
  more?: string;
  change?: WebTemplate["change"];
}

/** A load balancer in front of the service, whose listener it waits for. */
const balanced = ({
  group = "Protocol: HTTP",
  type = "application",
  item = "{ ContainerName: app, ContainerPort: 8080, TargetGroupArn: !Ref Targets }",
  forward = "{ Type: forward, TargetGroupArn: !Ref Targets }",
  subnets = "[!Ref Public, !Ref Other]",
  more = "",
  change = [],
}: Balanced): WebTemplate => ({
  service: `LoadBalancers: [${item}]`,
  change: [["Type: AWS::ECS::Service", "Type: AWS::ECS::Service\n    DependsOn: Listener"], ...change],
  more: `
  Doors: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: x, VpcId: !Ref Vpc } }
  Balancer: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { Type: ${type}, Subnets: ${subnets}, SecurityGroups: [!Ref Doors] } }
  Listener: { Type: AWS::ElasticLoadBalancingV2::Listener, Properties: { LoadBalancerArn: !Ref Balancer, Port: 80, Protocol: ${type === "network" ? "TCP" : "HTTP"}, DefaultActions: [${forward}] } }
  Targets: { Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: { VpcId: !Ref Vpc, Port: 80, TargetType: ip, ${group} } }${more}`,
});

function said(change: Balanced): string {
  const start = startsOfTemplate(webTemplate(balanced(change))).find(({ place }) => place === "Web");
  const line = start?.checks.find(({ check }) => check === "health");
  return `${start?.verdict}${line?.verdict === "passes" ? "" : `: ${line?.why}`}`;
}

const elb = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application";
const ecs = "https://docs.aws.amazon.com/AmazonECS/latest";

describe("what registers the tasks with a load balancer", () => {
  it.each<[string, string, Balanced, RegExp]>([
    ["all in place", ecs, {}, /^starts$/],
    ["a Network Load Balancer", ecs, { type: "network", group: "Protocol: TCP" }, /^starts$/],
    [
      "a container that is not there",
      `${ecs}/APIReference/API_LoadBalancer.html`,
      { item: "{ ContainerName: web, ContainerPort: 8080, TargetGroupArn: !Ref Targets }" },
      /^fails: Web registers the container web, and Task has app\. Name one of these in LoadBalancers\.$/,
    ],
    [
      "a port that is not mapped",
      `${ecs}/APIReference/API_LoadBalancer.html`,
      { item: "{ ContainerName: app, ContainerPort: 80, TargetGroupArn: !Ref Targets }" },
      /^fails: Web registers port 80 of app, which maps 8080\. Map it/,
    ],
    [
      "six target groups",
      `${ecs}/developerguide/register-multiple-targetgroups.html`,
      {
        item: Array.from(
          { length: 6 },
          () => "{ ContainerName: app, ContainerPort: 8080, TargetGroupArn: !Ref Targets }",
        ).join(", "),
      },
      /^fails: The number of target groups of Web is 6; AWS takes 0 to 5\.$/,
    ],
    [
      "a check that takes longer than its interval",
      `${elb}/target-group-health-checks.html`,
      { group: "Protocol: HTTP, HealthCheckTimeoutSeconds: 30" },
      /^fails: The health check of Targets may take 30 seconds and comes every 30/,
    ],
    [
      "an interval as short as the usual timeout",
      `${elb}/target-group-health-checks.html`,
      { group: "Protocol: HTTP, HealthCheckIntervalSeconds: 5" },
      /^fails: The health check of Targets may take 5 seconds and comes every 5/,
    ],
    [
      "a threshold of one",
      `${elb}/target-group-health-checks.html`,
      { group: "Protocol: HTTP, HealthyThresholdCount: 1" },
      /^fails: HealthyThresholdCount of Targets is 1; AWS takes 2 to 10\.$/,
    ],
    [
      "a path without a slash",
      `${elb}/target-group-health-checks.html`,
      { group: "Protocol: HTTP, HealthCheckPath: health" },
      /^fails: HealthCheckPath of Targets is health; a path begins with a slash\.$/,
    ],
    [
      "a protocol that the load balancer does not carry",
      `${elb}/create-target-group.html`,
      { group: "Protocol: TCP" },
      /^fails: Targets speaks TCP, and Balancer forwards to HTTP or HTTPS only/,
    ],
    [
      "targets of another VPC",
      `${elb}/target-group-register-targets.html`,
      {
        change: [["TargetGroup, Properties: { VpcId: !Ref Vpc", "TargetGroup, Properties: { VpcId: !Ref Far"]],
        more: "\n  Far: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.1.0.0/16 } }",
      },
      /^fails: Targets takes targets of Far, and the tasks of Web are in Vpc\./,
    ],
    [
      "targets of a VPC that exists",
      `${elb}/target-group-register-targets.html`,
      { change: [["TargetGroup, Properties: { VpcId: !Ref Vpc", "TargetGroup, Properties: { VpcId: !Ref Given"]] },
      /^fails: Targets takes targets of Given/,
    ],
    [
      "a target group that no listener forwards to",
      `${ecs}/developerguide/service-create-loadbalancer-rolling.html`,
      { forward: "{ Type: fixed-response, FixedResponseConfig: { StatusCode: '200' } }" },
      /^fails: No listener forwards to Targets, and ECS refuses Web then\./,
    ],
    [
      "a target group that a nested stack may forward to",
      `${ecs}/developerguide/service-create-loadbalancer-rolling.html`,
      {
        forward: "{ Type: fixed-response, FixedResponseConfig: { StatusCode: '200' } }",
        more: "\n  Nested: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: x, Parameters: { Group: !Ref Targets } } }",
      },
      /^unknowable: The load balancer that checks Web is not part/,
    ],
    [
      "a target group that exists",
      `${ecs}/developerguide/service-create-loadbalancer-rolling.html`,
      { item: "{ ContainerName: app, ContainerPort: 8080, TargetGroupArn: !Ref Given }" },
      /^unknowable: The load balancer that checks Web is not part/,
    ],
    [
      "an Application Load Balancer in one subnet",
      `${elb}/application-load-balancers.html`,
      { subnets: "[!Ref Public]" },
      /^fails: Balancer is an Application Load Balancer and stands in one zone\./,
    ],
    [
      "an Application Load Balancer in two subnets of one zone",
      `${elb}/application-load-balancers.html`,
      { subnets: "[!Ref Public, !Ref Private]" },
      /^fails: .*stands in one zone/,
    ],
  ])("%s (%s)", (_what, _docs, change, says) => {
    expect(said(change)).toMatch(says);
  });
});
