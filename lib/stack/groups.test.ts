import { describe, expect, it } from "vitest";
import type { Document } from "../document/document";
import { classicWeb } from "../testing/classic";
import { draw } from "../testing/draw";
import { ec2Web, fargateWeb } from "../testing/presets";
import { idsOfType, plain, propertiesOf, stackFaults, stackOf } from "../testing/stack-faults";
import type { Stack } from "./stack";

interface Rule {
  IpProtocol: string;
  FromPort?: number;
  ToPort?: number;
}

/** "web:tcp/8080 from balancer": every ingress rule of a stack, sorted. */
function ingress(stack: Stack): string[] {
  const text = (to: string, from: unknown, rule: Rule): string => {
    const ports = rule.FromPort === rule.ToPort ? rule.FromPort : `${rule.FromPort}-${rule.ToPort}`;
    return `${to}:${rule.IpProtocol}/${ports ?? "all"} from ${typeof from === "string" ? from : JSON.stringify(from)}`;
  };
  const group = (value: unknown): string => (value as { "Fn::GetAtt": [string] })["Fn::GetAtt"][0];
  const inline = idsOfType(stack, "AWS::EC2::SecurityGroup").flatMap((id) =>
    ((propertiesOf(stack, id)?.SecurityGroupIngress ?? []) as (Rule & Record<string, unknown>)[]).map((rule) =>
      text(id, rule.CidrIp ?? rule.CidrIpv6, rule),
    ),
  );
  const separate = idsOfType(stack, "AWS::EC2::SecurityGroupIngress").map((id) => {
    const rule = propertiesOf(stack, id) as unknown as Rule & Record<string, unknown>;
    return text(group(rule.GroupId), group(rule.SourceSecurityGroupId), rule);
  });
  return [...inline, ...separate].sort();
}

const rulesOf = (document: Document): string[] => ingress(stackOf(document));

/** An NLB in front of a Fargate or EC2 service. */
const network = (
  preset: typeof fargateWeb | typeof ec2Web,
  nlb: Parameters<Parameters<Parameters<typeof draw>[0]>[0]["add"]>[1],
  props: { targetProtocol?: string } = {},
) =>
  draw((draft) => {
    const web = preset(draft);
    const id = draft.add("nlb", nlb as never, { name: "Gate", parent: web.vpc });
    draft.connect(web.internet, "request", id);
    draft.connect(id, "forward", web.service, props);
  });

const front = ["FrontDoorSecurityGroup:tcp/443 from 0.0.0.0/0", "FrontDoorSecurityGroup:tcp/80 from 0.0.0.0/0"];

describe("security groups", () => {
  it("awsvpc: the task's group admits the container port from the load balancer's group", () => {
    expect(rulesOf(draw((draft) => void fargateWeb(draft)))).toEqual([
      ...front,
      "WebSecurityGroup:tcp/8080 from FrontDoorSecurityGroup",
    ]);
  });

  it("clients: the load balancer's group admits the addresses drawn and no others", () => {
    const office = draw((draft) => {
      const { internet } = fargateWeb(draft);
      const users = draft.document.nodes[internet];
      if (users) users.props = { cidrs: ["203.0.113.0/24", "2001:db8::/32"] };
    });
    expect(rulesOf(office)).toEqual([
      "FrontDoorSecurityGroup:tcp/443 from 2001:db8::/32",
      "FrontDoorSecurityGroup:tcp/443 from 203.0.113.0/24",
      "FrontDoorSecurityGroup:tcp/80 from 2001:db8::/32",
      "FrontDoorSecurityGroup:tcp/80 from 203.0.113.0/24",
      "WebSecurityGroup:tcp/8080 from FrontDoorSecurityGroup",
    ]);
  });

  it("bridge, dynamic: the instances' group admits the ports that Docker picks from", () => {
    expect(rulesOf(draw((draft) => void ec2Web(draft)))).toEqual([
      ...front,
      "InstancesSecurityGroup:tcp/32768-65535 from FrontDoorSecurityGroup",
    ]);
  });

  it("bridge, fixed host port, and host mode: the instances' group admits that port", () => {
    const fixed = { container: { portMappings: [{ containerPort: 8080, hostPort: 8000 }] } };
    expect(rulesOf(draw((draft) => void ec2Web(draft, fixed)))).toContain(
      "InstancesSecurityGroup:tcp/8000 from FrontDoorSecurityGroup",
    );
    expect(rulesOf(draw((draft) => void ec2Web(draft, { task: { networkMode: "host" } })))).toContain(
      "InstancesSecurityGroup:tcp/8080 from FrontDoorSecurityGroup",
    );
  });

  it("classic: the instances' group admits the host port from the load balancer's group", () => {
    expect(rulesOf(draw((draft) => void classicWeb(draft)))).toEqual([
      "InstancesSecurityGroup:tcp/8080 from OldFrontDoorSecurityGroup",
      "OldFrontDoorSecurityGroup:tcp/80 from 0.0.0.0/0",
    ]);
  });

  it("an NLB with a group is named as the source; its listener protocol opens its own group", () => {
    const rules = rulesOf(network(fargateWeb, { listeners: [{ port: 53, protocol: "TCP_UDP" }] }));
    expect(rules).toContain("GateSecurityGroup:tcp/53 from 0.0.0.0/0");
    expect(rules).toContain("GateSecurityGroup:udp/53 from 0.0.0.0/0");
    expect(rules).toContain("WebSecurityGroup:tcp/8080 from GateSecurityGroup");
    expect(rules).toContain("WebSecurityGroup:udp/8080 from GateSecurityGroup");
  });

  it("an NLB without a group reaches ip targets from its subnets, instances also with the clients' addresses", () => {
    const subnets = [1, 2].map((zone) => JSON.stringify({ "Fn::GetAtt": [`NetworkPublicSubnet${zone}`, "CidrBlock"] }));
    const ip = rulesOf(network(fargateWeb, { withSecurityGroup: false }));
    expect(ip.filter((rule) => rule.startsWith("WebSecurityGroup")).sort()).toEqual(
      [...subnets, "FrontDoorSecurityGroup"].map((from) => `WebSecurityGroup:tcp/8080 from ${from}`).sort(),
    );
    const instances = rulesOf(network(ec2Web, { withSecurityGroup: false }));
    expect(instances).toContain("InstancesSecurityGroup:tcp/32768-65535 from 0.0.0.0/0");
    const inside = rulesOf(network(ec2Web, { withSecurityGroup: false, scheme: "internal", tier: "private" }));
    expect(inside).toContain(
      `InstancesSecurityGroup:tcp/32768-65535 from ${JSON.stringify({ "Fn::GetAtt": ["Network", "CidrBlock"] })}`,
    );
    expect(inside).not.toContain("InstancesSecurityGroup:tcp/32768-65535 from 0.0.0.0/0");
  });

  it("UDP targets admit TCP too, for the health check", () => {
    const rules = rulesOf(network(fargateWeb, { listeners: [{ port: 53, protocol: "UDP" }] }));
    expect(rules).toContain("WebSecurityGroup:udp/8080 from GateSecurityGroup");
    expect(rules).toContain("WebSecurityGroup:tcp/8080 from GateSecurityGroup");
  });

  it("a health check on another port opens that port as well", () => {
    const rules = rulesOf(
      draw((draft) => {
        const web = fargateWeb(draft);
        draft.document.edges[web.forward] = {
          ...draft.document.edges[web.forward],
          props: { healthCheck: { port: "9090" } },
        } as never;
      }),
    );
    expect(rules).toContain("WebSecurityGroup:tcp/9090 from FrontDoorSecurityGroup");
  });

  it("services that call each other refer to each other's groups without a circle", () => {
    const stack = stackOf(
      draw((draft) => {
        const web = fargateWeb(draft);
        const api = draft.add("service", { launchType: "FARGATE" }, { name: "Api", parent: web.cluster });
        draft.connect(api, "run", web.task);
        draft.connect(web.service, "call", api);
        draft.connect(api, "call", web.service);
      }),
    );
    expect(ingress(stack)).toContain("ApiSecurityGroup:tcp/8080 from WebSecurityGroup");
    expect(ingress(stack)).toContain("WebSecurityGroup:tcp/8080 from ApiSecurityGroup");
    expect(stackFaults(stack)).toEqual([]);
  });

  it("the same rule twice is one rule with two origins, because EC2 refuses the second", () => {
    const document = draw((draft) => {
      const web = fargateWeb(draft);
      draft.connect(web.alb, "forward", web.service, { pathPatterns: ["/admin/*"] });
    });
    const stack = stackOf(document);
    const [id] = idsOfType(stack, "AWS::EC2::SecurityGroupIngress");
    expect(idsOfType(stack, "AWS::EC2::SecurityGroupIngress")).toHaveLength(1);
    expect(stack.resources[id as string]?.origins[""]).toHaveLength(2);
  });

  it("a dual-stack ALB admits IPv6 clients too", () => {
    const rules = rulesOf(draw((draft) => void fargateWeb(draft, { alb: { ipAddressType: "dualstack" } })));
    expect(rules.filter((rule) => rule.endsWith("from ::/0"))).toHaveLength(2);
  });
});

describe("groups taken over by hand", () => {
  const own = (securityGroups: object) =>
    stackOf(draw((draft) => void fargateWeb(draft, { service: { securityGroups } as never })));

  it("have the person's rules and none of the derived ones", () => {
    const stack = own({
      mode: "own",
      ingress: [
        { fromPort: 8080, toPort: 8090, peer: { node: "n3" }, description: "From the ALB" },
        { ipProtocol: "udp", fromPort: 53, peer: { cidr: "10.0.0.0/8" } },
        { ipProtocol: "-1", fromPort: 1, peer: { cidr: "fd00::/8" } },
        { ipProtocol: "icmp", peer: { cidr: "10.0.0.0/8" } },
        { peer: { cidr: "192.168.0.0/16" } },
      ],
    });
    expect(ingress(stack).filter((rule) => rule.startsWith("WebSecurityGroup"))).toEqual([
      "WebSecurityGroup:-1/all from fd00::/8",
      "WebSecurityGroup:icmp/-1 from 10.0.0.0/8",
      "WebSecurityGroup:tcp/0-65535 from 192.168.0.0/16",
      "WebSecurityGroup:tcp/8080-8090 from FrontDoorSecurityGroup",
      "WebSecurityGroup:udp/53 from 10.0.0.0/8",
    ]);
    expect(stackFaults(stack)).toEqual([]);
    expect(propertiesOf(stack, "WebSecurityGroup")?.SecurityGroupEgress).toEqual([
      { CidrIp: "0.0.0.0/0", Description: "Allow all outbound traffic by default", IpProtocol: "-1" },
    ]);
  });

  it("let nothing else out when egress names groups only", () => {
    const stack = own({ mode: "own", egress: [{ fromPort: 443, toPort: 443, peer: { node: "n3" } }] });
    const [egress] = idsOfType(stack, "AWS::EC2::SecurityGroupEgress");
    expect(propertiesOf(stack, egress as string)).toMatchObject({
      DestinationSecurityGroupId: { "Fn::GetAtt": ["FrontDoorSecurityGroup", "GroupId"] },
      GroupId: { "Fn::GetAtt": ["WebSecurityGroup", "GroupId"] },
    });
    // Without any rule EC2 would put "all out" back; this one matches no packet.
    expect(propertiesOf(stack, "WebSecurityGroup")?.SecurityGroupEgress).toEqual([
      {
        CidrIp: "255.255.255.255/32",
        Description: "Disallow all traffic",
        FromPort: 252,
        IpProtocol: "icmp",
        ToPort: 86,
      },
    ]);
  });

  it("may refer to each other", () => {
    const stack = stackOf(
      draw((draft) => {
        const web = fargateWeb(draft);
        const rule = (node: string) => ({ mode: "own" as const, ingress: [{ fromPort: 80, peer: { node } }] });
        draft.document.nodes[web.alb] = {
          ...draft.document.nodes[web.alb],
          props: { securityGroups: rule(web.service) },
        } as never;
        draft.document.nodes[web.service] = {
          ...draft.document.nodes[web.service],
          props: { launchType: "FARGATE", securityGroups: rule(web.alb) },
        } as never;
      }),
    );
    expect(stackFaults(stack)).toEqual([]);
    expect(ingress(stack)).toEqual([
      "FrontDoorSecurityGroup:tcp/80 from WebSecurityGroup",
      "WebSecurityGroup:tcp/80 from FrontDoorSecurityGroup",
    ]);
  });

  it("every rule says which field it comes from", () => {
    const stack = own({ mode: "own", ingress: [{ fromPort: 53, peer: { cidr: "10.0.0.0/8" } }] });
    const group = stack.resources.WebSecurityGroup;
    expect(group?.origins["/properties/SecurityGroupIngress/0"]).toEqual([
      { node: "n5", field: "/securityGroups/ingress/0", why: "drawn" },
    ]);
    expect(plain(group?.properties.SecurityGroupIngress ?? null)).toHaveLength(1);
  });
});
