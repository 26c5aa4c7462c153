import { describe, expect, it } from "vitest";
import type { RelationId } from "../catalog/relations";
import { applyAll } from "../document/edits/apply";
import { buildModel } from "../model/build";
import { traceFlows } from "../network/trace";
import { lower } from "../stack/lower";
import { classicWeb } from "../testing/classic";
import { type Draft, draw } from "../testing/draw";
import { ec2Web, fargateWeb } from "../testing/presets";
import { connect } from "./connection";
import { check } from "./engine";

type Attempt = (draft: Draft) => [from: string, relation: RelationId, to: string];

/** Connections that settings forbid: what is drawn, and which rule says no. Catalogue, "Refused pairs and what to say". */
const attempts: Record<string, [rule: string, words: RegExp, attempt: Attempt]> = {
  "Classic Load Balancer → Fargate service": [
    "ECS-LB-001",
    /registers EC2 instances; these tasks have their own IP addresses/,
    (draft) => {
      const web = fargateWeb(draft);
      return [draft.add("clb", {}, { parent: web.vpc }), "forward", web.service];
    },
  ],
  "second Classic Load Balancer → service": [
    "ECS-LB-003",
    /takes one Classic Load Balancer/,
    (draft) => {
      const web = classicWeb(draft);
      return [draft.add("clb", {}, { parent: web.vpc }), "forward", web.service];
    },
  ],
  "target group beside a Classic Load Balancer": [
    "ECS-LB-003",
    /a Classic Load Balancer and a target group/,
    (draft) => {
      const web = classicWeb(draft);
      return [draft.add("alb", {}, { parent: web.vpc }), "forward", web.service];
    },
  ],
  "sixth target group": [
    "ECS-LB-005",
    /at most 5 target groups/,
    (draft) => {
      const web = fargateWeb(draft);
      for (const path of ["/b/*", "/c/*", "/d/*", "/e/*"]) {
        draft.connect(web.alb, "forward", web.service, { pathPatterns: [path] });
      }
      return [draft.add("nlb", {}, { parent: web.vpc }), "forward", web.service];
    },
  ],
  "ALB → service that speaks UDP only": [
    "ECS-LB-007",
    /UDP only/,
    (draft) => {
      const web = fargateWeb(draft, { container: { portMappings: [{ containerPort: 53, protocol: "udp" }] } });
      delete draft.document.edges[web.forward];
      return [web.alb, "forward", web.service];
    },
  ],
  "internet → internal load balancer": [
    "ECS-LB-012",
    /only private addresses/,
    (draft) => {
      const web = fargateWeb(draft);
      return [web.internet, "request", draft.add("alb", { scheme: "internal" }, { parent: web.vpc })];
    },
  ],
  "load balancer of another VPC → service": [
    "ECS-LB-013",
    /must share a VPC/,
    (draft) => {
      const web = fargateWeb(draft);
      return [draft.add("alb", {}, { parent: draft.add("vpc") }), "forward", web.service];
    },
  ],
  "container mounts a bucket": [
    "ECS-STO-001",
    /not a file system/,
    (draft) => [fargateWeb(draft).container, "mount", draft.add("s3Bucket")],
  ],
  "task mounts a file system of another VPC": [
    "ECS-STO-004",
    /Mount targets live in one VPC/,
    (draft) => [fargateWeb(draft).container, "mount", draft.add("efs", {}, { parent: draft.add("vpc") })],
  ],
  "Windows task mounts EFS": [
    "ECS-STO-005",
    /need Linux tasks/,
    (draft) => {
      const runtimePlatform = { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" };
      const web = fargateWeb(draft, { task: { runtimePlatform } });
      return [web.container, "mount", draft.add("efs", {}, { parent: web.vpc })];
    },
  ],
  "Fargate strategy → instances": [
    "ECS-CAP-001",
    /either Fargate or instance providers/,
    (draft) => {
      const capacityProviderStrategy = [{ capacityProvider: "FARGATE" as const }];
      const web = fargateWeb(draft, { service: { launchType: undefined, capacityProviderStrategy } });
      return [web.service, "useCapacity", draft.add("asgCapacityProvider", {}, { parent: web.cluster })];
    },
  ],
  "service → instances of another cluster": [
    "ECS-CAP-003",
    /capacity of its own cluster/,
    (draft) => {
      const web = ec2Web(draft);
      const other = draft.add("cluster", {}, { parent: web.vpc });
      return [web.service, "useCapacity", draft.add("asgCapacityProvider", {}, { parent: other })];
    },
  ],
};

describe.each(Object.entries(attempts))("%s", (_name, [rule, words, attempt]) => {
  let ends: ReturnType<Attempt> = ["", "request", ""];
  const before = draw((draft) => {
    ends = attempt(draft);
  });
  const [from, relation, to] = ends;

  it("is refused while it is drawn, with the reason and something to do", () => {
    const answer = connect(buildModel(before), { from, to, relation });
    if (answer.ok) expect.fail("it was allowed");
    expect(answer.rule).toBe(rule);
    expect(answer.reason).toMatch(words);
    expect(answer.instead).not.toBe("");
  });

  it("gives exactly one finding about the edge where a design brings it", () => {
    const added = applyAll(before, [{ edit: "addEdge", id: "e99", edge: { from, to, relation, props: {} } }]);
    if (!added.ok) expect.fail(added.problems.map((problem) => problem.message).join(" "));
    const model = buildModel(added.value.document);
    const stack = lower(model);
    const { findings } = check({ model, stack, flows: traceFlows(model, stack) });
    const about = findings.filter(({ at, also }) => [at, ...(also ?? [])].some((place) => place.edge === "e99"));
    expect(about.map((finding) => `${finding.rule} ${finding.severity}`)).toEqual([`${rule} error`]);
  });
});

it("admits several paths of one load balancer to one service", () => {
  const design = draw((draft) => {
    const web = fargateWeb(draft);
    draft.connect(web.alb, "forward", web.service, { pathPatterns: ["/b/*"] });
  });
  const model = buildModel(design);
  const stack = lower(model);
  const { findings } = check({ model, stack, flows: traceFlows(model, stack) });
  expect(findings.filter((finding) => finding.severity === "error")).toEqual([]);
});
