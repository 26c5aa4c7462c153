import { describe, expect, it } from "vitest";
import { group, onInstances, stackOf, tcp } from "../testing/network-template";
import { reach } from "./reachability";

const forward = (group: string) => `{ Type: forward, TargetGroupArn: !Ref ${group} }`;
const fixed = "{ Type: fixed-response, FixedResponseConfig: { StatusCode: '404' } }";
const path = (...values: string[]) => `{ Field: path-pattern, Values: ['${values.join("', '")}'] }`;
const host = (...values: string[]) =>
  `{ Field: host-header, HostHeaderConfig: { Values: ['${values.join("', '")}'] } }`;
const rule = (id: string, priority: number | string, conditions: string, action = forward("Targets")): string => `
  ${id}: { Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: { ListenerArn: !Ref Listener, Priority: ${priority}, Conditions: [${conditions}], Actions: [${action}] } }`;

interface Door {
  type?: string;
  listener?: string;
  byDefault?: string;
  target?: string;
  lets?: string;
  balancer?: string;
}

/** An Application Load Balancer `Front` with a listener, in front of the tasks on 8080. */
const door = (
  {
    type = "application",
    listener = "Port: 80, Protocol: HTTP",
    byDefault = fixed,
    target = "Protocol: HTTP",
    lets,
    balancer,
  }: Door,
  ...rules: string[]
): string => `${group("LbGroup", tcp(80, "CidrIp: 0.0.0.0/0"))}
  Front: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { Type: ${type}, Scheme: internet-facing, Subnets: [!Ref Public], ${balancer ?? "SecurityGroups: [!Ref LbGroup]"} } }
  Targets: { Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: { Port: 80, TargetType: ip, VpcId: !Ref Vpc, ${target} } }
  Others: { Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: { Port: 80, Protocol: HTTP, TargetType: ip, VpcId: !Ref Vpc } }
  Listener: { Type: AWS::ElasticLoadBalancingV2::Listener, Properties: { LoadBalancerArn: !Ref Front, ${listener}, DefaultActions: [${byDefault}] } }
  In: { Type: AWS::EC2::SecurityGroupIngress, Properties: { GroupId: !Ref TaskGroup, ${lets ?? tcp(8080, "SourceSecurityGroupId: !Ref LbGroup")} } }${rules.join("")}`;
const registered = (more = ""): readonly [string, string] => [
  "LaunchType: FARGATE\n",
  `LaunchType: FARGATE\n      LoadBalancers: [{ ContainerName: app, ContainerPort: 8080, TargetGroupArn: !Ref Targets }]\n${more}`,
];
const judged = (resources: string, change = registered(), head = "") => {
  const { verdict, hops } = reach(stackOf(resources, head, change), "Front", "Web");
  return { verdict, hops, said: hops.find((hop) => hop.verdict !== "open")?.why };
};

// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html
describe("a rule of a listener", () => {
  it("is a hop of its own, with its conditions", () => {
    const { verdict, hops } = judged(
      door({}, rule("Api", 10, `${path("/api/*", "/v2/*")}, ${host("api.example.com")}`)),
    );
    expect(verdict).toBe("open");
    expect(hops.slice(0, 2).map(({ resource, port, why }) => [resource, port, why])).toEqual([
      ["Listener", "tcp/80", "The listener on port 80 has a rule that forwards to Targets."],
      [
        "Api",
        "tcp/80",
        "Api (priority 10) forwards requests for the path /api/* or /v2/* and the host api.example.com to Targets.",
      ],
    ]);
  });

  const api = rule("Api", 10, path("/api/*"));
  const earlier = (conditions: string, priority: number | string = 5) =>
    rule("First", priority, conditions, forward("Others"));
  it.each([
    ["every path", earlier(path("*")), "blocked"],
    ["every path, written with its slash", earlier(path("/*")), "blocked"],
    ["every host", earlier(host("*")), "blocked"],
    ["a path around it", earlier(path("/x", "/ap*")), "blocked"],
    ["another path", earlier(path("/other/*")), "open"],
    ["a path within it", earlier(path("/api/v1/*")), "open"],
    ["its path for one host alone", earlier(`${path("/api/*")}, ${host("a.example.com")}`), "open"],
    ["every path, asked after it", earlier(path("*"), 20), "open"],
    ["every path, with a priority that nobody knows", earlier(path("*"), "!ImportValue First"), "open"],
    ["values that nobody knows", earlier("{ Field: path-pattern, Values: !ImportValue Paths }"), "open"],
    [
      "a header beside every path",
      earlier(`${path("*")}, { Field: http-header, HttpHeaderConfig: { HttpHeaderName: X, Values: ['*'] } }`),
      "open",
    ],
  ])("where one before it takes %s", (_what, first, verdict) => {
    const found = judged(door({}, first, api));
    expect(found.verdict).toBe(verdict);
    if (verdict === "blocked")
      expect([found.hops[1]?.resource, found.said]).toEqual([
        "Api",
        "Api (priority 10) never gets a request: First (priority 5) takes all of them before. Give the narrower rule the smaller priority.",
      ]);
  });

  it("may leave nothing for the default action", () => {
    const byDefault = forward("Targets");
    expect(judged(door({ byDefault })).verdict).toBe("open");
    expect(judged(door({ byDefault }, rule("Some", 5, path("/x/*"), fixed))).verdict).toBe("open");
    const { verdict, hops, said } = judged(door({ byDefault }, rule("All", 5, path("*"), fixed)));
    expect([verdict, hops[0]?.resource, said]).toEqual([
      "blocked",
      "Listener",
      expect.stringMatching(/^The default action of Listener never gets a request: All \(priority 5\)/),
    ]);
  });

  it("that answers or redirects forwards nothing", () => {
    const redirect = "{ Type: redirect, RedirectConfig: { Protocol: HTTPS, Port: '443', StatusCode: HTTP_301 } }";
    expect(judged(door({ byDefault: redirect })).said).toBe(
      "No listener of Front forwards to Targets, so it gets no traffic.",
    );
  });

  it("forwards whatever the port of its listener is", () => {
    const head = "Parameters: { Port: { Type: Number } }";
    expect(
      judged(door({ listener: "Port: !Ref Port, Protocol: HTTP", byDefault: forward("Targets") }), registered(), head)
        .verdict,
    ).toBe("open");
  });
});

// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html
describe("weights of target groups", () => {
  const weighted = (mine: number, other: number) =>
    `{ Type: forward, ForwardConfig: { TargetGroups: [{ TargetGroupArn: !Ref Targets, Weight: ${mine} }, { TargetGroupArn: !Ref Others, Weight: ${other} }] } }`;
  it("of zero send nothing, unless deployments shift them", () => {
    expect(judged(door({ byDefault: weighted(1, 9) })).verdict).toBe("open");
    expect(judged(door({ byDefault: weighted(0, 1) }))).toMatchObject({
      verdict: "blocked",
      said: "The default action of Listener sends none of its requests to Targets: its weight is 0.",
    });
    const shifts = registered("      DeploymentController: { Type: CODE_DEPLOY }\n");
    expect(judged(door({ byDefault: weighted(0, 1) }), shifts).verdict).toBe("unknowable");
  });
});

// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
describe("a rule that authenticates users", () => {
  const login = `{ Type: authenticate-oidc, Order: 1, AuthenticateOidcConfig: { ClientId: x } }, { Type: forward, Order: 2, TargetGroupArn: !Ref Targets }`;
  const out = (port: number, peer: string) => `
  Out: { Type: AWS::EC2::SecurityGroupEgress, Properties: { GroupId: !Ref LbGroup, ${tcp(port, peer)} } }`;
  it("needs HTTPS out of the load balancer's group", () => {
    const closed = door({ byDefault: login }) + out(8080, "DestinationSecurityGroupId: !Ref TaskGroup");
    expect(judged(door({ byDefault: login })).verdict).toBe("open");
    expect(judged(closed)).toMatchObject({
      verdict: "blocked",
      said: "To authenticate users: LbGroup restricts what may leave, and no rule lets tcp/443 out to the internet.",
    });
  });
});

// https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
describe("a Network Load Balancer", () => {
  const udp = "IpProtocol: udp, FromPort: 8080, ToPort: 8080, CidrIp: 0.0.0.0/0";
  const checks = `
  Checks: { Type: AWS::EC2::SecurityGroupIngress, Properties: { GroupId: !Ref TaskGroup, ${tcp(8080, "CidrIp: 10.0.0.0/16")} } }`;
  const quic = {
    type: "network",
    listener: "Port: 443, Protocol: QUIC",
    byDefault: forward("Targets"),
    target: "Protocol: QUIC",
    balancer: "Name: x",
  };
  it("speaks QUIC over UDP, with the clients' addresses", () => {
    expect(judged(door({ ...quic, lets: udp }) + checks).verdict).toBe("open");
    expect(judged(door({ ...quic, lets: tcp(8080, "CidrIp: 0.0.0.0/0") })).said).toMatch(/lets udp\/8080 in/);
  });
});

it("a container that two like expressions name is one", () => {
  const head = "Parameters: { Name: { Type: String } }";
  const change: readonly [string, string] = ["{ Name: app,", "{ Name: !Ref Name,"];
  const service = `
  Named: { Type: AWS::ECS::Service, Properties: { LaunchType: FARGATE, TaskDefinition: !Ref Task, LoadBalancers: [{ ContainerName: !Ref Name, ContainerPort: 8080, TargetGroupArn: !Ref Targets }], NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [!Ref Private], SecurityGroups: [!Ref TaskGroup] } } } }`;
  const stack = stackOf(door({ byDefault: forward("Targets") }) + service, head, change);
  expect(reach(stack, "Front", "Named").verdict).toBe("open");
  // AWS refuses a registration of any other container.
  const literal = stackOf(door({ byDefault: forward("Targets") }) + service.replace("!Ref Name", "web"), head, change);
  expect(reach(literal, "Front", "Named").verdict).toBe("open");
});

// https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-healthchecks.html
describe("a Classic Load Balancer and the instances that it registers", () => {
  const classic = (more = "", ...rules: string[]): string => `${group("ClbGroup")}
  Clb: { Type: AWS::ElasticLoadBalancing::LoadBalancer, Properties: { Subnets: [!Ref Public], SecurityGroups: [!Ref ClbGroup], Listeners: [{ LoadBalancerPort: '80', InstancePort: '8080', Protocol: HTTP }]${more} } }${onInstances("bridge").replace("VPCZoneIdentifier", "LoadBalancerNames: [!Ref Clb], VPCZoneIdentifier")}
  In: { Type: AWS::EC2::SecurityGroupIngress, Properties: { GroupId: !Ref HostGroup, ${tcp(8080, "SourceSecurityGroupId: !Ref ClbGroup")} } }
  Box: { Type: AWS::EC2::Instance, Properties: { SubnetId: !Ref Private, SecurityGroupIds: [!Ref HostGroup] } }${rules.join("")}`;
  const health =
    ", HealthCheck: { Target: 'HTTP:9000/ping', Interval: '10', Timeout: '5', HealthyThreshold: '2', UnhealthyThreshold: '2' }";
  const way = (resources: string, to: string) => {
    const { verdict, hops } = reach(stackOf(resources), "Clb", to);
    return [verdict, hops.find((hop) => hop.verdict !== "open")?.why];
  };
  it("reaches those of an Auto Scaling group and single ones, with its health checks", () => {
    expect(way(classic(), "Instances")[0]).toBe("open");
    expect(way(classic(health), "Instances")).toEqual([
      "blocked",
      "No rule of HostGroup lets tcp/9000 in from ClbGroup.",
    ]);
    expect(way(classic(", Instances: [!Ref Box]"), "Box")[0]).toBe("open");
    expect(way(classic(), "Box")).toEqual(["blocked", "Box is not registered with Clb."]);
  });
});
