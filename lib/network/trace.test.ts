import { describe, expect, it } from "vitest";
import type { Document } from "../document/document";
import { buildModel } from "../model/build";
import { lower } from "../stack/lower";
import { classicWeb } from "../testing/classic";
import { type Draft, draw } from "../testing/draw";
import { ec2Web, fargateWeb } from "../testing/presets";
import type { Flows } from "./flow";
import { traceFlows } from "./trace";

function flowsOf(document: Document): Flows {
  const model = buildModel(document);
  return traceFlows(model, lower(model));
}

/** Flows of a drawing, and the ids that its builder gives back. */
function trace<T>(build: (draft: Draft) => T): { ids: T; flows: Flows } {
  let ids: T | undefined;
  const document = draw((draft) => {
    ids = build(draft);
  });
  return { ids: ids as T, flows: flowsOf(document) };
}

const steps = (flows: Flows, edge: string) =>
  flows.flow(edge)?.hops.map(({ stage, port, verdict, traffic }) => `${stage} ${port} ${verdict} ${traffic}`);

describe("load balancer to tasks", () => {
  it("names every hop from the listener to the task's group", () => {
    const { ids, flows } = trace((draft) => fargateWeb(draft));
    expect(steps(flows, ids.forward)).toEqual([
      "listener tcp/443 open data",
      "target tcp/8080 open data",
      "egress tcp/8080 open data",
      "ingress tcp/8080 open data",
    ]);
    const last = flows.flow(ids.forward)?.hops.at(-1);
    expect(last).toMatchObject({
      at: "FrontDoorSecurityGroup → WebSecurityGroup",
      resource: "WebSecurityGroup",
      by: ["WebSecurityGroupFromFrontDoorSecurityGroup8080"],
    });
  });

  it("follows health checks to a port of their own", () => {
    const { ids, flows } = trace((draft) => {
      const web = fargateWeb(draft);
      const edge = draft.document.edges[web.forward];
      if (edge?.relation === "forward") edge.props = { healthCheck: { port: "9000" } };
      return web;
    });
    expect(steps(flows, ids.forward)).toContain("ingress tcp/9000 open health");
  });

  it("wants the whole ephemeral range for dynamic ports on instances", () => {
    const { ids, flows } = trace((draft) => ec2Web(draft));
    expect(steps(flows, ids.forward)?.at(-1)).toBe("ingress tcp/32768-65535 open data");
  });

  it("names the rule that is missing, and where", () => {
    const { ids, flows } = trace((draft) => fargateWeb(draft, { service: { securityGroups: { mode: "own" } } }));
    expect(flows.flow(ids.forward)?.verdict).toBe("blocked");
    expect(flows.flow(ids.forward)?.hops.at(-1)).toMatchObject({
      verdict: "blocked",
      origin: { node: ids.service, field: "/securityGroups", why: "drawn" },
      missing: {
        group: "WebSecurityGroup",
        direction: "ingress",
        protocol: "tcp",
        fromPort: 8080,
        toPort: 8080,
        peerGroups: ["FrontDoorSecurityGroup"],
        peerCidrs: [],
      },
    });
  });

  it("cannot say anything of a service that runs nothing", () => {
    const { ids, flows } = trace((draft) => {
      const web = fargateWeb(draft);
      delete draft.document.edges[web.run];
      return web;
    });
    expect(flows.flow(ids.forward)?.verdict).toBe("unknowable");
    expect(flows.places).toEqual([]);
  });

  it("reaches instances from a Classic Load Balancer on the fixed host port", () => {
    const { flows } = trace((draft) => classicWeb(draft));
    const all = flows.flows.map(({ edge }) => steps(flows, edge));
    expect(all).toContainEqual([
      "listener tcp/8080 open data",
      "egress tcp/8080 open data",
      "ingress tcp/8080 open data",
    ]);
  });
});

/** A Network Load Balancer in front of the tasks of the usual web service, beside its ALB. */
const behindNlb = (
  props: { udp?: boolean; group?: boolean; internal?: boolean },
  compute: "fargate" | "ec2" = "fargate",
  ingress?: { fromPort: number; toPort: number; cidr: string }[],
) =>
  trace((draft) => {
    const slot = ingress && {
      mode: "own" as const,
      ingress: ingress.map(({ cidr, ...ports }) => ({ ...ports, peer: { cidr } })),
    };
    const container = { portMappings: [{ containerPort: 5000, ...(props.udp ? { protocol: "udp" as const } : {}) }] };
    const web =
      compute === "fargate"
        ? fargateWeb(draft, { container, ...(slot ? { service: { securityGroups: slot } } : {}) })
        : ec2Web(draft, { container, ...(slot ? { capacity: { securityGroups: slot } } : {}) });
    delete draft.document.edges[web.forward];
    const nlb = draft.add(
      "nlb",
      {
        scheme: props.internal ? "internal" : "internet-facing",
        tier: props.internal ? "private" : "public",
        withSecurityGroup: props.group !== false,
        listeners: [{ port: 5000, protocol: props.udp ? "UDP" : "TCP" }],
      },
      { name: "Edge", parent: web.vpc },
    );
    const request = props.internal ? undefined : draft.connect(web.internet, "request", nlb);
    return { request, forward: draft.connect(nlb, "forward", web.service) };
  });

describe("Network Load Balancer", () => {
  it.each([
    ["with a group", { group: true }, "fargate"],
    ["without a group, to addresses", { group: false }, "fargate"],
    ["without a group, to instances", { group: false }, "ec2"],
    ["for UDP, with a group", { udp: true, group: true }, "fargate"],
    ["for UDP, without a group", { udp: true, group: false }, "fargate"],
  ] as const)("%s is open as derived", (_what, props, compute) => {
    const { ids, flows } = behindNlb(props, compute);
    expect(flows.flow(ids.forward)?.verdict).toBe("open");
    expect(flows.flow(ids.request ?? "")?.verdict).toBe("open");
  });

  it("arrives with its own addresses at address targets over TCP", () => {
    const subnets = [{ fromPort: 5000, toPort: 5000, cidr: "10.0.0.0/16" }];
    const { ids, flows } = behindNlb({ group: false }, "fargate", subnets);
    expect(flows.flow(ids.forward)?.verdict).toBe("open");
  });

  it("arrives with the clients' addresses over UDP, and checks health over TCP from its own", () => {
    const subnets = [{ fromPort: 5000, toPort: 5000, cidr: "10.0.0.0/16" }];
    const { ids, flows } = behindNlb({ udp: true, group: false }, "fargate", subnets);
    expect(steps(flows, ids.forward)?.slice(-2)).toEqual([
      "ingress udp/5000 blocked data",
      "ingress tcp/5000 open health",
    ]);
  });

  it("arrives with the clients' addresses at instances, whom nobody can name when it is internal", () => {
    const ports = { fromPort: 32768, toPort: 65535 };
    const outside = behindNlb({ group: false }, "ec2", [{ ...ports, cidr: "10.0.0.0/16" }]);
    expect(outside.flows.flow(outside.ids.forward)?.verdict).toBe("blocked");
    const inside = behindNlb({ group: false, internal: true }, "ec2", [{ ...ports, cidr: "10.0.0.0/16" }]);
    expect(inside.flows.flow(inside.ids.forward)?.verdict).toBe("unknowable");
  });

  it("reaches the listener of the Application Load Balancer behind it", () => {
    const { ids, flows } = trace((draft) => {
      const web = fargateWeb(draft);
      const nlb = draft.add("nlb", { listeners: [{ port: 443, protocol: "TCP" }] }, { name: "Edge", parent: web.vpc });
      return { chain: draft.connect(nlb, "forward", web.alb) };
    });
    expect(steps(flows, ids.chain)?.slice(0, 4)).toEqual([
      "listener tcp/443 open data",
      "target tcp/443 open data",
      "egress tcp/443 open data",
      "ingress tcp/443 open data",
    ]);
    expect(flows.flow(ids.chain)?.verdict).toBe("open");
  });
});

describe("an existing VPC", () => {
  it("leaves routes unknown, and groups of the template known", () => {
    const { ids, flows } = trace((draft) => fargateWeb(draft, { vpc: { source: "existing", natGateways: "none" } }));
    expect(flows.flow(ids.forward)?.verdict).toBe("open");
    const request = flows.flows.find(({ edge }) => edge !== ids.forward);
    expect(request?.verdict).toBe("unknowable");
    expect(request?.hops.filter(({ verdict }) => verdict === "unknowable").map(({ stage }) => stage)).toEqual([
      "route",
    ]);
    expect(flows.reaches.map(({ verdict }) => verdict)).toEqual(["unknowable", "unknowable"]);
    expect(flows.places).toMatchObject([{ exit: "unknown" }]);
  });
});

describe("file systems", () => {
  it("are reached from every place where the task runs", () => {
    const { ids, flows } = trace((draft) => {
      const web = fargateWeb(draft);
      const files = draft.add("efs", {}, { name: "Files", parent: web.vpc });
      const nightly = draft.add("eventRule", { scheduleExpression: "rate(1 day)" }, { name: "Nightly" });
      const start = draft.connect(nightly, "runTask", web.task);
      return { ...web, start, mount: draft.connect(web.container, "mount", files) };
    });
    expect(flows.flow(ids.mount)?.verdict).toBe("open");
    const groups = flows.flow(ids.mount)?.hops.filter(({ stage }) => stage === "ingress");
    expect(groups?.map(({ at }) => at)).toEqual([
      "WebSecurityGroup → FilesSecurityGroup",
      "WebTaskSecurityGroup → FilesSecurityGroup",
    ]);
    expect(flows.places.map(({ node, edge }) => [node, edge])).toContainEqual([expect.any(String), ids.start]);
  });

  it("of one zone are unknowable for tasks in others", () => {
    const { ids, flows } = trace((draft) => {
      const web = fargateWeb(draft);
      const files = draft.add("efs", { oneZone: true }, { name: "Files", parent: web.vpc });
      return draft.connect(web.container, "mount", files);
    });
    expect(flows.flow(ids)?.verdict).toBe("unknowable");
  });

  it("of a task that nothing runs are unknowable", () => {
    const { ids, flows } = trace((draft) => {
      const web = fargateWeb(draft);
      delete draft.document.edges[web.run];
      const files = draft.add("efs", {}, { name: "Files", parent: web.vpc });
      return draft.connect(web.container, "mount", files);
    });
    expect(flows.flow(ids)?.verdict).toBe("unknowable");
  });
});

describe("what tasks reach", () => {
  const reached = (flows: Flows) =>
    Object.fromEntries(flows.reaches.map(({ dependency, verdict, obstacle }) => [dependency, obstacle ?? verdict]));

  it("needs all endpoints of a dependency, or NAT", () => {
    const change = (interfaceEndpoints: ("ecr.api" | "ecr.dkr" | "logs")[], gatewayEndpoints: "s3"[]) =>
      trace((draft) => fargateWeb(draft, { vpc: { natGateways: "none", interfaceEndpoints, gatewayEndpoints } })).flows;
    expect(reached(change([], []))).toEqual({ ecr: "no-route", logs: "no-route" });
    expect(reached(change(["ecr.api", "ecr.dkr", "logs"], []))).toEqual({ ecr: "no-route", logs: "open" });
    expect(reached(change(["ecr.api", "ecr.dkr"], ["s3"]))).toEqual({ ecr: "open", logs: "no-route" });
    const missing = change(["ecr.api"], ["s3"]).reaches.map((reach) => reach.missing);
    expect(missing).toEqual([["ecr.dkr"], ["logs"]]);
  });

  it("goes by the subnets of the instances for the agent, and by the task's own for its code", () => {
    const { flows } = trace((draft) => {
      const web = ec2Web(draft, {
        task: { networkMode: "awsvpc" },
        service: { tier: "isolated" },
        vpc: { isolatedSubnets: true },
      });
      draft.connect(web.container, "send", draft.add("sqsQueue", {}, { name: "Orders" }));
    });
    expect(reached(flows)).toEqual({ ecr: "open", logs: "open", "ecs-control": "open", sqs: "no-route" });
    expect(flows.places).toMatchObject([{ compute: "EC2", ownInterface: true, exit: "none" }]);
  });

  it("counts what code calls and what it is started with", () => {
    const { flows } = trace((draft) => {
      const web = fargateWeb(draft);
      const secret = draft.add("secret", {}, { name: "Password" });
      const parameter = draft.add(
        "ssmParameter",
        { source: { from: "existing", name: "/web/flag" } },
        { name: "Flag" },
      );
      const bucket = draft.add("s3Bucket", {}, { name: "Uploads" });
      draft.connect(web.container, "inject", secret, { name: "DB_PASSWORD" });
      draft.connect(web.container, "inject", parameter, { name: "FLAG" });
      draft.connect(web.container, "access", bucket);
      draft.connect(draft.add("sqsQueue", {}, { name: "Orders" }), "poll", web.service);
    });
    expect(flows.reaches.map(({ dependency, by, verdict }) => `${by} ${dependency} ${verdict}`).sort()).toEqual([
      "agent ecr open",
      "agent logs open",
      "agent secretsmanager open",
      "agent ssm open",
      "code s3 open",
      "code sqs open",
    ]);
  });

  it("counts the control plane of Service Connect, for both ends of a call", () => {
    const { flows } = trace((draft) => {
      const web = fargateWeb(draft, { vpc: { natGateways: "none", interfaceEndpoints: ["ecs-agent"] } });
      const orders = draft.add(
        "service",
        { launchType: "FARGATE", desiredCount: 2 },
        { name: "Orders", parent: web.cluster },
      );
      draft.connect(orders, "run", web.task);
      draft.connect(web.service, "call", orders);
    });
    const connect = flows.reaches.filter(({ dependency }) => dependency === "service-connect");
    expect(connect.map(({ verdict }) => verdict)).toEqual(["open", "open"]);
  });
});
