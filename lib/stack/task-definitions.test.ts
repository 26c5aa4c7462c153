import { describe, expect, it } from "vitest";
import type { InputOf } from "../catalog";
import { cloudformation } from "../export/cloudformation";
import { draw } from "../testing/draw";
import { exportContext } from "../testing/export-context";
import { ec2Web, fargateWeb, type WebChanges } from "../testing/presets";
import { readTemplate } from "../testing/read-template";
import { containersIn, propertiesOf, stackFaults, stackOf } from "../testing/stack-faults";
import { judgeTemplate } from "../testing/template-judge";
import { originsAt } from "./stack";

const web = (change: WebChanges) => stackOf(draw((draft) => void fargateWeb(draft, change)));

type ContainerInput = NonNullable<InputOf<"taskDefinition">["containerDefinitions"]>[string];

/** Every field of a container, in the ECS API's spelling. */
const everything: ContainerInput = {
  name: "app",
  image: "nginx:1.27",
  essential: true,
  portMappings: [
    { containerPort: 8080, hostPort: 8080, protocol: "tcp", name: "web", appProtocol: "http2" },
    { containerPortRange: "9000-9010", protocol: "udp" },
  ],
  environment: [{ name: "A", value: "${not a reference}" }],
  secrets: [{ name: "B", valueFrom: "/b" }],
  environmentFiles: [{ value: "arn:aws:s3:::config/app.env" }],
  cpu: 128,
  memory: 256,
  memoryReservation: 128,
  command: ["serve"],
  entryPoint: ["/bin/app"],
  workingDirectory: "/srv",
  healthCheck: { command: ["CMD", "true"], interval: 10, timeout: 4, retries: 2, startPeriod: 5 },
  mountPoints: [{ sourceVolume: "scratch", containerPath: "/tmp", readOnly: false }],
  logConfiguration: {
    logDriver: "awslogs",
    options: { mode: "non-blocking", "max-buffer-size": "25m" },
    secretOptions: [{ name: "token", valueFrom: "/token" }],
  },
  user: "1000",
  readonlyRootFilesystem: true,
  privileged: false,
  startTimeout: 30,
  stopTimeout: 60,
  linuxParameters: {
    initProcessEnabled: true,
    capabilities: { add: ["SYS_PTRACE"], drop: ["ALL"] },
    sharedMemorySize: 64,
    maxSwap: 0,
    swappiness: 60,
    tmpfs: [{ containerPath: "/run", size: 16 }],
    devices: [{ hostPath: "/dev/fuse" }],
  },
  ulimits: [{ name: "nofile", softLimit: 1024, hardLimit: 4096 }],
  restartPolicy: { enabled: true, ignoredExitCodes: [0], restartAttemptPeriod: 60 },
  firelensConfiguration: { type: "fluentbit", options: { "enable-ecs-log-metadata": "true" } },
  resourceRequirements: [{ type: "GPU", value: "1" }],
  volumesFrom: [{ sourceContainer: "c2", readOnly: true }],
  links: ["side"],
  hostname: "host",
  extraHosts: [{ hostname: "db", ipAddress: "10.0.0.9" }],
  dnsServers: ["10.0.0.2"],
  dnsSearchDomains: ["internal"],
  dockerSecurityOptions: ["no-new-privileges"],
  dockerLabels: { "com.example.team": "web" },
  disableNetworking: false,
  systemControls: [{ namespace: "net.core.somaxconn", value: "1024" }],
  credentialSpecs: ["credentialspec:x"],
  interactive: true,
  pseudoTerminal: true,
  versionConsistency: "disabled",
};

const full = () =>
  draw((draft) => {
    draft.add(
      "taskDefinition",
      {
        family: "shop-web",
        cpu: 1024,
        memory: 2048,
        networkMode: "bridge",
        requiresCompatibilities: ["EC2"],
        containerDefinitions: { c1: everything, c2: { name: "side", image: "busybox:1.36", logConfiguration: null } },
        runtimePlatform: { cpuArchitecture: "ARM64" },
        ephemeralStorage: 40,
        volumes: [
          { name: "scratch" },
          { name: "host", host: { sourcePath: "/data" } },
          { name: "docker", dockerVolumeConfiguration: { scope: "shared", autoprovision: true, driver: "local" } },
        ],
        pidMode: "task",
        ipcMode: "none",
        enableFaultInjection: true,
        placementConstraints: [{ type: "memberOf", expression: "attribute:ecs.os-type == linux" }],
      },
      { name: "Web task" },
    );
  });

describe("every field of a task definition", () => {
  it("reaches the stack in CloudFormation's spelling", () => {
    const properties = propertiesOf(stackOf(full()), "WebTask") ?? {};
    const { ContainerDefinitions, ...task } = properties;
    expect(task).toEqual({
      Family: "shop-web",
      Cpu: "1024",
      Memory: "2048",
      NetworkMode: "bridge",
      RequiresCompatibilities: ["EC2"],
      RuntimePlatform: { CpuArchitecture: "ARM64", OperatingSystemFamily: "LINUX" },
      EphemeralStorage: { SizeInGiB: 40 },
      ExecutionRoleArn: { "Fn::GetAtt": ["WebTaskExecutionRole", "Arn"] },
      TaskRoleArn: { "Fn::GetAtt": ["WebTaskTaskRole", "Arn"] },
      PidMode: "task",
      IpcMode: "none",
      EnableFaultInjection: true,
      PlacementConstraints: [{ Expression: "attribute:ecs.os-type == linux", Type: "memberOf" }],
      Volumes: [
        { Name: "scratch" },
        { Name: "host", Host: { SourcePath: "/data" } },
        { Name: "docker", DockerVolumeConfiguration: { Autoprovision: true, Driver: "local", Scope: "shared" } },
      ],
    });
    expect((ContainerDefinitions as unknown[])[0]).toEqual({
      Name: "app",
      Image: "nginx:1.27",
      Essential: true,
      Cpu: 128,
      Memory: 256,
      MemoryReservation: 128,
      PortMappings: [
        { AppProtocol: "http2", ContainerPort: 8080, HostPort: 8080, Name: "web", Protocol: "tcp" },
        { ContainerPortRange: "9000-9010", Protocol: "udp" },
      ],
      EntryPoint: ["/bin/app"],
      Command: ["serve"],
      WorkingDirectory: "/srv",
      Environment: [{ Name: "A", Value: "${not a reference}" }],
      EnvironmentFiles: [{ Type: "s3", Value: "arn:aws:s3:::config/app.env" }],
      Secrets: [{ Name: "B", ValueFrom: "/b" }],
      MountPoints: [{ ContainerPath: "/tmp", ReadOnly: false, SourceVolume: "scratch" }],
      VolumesFrom: [{ ReadOnly: true, SourceContainer: "side" }],
      Links: ["side"],
      HealthCheck: { Command: ["CMD", "true"], Interval: 10, Retries: 2, StartPeriod: 5, Timeout: 4 },
      LogConfiguration: {
        LogDriver: "awslogs",
        Options: {
          "awslogs-group": { Ref: "WebTaskLogGroup" },
          "awslogs-region": { Ref: "AWS::Region" },
          "awslogs-stream-prefix": "app",
          "max-buffer-size": "25m",
          mode: "non-blocking",
        },
        SecretOptions: [{ Name: "token", ValueFrom: "/token" }],
      },
      FirelensConfiguration: { Options: { "enable-ecs-log-metadata": "true" }, Type: "fluentbit" },
      User: "1000",
      Privileged: false,
      ReadonlyRootFilesystem: true,
      LinuxParameters: {
        Capabilities: { Add: ["SYS_PTRACE"], Drop: ["ALL"] },
        Devices: [{ HostPath: "/dev/fuse" }],
        InitProcessEnabled: true,
        MaxSwap: 0,
        SharedMemorySize: 64,
        Swappiness: 60,
        Tmpfs: [{ ContainerPath: "/run", Size: 16 }],
      },
      Ulimits: [{ HardLimit: 4096, Name: "nofile", SoftLimit: 1024 }],
      RestartPolicy: { Enabled: true, IgnoredExitCodes: [0], RestartAttemptPeriod: 60 },
      StartTimeout: 30,
      StopTimeout: 60,
      ResourceRequirements: [{ Type: "GPU", Value: "1" }],
      Hostname: "host",
      ExtraHosts: [{ Hostname: "db", IpAddress: "10.0.0.9" }],
      DnsServers: ["10.0.0.2"],
      DnsSearchDomains: ["internal"],
      DisableNetworking: false,
      DockerSecurityOptions: ["no-new-privileges"],
      DockerLabels: { "com.example.team": "web" },
      SystemControls: [{ Namespace: "net.core.somaxconn", Value: "1024" }],
      CredentialSpecs: ["credentialspec:x"],
      Interactive: true,
      PseudoTerminal: true,
      VersionConsistency: "disabled",
    });
  });

  it("is accepted by CloudFormation's own schema", () => {
    const stack = stackOf(full());
    const context = exportContext({ designName: "Shop" });
    const [file] = cloudformation.emit(stack, { format: "json" }, context).files;
    expect(judgeTemplate(readTemplate(file?.text ?? ""))).toEqual([]);
    expect(stackFaults(stack)).toEqual([]);
  });

  it("says which field each part comes from", () => {
    const task = stackOf(full()).resources.WebTask;
    const at = (pointer: string) => task && originsAt(task, `/properties/ContainerDefinitions/0${pointer}`);
    expect(at("/HealthCheck/Interval")).toEqual([
      { node: "n1", field: "/containerDefinitions/c1/healthCheck", why: "drawn" },
    ]);
    expect(at("/PortMappings/1/Protocol")).toEqual([
      { node: "n1", field: "/containerDefinitions/c1/portMappings/1", why: "drawn" },
    ]);
    expect(task?.origins["/properties/EphemeralStorage"]).toEqual([
      { node: "n1", field: "/ephemeralStorage", why: "drawn" },
    ]);
  });
});

describe("what follows from the drawing", () => {
  it("families and log groups come from the name, each once in the design", () => {
    const stack = stackOf(
      draw((draft) => {
        const job = { containerDefinitions: { c1: { name: "job", image: "busybox:1.36" } } };
        draft.add("taskDefinition", job, { name: "Night job" });
        draft.add("taskDefinition", { ...job, family: "night-job" }, { name: "Other" });
        draft.add("taskDefinition", job, { name: "night JOB" });
      }),
    );
    const family = (id: string) => propertiesOf(stack, id)?.Family;
    expect([family("NightJob"), family("Other"), family("NightJOB")]).toEqual([
      "night-job-2",
      "night-job",
      "night-job-3",
    ]);
    expect(propertiesOf(stack, "OtherLogGroup")).toEqual({ LogGroupName: "/ecs/night-job", RetentionInDays: 30 });
    expect(stack.resources.OtherLogGroup?.deletionPolicy).toBe("Delete");
  });

  it("images come from the connected repository, by tag or digest, and win over a typed one", () => {
    const image = (repository: "ecrRepository" | "dockerHub", tag: string) => {
      const stack = stackOf(
        draw((draft) => {
          const task = draft.add(
            "taskDefinition",
            { containerDefinitions: { c1: { name: "app", image: "typed:1" } } },
            { name: "Job" },
          );
          draft.connect(`${task}/c1`, "pull", draft.add(repository, {}, { name: "Images" }), { tag });
        }),
      );
      return containersIn(stack, "Job")[0]?.Image;
    };
    const digest = `sha256:${"a".repeat(64)}`;
    expect(image("ecrRepository", "v2")).toEqual({ "Fn::Sub": "${Images.RepositoryUri}:v2" });
    expect(image("ecrRepository", digest)).toEqual({ "Fn::Sub": `\${Images.RepositoryUri}@${digest}` });
    expect(image("dockerHub", "1.27")).toBe("docker.io/library/nginx:1.27");
  });

  it("containers wait for each other by name", () => {
    const stack = stackOf(
      draw((draft) => {
        const task = draft.add(
          "taskDefinition",
          { containerDefinitions: { c1: { name: "app", image: "a:1" }, c2: { name: "proxy", image: "p:1" } } },
          { name: "Job" },
        );
        draft.connect(`${task}/c1`, "dependsOn", `${task}/c2`, { condition: "HEALTHY" });
      }),
    );
    const [app, proxy] = containersIn(stack, "Job");
    expect(app?.DependsOn).toEqual([{ Condition: "HEALTHY", ContainerName: "proxy" }]);
    expect(proxy?.DependsOn).toBeUndefined();
  });

  it("bridge mode writes host port 0 for a port that Docker picks; awsvpc writes none", () => {
    const ports = (stack: ReturnType<typeof stackOf>) => containersIn(stack, "WebTask")[0]?.PortMappings;
    expect(ports(stackOf(draw((draft) => void ec2Web(draft))))).toEqual([
      { ContainerPort: 8080, HostPort: 0, Protocol: "tcp" },
    ]);
    expect(ports(web({}))).toEqual([{ ContainerPort: 8080, Protocol: "tcp" }]);
  });

  it("the runtime platform is written for Fargate, on EC2 only where a person gave it", () => {
    expect(propertiesOf(web({}), "WebTask")?.RuntimePlatform).toEqual({
      CpuArchitecture: "X86_64",
      OperatingSystemFamily: "LINUX",
    });
    const bridge = stackOf(draw((draft) => void ec2Web(draft)));
    expect(propertiesOf(bridge, "WebTask")?.RuntimePlatform).toBeUndefined();
  });
});
