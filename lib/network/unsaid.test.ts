import { describe, expect, it } from "vitest";
import { startsOfTemplate } from "../start/template";
import { stackOf } from "../testing/network-template";
import { reach } from "./reachability";

const head = (...names: string[]): string =>
  `Parameters: { ${names.map((name) => `${name}: { Type: String }`).join(", ")} }`;
const group = (id: string, rules = "", vpc = "!Ref Vpc"): string =>
  `\n  ${id}: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: x, VpcId: ${vpc}${rules} } }`;
const from = (peer: string): string =>
  `, SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: 5432, ToPort: 5432, ${peer} }]`;
const database = (groups: string): string =>
  `\n  Db: { Type: AWS::RDS::DBInstance, Properties: { Engine: postgres, VPCSecurityGroups: [${groups}] } }`;

describe("what a template does not say is never taken for an answer", () => {
  it("outputs of one nested stack are different things", () => {
    const nested = "\n  Groups: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: x } }";
    const made = (peer: string) =>
      stackOf(
        nested +
          group("DbGroup", from(`SourceSecurityGroupId: !GetAtt Groups.Outputs.${peer}`)) +
          database("!Ref DbGroup"),
        "",
        ["SecurityGroups: [!Ref TaskGroup]", "SecurityGroups: [!GetAtt Groups.Outputs.Tasks]"],
      );
    expect(reach(made("Tasks"), "Web", "Db").hops.at(-1)).toMatchObject({ resource: "DbGroup", verdict: "open" });
    // Two outputs may give one group.
    expect(reach(made("Others"), "Web", "Db").hops.at(-1)).toMatchObject({
      resource: "DbGroup",
      verdict: "unknowable",
    });
  });

  it("a task has no public address, or has one, as the deployment says", () => {
    const made = (value: string) =>
      stackOf("", head("Assign"), ["Subnets: [!Ref Private],", `Subnets: [!Ref Public], AssignPublicIp: ${value},`]);
    expect(reach(made("ENABLED"), "Web", "internet").verdict).toBe("open");
    expect(reach(made("DISABLED"), "Web", "internet").verdict).toBe("blocked");
    expect(reach(made("!Ref Assign"), "Web", "internet").verdict).toBe("unknowable");
    const image = startsOfTemplate(made("!Ref Assign"))[0]?.checks.find(({ check }) => check === "image");
    expect(image?.verdict).toBe("unknowable");
  });

  it("a rule that names its group by name is a rule", () => {
    const rule =
      "\n  In: { Type: AWS::EC2::SecurityGroupIngress, Properties: { GroupName: !Ref DbGroup, IpProtocol: tcp, FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: !Ref TaskGroup } }";
    expect(reach(stackOf(group("DbGroup") + database("!Ref DbGroup") + rule), "Web", "Db").verdict).toBe("open");
  });

  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
  it("a group that lets out to itself alone lets nothing out, wherever the other side stands", () => {
    const shut = (cidr: string) =>
      stackOf(group("DbGroup", from("CidrIp: 0.0.0.0/0")) + database("!Ref DbGroup"), "", [
        "TaskGroup: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: x, VpcId: !Ref Vpc } }",
        `TaskGroup: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: x, VpcId: !Ref Vpc, SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp: ${cidr} }] } }`,
      ]);
    expect(reach(shut("127.0.0.1/32"), "Web", "Db").verdict).toBe("blocked");
    expect(reach(shut("127.0.0.1/32"), "Web", "internet").verdict).toBe("blocked");
    expect(reach(shut("10.0.2.0/24"), "Web", "Db").verdict).toBe("unknowable");
    expect(reach(shut("0.0.0.0/0"), "Web", "Db").verdict).toBe("open");
  });

  // https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html
  it("two VPCs that a transit gateway may join are not apart", () => {
    const other = `\n  Other: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.9.0.0/16 } }${group("DbGroup", from("CidrIp: 10.0.0.0/8"), "!Ref Other")}${database("!Ref DbGroup")}`;
    expect(reach(stackOf(other), "Web", "Db").verdict).toBe("blocked");
    const joined =
      "\n  Join: { Type: AWS::EC2::TransitGatewayVpcAttachment, Properties: { TransitGatewayId: tgw-1, VpcId: !Ref Vpc, SubnetIds: [!Ref Private] } }";
    const route =
      "\n  There: { Type: AWS::EC2::Route, Properties: { RouteTableId: !Ref PrivateTable, DestinationCidrBlock: 10.0.0.0/8, TransitGatewayId: tgw-1 } }";
    expect(reach(stackOf(other + joined + route), "Web", "Db").verdict).toBe("unknowable");
    // https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
    expect(reach(stackOf(other + joined), "Web", "Db").verdict).toBe("blocked");
  });

  // https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
  it("the policy of an endpoint may refuse", () => {
    const told = (policy: string) =>
      stackOf(`
  Bucket: { Type: AWS::S3::Bucket }
  S3: { Type: AWS::EC2::VPCEndpoint, Properties: { VpcId: !Ref Vpc, ServiceName: !Sub 'com.amazonaws.\${AWS::Region}.s3', RouteTableIds: [!Ref PrivateTable]${policy} } }`);
    const policy = (statement: string): string => `, PolicyDocument: { Statement: [${statement}] }`;
    expect(reach(told(""), "Web", "Bucket").verdict).toBe("open");
    expect(
      reach(told(policy("{ Effect: Allow, Principal: '*', Action: '*', Resource: '*' }")), "Web", "Bucket").verdict,
    ).toBe("open");
    expect(
      reach(told(policy("{ Effect: Allow, Principal: '*', Action: 's3:GetObject', Resource: '*' }")), "Web", "Bucket"),
    ).toMatchObject({
      verdict: "unknowable",
      hops: [{ why: expect.stringMatching(/S3 has a policy of its own/) }],
    });
  });

  it("a health check whose port a parameter says may arrive or not", () => {
    const balanced = (port: string) =>
      stackOf(
        `
  Balancer: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { Scheme: internal, Subnets: [!Ref Private], SecurityGroups: [!Ref TaskGroup] } }
  Listener: { Type: AWS::ElasticLoadBalancingV2::Listener, Properties: { LoadBalancerArn: !Ref Balancer, Port: 80, Protocol: HTTP, DefaultActions: [{ Type: forward, TargetGroupArn: !Ref Targets }] } }
  Targets: { Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: { TargetType: ip, Port: 80, Protocol: HTTP, VpcId: !Ref Vpc, HealthCheckPort: ${port} } }
  In: { Type: AWS::EC2::SecurityGroupIngress, Properties: { GroupId: !Ref TaskGroup, IpProtocol: tcp, FromPort: 8080, ToPort: 8080, SourceSecurityGroupId: !Ref TaskGroup } }`,
        head("Port"),
        [
          "LaunchType: FARGATE\n",
          "LaunchType: FARGATE\n      LoadBalancers: [{ ContainerName: app, ContainerPort: 8080, TargetGroupArn: !Ref Targets }]\n",
        ],
      );
    expect(reach(balanced("traffic-port"), "Balancer", "Web").verdict).toBe("open");
    expect(reach(balanced("9000"), "Balancer", "Web").verdict).toBe("blocked");
    expect(reach(balanced("!Ref Port"), "Balancer", "Web").verdict).toBe("unknowable");
  });
});
