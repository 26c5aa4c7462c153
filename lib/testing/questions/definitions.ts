import { draw } from "../draw";
import { fargateWeb } from "../presets";
import { drawn, put, type Question } from "./question";

/** Task definitions: sizes, ports, containers, platforms. */
export const definitionQuestions: readonly Question[] = [
  {
    url: "https://github.com/towardsthecloud/aws-cdk-examples/issues/1",
    seen: "No Fargate configuration exists for the given values",
    cause: "512 CPU units need at least 1 GB",
    design: draw((draft) => void fargateWeb(draft, { task: { cpu: 512, memory: 512 } })),
    finding: { rule: "ECS-TD-003", severity: "error", names: [/512 CPU \/ 512 MiB/, /1024 to 4096 MiB/] },
    start: { check: "placement", verdict: "fails", names: /512 CPU/ },
  },
  {
    url: "https://github.com/aws/amazon-ecs-cli/issues/1014",
    seen: "With awsvpc, host ports and container ports must match",
    cause: "The host port is there and differs from the container port",
    design: drawn((draft, { task }) => {
      const app = { name: "app", portMappings: [{ containerPort: 9292, hostPort: 80 }], readonlyRootFilesystem: true };
      put(draft, task, { containerDefinitions: { c1: app } });
    }),
    finding: { rule: "ECS-NET-004", severity: "error", names: [/host port 80/, /9292/, /empty/] },
    start: { check: "network", verdict: "fails", names: /host port 80/ },
  },
  {
    url: "https://github.com/boto/boto3/issues/2436",
    seen: "A container that another waits for cannot be essential",
    cause: "What is waited for with SUCCESS or COMPLETE ends, and must not be essential",
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
    finding: {
      rule: "ECS-CON-005",
      severity: "error",
      names: [/app waits for envoy/, /essential/, /Make envoy non-essential/],
    },
    start: { check: "definition", verdict: "fails", names: /envoy/ },
  },
  {
    url: "https://github.com/cn-terraform/terraform-aws-ecs-fargate/issues/2",
    seen: "Tasks on Fargate do not support ipcMode",
    cause: "A setting of instances only",
    design: draw((draft) => void fargateWeb(draft, { task: { ipcMode: "host" } })),
    finding: { rule: "ECS-TD-009", severity: "error", names: [/ipcMode=host/, /Fargate does not support it/] },
    start: { check: "definition", verdict: "fails", names: /ipcMode=host/ },
  },
  {
    url: "https://github.com/hashicorp/terraform-provider-aws/issues/23137",
    seen: "A service meant for Windows is incompatible with the platform",
    cause: "The operating system family decides the platform and the smallest size, 1 vCPU",
    design: draw(
      (draft) =>
        void fargateWeb(draft, {
          task: { runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2019_CORE" } },
          container: { readonlyRootFilesystem: undefined },
        }),
    ),
    finding: { rule: "ECS-TD-003", severity: "error", names: [/256 CPU/, /Windows/, /1024, 2048 or 4096/] },
    start: { check: "placement", verdict: "fails", names: /Windows/ },
  },
  {
    url: "https://github.com/aws/containers-roadmap/issues/1627",
    seen: "A Windows task on Fargate with a large image is incompatible with the platform",
    cause: "Windows on Fargate lacks settings such as ephemeral storage",
    design: draw(
      (draft) =>
        void fargateWeb(draft, {
          task: {
            cpu: 1024,
            memory: 4096,
            ephemeralStorage: 100,
            runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2019_CORE" },
          },
          container: { readonlyRootFilesystem: undefined },
        }),
    ),
    finding: {
      rule: "ECS-STO-014",
      severity: "warning",
      names: [/Windows tasks on Fargate/, /ephemeral storage/, /Clear the field/],
    },
  },
  {
    url: "https://github.com/aws-samples/amazon-bedrock-serverless-prompt-chaining/issues/213",
    seen: "exec format error: health checks fail and the deployment starts over and over",
    cause: "The image was built on a Mac for ARM, and the task asks for X86_64",
    design: draw((draft) => void fargateWeb(draft)),
    reminder: { check: "image", names: /built for the operating system and CPU architecture of the task/ },
  },
];
