import { describe, expect, it } from "vitest";
import { classicWeb } from "../testing/classic";
import { type Draft, draw } from "../testing/draw";
import { ec2Web, fargateWeb, type WebChanges } from "../testing/presets";
import { idsOfType, propertiesOf, stackOf } from "../testing/stack-faults";

const web = (change: WebChanges = {}, more: (draft: Draft, ids: ReturnType<typeof fargateWeb>) => void = () => {}) =>
  stackOf(draw((draft) => more(draft, fargateWeb(draft, change))));

/** A second service of the same task definition. */
const second = (draft: Draft, ids: ReturnType<typeof fargateWeb>, name: string): string => {
  const id = draft.add("service", { launchType: "FARGATE", desiredCount: 1 }, { name, parent: ids.cluster });
  draft.connect(id, "run", ids.task);
  return id;
};

describe("listeners", () => {
  it("redirect HTTP, take the certificate from a parameter without default, forward to the edge without conditions", () => {
    const stack = web();
    expect(propertiesOf(stack, "FrontDoorListener80")?.DefaultActions).toEqual([
      { RedirectConfig: { Port: "443", Protocol: "HTTPS", StatusCode: "HTTP_301" }, Type: "redirect" },
    ]);
    expect(propertiesOf(stack, "FrontDoorListener443")).toEqual({
      Certificates: [{ CertificateArn: { Ref: "FrontDoorListener443CertificateArn" } }],
      DefaultActions: [{ TargetGroupArn: { Ref: "FrontDoorWebTargetGroup" }, Type: "forward" }],
      LoadBalancerArn: { Ref: "FrontDoor" },
      Port: 443,
      Protocol: "HTTPS",
      SslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
    });
    expect(stack.parameters.FrontDoorListener443CertificateArn?.default).toBeUndefined();
    expect(stack.description).toContain("FrontDoorListener443CertificateArn");
  });

  it("answer 404 where every edge has conditions, and have a rule for each", () => {
    const stack = web({}, (draft, ids) => {
      draft.document.edges[ids.forward] = {
        ...draft.document.edges[ids.forward],
        props: { pathPatterns: ["/api/*"], hostHeaders: ["api.example.com"], priority: 7 },
      } as never;
    });
    expect(propertiesOf(stack, "FrontDoorListener443")?.DefaultActions).toEqual([
      {
        FixedResponseConfig: { ContentType: "text/plain", MessageBody: "Not found", StatusCode: "404" },
        Type: "fixed-response",
      },
    ]);
    expect(propertiesOf(stack, "FrontDoorWebRule")).toEqual({
      Actions: [{ TargetGroupArn: { Ref: "FrontDoorWebTargetGroup" }, Type: "forward" }],
      Conditions: [
        { Field: "host-header", HostHeaderConfig: { Values: ["api.example.com"] } },
        { Field: "path-pattern", PathPatternConfig: { Values: ["/api/*"] } },
      ],
      ListenerArn: { Ref: "FrontDoorListener443" },
      Priority: 7,
    });
    expect(stack.resources.Web?.dependsOn).toContain("FrontDoorWebRule");
  });

  // "The redirect configuration is not valid because it creates a loop."
  it("on HTTPS 443 never redirect to themselves", () => {
    const listeners = [
      { port: 443, protocol: "HTTPS" as const, certificate: { from: "parameter" as const }, redirectToHttps: true },
    ];
    expect(propertiesOf(web({ alb: { listeners } }), "FrontDoorListener443")?.DefaultActions).toEqual([
      { TargetGroupArn: { Ref: "FrontDoorWebTargetGroup" }, Type: "forward" },
    ]);
  });

  it("give a second edge without conditions the path with the service's name", () => {
    const stack = web({}, (draft, ids) => {
      draft.connect(ids.alb, "forward", second(draft, ids, "Order api"));
    });
    expect(propertiesOf(stack, "FrontDoorOrderApiRule")?.Conditions).toEqual([
      { Field: "path-pattern", PathPatternConfig: { Values: ["/order-api/*"] } },
    ]);
  });

  it("without a certificate, or on a port that no listener has, say what is drawn", () => {
    const stack = web({ alb: { listeners: [{ port: 443, protocol: "HTTPS" }] } }, (draft, ids) => {
      draft.connect(ids.alb, "forward", second(draft, ids, "Api"), { listenerPort: 8443 });
    });
    expect(propertiesOf(stack, "FrontDoorListener443")?.Certificates).toBeUndefined();
    expect(propertiesOf(stack, "FrontDoorApiTargetGroup")).toBeDefined();
    expect(idsOfType(stack, "AWS::ElasticLoadBalancingV2::ListenerRule")).toEqual([]);
  });
});

describe("priorities", () => {
  const priorities = (paths: readonly (readonly string[])[], hosts: readonly string[] = []) =>
    web({}, (draft, ids) => {
      for (const pathPatterns of paths)
        draft.connect(ids.alb, "forward", ids.service, { pathPatterns: [...pathPatterns] });
      for (const host of hosts) draft.connect(ids.alb, "forward", ids.service, { hostHeaders: [host] });
    });
  const list = (stack: ReturnType<typeof web>): number[] =>
    idsOfType(stack, "AWS::ElasticLoadBalancingV2::ListenerRule").map(
      (id) => propertiesOf(stack, id)?.Priority as number,
    );

  it("put the narrower rule first: hosts, then longer paths", () => {
    const stack = priorities([["/api/*"], ["/api/v2/*"], ["/api/v2"], ["/*"]], ["api.example.com"]);
    const by = Object.fromEntries(
      idsOfType(stack, "AWS::ElasticLoadBalancingV2::ListenerRule").map((id) => {
        const rule = propertiesOf(stack, id);
        return [JSON.stringify(rule?.Conditions).match(/\["([^"]+)"\]/)?.[1] as string, rule?.Priority as number];
      }),
    );
    const order = Object.entries(by).sort(([, a], [, b]) => a - b);
    expect(order.map(([condition]) => condition)).toEqual(["api.example.com", "/api/v2", "/api/v2/*", "/api/*", "/*"]);
  });

  it("are unique, within AWS's range, and stay when another edge comes", () => {
    const few = list(priorities([["/a/*"], ["/b/*"], ["/c/*"]]));
    const more = list(priorities([["/a/*"], ["/b/*"], ["/c/*"], ["/d/*"], ["/e/f/*"]]));
    expect(new Set(more).size).toBe(more.length);
    expect(Math.max(...more)).toBeLessThanOrEqual(50_000);
    expect(more).toEqual(expect.arrayContaining(few));
  });
});

describe("target groups", () => {
  it("are of the type ip for awsvpc, instance for bridge", () => {
    expect(propertiesOf(web(), "FrontDoorWebTargetGroup")).toEqual({
      Port: 8080,
      Protocol: "HTTP",
      TargetGroupAttributes: [{ Key: "stickiness.enabled", Value: "false" }],
      TargetType: "ip",
      VpcId: { Ref: "Network" },
    });
    const bridge = stackOf(draw((draft) => void ec2Web(draft)));
    expect(propertiesOf(bridge, "FrontDoorWebTargetGroup")).toMatchObject({
      HealthCheckPort: "traffic-port",
      Port: 80,
      TargetType: "instance",
    });
    // A port that is the same on every task needs no word about it.
    expect(propertiesOf(web(), "FrontDoorWebTargetGroup")).not.toHaveProperty("HealthCheckPort");
  });

  it("carry health check, delay, stickiness and protocol of the edge", () => {
    const stack = web({}, (draft, ids) => {
      draft.document.edges[ids.forward] = {
        ...draft.document.edges[ids.forward],
        props: {
          healthCheck: {
            path: "/health",
            port: "9090",
            protocol: "HTTPS",
            matcher: "200-299",
            interval: 10,
            timeout: 4,
            healthyThreshold: 2,
            unhealthyThreshold: 3,
          },
          deregistrationDelay: 20,
          stickiness: true,
          targetProtocol: "HTTP2",
          targetType: "instance",
        },
      } as never;
    });
    expect(propertiesOf(stack, "FrontDoorWebTargetGroup")).toEqual({
      HealthCheckIntervalSeconds: 10,
      HealthCheckPath: "/health",
      HealthCheckPort: "9090",
      HealthCheckProtocol: "HTTPS",
      HealthCheckTimeoutSeconds: 4,
      HealthyThresholdCount: 2,
      Matcher: { HttpCode: "200-299" },
      Port: 8080,
      Protocol: "HTTP",
      ProtocolVersion: "HTTP2",
      TargetGroupAttributes: [
        { Key: "deregistration_delay.timeout_seconds", Value: "20" },
        { Key: "stickiness.enabled", Value: "true" },
        { Key: "stickiness.type", Value: "lb_cookie" },
        { Key: "stickiness.lb_cookie.duration_seconds", Value: "86400" },
      ],
      TargetType: "instance",
      UnhealthyThresholdCount: 3,
      VpcId: { Ref: "Network" },
    });
  });

  it("of gRPC match gRPC codes", () => {
    const stack = web({}, (draft, ids) => {
      draft.document.edges[ids.forward] = {
        ...draft.document.edges[ids.forward],
        props: { targetProtocol: "grpc", healthCheck: { matcher: "12" } },
      } as never;
    });
    expect(propertiesOf(stack, "FrontDoorWebTargetGroup")).toMatchObject({
      Matcher: { GrpcCode: "12" },
      Protocol: "HTTP",
      ProtocolVersion: "GRPC",
    });
  });
});

describe("Network Load Balancers", () => {
  const nlb = (props: object, more: (draft: Draft, ids: ReturnType<typeof fargateWeb>, id: string) => void) =>
    web({}, (draft, ids) => more(draft, ids, draft.add("nlb", props as never, { name: "Gate", parent: ids.vpc })));

  it("end TLS and pass TCP on; health is checked over HTTP where a path is given", () => {
    const stack = nlb(
      { listeners: [{ port: 443, protocol: "TLS", certificate: { from: "arn", arn: "arn:aws:acm:x" } }] },
      (draft, ids, id) => draft.connect(id, "forward", ids.service, { healthCheck: { path: "/health" } }),
    );
    expect(propertiesOf(stack, "GateListener443")).toMatchObject({
      Certificates: [{ CertificateArn: "arn:aws:acm:x" }],
      DefaultActions: [{ TargetGroupArn: { Ref: "GateWebTargetGroup" }, Type: "forward" }],
      Protocol: "TLS",
    });
    expect(propertiesOf(stack, "GateWebTargetGroup")).toEqual({
      HealthCheckPath: "/health",
      HealthCheckProtocol: "HTTP",
      Port: 8080,
      Protocol: "TCP",
      TargetType: "ip",
      VpcId: { Ref: "Network" },
    });
    expect(propertiesOf(stack, "Gate")?.LoadBalancerAttributes).toEqual([
      { Key: "deletion_protection.enabled", Value: "false" },
      { Key: "load_balancing.cross_zone.enabled", Value: "true" },
    ]);
    expect(stack.resources.Web?.dependsOn).toContain("GateListener443");
  });

  it("check over HTTP too where only success codes are given, since TCP has none", () => {
    const stack = nlb({ listeners: [{ port: 80, protocol: "TCP" }] }, (draft, ids, id) =>
      draft.connect(id, "forward", ids.service, { healthCheck: { matcher: "200-299" } }),
    );
    expect(propertiesOf(stack, "GateWebTargetGroup")).toMatchObject({
      HealthCheckProtocol: "HTTP",
      Matcher: { HttpCode: "200-299" },
    });
  });

  it("share a listener between two services by weight, and get an empty group where nothing is drawn", () => {
    const stack = nlb(
      {
        listeners: [
          { port: 80, protocol: "TCP" },
          { port: 81, protocol: "TCP" },
        ],
      },
      (draft, ids, id) => {
        draft.connect(id, "forward", ids.service);
        draft.connect(id, "forward", second(draft, ids, "Api"));
      },
    );
    expect(propertiesOf(stack, "GateListener80")?.DefaultActions).toEqual([
      {
        ForwardConfig: {
          TargetGroups: [
            { TargetGroupArn: { Ref: "GateWebTargetGroup" }, Weight: 1 },
            { TargetGroupArn: { Ref: "GateApiTargetGroup" }, Weight: 1 },
          ],
        },
        Type: "forward",
      },
    ]);
    expect(propertiesOf(stack, "GateListener81")?.DefaultActions).toEqual([
      { TargetGroupArn: { Ref: "GateListener81TargetGroup" }, Type: "forward" },
    ]);
  });

  it("stand in front of an ALB with a target group of the type alb on the ALB's own port", () => {
    const stack = nlb({ listeners: [{ port: 443, protocol: "TCP" }] }, (draft, ids, id) =>
      draft.connect(id, "forward", ids.alb),
    );
    expect(propertiesOf(stack, "GateFrontDoorTargetGroup")).toEqual({
      HealthCheckProtocol: "HTTPS",
      Port: 443,
      Protocol: "TCP",
      TargetType: "alb",
      Targets: [{ Id: { Ref: "FrontDoor" }, Port: 443 }],
      VpcId: { Ref: "Network" },
    });
    expect(stack.resources.GateFrontDoorTargetGroup?.dependsOn).toEqual(["FrontDoorListener443"]);
  });
});

describe("Classic Load Balancers", () => {
  it("register instances on the fixed host port, and the service names them", () => {
    const stack = stackOf(draw((draft) => void classicWeb(draft)));
    expect(propertiesOf(stack, "OldFrontDoor")).toMatchObject({
      ConnectionDrainingPolicy: { Enabled: true, Timeout: 300 },
      CrossZone: true,
      HealthCheck: {
        HealthyThreshold: "5",
        Interval: "30",
        Target: "TCP:8080",
        Timeout: "5",
        UnhealthyThreshold: "2",
      },
      Listeners: [{ InstancePort: "8080", InstanceProtocol: "HTTP", LoadBalancerPort: "80", Protocol: "HTTP" }],
    });
    expect(propertiesOf(stack, "Web")?.LoadBalancers).toEqual([
      { ContainerName: "app", ContainerPort: 8080, LoadBalancerName: { Ref: "OldFrontDoor" } },
    ]);
  });
});

describe("settings of load balancers", () => {
  it("all reach the stack", () => {
    const stack = web({
      alb: {
        scheme: "internal",
        tier: "private",
        ipAddressType: "dualstack",
        idleTimeout: 120,
        deletionProtection: true,
        dropInvalidHeaderFields: false,
      },
    });
    expect(propertiesOf(stack, "FrontDoor")).toEqual({
      IpAddressType: "dualstack",
      LoadBalancerAttributes: [
        { Key: "deletion_protection.enabled", Value: "true" },
        { Key: "idle_timeout.timeout_seconds", Value: "120" },
      ],
      Scheme: "internal",
      SecurityGroups: [{ "Fn::GetAtt": ["FrontDoorSecurityGroup", "GroupId"] }],
      Subnets: [{ Ref: "NetworkPrivateSubnet1" }, { Ref: "NetworkPrivateSubnet2" }],
      Type: "application",
    });
  });
});
