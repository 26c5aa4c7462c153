import { describe, expect, it } from "vitest";
import { stackOf } from "../testing/network-template";
import { reach } from "./reachability";
import { templateFlows, traceTemplate } from "./templates";

/** Small templates by hand, each with the page of AWS that its verdict follows from. */

type Row = [what: string, docs: string, resources: string, way: string, verdict: string, decides: RegExp | null];

/** "Web → Db tcp/5432": follows it, and wants the deciding hop to match. */
function judge([, , resources, way, verdict, decides]: Row, head = ""): void {
  const [, from, to, port] = /^(\S+) → (\S+)(?: tcp\/(\d+))?$/.exec(way) as unknown as [
    string,
    string,
    string,
    string?,
  ];
  const found = reach(stackOf(resources, head), from, to, "tcp", port === undefined ? undefined : Number(port));
  const said = found.hops
    .filter((hop) => hop.verdict !== "open")
    .map((hop) => `${hop.resource} ${hop.port} ${hop.why}`);
  expect([found.verdict, said], JSON.stringify(found.hops, null, 1)).toEqual([verdict, expect.anything()]);
  if (decides) expect(said.join("\n")).toMatch(decides);
  else expect(said).toEqual([]);
}

const database = (engine: string, rule: string, more = ""): string => `
  DbGroup: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: x, VpcId: !Ref Vpc${rule} } }
  DbSubnets: { Type: AWS::RDS::DBSubnetGroup, Properties: { DBSubnetGroupDescription: x, SubnetIds: [!Ref Private, !Ref Data] } }
  Db: { Type: AWS::RDS::DBInstance, Properties: { Engine: ${engine}, DBSubnetGroupName: !Ref DbSubnets, VPCSecurityGroups: [!GetAtt DbGroup.GroupId]${more} } }
`;
const from = (peer: string, port: number): string =>
  `, SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: ${port}, ToPort: ${port}, ${peer} }]`;
const byTask = "SourceSecurityGroupId: !GetAtt TaskGroup.GroupId";

const groupsPage = "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html";
const instancePage = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html";

describe("databases and caches", () => {
  it.each<Row>([
    [
      "the port of the engine, from the task's group",
      instancePage,
      database("postgres", from(byTask, 5432)),
      "Web → Db",
      "open",
      null,
    ],
    [
      "no rule at all: a new group lets nothing in",
      groupsPage,
      database("postgres", ""),
      "Web → Db",
      "blocked",
      /^DbGroup tcp\/5432 No rule of DbGroup lets tcp\/5432 in from TaskGroup/,
    ],
    [
      "the rule of another engine",
      groupsPage,
      database("mysql", from(byTask, 5432)),
      "Web → Db",
      "blocked",
      /^DbGroup tcp\/3306 /,
    ],
    [
      "a port of its own",
      instancePage,
      database("mysql", from(byTask, 3306), ", Port: '13306'"),
      "Web → Db",
      "blocked",
      /^DbGroup tcp\/13306 /,
    ],
    [
      "asked for a port that it does not answer on",
      instancePage,
      database("postgres", from(byTask, 5432)),
      "Web → Db tcp/3306",
      "blocked",
      /^Db tcp\/3306 Db answers on port 5432, not on 3306/,
    ],
    [
      "a rule for the subnets of the tasks",
      groupsPage,
      database("postgres", from("CidrIp: 10.0.1.0/24", 5432)),
      "Web → Db",
      "open",
      null,
    ],
    [
      "a rule for other subnets",
      groupsPage,
      database("postgres", from("CidrIp: 10.0.2.0/24", 5432)),
      "Web → Db",
      "blocked",
      /^DbGroup tcp\/5432 /,
    ],
    [
      "a rule for half of the subnet: some tasks get through, some do not",
      groupsPage,
      database("postgres", from("CidrIp: 10.0.1.0/25", 5432)),
      "Web → Db",
      "unknowable",
      /DbGroup may let tcp\/5432 through, but that depends on addresses from Web/,
    ],
    [
      "a rule for IPv6 lets no IPv4 in",
      groupsPage,
      database("postgres", from("CidrIpv6: '::/0'", 5432)),
      "Web → Db",
      "blocked",
      /^DbGroup tcp\/5432 /,
    ],
    [
      "a rule that a parameter says",
      groupsPage,
      database("postgres", from("CidrIp: !ImportValue Range", 5432)),
      "Web → Db",
      "unknowable",
      /DbGroup may let tcp\/5432 through/,
    ],
    [
      "from outside without a public address",
      "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
      database("postgres", from("CidrIp: 0.0.0.0/0", 5432), ", PubliclyAccessible: false"),
      "internet → Db",
      "blocked",
      /^Db tcp\/5432 Db has no public address/,
    ],
    [
      "Redis listens on 6379",
      "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/accessing-elasticache.html",
      `
  CacheGroup: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: x, VpcId: !Ref Vpc${from(byTask, 6379)} } }
  CacheSubnets: { Type: AWS::ElastiCache::SubnetGroup, Properties: { Description: x, SubnetIds: [!Ref Data] } }
  Cache: { Type: AWS::ElastiCache::ReplicationGroup, Properties: { ReplicationGroupDescription: x, SecurityGroupIds: [!Ref CacheGroup], CacheSubnetGroupName: !Ref CacheSubnets } }`,
      "Web → Cache",
      "open",
      null,
    ],
    [
      "a cluster whose port AWS's pages leave open",
      "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbcluster.html",
      `
  Cluster: { Type: AWS::RDS::DBCluster, Properties: { Engine: aurora-postgresql, VpcSecurityGroupIds: [!Ref TaskGroup] } }`,
      "Web → Cluster",
      "unknowable",
      /3306 by CloudFormation, 5432 by Amazon RDS/,
    ],
    [
      "the instance of a cluster has the cluster's port and groups",
      "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html",
      `
  DbGroup: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: x, VpcId: !Ref Vpc${from(byTask, 5432)} } }
  Cluster: { Type: AWS::RDS::DBCluster, Properties: { Engine: aurora-postgresql, Port: 5432, VpcSecurityGroupIds: [!Ref DbGroup] } }
  Writer: { Type: AWS::RDS::DBInstance, Properties: { Engine: aurora-postgresql, DBClusterIdentifier: !Ref Cluster } }`,
      "Web → Writer",
      "open",
      null,
    ],
    [
      "a group that lets its own members in",
      groupsPage,
      `
  Itself: { Type: AWS::EC2::SecurityGroupIngress, Properties: { GroupId: !GetAtt TaskGroup.GroupId, IpProtocol: '-1', SourceSecurityGroupId: !GetAtt TaskGroup.GroupId } }${database("postgres", "").replace("!GetAtt DbGroup.GroupId", "!Ref TaskGroup")}`,
      "Web → Db",
      "open",
      null,
    ],
    [
      "egress that leaves out the database",
      groupsPage,
      `
  Out: { Type: AWS::EC2::SecurityGroupEgress, Properties: { GroupId: !Ref TaskGroup, IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0 } }${database("postgres", from(byTask, 5432))}`,
      "Web → Db",
      "blocked",
      /^TaskGroup tcp\/5432 TaskGroup restricts what may leave/,
    ],
  ])("%s (%s)", (...row) => judge(row));
});

const aclPage = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html";
const answersPage = "https://docs.aws.amazon.com/vpc/latest/userguide/nacl-ephemeral-ports.html";
const entry = (number: number, egress: boolean, action: string, ports: string, cidr = "0.0.0.0/0"): string =>
  `
  E${number}${egress ? "Out" : "In"}: { Type: AWS::EC2::NetworkAclEntry, Properties: { NetworkAclId: !Ref Acl, RuleNumber: ${number}, Egress: ${egress}, Protocol: ${ports === "" ? -1 : 6}, RuleAction: ${action}, CidrBlock: ${cidr}${ports === "" ? "" : `, PortRange: { From: ${ports.split("-")[0]}, To: ${ports.split("-")[1]} }`} } }`;
const acl = (...entries: string[]): string => `
  Acl: { Type: AWS::EC2::NetworkAcl, Properties: { VpcId: !Ref Vpc } }
  AclPlace: { Type: AWS::EC2::SubnetNetworkAclAssociation, Properties: { SubnetId: !Ref Data, NetworkAclId: !Ref Acl } }${entries.join("")}
  DbGroup: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: x, VpcId: !Ref Vpc${from(byTask, 5432)} } }
  DbSubnets: { Type: AWS::RDS::DBSubnetGroup, Properties: { DBSubnetGroupDescription: x, SubnetIds: [!Ref Data] } }
  Db: { Type: AWS::RDS::DBInstance, Properties: { Engine: postgres, DBSubnetGroupName: !Ref DbSubnets, VPCSecurityGroups: [!GetAtt DbGroup.GroupId] } }
`;

describe("network access lists", () => {
  it.each<Row>([
    [
      "both directions open",
      aclPage,
      acl(entry(100, false, "allow", "5432-5432"), entry(100, true, "allow", "1024-65535")),
      "Web → Db",
      "open",
      null,
    ],
    [
      "a list without rules refuses all",
      aclPage,
      acl(),
      "Web → Db",
      "blocked",
      /^Acl tcp\/5432 its last rule \(\*\) of Acl refuses tcp\/5432 in from Web/,
    ],
    [
      "no answer: lists keep no state",
      aclPage,
      acl(entry(100, false, "allow", "5432-5432")),
      "Web → Db",
      "blocked",
      /^Acl tcp\/32768-61000 .*refuses the answer on tcp\/32768-61000 out to Web/,
    ],
    [
      "only part of the ports that Linux answers on",
      answersPage,
      acl(entry(100, false, "allow", "5432-5432"), entry(100, true, "allow", "49152-65535")),
      "Web → Db",
      "unknowable",
      /only part of the answer on tcp\/32768-61000/,
    ],
    [
      "the lower number decides: refused",
      aclPage,
      acl(entry(90, false, "deny", ""), entry(100, false, "allow", ""), entry(100, true, "allow", "")),
      "Web → Db",
      "blocked",
      /^E90In tcp\/5432 /,
    ],
    [
      "the lower number decides: let in",
      aclPage,
      acl(entry(90, false, "allow", ""), entry(100, false, "deny", ""), entry(100, true, "allow", "")),
      "Web → Db",
      "open",
      null,
    ],
    [
      "a rule for other addresses does not count",
      aclPage,
      acl(entry(90, false, "deny", "", "10.9.0.0/16"), entry(100, false, "allow", ""), entry(100, true, "allow", "")),
      "Web → Db",
      "open",
      null,
    ],
    [
      "a rule for part of the subnet",
      aclPage,
      acl(entry(90, false, "deny", "", "10.0.1.0/26"), entry(100, false, "allow", ""), entry(100, true, "allow", "")),
      "Web → Db",
      "unknowable",
      /only part of tcp\/5432/,
    ],
    [
      "a number that nobody knows may come first",
      aclPage,
      acl(entry(100, false, "allow", ""), entry(100, true, "allow", "")).replace(
        "RuleNumber: 100, Egress: false",
        "RuleNumber: !ImportValue Number, Egress: false",
      ),
      "Web → Db",
      "unknowable",
      /says what only the deployment knows/,
    ],
    [
      "within one subnet no list is met",
      aclPage,
      acl()
        .replace("SubnetIds: [!Ref Data]", "SubnetIds: [!Ref Private]")
        .replace("SubnetId: !Ref Data", "SubnetId: !Ref Private"),
      "Web → Db",
      "open",
      null,
    ],
  ])("%s (%s)", (...row) => judge(row));
});

const listPage = "https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html";
const gatewayPage = "https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html";
const out = (peer: string): string => `
  Out: { Type: AWS::EC2::SecurityGroupEgress, Properties: { GroupId: !Ref TaskGroup, IpProtocol: tcp, FromPort: 443, ToPort: 443, ${peer} } }`;
const s3 = (table: string): string => `
  S3: { Type: AWS::EC2::VPCEndpoint, Properties: { VpcId: !Ref Vpc, ServiceName: !Sub 'com.amazonaws.\${AWS::Region}.s3', RouteTableIds: [!Ref ${table}] } }`;
const prefixes = (cidr: string): string => `
  Prefixes: { Type: AWS::EC2::PrefixList, Properties: { PrefixListName: x, AddressFamily: IPv4, MaxEntries: 5, Entries: [{ Cidr: ${cidr} }] } }`;

describe("endpoints, prefix lists and the way out", () => {
  it.each<Row>([
    [
      "a list of the template holds the tasks' subnet",
      listPage,
      prefixes("10.0.1.0/24") + database("postgres", from("SourcePrefixListId: !GetAtt Prefixes.PrefixListId", 5432)),
      "Web → Db",
      "open",
      null,
    ],
    [
      "it holds another one",
      listPage,
      prefixes("10.0.2.0/24") + database("postgres", from("SourcePrefixListId: !GetAtt Prefixes.PrefixListId", 5432)),
      "Web → Db",
      "blocked",
      /^DbGroup tcp\/5432 /,
    ],
    [
      "what AWS's list holds nobody here knows",
      listPage,
      database("postgres", from("SourcePrefixListId: pl-63a5400a", 5432)),
      "Web → Db",
      "unknowable",
      /DbGroup may let/,
    ],
    [
      "a route to the gateway endpoint, everything may leave",
      gatewayPage,
      s3("PrivateTable"),
      "Web → S3",
      "open",
      null,
    ],
    [
      "the endpoint is in another table",
      gatewayPage,
      s3("PublicTable"),
      "Web → S3",
      "blocked",
      /^S3 tcp\/443 The route table of Private has no route to S3/,
    ],
    [
      "egress to the list of S3 only",
      gatewayPage,
      s3("PrivateTable") + out("DestinationPrefixListId: pl-63a5400a"),
      "Web → S3",
      "unknowable",
      /TaskGroup may let tcp\/443 through/,
    ],
    ["egress to everywhere", gatewayPage, s3("PrivateTable") + out("CidrIp: 0.0.0.0/0"), "Web → S3", "open", null],
    [
      "an interface endpoint wants 443 from the tasks",
      "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",
      `
  LogsGroup: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: x, VpcId: !Ref Vpc } }
  Logs: { Type: AWS::EC2::VPCEndpoint, Properties: { VpcId: !Ref Vpc, VpcEndpointType: Interface, ServiceName: !Sub 'com.amazonaws.\${AWS::Region}.logs', SubnetIds: [!Ref Private], SecurityGroupIds: [!Ref LogsGroup] } }`,
      "Web → Logs",
      "blocked",
      /^LogsGroup tcp\/443 /,
    ],
    [
      "out through NAT",
      "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html",
      "",
      "Web → internet",
      "open",
      null,
    ],
    [
      "a gateway without a public address is of no use",
      "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html",
      "",
      "Bare → internet",
      "blocked",
      /of no use without a public address/,
    ],
    [
      "nothing from outside finds a task without a public address",
      "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html",
      "",
      "internet → Web",
      "blocked",
      /Web has no public address/,
    ],
  ])("%s (%s)", (...row) => {
    const [what, docs, resources, ...rest] = row;
    const bare = `
  Bare:
    Type: AWS::ECS::Service
    Properties:
      LaunchType: FARGATE
      TaskDefinition: !Ref Task
      NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [!Ref Public], SecurityGroups: [!Ref TaskGroup], AssignPublicIp: DISABLED } }`;
    judge([what, docs, resources + bare, ...rest]);
  });

  it("a NAT gateway in a subnet that leads nowhere leads nowhere", () => {
    const stack = stackOf("", "", ["SubnetId: !Ref Public, Alloc", "SubnetId: !Ref Data, Alloc"]);
    expect(reach(stack, "Web", "internet").verdict).toBe("blocked");
  });
});

const balanced = (
  listener: string,
  group = "TargetType: ip",
  rule = from("SourceSecurityGroupId: !Ref LbGroup", 8080),
  kind = "application",
): string => `
  LbGroup: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: x, VpcId: !Ref Vpc${from("CidrIp: 0.0.0.0/0", 443)} } }
  Front: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { Type: ${kind}, Scheme: internet-facing, Subnets: [!Ref Public], SecurityGroups: [!Ref LbGroup] } }
  Targets: { Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: { Port: 8080, Protocol: ${kind === "network" ? "TCP" : "HTTP"}, VpcId: !Ref Vpc, ${group} } }
  Listener: { Type: AWS::ElasticLoadBalancingV2::Listener, Properties: { LoadBalancerArn: !Ref Front, Port: 443, ${listener}, DefaultActions: [{ Type: forward, TargetGroupArn: !Ref Targets }] } }
  BackGroup: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: x, VpcId: !Ref Vpc${rule} } }
  Back:
    Type: AWS::ECS::Service
    DependsOn: Listener
    Properties:
      LaunchType: FARGATE
      TaskDefinition: !Ref Task
      LoadBalancers: [{ ContainerName: app, ContainerPort: 8080, TargetGroupArn: !Ref Targets }]
      NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [!Ref Private], SecurityGroups: [!Ref BackGroup] } }
`;
const https = "Protocol: HTTPS, Certificates: [{ CertificateArn: 'arn:aws:acm:eu-west-1:1:certificate/x' }]";
const nlbPage =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#client-ip-preservation";
const tcp = "Protocol: TCP";

describe("load balancers", () => {
  it.each<Row>([
    [
      "from outside to its listener",
      "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html",
      balanced(https),
      "internet → Front tcp/443",
      "open",
      null,
    ],
    [
      "HTTPS without a certificate",
      "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html",
      balanced("Protocol: HTTPS"),
      "internet → Front",
      "blocked",
      /^Listener .*without a certificate/,
    ],
    [
      "no listener on that port",
      "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html",
      balanced(https),
      "internet → Front tcp/80",
      "blocked",
      /^Front tcp\/80 No listener of Front takes tcp\/80; it listens on tcp\/443/,
    ],
    [
      "to the tasks",
      "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-register-targets.html",
      balanced(https),
      "Front → Back",
      "open",
      null,
    ],
    [
      "targets by instance for tasks with an interface of their own",
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb.html",
      balanced(https, "TargetType: instance"),
      "Front → Back",
      "blocked",
      /^Targets tcp\/8080 Targets registers targets of type instance/,
    ],
    [
      "a service that it does not forward to",
      "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html",
      balanced(https),
      "Front → Web",
      "blocked",
      /^Front tcp No listener of Front forwards to a target group that Web/,
    ],
    [
      "an NLB shows its own addresses to targets by ip",
      nlbPage,
      balanced(tcp, "TargetType: ip", from("CidrIp: 10.0.0.0/24", 8080), "network"),
      "Front → Back",
      "open",
      null,
    ],
    [
      "an NLB that preserves the clients' addresses",
      nlbPage,
      balanced(
        tcp,
        "TargetType: ip, TargetGroupAttributes: [{ Key: preserve_client_ip.enabled, Value: 'true' }]",
        from("CidrIp: 10.0.0.0/24", 8080),
        "network",
      ),
      "Front → Back",
      "blocked",
      /^BackGroup tcp\/8080 /,
    ],
    [
      "and a rule for its group admits them all the same",
      "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html",
      balanced(
        tcp,
        "TargetType: ip, TargetGroupAttributes: [{ Key: preserve_client_ip.enabled, Value: 'true' }]",
        undefined,
        "network",
      ),
      "Front → Back",
      "open",
      null,
    ],
    [
      "an internal name is not needed: its name leads out of the VPC and in again",
      "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html",
      balanced(https),
      "Web → Front",
      "open",
      null,
    ],
  ])("%s (%s)", (...row) => judge(row));
});

const conditional = `
Parameters:
  Stage: { Type: String }
  Size: { Type: String, Default: big }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsBig: !Equals [!Ref Size, big]
`;

describe("conditions", () => {
  const opened = (condition: string): string => `${database("postgres", "")}
  Opening: { Type: AWS::EC2::SecurityGroupIngress, Condition: ${condition}, Properties: { GroupId: !Ref DbGroup, IpProtocol: tcp, FromPort: 5432, ToPort: 5432, ${byTask} } }`;

  it.each<Row>([
    ["a default decides", "", opened("IsBig"), "Web → Db", "open", null],
    [
      "a parameter without default leaves it open",
      "",
      opened("IsProd"),
      "Web → Db",
      "unknowable",
      /depends on the condition IsProd.*No rule of DbGroup/,
    ],
    [
      "a rule in one case and its like in the other",
      "",
      `${opened("IsProd")}
  Other: { Type: AWS::EC2::SecurityGroupIngress, Properties: { GroupId: !Ref DbGroup, IpProtocol: tcp, FromPort: 5432, ToPort: 5432, CidrIp: !If [IsProd, 10.9.0.0/16, 10.0.0.0/16] } }`,
      "Web → Db",
      "open",
      null,
    ],
  ])("%s%s", (...row) => judge(row, conditional));
});

describe("what a template implies", () => {
  it("follows from outside to the database over all that lies between", () => {
    const stack = stackOf(balanced(https) + database("postgres", from("SourceSecurityGroupId: !Ref BackGroup", 5432)));
    const { verdict, hops } = traceTemplate(stack, "internet", "Db");
    expect(verdict).toBe("open");
    expect(hops.map(({ port }) => port)).toEqual(expect.arrayContaining(["tcp/443", "tcp/8080", "tcp/5432"]));
  });

  it("finds whom the environment of a task calls, and whom nothing does", () => {
    const mysql = database("mysql", from("CidrIp: 0.0.0.0/0", 5432));
    const calls = "Name: app, Environment: [{ Name: HOST, Value: !GetAtt Db.Endpoint.Address }],";
    const stack = stackOf(mysql, "", ["Name: app,", calls]);
    const { flows, unserved } = templateFlows(stack);
    expect(flows.map(({ edge, verdict }) => `${edge} ${verdict}`)).toEqual(["Task → Db blocked"]);
    expect(unserved.map(({ resource, why }) => `${resource} ${why}`)).toEqual([
      expect.stringMatching(
        /^DbGroup DbGroup lets tcp\/5432 in from 0\.0\.0\.0\/0, and nothing that this template connects needs it/,
      ),
    ]);
  });
});
