import { describe, expect, it } from "vitest";
import { byTask, database, group, stackOf, tcp } from "../testing/network-template";
import { reach } from "./reachability";
import { templateFlows } from "./templates";

const anyone = "CidrIp: 0.0.0.0/0";
const inVpc = (subnet: string) => `VpcConfig: { SubnetIds: [!Ref ${subnet}], SecurityGroupIds: [!Ref FnGroup] }`;
const fn = (vpc = "") => `${group("FnGroup")}
  Fn: { Type: AWS::Lambda::Function, Properties: { Runtime: nodejs22.x${vpc === "" ? "" : `, ${vpc}`} } }`;
const balancer = (what: string, scheme: string, subnet: string) => `${group("LbGroup", what)}
  Front: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { Scheme: ${scheme}, Subnets: [!Ref ${subnet}], SecurityGroups: [!Ref LbGroup] } }
  Listener: { Type: AWS::ElasticLoadBalancingV2::Listener, Properties: { LoadBalancerArn: !Ref Front, Port: 80, Protocol: HTTP, DefaultActions: [{ Type: fixed-response, FixedResponseConfig: { StatusCode: '200' } }] } }`;

// https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html
describe("functions", () => {
  const db = (peer: string) => group("DbGroup", tcp(5432, peer)) + database();
  it.each([
    [
      "in a VPC reach what its groups let in",
      fn(inVpc("Private")) + db("SourceSecurityGroupId: !Ref FnGroup"),
      "Db",
      "open",
    ],
    ["in a VPC have no public address, wherever they stand", fn(inVpc("Public")), "internet", "blocked"],
    ["outside a VPC reach the internet", fn(), "internet", "open"],
    ["outside a VPC reach no private database", fn() + db(anyone), "Db", "blocked"],
    [
      "outside a VPC reach a public load balancer",
      fn() + balancer(tcp(80, anyone), "internet-facing", "Public"),
      "Front",
      "open",
    ],
    [
      "outside a VPC come from addresses that nobody knows",
      fn() + balancer(tcp(80, "CidrIp: 203.0.113.0/24"), "internet-facing", "Public"),
      "Front",
      "unknowable",
    ],
    [
      "outside a VPC reach no internal load balancer",
      fn() + balancer(tcp(80, anyone), "internal", "Private"),
      "Front",
      "blocked",
    ],
    ["outside a VPC reach services of AWS", `${fn()}\n  Queue: { Type: AWS::SQS::Queue }`, "Queue", "open"],
  ] as const)("%s", (_what, resources, to, verdict) => {
    expect(reach(stackOf(resources), "Fn", to).verdict).toBe(verdict);
  });

  it("are called through an API, not by their interfaces", () => {
    const { verdict, hops } = reach(stackOf(fn(inVpc("Private"))), "Web", "Fn", "tcp", 443);
    expect([verdict, hops[0]?.why]).toEqual(["blocked", expect.stringMatching(/through the API of AWS Lambda/)]);
    const target = `
  Targets: { Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: { TargetType: lambda, Targets: [{ Id: !GetAtt Fn.Arn }] } }`;
    const front = balancer(tcp(80, anyone), "internet-facing", "Public").replace(
      "{ Type: fixed-response, FixedResponseConfig: { StatusCode: '200' } }",
      "{ Type: forward, TargetGroupArn: !Ref Targets }",
    );
    expect(reach(stackOf(fn() + front + target), "Front", "Fn").verdict).toBe("open");
  });
});

describe("what stands in front of load balancers", () => {
  const link = (rule: string, uri: string) => `${group("LinkGroup")}${balancer(rule, "internal", "Private")}
  Link: { Type: AWS::ApiGatewayV2::VpcLink, Properties: { Name: x, SubnetIds: [!Ref Private], SecurityGroupIds: [!Ref LinkGroup] } }
  Api: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: x, ProtocolType: HTTP } }
  Integration: { Type: AWS::ApiGatewayV2::Integration, Properties: { ApiId: !Ref Api, IntegrationType: HTTP_PROXY, ConnectionType: VPC_LINK, ConnectionId: !Ref Link, IntegrationUri: ${uri}, PayloadFormatVersion: '1.0' } }`;
  const byLink = tcp(80, "SourceSecurityGroupId: !Ref LinkGroup");

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
  it("a VPC link of an HTTP API calls the listener that it names", () => {
    const said = (rule: string) => templateFlows(stackOf(link(rule, "!Ref Listener")));
    expect(said(byLink).flows.map(({ edge, verdict }) => `${edge} ${verdict}`)).toEqual(["Link → Front open"]);
    expect(said(byLink).unserved).toEqual([]);
    expect(said(tcp(80, byTask)).flows.map(({ verdict }) => verdict)).toEqual(["blocked"]);
  });

  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/LocationsOfEdgeServers.html
  it("a distribution calls the load balancer that it names, from addresses in a list of AWS's", () => {
    const cdn = `
  Cdn: { Type: AWS::CloudFront::Distribution, Properties: { DistributionConfig: { Enabled: true, Origins: [{ Id: x, DomainName: !GetAtt Front.DNSName }] } } }`;
    const said = (rule: string) =>
      templateFlows(stackOf(balancer(rule, "internet-facing", "Public") + cdn)).flows.find(
        ({ edge }) => edge === "Cdn → Front",
      );
    expect(said(tcp(80, anyone))?.verdict).toBe("open");
    expect(said(tcp(80, "SourcePrefixListId: pl-3b927c52"))?.verdict).toBe("unknowable");
    expect(said(tcp(443, anyone))?.verdict).toBe("blocked");
  });
});

describe("further databases", () => {
  it.each([
    ["AWS::MemoryDB::Cluster", "ClusterName: x, SecurityGroupIds: [!Ref DbGroup]", 6379],
    ["AWS::Redshift::Cluster", "DBName: x, VpcSecurityGroupIds: [!Ref DbGroup]", 5439],
  ])("%s answers on its port", (type, properties, port) => {
    const made = (open: number) =>
      `${group("DbGroup", tcp(open, byTask))}\n  Store: { Type: ${type}, Properties: { ${properties} } }`;
    expect(reach(stackOf(made(port)), "Web", "Store").verdict).toBe("open");
    expect(reach(stackOf(made(port + 1)), "Web", "Store").verdict).toBe("blocked");
  });
});

// https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
describe("interface endpoints", () => {
  const asking = (service: string, more: string, change: readonly [string, string] = ["", ""]) =>
    reach(
      stackOf(
        `
  Bucket: { Type: AWS::S3::Bucket }
  Queue: { Type: AWS::SQS::Queue }
  Shut: { Type: AWS::ECS::Service, Properties: { LaunchType: FARGATE, TaskDefinition: !Ref Task, NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [!Ref Data], SecurityGroups: [!Ref TaskGroup] } } } }${group("EpGroup", tcp(443, byTask))}${more}`,
        "",
        change,
      ),
      "Shut",
      service,
    );
  const endpoint = (id: string, service: string, named: string) => `
  ${id}: { Type: AWS::EC2::VPCEndpoint, Properties: { VpcId: !Ref Vpc, VpcEndpointType: Interface, ${named} ServiceName: com.amazonaws.eu-west-1.${service}, SubnetIds: [!Ref Data], SecurityGroupIds: [!Ref EpGroup] } }`;
  const usual = "PrivateDnsEnabled: true,";

  it("under a name of their own serve code that uses that, and whether it does nobody says", () => {
    expect(asking("Queue", endpoint("Ep", "sqs", usual)).verdict).toBe("open");
    expect(asking("Queue", endpoint("Ep", "sqs", "")).verdict).toBe("unknowable");
    expect(asking("Bucket", endpoint("Ep", "s3", usual)).verdict).toBe("unknowable");
    expect(asking("Queue", endpoint("Ep", "sns", usual)).verdict).toBe("blocked");
  });

  it("of which there are two are asked where the usual name leads", () => {
    expect(asking("Queue", endpoint("Own", "sqs", "") + endpoint("Usual", "sqs", usual)).verdict).toBe("open");
  });

  it("have no usual name in a VPC without host names", () => {
    const { verdict, hops } = asking("Queue", endpoint("Ep", "sqs", usual), [", EnableDnsHostnames: true", ""]);
    expect([verdict, hops[0]?.why]).toEqual([
      "blocked",
      "Ep needs the DNS of Vpc, where EnableDnsHostnames is off. Set it to true.",
    ]);
  });
});

// https://docs.aws.amazon.com/efs/latest/ug/accessing-fs.html
describe("mount targets in subnets that exist already", () => {
  const files = (subnet: string) => `${group("FilesGroup", tcp(2049, byTask))}
  Files: { Type: AWS::EFS::FileSystem }
  Target: { Type: AWS::EFS::MountTarget, Properties: { FileSystemId: !Ref Files, SubnetId: ${subnet}, SecurityGroups: [!Ref FilesGroup] } }`;
  const tasksIn = (subnets: string) => ["Subnets: [!Ref Private]", `Subnets: ${subnets}`] as const;
  const mounted = (target: string, tasks: string) =>
    reach(
      stackOf(
        files(target),
        "Parameters: { A: { Type: String }, B: { Type: String }, All: { Type: CommaDelimitedList } }\n",
        tasksIn(tasks),
      ),
      "Web",
      "Files",
    ).verdict;
  it("serve tasks in the same ones; whether in others, nobody says", () => {
    expect(mounted("!Ref A", "[!Ref A]")).toBe("open");
    expect(mounted("!Ref A", "[!Ref B]")).toBe("unknowable");
    expect(mounted("!Select [0, !Ref All]", "[!Select [0, !Ref All]]")).toBe("open");
  });
});

// https://docs.aws.amazon.com/vpc/latest/userguide/vpc-eips.html
describe("machines", () => {
  const box = `
  Box: { Type: AWS::EC2::Instance, Properties: { SubnetId: !Ref Public, SecurityGroupIds: [!Ref TaskGroup] } }`;
  it("reach the internet by an Elastic IP address as by one of their subnet", () => {
    const out = (more: string) => reach(stackOf(box + more), "Box", "internet").verdict;
    expect(out("")).toBe("blocked");
    expect(out("\n  Ip: { Type: AWS::EC2::EIP, Properties: { InstanceId: !Ref Box } }")).toBe("open");
    const joined =
      "AWS::EC2::EIPAssociation, Properties: { InstanceId: !Ref Box, AllocationId: !GetAtt Address.AllocationId }";
    expect(out(`\n  Join: { Type: ${joined} }`)).toBe("open");
  });

  it("that may be Fargate's have a public address or not, as their cluster says", () => {
    const service = `
  Any: { Type: AWS::ECS::Service, Properties: { TaskDefinition: !Ref Task, NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [!Ref Public], SecurityGroups: [!Ref TaskGroup], AssignPublicIp: ENABLED } } } }`;
    const { verdict, hops } = reach(stackOf(service), "Any", "internet");
    expect([verdict, hops[0]?.why]).toEqual(["unknowable", expect.stringMatching(/whether there is a public address/)]);
  });
});
