import { describe, expect, it } from "vitest";
import type { Document } from "../document/document";
import { draw } from "../testing/draw";
import { ec2Web, fargateWeb } from "../testing/presets";
import { stackOf } from "../testing/stack-faults";

/** What a drawing creates, one line a resource: id, type, the nodes and edges it comes from. */
function overview(document: Document): string[] {
  const stack = stackOf(document);
  return Object.values(stack.resources).map((resource) => {
    const origins = [...new Set((resource.origins[""] ?? []).map((origin) => origin.node ?? origin.edge))].join(" ");
    const type = resource.type.replace("AWS::", "");
    return `${resource.id}: ${type} (${origins})`;
  });
}

/** The constructs, one line each: pattern, owner, members. */
function constructs(document: Document): string[] {
  return stackOf(document).constructs.map(({ pattern, for: owner, members }) => {
    const names = members.map(({ resource, pointer }) => resource + (pointer?.replace("/properties", "") ?? ""));
    return `${pattern} ${owner.node ?? owner.edge}: ${names.join(", ")}`;
  });
}

describe("what a drawing creates", () => {
  it("a web service on Fargate", () => {
    const document = draw((draft) => void fargateWeb(draft, { vpc: { natGateways: "none" } }));
    expect(overview(document)).toEqual([
      "FrontDoor: ElasticLoadBalancingV2::LoadBalancer (n3)",
      "FrontDoorListener443: ElasticLoadBalancingV2::Listener (n3)",
      "FrontDoorListener80: ElasticLoadBalancingV2::Listener (n3)",
      "FrontDoorSecurityGroup: EC2::SecurityGroup (n3)",
      "FrontDoorWebTargetGroup: ElasticLoadBalancingV2::TargetGroup (e2)",
      "Main: ECS::Cluster (n4)",
      "Network: EC2::VPC (n2)",
      "NetworkGatewayAttachment: EC2::VPCGatewayAttachment (n2)",
      "NetworkInternetGateway: EC2::InternetGateway (n2)",
      "NetworkPrivateSubnet1: EC2::Subnet (n2)",
      "NetworkPrivateSubnet1RouteTable: EC2::RouteTable (n2)",
      "NetworkPrivateSubnet1RouteTableAssociation: EC2::SubnetRouteTableAssociation (n2)",
      "NetworkPrivateSubnet2: EC2::Subnet (n2)",
      "NetworkPrivateSubnet2RouteTable: EC2::RouteTable (n2)",
      "NetworkPrivateSubnet2RouteTableAssociation: EC2::SubnetRouteTableAssociation (n2)",
      "NetworkPublicSubnet1: EC2::Subnet (n2)",
      "NetworkPublicSubnet1DefaultRoute: EC2::Route (n2)",
      "NetworkPublicSubnet1RouteTable: EC2::RouteTable (n2)",
      "NetworkPublicSubnet1RouteTableAssociation: EC2::SubnetRouteTableAssociation (n2)",
      "NetworkPublicSubnet2: EC2::Subnet (n2)",
      "NetworkPublicSubnet2DefaultRoute: EC2::Route (n2)",
      "NetworkPublicSubnet2RouteTable: EC2::RouteTable (n2)",
      "NetworkPublicSubnet2RouteTableAssociation: EC2::SubnetRouteTableAssociation (n2)",
      "Web: ECS::Service (n5)",
      "WebImage: ECR::Repository (n7)",
      "WebSecurityGroup: EC2::SecurityGroup (n5)",
      "WebSecurityGroupFromFrontDoorSecurityGroup8080: EC2::SecurityGroupIngress (e2)",
      "WebTask: ECS::TaskDefinition (n6)",
      "WebTaskExecutionRole: IAM::Role (n6)",
      "WebTaskExecutionRoleDefaultPolicy: IAM::Policy (n6)",
      "WebTaskLogGroup: Logs::LogGroup (n6)",
      "WebTaskTaskRole: IAM::Role (n6)",
    ]);
    expect(constructs(document).filter((line) => !line.startsWith("network"))).toEqual([
      "loadBalancer n3: FrontDoorSecurityGroup, FrontDoor, FrontDoorListener80, FrontDoorListener443",
      "cluster n4: Main",
      "service n5: WebSecurityGroup, Web",
      "grant n6: WebTaskExecutionRoleDefaultPolicy/PolicyDocument/Statement/2",
      "taskDefinition n6: WebTaskExecutionRole, WebTaskExecutionRoleDefaultPolicy, WebTaskLogGroup, WebTaskTaskRole, WebTask",
      "repository n7: WebImage",
      "connection e1: FrontDoorSecurityGroup/SecurityGroupIngress/0, FrontDoorSecurityGroup/SecurityGroupIngress/1",
      "connection e2: WebSecurityGroupFromFrontDoorSecurityGroup8080",
      "loadBalancedService e2: FrontDoorWebTargetGroup",
      "grant e4: WebTaskExecutionRoleDefaultPolicy/PolicyDocument/Statement/0, WebTaskExecutionRoleDefaultPolicy/PolicyDocument/Statement/1",
    ]);
  });

  it("the same on EC2: what is there besides", () => {
    const network = { vpc: { natGateways: "none" as const } };
    const fargate = new Set(overview(draw((draft) => void fargateWeb(draft, network))));
    const ec2 = overview(draw((draft) => void ec2Web(draft, network)));
    expect(ec2.filter((line) => !fargate.has(line))).toEqual([
      "Instances: ECS::CapacityProvider (n8)",
      "InstancesAutoScalingGroup: AutoScaling::AutoScalingGroup (n8)",
      "InstancesInstanceProfile: IAM::InstanceProfile (n8)",
      "InstancesInstanceRole: IAM::Role (n8)",
      "InstancesLaunchTemplate: EC2::LaunchTemplate (n8)",
      "InstancesSecurityGroup: EC2::SecurityGroup (n8)",
      "InstancesSecurityGroupFromFrontDoorSecurityGroup32768to65535: EC2::SecurityGroupIngress (e2)",
      "MainCapacityProviders: ECS::ClusterCapacityProviderAssociations (n4)",
    ]);
    expect([...fargate].filter((line) => !ec2.includes(line))).toEqual([
      "WebSecurityGroup: EC2::SecurityGroup (n5)",
      "WebSecurityGroupFromFrontDoorSecurityGroup8080: EC2::SecurityGroupIngress (e2)",
    ]);
  });
});
