import { expect, it } from "vitest";
import type { InputOf } from "../../catalog";
import { containerDefinition } from "../../catalog/fields/container";
import { taskDefinition as kind } from "../../catalog/kinds/task-definition";
import { buildModel } from "../../model/build";
import { lower } from "../../stack/lower";
import { draw } from "../../testing/draw";
import { exportContext } from "../../testing/export-context";
import { readTemplate } from "../../testing/read-template";
import { judgeRegister } from "../../testing/register-judge";
import { judgeTemplate } from "../../testing/template-judge";
import { cloudformation } from "../cloudformation";
import { taskDefinition } from ".";

type Props = InputOf<"taskDefinition">;
type Container = NonNullable<Props["containerDefinitions"]>[string];

/** Every field that a container can have; whether AWS takes them together is for the rules to say. */
const everything: { readonly [K in keyof Container]-?: NonNullable<Container[K]> } = {
  name: "app",
  image: "public.ecr.aws/nginx/nginx:1.27",
  essential: true,
  portMappings: [
    { containerPort: 80, hostPort: 8080, protocol: "tcp", name: "web", appProtocol: "http2" },
    { containerPortRange: "8000-8010", protocol: "udp" },
  ],
  environment: [{ name: "HOME", value: "$" + "{HOME}" }],
  secrets: [{ name: "KEY", valueFrom: "arn:aws:ssm:eu-west-1:1:parameter/key" }],
  environmentFiles: [{ value: "arn:aws:s3:::bucket/app.env", type: "s3" }],
  cpu: 128,
  memory: 512,
  memoryReservation: 256,
  command: ["serve"],
  entryPoint: ["sh", "-c"],
  workingDirectory: "/srv",
  healthCheck: { command: ["CMD-SHELL", "true"], interval: 30, timeout: 5, retries: 3, startPeriod: 10 },
  mountPoints: [{ sourceVolume: "scratch", containerPath: "/tmp", readOnly: false }],
  logConfiguration: {
    logDriver: "awsfirelens",
    options: { Name: "cloudwatch", "log-Group": "x" },
    secretOptions: [{ name: "token", valueFrom: "arn:aws:secretsmanager:eu-west-1:1:secret:s-AbCdEf" }],
  },
  user: "1000:1000",
  readonlyRootFilesystem: true,
  privileged: false,
  startTimeout: 60,
  stopTimeout: 30,
  linuxParameters: {
    initProcessEnabled: true,
    capabilities: { add: ["SYS_PTRACE"], drop: ["ALL"] },
    sharedMemorySize: 64,
    maxSwap: 128,
    swappiness: 60,
    tmpfs: [{ containerPath: "/run", size: 64 }],
    devices: [{ hostPath: "/dev/fuse" }],
  },
  ulimits: [{ name: "nofile", softLimit: 1024, hardLimit: 4096 }],
  restartPolicy: { enabled: true, ignoredExitCodes: [0], restartAttemptPeriod: 300 },
  firelensConfiguration: { type: "fluentbit", options: { "config-file-type": "file" } },
  resourceRequirements: [{ type: "GPU", value: "1" }],
  volumesFrom: [{ sourceContainer: "side", readOnly: true }],
  links: ["side:alias"],
  hostname: "app",
  extraHosts: [{ hostname: "db", ipAddress: "10.0.0.1" }],
  dnsServers: ["10.0.0.2"],
  dnsSearchDomains: ["example.com"],
  dockerSecurityOptions: ["no-new-privileges"],
  dockerLabels: { "Com.Example": "kept", Options: "kept" },
  disableNetworking: false,
  systemControls: [{ namespace: "net.core.somaxconn", value: "1024" }],
  credentialSpecs: ["credentialspec:file.json"],
  interactive: true,
  pseudoTerminal: true,
  versionConsistency: "enabled",
};

const definition: Props = {
  family: "everything",
  cpu: 1024,
  memory: 2048,
  networkMode: "bridge",
  requiresCompatibilities: ["EC2"],
  containerDefinitions: { c1: everything, c2: { name: "side", image: "public.ecr.aws/nginx/nginx:1.27" } },
  runtimePlatform: { cpuArchitecture: "ARM64", operatingSystemFamily: "LINUX" },
  ephemeralStorage: 40,
  volumes: [
    { name: "scratch", host: { sourcePath: "/mnt/scratch" } },
    { name: "shared", dockerVolumeConfiguration: { scope: "shared", autoprovision: true, driver: "local" } },
  ],
  taskRole: { mode: "existing", arn: "arn:aws:iam::123456789012:role/task" },
  executionRole: { mode: "existing", arn: "arn:aws:iam::123456789012:role/execution" },
  pidMode: "task",
  ipcMode: "task",
  enableFaultInjection: true,
  placementConstraints: [{ type: "memberOf", expression: "attribute:ecs.os-type == linux" }],
};

it("every field that a task definition can have is spelt as the ECS API and CloudFormation spell it", () => {
  expect(Object.keys(everything).sort()).toEqual(Object.keys(containerDefinition.shape).sort());
  expect(Object.keys(definition).sort()).toEqual(Object.keys(kind.props.shape).sort());
  const stack = lower(buildModel(draw((draft) => void draft.add("taskDefinition", definition))));
  const context = exportContext({ designName: "Everything" });

  const [file] = taskDefinition.emit(stack, { for: "register", values: {} }, context).files;
  const written = JSON.parse(file?.text ?? "");
  expect(judgeRegister(written)).toEqual([]);
  expect(
    judgeTemplate(readTemplate(cloudformation.emit(stack, { format: "yaml" }, context).files[0]?.text ?? "")),
  ).toEqual([]);

  const container = written.containerDefinitions.find((one: { name: string }) => one.name === "app");
  for (const [field, value] of Object.entries(everything))
    expect({ [field]: container[field] }).toEqual({ [field]: value });
  expect(written).toMatchObject({
    family: "everything",
    cpu: "1024",
    memory: "2048",
    ephemeralStorage: { sizeInGiB: 40 },
    taskRoleArn: "arn:aws:iam::123456789012:role/task",
    executionRoleArn: "arn:aws:iam::123456789012:role/execution",
    pidMode: "task",
    ipcMode: "task",
    enableFaultInjection: true,
    volumes: definition.volumes,
    placementConstraints: definition.placementConstraints,
  });
});
