import { describe, expect, it } from "vitest";
import { stackOf } from "../testing/network-template";
import { reach } from "./reachability";
import { templateFlows, traceTemplate } from "./templates";

const named = [
  "PortMappings: [{ ContainerPort: 8080 }]",
  "PortMappings: [{ ContainerPort: 8080, Name: http }]",
] as const;

/** A caller beside Web, which offers its port; `environment`, `rule` and `connect` of Web differ. */
const stack = ({
  environment = "",
  rule = "IpProtocol: tcp, FromPort: 8080, ToPort: 8080, CidrIp: 10.0.0.0/16",
  server = "Enabled: true, Namespace: inner, Services: [{ PortName: http, ClientAliases: [{ DnsName: web, Port: 80 }] }]",
  client = "ServiceConnectConfiguration: { Enabled: true, Namespace: inner }",
  more = "",
} = {}) => {
  const made = stackOf(
    `
  In: { Type: AWS::EC2::SecurityGroupIngress, Properties: { GroupId: !Ref TaskGroup, ${rule} } }
  CallerTask: { Type: AWS::ECS::TaskDefinition, Properties: { NetworkMode: awsvpc, RequiresCompatibilities: [FARGATE], ContainerDefinitions: [{ Name: app, Image: nginx, Environment: [{ Name: URL, Value: ${environment || "none"} }] }] } }
  CallerGroup: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: x, VpcId: !Ref Vpc } }
  Caller: { Type: AWS::ECS::Service, Properties: { LaunchType: FARGATE, TaskDefinition: !Ref CallerTask, NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [!Ref Private], SecurityGroups: [!Ref CallerGroup] } }${client ? `, ${client}` : ""} } }${more}`,
    "",
    named,
  );
  const web = made.resources.Web;
  const extra = stackOf(
    `\n  X: { Type: AWS::ECS::Service, Properties: { ServiceConnectConfiguration: { ${server} } } }`,
  ).resources.X;
  if (web && server) web.properties = { ...web.properties, ...extra?.properties };
  return made;
};
const flow = (made: ReturnType<typeof stack>) => templateFlows(made).flows.find(({ edge }) => edge === "Caller → Web");

// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts.html
describe("calls by Service Connect", () => {
  it("are made by whoever names a service of its namespace", () => {
    const made = flow(stack({ environment: "http://web:80/x" }));
    expect([made?.verdict, made?.may, made?.hops.map(({ port }) => port)]).toEqual([
      "open",
      undefined,
      ["tcp/8080", "tcp/8080"],
    ]);
    const closed = stack({
      environment: "http://web",
      rule: "IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 0.0.0.0/0",
    });
    expect(flow(closed)).toMatchObject({ verdict: "blocked" });
  });

  it("may be made by everybody in the namespace, where nothing stands against them", () => {
    expect(flow(stack())).toMatchObject({ verdict: "open", may: true });
    expect(templateFlows(stack()).unserved).toEqual([]);
    expect(flow(stack({ rule: "IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 0.0.0.0/0" }))).toBeUndefined();
    expect(traceTemplate(stack(), "Caller", "Web").verdict).toBe("open");
  });

  it.each([
    ["another name that begins alike", { environment: "http://web-admin" }],
    ["another name that ends alike", { environment: "http://my.web" }],
    ["a domain that begins alike", { environment: "http://web.example.com" }],
    ["a path", { environment: "http://other/web" }],
  ])("are not read out of %s", (_, change) => {
    expect(flow(stack(change))?.may).toBe(true);
  });

  it("are as many as services, however large the namespace", () => {
    const many = (count: number) =>
      Array.from(
        { length: count },
        (_, index) => `
  Task${index}: { Type: AWS::ECS::TaskDefinition, Properties: { NetworkMode: awsvpc, RequiresCompatibilities: [FARGATE], ContainerDefinitions: [{ Name: app, Image: nginx, PortMappings: [{ ContainerPort: 8080, Name: http }] }] } }
  Service${index}: { Type: AWS::ECS::Service, Properties: { LaunchType: FARGATE, TaskDefinition: !Ref Task${index}, ServiceConnectConfiguration: { Enabled: true, Namespace: inner, Services: [{ PortName: http }] }, NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [!Ref Private], SecurityGroups: [!Ref TaskGroup] } } } }`,
      ).join("");
    const calls = (count: number) => templateFlows(stack({ more: many(count) })).flows.filter(({ may }) => may).length;
    const [forty, eighty] = [calls(40), calls(80)];
    expect(forty).toBeGreaterThan(40 * 19);
    expect(eighty / forty).toBeLessThan(2.2);
  });

  it("are not made from another namespace, nor without Service Connect", () => {
    expect(
      flow(
        stack({
          environment: "http://web",
          client: "ServiceConnectConfiguration: { Enabled: true, Namespace: outer }",
        }),
      ),
    ).toBeUndefined();
    expect(flow(stack({ environment: "http://web", client: "" }))).toBeUndefined();
  });

  it("have the default name of a port in a namespace of the template", () => {
    const space = "\n  Space: { Type: AWS::ServiceDiscovery::HttpNamespace, Properties: { Name: inner.local } }";
    const server = "Enabled: true, Namespace: !GetAtt Space.Arn, Services: [{ PortName: http }]";
    const made = stack({
      environment: "http://http.inner.local:8080",
      server: server.replace("!GetAtt Space.Arn", "inner.local"),
      client: "ServiceConnectConfiguration: { Enabled: true, Namespace: !GetAtt Space.Arn }",
      more: space,
    });
    expect(flow(made)).toMatchObject({ verdict: "open" });
    expect(flow(made)?.may).toBeUndefined();
  });

  it("arrive at the proxy's own port, where one is said; others at the container's", () => {
    const server =
      "Enabled: true, Namespace: inner, Services: [{ PortName: http, IngressPortOverride: 15000, ClientAliases: [{ DnsName: web, Port: 80 }] }]";
    const over = { server, environment: "http://web" };
    expect(flow(stack(over))?.hops.map(({ port, verdict }) => [port, verdict])).toEqual([
      ["tcp/15000", "open"],
      ["tcp/15000", "blocked"],
    ]);
    expect(reach(stack(over), "Caller", "Web", "tcp", 8080).verdict).toBe("blocked");
    expect(reach(stack({ ...over, client: "" }), "Caller", "Web", "tcp", 8080).verdict).toBe("open");
  });
});

// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html
describe("calls by AWS Cloud Map", () => {
  const more = `
  Space: { Type: AWS::ServiceDiscovery::PrivateDnsNamespace, Properties: { Name: inner.local, Vpc: !Ref Vpc } }
  Name: { Type: AWS::ServiceDiscovery::Service, Properties: { Name: orders, DnsConfig: { NamespaceId: !Ref Space, DnsRecords: [{ Type: A, TTL: 10 }] } } }`;
  it.each([
    ["its whole name", "http://orders.inner.local:8080", "open"],
    ["its registry", "!Sub 'http://${Name.Name}.inner.local:8080'", "open"],
    ["another name", "http://orders.other.local", undefined],
  ])("are made by whoever names %s", (_, environment, verdict) => {
    const made = stack({ environment, server: "", client: "", more });
    const web = made.resources.Web;
    const extra = stackOf(
      `\n  X: { Type: AWS::ECS::Service, Properties: { ServiceRegistries: [{ RegistryArn: !GetAtt Name.Arn }] } }${more}`,
    ).resources.X;
    if (web) web.properties = { ...web.properties, ...extra?.properties };
    expect(flow(made)?.verdict).toBe(verdict);
  });
});

// https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
describe("services of AWS that code is told of", () => {
  const queue = "\n  Queue: { Type: AWS::SQS::Queue }";
  const told = (more: string, subnet = "Private") =>
    stackOf(
      `
  Told: { Type: AWS::ECS::TaskDefinition, Properties: { NetworkMode: awsvpc, RequiresCompatibilities: [FARGATE], ContainerDefinitions: [{ Name: app, Image: nginx, Environment: [{ Name: URL, Value: !Ref Queue }] }] } }
  Worker: { Type: AWS::ECS::Service, Properties: { LaunchType: FARGATE, TaskDefinition: !Ref Told, NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [!Ref ${subnet}], SecurityGroups: [!Ref TaskGroup] } } } }${queue}${more}`,
    );
  const asks = (made: ReturnType<typeof told>) => templateFlows(made).flows.find(({ edge }) => edge === "Told → Queue");

  it("are asked over HTTPS, by NAT or by an endpoint", () => {
    expect(asks(told(""))).toMatchObject({ verdict: "open", hops: [{ port: "tcp/443" }] });
    expect(asks(told("", "Data"))).toMatchObject({ verdict: "blocked", hops: [{ resource: "Data" }] });
    const endpoint = `
  Sqs: { Type: AWS::EC2::VPCEndpoint, Properties: { VpcId: !Ref Vpc, VpcEndpointType: Interface, PrivateDnsEnabled: true, ServiceName: !Sub 'com.amazonaws.\${AWS::Region}.sqs', SubnetIds: [!Ref Data], SecurityGroupIds: [!Ref EndpointGroup] } }
  EndpointGroup: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: x, VpcId: !Ref Vpc, SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/16 }] } }`;
    expect(asks(told(endpoint, "Data"))?.verdict).toBe("open");
    expect(
      asks(told(endpoint.replace("FromPort: 443, ToPort: 443", "FromPort: 80, ToPort: 80"), "Data"))?.verdict,
    ).toBe("blocked");
    expect(reach(told(""), "Worker", "Queue", "tcp", 5672).hops[0]?.why).toBe(
      "Queue is asked for over HTTPS, on port 443.",
    );
  });
});
