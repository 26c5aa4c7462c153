import { describe, expect, it } from "vitest";
import type { Document } from "../document/document";
import { buildModel } from "../model/build";
import { traceFlows } from "../network/trace";
import { lower } from "../stack/lower";
import { type Draft, draw } from "../testing/draw";
import { ec2Web, fargateWeb, type Web } from "../testing/presets";
import { check } from "./engine";

/**
 * Designs that AWS refuses or whose tasks do not start. Each has one cause, and the list of findings names it and nothing
 * else above an info. Those that people asked about in public are in lib/testing/questions.
 */
interface Question {
  /** What the person saw. */
  seen: string;
  design: Document;
  rule: string;
  severity: "error" | "warning";
  /** What the sentence must name: the thing, the cause, the way out. */
  names: readonly RegExp[];
}

const drawn = (build: (draft: Draft, web: Web) => void, preset = fargateWeb): Document =>
  draw((draft) => build(draft, preset(draft)));
const put = (draft: Draft, id: string, props: object): void => {
  const item = draft.document.nodes[id] ?? draft.document.edges[id];
  if (item) Object.assign(item.props, props);
};

const questions: readonly Question[] = [
  {
    seen: "A Classic Load Balancer drawn in front of Fargate",
    design: drawn((draft, web) => {
      const old = draft.add("clb", {}, { name: "Old door", parent: web.vpc });
      draft.connect(web.internet, "request", old);
      draft.connect(old, "forward", web.service);
    }),
    rule: "ECS-LB-001",
    severity: "error",
    names: [/Classic Load Balancer/, /Web/, /Application Load Balancer/],
  },
  {
    seen: "A bucket drawn as a volume",
    design: drawn((draft, web) => {
      draft.connect(web.container, "mount", draft.add("s3Bucket", {}, { name: "Uploads" }));
    }),
    rule: "ECS-STO-001",
    severity: "error",
    names: [/no S3 bucket volume type/, /EFS/, /SDK/],
  },
  {
    seen: "Targets stay unhealthy: only the container port is open on the instances",
    design: drawn((draft, web) => {
      const capacity = Object.entries(draft.document.nodes).find(([, node]) => node.kind === "asgCapacityProvider");
      const rule = { fromPort: 8080, toPort: 8080, peer: { node: web.alb } };
      put(draft, capacity?.[0] ?? "", { securityGroups: { mode: "own", ingress: [rule] } });
    }, ec2Web),
    rule: "ECS-NET-010",
    severity: "error",
    names: [/random host port/, /allows only tcp 8080/, /32768–65535/],
  },
  {
    seen: "Deployment hangs: minimum 100%, maximum 100%",
    design: draw(
      (draft) =>
        void fargateWeb(draft, { service: { desiredCount: 2, minimumHealthyPercent: 100, maximumPercent: 100 } }),
    ),
    rule: "ECS-SVC-001",
    severity: "error",
    names: [/neither stop nor start/, /100\/200/],
  },
  {
    seen: "A new service whose launch type was left empty never starts a task",
    design: draw((draft) => void fargateWeb(draft, { service: { launchType: undefined } })),
    rule: "ECS-COMP-005",
    severity: "error",
    names: [/neither a launch type nor a capacity provider/, /Fargate/],
  },
  {
    seen: "Instances of the Auto Scaling group fail to launch: t4g with the x86 image",
    design: draw((draft) => void ec2Web(draft, { capacity: { instanceType: "t4g.medium" } })),
    rule: "ECS-COMP-008",
    severity: "error",
    names: [/t4g\.medium/, /al2023-arm64/],
  },
  {
    seen: "Event pattern is not valid: “source” must be an object or an array",
    design: drawn((draft) => {
      const rule = draft.add("eventRule", { eventPattern: { source: "aws.s3" } }, { name: "Uploads" });
      draft.connect(rule, "deliver", draft.add("snsTopic", {}, { name: "Alerts" }));
    }),
    rule: "ECS-EVT-001",
    severity: "error",
    names: [/source is not a list/, /\{"source": \["aws\.s3"\]\}/],
  },
  {
    seen: "A password in the environment of the container",
    design: draw(
      (draft) =>
        void fargateWeb(draft, { container: { environment: [{ name: "DB_PASSWORD", value: "correct horse" }] } }),
    ),
    rule: "ECS-SEC-001",
    severity: "warning",
    names: [/DB_PASSWORD/, /Secrets Manager/],
  },
];

describe("designs with one cause", () => {
  it.each(questions.map((question) => [question.seen, question] as const))("%s", (_, question) => {
    const model = buildModel(question.design);
    const stack = lower(model);
    const { findings } = check({ model, stack, flows: traceFlows(model, stack) });
    const told = findings.filter((finding) => finding.severity !== "info");
    expect(told.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual([`${question.rule} ${question.severity}`]);
    for (const name of question.names) expect(told[0]?.message).toMatch(name);
    expect(findings[0]).toEqual(told[0]);
  });
});
