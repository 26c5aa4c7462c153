import { describe, expect, it } from "vitest";
import { stackOf } from "../testing/network-template";
import { startsOfTemplate } from "./template";

const head = "Properties:\n      NetworkMode: awsvpc\n      RequiresCompatibilities: [FARGATE]\n";
const container = "ContainerDefinitions: [{ Name: app, ";

/** What the line about the task definition says, with settings of the task, its container and its service. */
function said({ task = "", app = "", service = "", place = "LaunchType: FARGATE", mode = "awsvpc", more = "" } = {}) {
  const stack = stackOf(more, "", ["", ""]);
  const changed = stackOf(more, "", [
    `${head}      ${container}`,
    `Properties:\n      NetworkMode: ${mode}\n${task === "" ? "" : `      ${task}\n`}      ${container}${app === "" ? "" : `${app}, `}`,
  ]);
  expect(Object.keys(stack.resources)).toEqual(Object.keys(changed.resources));
  const web = changed.resources.Web;
  const extra = stackOf(
    `\n  X: { Type: AWS::ECS::Service, Properties: { ${[place, service].filter(Boolean).join(", ")} } }${more}`,
  ).resources.X;
  if (web) {
    const { LaunchType: _, ...rest } = web.properties;
    web.properties = { ...rest, ...extra?.properties };
  }
  const start = startsOfTemplate(changed).find((one) => one.place === "Web");
  const line = start?.checks.find(({ check }) => check === "definition");
  return `${line?.verdict}: ${line?.why}`;
}

const machines = (type: string, least = 2): string => `
  Cluster: { Type: AWS::ECS::Cluster }
  Provider: { Type: AWS::ECS::CapacityProvider, Properties: { AutoScalingGroupProvider: { AutoScalingGroupArn: !Ref Machines } } }
  Machines: { Type: AWS::AutoScaling::AutoScalingGroup, Properties: { MinSize: '${least}', MaxSize: '4', VPCZoneIdentifier: [!Ref Private], LaunchTemplate: { LaunchTemplateId: !Ref Launch, Version: '1' } } }
  Launch: { Type: AWS::EC2::LaunchTemplate, Properties: { LaunchTemplateData: { InstanceType: ${type}, IamInstanceProfile: { Arn: x } } } }`;
const provider = "Cluster: !Ref Cluster, CapacityProviderStrategy: [{ CapacityProvider: !Ref Provider }]";
const ec2 = { place: provider, more: machines("m5.large"), mode: "bridge" };
const managed = {
  place: provider,
  more: `
  Cluster: { Type: AWS::ECS::Cluster }
  Provider: { Type: AWS::ECS::CapacityProvider, Properties: { ManagedInstancesProvider: { InfrastructureRoleArn: x, InstanceLaunchTemplate: { Ec2InstanceProfileArn: x, NetworkConfiguration: { Subnets: [!Ref Private] } } } } }`,
};
const gpu = { app: "ResourceRequirements: [{ Type: GPU, Value: '1' }]" };

// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
describe("settings that hang on what runs the task", () => {
  it.each<[string, Parameters<typeof said>[0], RegExp]>([
    ["none", {}, /^passes/],
    ["none on EC2", ec2, /^passes/],
    [
      "SYS_PTRACE on Fargate",
      { app: "LinuxParameters: { Capabilities: { Add: [SYS_PTRACE], Drop: [ALL] }, InitProcessEnabled: true }" },
      /^passes/,
    ],
    [
      "another capability on Fargate",
      { app: "LinuxParameters: { Capabilities: { Add: [NET_ADMIN] } }" },
      /^fails: Fargate adds no capability but SYS_PTRACE/,
    ],
    [
      "another capability on EC2",
      { ...ec2, app: "LinuxParameters: { Capabilities: { Add: [NET_ADMIN] } }" },
      /^passes/,
    ],
    ["tmpfs on Fargate", { app: "LinuxParameters: { Tmpfs: [{ ContainerPath: /x, Size: 10 }] }" }, /^passes/],
    [
      "shared memory on Fargate",
      { app: "LinuxParameters: { SharedMemorySize: 64 }" },
      /^fails: Fargate takes no SharedMemorySize/,
    ],
    [
      "swap on Managed Instances",
      { ...managed, app: "LinuxParameters: { MaxSwap: 64 }" },
      /^fails: Managed Instances takes no MaxSwap/,
    ],
    ["shared memory on EC2", { ...ec2, app: "LinuxParameters: { SharedMemorySize: 64 }" }, /^passes/],
    [
      "devices on EC2",
      { ...ec2, app: "LinuxParameters: { Devices: [{ HostPath: /dev/x }] }" },
      /^unknowable: Whether the instances have the devices/,
    ],
    ["privileged on Fargate", { app: "Privileged: true" }, /^fails: Fargate takes no Privileged/],
    ["privileged: false on Fargate", { app: "Privileged: false" }, /^passes/],
    ["privileged on EC2", { ...ec2, app: "Privileged: true" }, /^passes/],
    ["PidMode host on Fargate", { task: "PidMode: host" }, /^fails: On Fargate PidMode is task/],
    ["PidMode task on Fargate", { task: "PidMode: task" }, /^passes/],
    ["IpcMode on Fargate", { task: "IpcMode: task" }, /^fails: Fargate takes no IpcMode/],
    [
      "IpcMode on Windows",
      { ...ec2, task: "IpcMode: task\n      RuntimePlatform: { OperatingSystemFamily: WINDOWS_SERVER_2022_CORE }" },
      /^fails: Windows takes no IpcMode/,
    ],
    [
      "placement constraints of a task on Fargate",
      { task: "PlacementConstraints: [{ Type: memberOf, Expression: x }]" },
      /^fails: Fargate takes no PlacementConstraints/,
    ],
    ["ephemeral storage on Fargate", { task: "EphemeralStorage: { SizeInGiB: 100 }" }, /^passes/],
    [
      "too little ephemeral storage",
      { task: "EphemeralStorage: { SizeInGiB: 20 }" },
      /^fails: Fargate gives 21 to 200 GiB/,
    ],
    ["links on Fargate", { app: "Links: [app]" }, /^fails: Fargate takes no Links/],
    [
      "links to nobody",
      { ...ec2, app: "Links: ['db:database']" },
      /^fails: app is linked to db, which Task does not have/,
    ],
    [
      "links without bridge",
      { ...ec2, mode: "host", app: "Links: [app]" },
      /^fails: Links join containers in the network mode bridge only/,
    ],
    [
      "a host name with awsvpc",
      { app: "Hostname: x" },
      /^fails: With the network mode awsvpc a container has no Hostname/,
    ],
    ["a host name with bridge", { ...ec2, app: "Hostname: x" }, /^passes/],
    ["a GPU on Fargate", gpu, /^fails: Fargate has no GPUs/],
    ["a GPU on a type without any", { ...ec2, ...gpu }, /^fails: m5\.large has no GPU/],
    [
      "a GPU on a type with some",
      { ...ec2, ...gpu, more: machines("g4dn.xlarge") },
      /^unknowable: Whether the instances have GPUs enough/,
    ],
    [
      "a proxy that is no container",
      { task: "ProxyConfiguration: { Type: APPMESH, ContainerName: envoy }" },
      /^fails: Task has envoy as its proxy/,
    ],
    [
      "a proxy of App Mesh",
      { task: "ProxyConfiguration: { Type: APPMESH, ContainerName: app }" },
      /^unknowable: .*App Mesh/,
    ],
    [
      "volumes of nobody",
      { app: "VolumesFrom: [{ SourceContainer: other }]" },
      /^fails: app takes the volumes of other/,
    ],
    [
      "the network's controls with host",
      { ...ec2, mode: "host", app: "SystemControls: [{ Namespace: net.core.somaxconn, Value: '1' }]" },
      /^fails: With the network mode host/,
    ],
    [
      "placement constraints of a service on Fargate",
      { service: "PlacementConstraints: [{ Type: distinctInstance }]" },
      /^fails: Fargate takes no placement constraints/,
    ],
    [
      "an instance for each task",
      { ...ec2, service: "DesiredCount: 2, PlacementConstraints: [{ Type: distinctInstance }]" },
      /^passes/,
    ],
    [
      "an expression",
      { ...ec2, service: "PlacementConstraints: [{ Type: memberOf, Expression: 'attribute:x == y' }]" },
      /^unknowable: Whether an instance meets/,
    ],
    ["a platform version", { service: "PlatformVersion: 1.4.0" }, /^passes/],
    [
      "an old platform version",
      { service: "PlatformVersion: 1.3.0" },
      /^unknowable: Whether the platform version 1\.3\.0/,
    ],
    [
      "a platform version on EC2",
      { ...ec2, service: "PlatformVersion: 1.4.0" },
      /^fails: Only Fargate has platform versions/,
    ],
    [
      "Service Connect with a namespace",
      { service: "ServiceConnectConfiguration: { Enabled: true, Namespace: x }" },
      /^passes/,
    ],
    ["Service Connect that is off", { service: "ServiceConnectConfiguration: { Enabled: false }" }, /^passes/],
    [
      "Service Connect with the namespace of a cluster",
      {
        service: "Cluster: !Ref C, ServiceConnectConfiguration: { Enabled: true }",
        more: "\n  C: { Type: AWS::ECS::Cluster, Properties: { ServiceConnectDefaults: { Namespace: x } } }",
      },
      /^passes/,
    ],
    [
      "Service Connect without a namespace",
      {
        service: "Cluster: !Ref C, ServiceConnectConfiguration: { Enabled: true }",
        more: "\n  C: { Type: AWS::ECS::Cluster }",
      },
      /^fails: .*and C has none to give/,
    ],
    [
      "Service Connect with the namespace of a cluster elsewhere",
      { service: "Cluster: prod, ServiceConnectConfiguration: { Enabled: true }" },
      /^unknowable: .*namespace of its cluster/,
    ],
    [
      "Service Connect with a port that has no name",
      { service: "ServiceConnectConfiguration: { Enabled: true, Namespace: x, Services: [{ PortName: http }] }" },
      /^fails: .*no port mapping of Task has that name/,
    ],
    [
      "Service Connect with host",
      { ...ec2, mode: "host", service: "ServiceConnectConfiguration: { Enabled: true, Namespace: x }" },
      /^fails: Service Connect takes the network modes/,
    ],
    ["bridge on Managed Instances", { ...managed, mode: "bridge" }, /^fails: Managed Instances take the network modes/],
  ])("%s", (_, change, expected) => {
    expect(said(change)).toMatch(expected);
  });
});
