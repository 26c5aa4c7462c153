import { describe, expect, it } from "vitest";
import type { Document } from "../document/document";
import { buildModel } from "../model/build";
import { traceFlows } from "../network/trace";
import { lower } from "../stack/lower";
import { type Draft, draw } from "../testing/draw";
import { ec2Web, fargateWeb, type Web } from "../testing/presets";
import { check } from "./engine";

/**
 * Designs that people asked about in public because AWS refused them or their tasks did not start. Each has one cause,
 * and the list of findings names it and nothing else above an info.
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
    seen: "Task stays PENDING, then CannotPullContainerError: request canceled while waiting for connection",
    design: draw((draft) => void fargateWeb(draft, { vpc: { natGateways: "none" } })),
    rule: "ECS-NET-012",
    severity: "error",
    names: [/Web/, /private subnets of Network/, /Amazon ECR/, /CloudWatch Logs/, /NAT gateway/, /ecr\.dkr, s3/],
  },
  {
    seen: "Public subnet: tasks stop with CannotPullContainerError, the site times out",
    design: draw((draft) => void fargateWeb(draft, { service: { tier: "public" } })),
    rule: "ECS-NET-013",
    severity: "error",
    names: [/no public address/, /cannot reach the image of app/, /assign a public IP/],
  },
  {
    seen: "ResourceInitializationError: unable to retrieve secret … context deadline exceeded",
    design: draw((draft) => {
      const web = fargateWeb(draft, {
        service: {
          securityGroups: {
            mode: "own",
            ingress: [{ fromPort: 8080, toPort: 8080, peer: { cidr: "10.0.0.0/16" } }],
            egress: [{ fromPort: 5432, toPort: 5432, peer: { cidr: "10.0.0.0/16" } }],
          },
        },
      });
      draft.connect(web.container, "inject", draft.add("secret", {}, { name: "Login" }), { name: "DB_PASSWORD" });
    }),
    rule: "ECS-NET-012",
    severity: "error",
    names: [/Secrets Manager/, /security group of Web/, /Allow tcp 443/],
  },
  {
    seen: "unable to pull secrets or registry auth: not authorized to perform ssm:GetParameters",
    design: draw((draft) => {
      const policy = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";
      const web = fargateWeb(draft, { task: { executionRole: { mode: "own", managedPolicyArns: [policy] } } });
      draft.connect(web.container, "inject", draft.add("ssmParameter", {}, { name: "Key" }), { name: "KEY" });
    }),
    rule: "ECS-IAM-003",
    severity: "error",
    names: [/execution role of Web task/, /ssm:GetParameters/, /let the role be derived/],
  },
  {
    seen: "No Fargate configuration exists for given values",
    design: draw((draft) => void fargateWeb(draft, { task: { cpu: 512, memory: 512 } })),
    rule: "ECS-TD-003",
    severity: "error",
    names: [/512 CPU \/ 512 MiB/, /1024 to 4096 MiB/],
  },
  {
    seen: "unable to mount NFS, timeout",
    design: drawn((draft, web) => {
      const files = draft.add("efs", { securityGroups: { mode: "own" } }, { name: "Files", parent: web.vpc });
      draft.connect(web.container, "mount", files);
    }),
    rule: "ECS-STO-004",
    severity: "error",
    names: [/app mounts Files/, /2049/, /group of Web/],
  },
  {
    seen: "The managed termination protection setting for the capacity provider is invalid",
    design: draw((draft) => void ec2Web(draft, { capacity: { newInstancesProtectedFromScaleIn: false } })),
    rule: "ECS-CAP-005",
    severity: "error",
    names: [/Instances/, /not protected from scale-in/],
  },
  {
    seen: "When networkMode=awsvpc, the host ports and container ports in port mappings must match",
    design: drawn((draft, { task }) => {
      const app = { name: "app", portMappings: [{ containerPort: 9292, hostPort: 80 }], readonlyRootFilesystem: true };
      put(draft, task, { containerDefinitions: { c1: app } });
    }),
    rule: "ECS-NET-004",
    severity: "error",
    names: [/host port 80/, /9292/, /empty/],
  },
  {
    seen: "The container app did not have a container port 80 defined",
    design: drawn((draft, web) => {
      const app = { name: "app", portMappings: [{ containerPort: 3000 }], readonlyRootFilesystem: true };
      put(draft, web.task, { containerDefinitions: { c1: app } });
      put(draft, web.forward, { containerPort: 80 });
    }),
    rule: "ECS-LB-006",
    severity: "error",
    names: [/app:80/, /app:3000/],
  },
  {
    seen: "Fargate requires task definition to have execution role ARN to support ECR images",
    design: draw((draft) => void fargateWeb(draft, { task: { executionRole: { mode: "none" } } })),
    rule: "ECS-IAM-003",
    severity: "error",
    names: [/Web task needs an execution role/, /pulls from ECR/],
  },
  {
    seen: "Cluster with zero container instances",
    design: draw((draft) => void ec2Web(draft, { vpc: { natGateways: "none" } })),
    rule: "ECS-NET-012",
    severity: "error",
    names: [/Instances/, /ECS control plane/, /NAT gateway/],
  },
  {
    seen: "Specifying both a launch type and capacity provider strategy is not supported",
    design: draw((draft) => void ec2Web(draft, { service: { launchType: "EC2" } })),
    rule: "ECS-COMP-004",
    severity: "error",
    names: [/Web/, /launch type EC2/, /either/],
  },
  {
    seen: "Container 'app' has a dependency on 'envoy', which cannot be an essential container",
    design: drawn((draft, web) => {
      const image = "public.ecr.aws/envoy/envoy:1.31";
      put(draft, web.task, {
        containerDefinitions: {
          c1: { name: "app", portMappings: [{ containerPort: 8080 }], readonlyRootFilesystem: true },
          c2: { name: "envoy", image, readonlyRootFilesystem: true },
        },
      });
      draft.connect(web.container, "dependsOn", `${web.task}/c2`, { condition: "SUCCESS" });
    }),
    rule: "ECS-CON-005",
    severity: "error",
    names: [/app waits for envoy/, /essential/, /Make envoy non-essential/],
  },
  {
    seen: "host.sourcePath should not be set for volumes in Fargate",
    design: draw(
      (draft) =>
        void fargateWeb(draft, {
          task: { volumes: [{ name: "conf", host: { sourcePath: "/srv/nginx" } }] },
          container: { mountPoints: [{ sourceVolume: "conf", containerPath: "/etc/nginx" }] },
        }),
    ),
    rule: "ECS-STO-015",
    severity: "error",
    names: [/conf/, /no host you own/, /EFS/],
  },
  {
    seen: "Tasks using the Fargate launch type do not support ipcMode",
    design: draw((draft) => void fargateWeb(draft, { task: { ipcMode: "host" } })),
    rule: "ECS-TD-009",
    severity: "error",
    names: [/ipcMode=host/, /Fargate does not support it/],
  },
  {
    seen: "PlatformTaskDefinitionIncompatibilityException on Windows",
    design: draw(
      (draft) =>
        void fargateWeb(draft, {
          task: { runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2019_CORE" } },
          container: { readonlyRootFilesystem: undefined },
        }),
    ),
    rule: "ECS-TD-003",
    severity: "error",
    names: [/256 CPU/, /Windows/, /1024, 2048 or 4096/],
  },
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

describe("questions that people asked", () => {
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
