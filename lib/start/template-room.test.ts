import { describe, expect, it } from "vitest";
import { stackOf } from "../testing/network-template";
import { random } from "../testing/random";
import { type Home, homeOf, type Load, misfits } from "./fit";
import { startsOfTemplate } from "./template";

interface Service {
  cluster?: string;
  /** Further properties of the service, of its task definition and of the container. */
  service?: string;
  task?: string;
  app?: string;
}

/** A group of one or two instances and its capacity provider, and what else is said of it. */
interface Machines {
  type?: string;
  max?: string;
  group?: string;
  scaling?: string;
  data?: string;
  more?: string;
}

const joins = ", UserData: !Base64 { 'Fn::Sub': 'echo ECS_CLUSTER=${Cluster} >> /etc/ecs/ecs.config' }";
const optimised = ", ImageId: '{{resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id}}'";

const template = (
  {
    type = "m5.large",
    max = "'2'",
    group = "",
    scaling = ", ManagedScaling: { Status: ENABLED }",
    data = joins,
    more = "",
  }: Machines,
  services: readonly Service[],
): string => `
  Cluster: { Type: AWS::ECS::Cluster, Properties: { ClusterName: prod } }
  Provider: { Type: AWS::ECS::CapacityProvider, Properties: { AutoScalingGroupProvider: { AutoScalingGroupArn: !Ref Machines${scaling} } } }
  Association: { Type: AWS::ECS::ClusterCapacityProviderAssociations, Properties: { Cluster: !Ref Cluster, CapacityProviders: [!Ref Provider], DefaultCapacityProviderStrategy: [] } }
  Machines: { Type: AWS::AutoScaling::AutoScalingGroup, Properties: { MinSize: '1', MaxSize: ${max}, VPCZoneIdentifier: [!Ref Private]${group}${group.includes("Mixed") ? "" : ", LaunchTemplate: { LaunchTemplateId: !Ref Launch, Version: '1' }"} } }
  Launch: { Type: AWS::EC2::LaunchTemplate, Properties: { LaunchTemplateData: { InstanceType: ${type}, SecurityGroupIds: [!Ref TaskGroup], IamInstanceProfile: { Arn: !GetAtt Profile.Arn }${data} } } }
  Profile: { Type: AWS::IAM::InstanceProfile, Properties: { Roles: [!Ref Role] } }
  Role: { Type: AWS::IAM::Role, Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role'], AssumeRolePolicyDocument: { Statement: [{ Effect: Allow, Action: 'sts:AssumeRole', Principal: { Service: ec2.amazonaws.com } }] } } }${services
    .map(
      ({ cluster = "Cluster", service = "", task = "", app = "" }, index) => `
  T${index}: { Type: AWS::ECS::TaskDefinition, Properties: { ContainerDefinitions: [{ Name: app, Image: 'public.ecr.aws/x/y:1', Memory: 512${app} }]${task} } }
  S${index}: { Type: AWS::ECS::Service, DependsOn: Association, Properties: { Cluster: !Ref ${cluster}, TaskDefinition: !Ref T${index}${service} } }`,
    )
    .join("")}${more}`;

const head = "Parameters: { Given: { Type: Number }, Two: { Type: Number, Default: 2 } }";

/** What the line about CPU and memory says of each service. */
const room = (machines: Machines, ...services: readonly Service[]): string[] =>
  services.map((_, index) => {
    const starts = startsOfTemplate(stackOf(template(machines, services), head));
    const line = starts.find(({ place }) => place === `S${index}`)?.checks.find(({ check }) => check === "placement");
    return `${line?.verdict}: ${line?.why}`;
  });

const mixed =
  ", MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification: { LaunchTemplateId: !Ref Launch, Version: '1' }, Overrides: [{ InstanceType: m5.large }, { InstanceType: m5.xlarge }] } }";
const own = {
  service: ", NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [!Ref Private] } }",
  task: ", NetworkMode: awsvpc",
};
const by = ", CapacityProviderStrategy: [{ CapacityProvider: !Ref Provider, Weight: 1 }]";
// An m5.large has 2,048 CPU units, 8,192 MiB and three network interfaces, its own included.
// https://docs.aws.amazon.com/ec2/latest/instancetypes/gp.html
describe("room for all tasks of a service", () => {
  it.each<[string, Service & Machines, RegExp]>([
    ["as many as fit by CPU", { service: `${by}, DesiredCount: 4`, app: ", Cpu: 1024" }, /^passes/],
    [
      "one more, by CPU",
      { service: `${by}, DesiredCount: 5`, app: ", Cpu: 1024" },
      /^fails: S0 wants 5 tasks, and the at most 2 m5\.large instances of Machines have room for 4, so 1 task would wait for ever\. Raise the maximum/,
    ],
    // 8,192 MiB would be four times 2,048, but the system keeps some.
    [
      "by memory",
      { service: `${by}, DesiredCount: 7`, app: ", MemoryReservation: 2048" },
      /have room for 6, so 1 task/,
    ],
    ["by a default", { service: `${by}, DesiredCount: !Ref Two`, app: ", Cpu: 1024" }, /^passes/],
    [
      "by a parameter",
      { service: `${by}, DesiredCount: !Ref Given` },
      /^unknowable: .*how many tasks it runs is known only when the template is deployed/,
    ],
    ["one by default", { service: by, max: "'1'", app: ", Cpu: 2048" }, /^passes/],
    [
      "as many as its scaling asks for",
      {
        service: by,
        app: ", Cpu: 2048",
        more: "\n  Target: { Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: { MinCapacity: 3, MaxCapacity: 9, ScalableDimension: 'ecs:service:DesiredCount', ServiceNamespace: ecs, ResourceId: !Sub 'service/${Cluster}/${S0.Name}' } }",
      },
      /S0 wants 3 tasks, .* have room for 2/,
    ],
    [
      "a host port in bridge mode",
      { service: `${by}, DesiredCount: 3`, app: ", PortMappings: [{ ContainerPort: 80, HostPort: 80 }]" },
      /^fails: S0 wants 3 tasks, .* have room for 2, so 1 task/,
    ],
    [
      "a port in host mode",
      {
        service: `${by}, DesiredCount: 3`,
        task: ", NetworkMode: host",
        app: ", PortMappings: [{ ContainerPort: 80 }]",
      },
      /have room for 2, so 1 task/,
    ],
    [
      "a port that Docker chooses",
      { service: `${by}, DesiredCount: 3`, app: ", PortMappings: [{ ContainerPort: 80, HostPort: 0 }]" },
      /^passes/,
    ],
    [
      "an instance for each task",
      { service: `${by}, DesiredCount: 3, PlacementConstraints: [{ Type: distinctInstance }]` },
      /have room for 2, so 1 task/,
    ],
    [
      "an instance for each task of a type that is not known here",
      { type: "x1.16xlarge", service: `${by}, DesiredCount: 3, PlacementConstraints: [{ Type: distinctInstance }]` },
      /^fails: S0 wants 3 tasks, and the at most 2 instances of Machines have room for 2, so 1 task/,
    ],
    [
      "an instance for each of as many tasks",
      { service: `${by}, DesiredCount: 2, PlacementConstraints: [{ Type: distinctInstance }]` },
      /^passes/,
    ],
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-instance-eni.html
    [
      "interfaces, where trunking may give more",
      { ...own, service: `${by}${own.service}, DesiredCount: 5` },
      /^unknowable: Whether the at most 2 m5\.large instances of Machines have room for 5 tasks of S0/,
    ],
    [
      "interfaces of a type without trunking",
      { ...own, type: "t3.large", service: `${by}${own.service}, DesiredCount: 5` },
      /^fails: .*have room for 4, so 1 task/,
    ],
    ["interfaces enough", { ...own, type: "t3.large", service: `${by}${own.service}, DesiredCount: 4` }, /^passes/],
    [
      "no managed scaling",
      { scaling: ", ManagedScaling: { Status: DISABLED }", service: `${by}, DesiredCount: 2`, app: ", Cpu: 2048" },
      /^fails: S0 wants 2 tasks, and the 1 m5\.large instance of Machines has room for 1, so 1 task would wait for ever\. Nothing here starts more instances/,
    ],
    [
      "no managed scaling, and instances enough",
      {
        scaling: ", ManagedScaling: { Status: DISABLED }",
        group: ", DesiredCapacity: '2'",
        service: `${by}, DesiredCount: 2`,
        app: ", Cpu: 2048",
      },
      /^passes/,
    ],
    [
      "managed scaling of which nothing is said",
      { scaling: "", service: `${by}, DesiredCount: 2`, app: ", Cpu: 2048" },
      /^unknowable: /,
    ],
    // Managed scaling counts the tasks that its capacity provider places.
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-auto-scaling.html
    [
      "a launch type, which managed scaling does not follow",
      { service: ", LaunchType: EC2, DesiredCount: 2", app: ", Cpu: 2048" },
      /^fails: .*the 1 m5\.large instance of Machines has room for 1, .*place the tasks by a capacity provider/,
    ],
    [
      "a policy that scales the group",
      {
        service: ", LaunchType: EC2, DesiredCount: 2",
        app: ", Cpu: 2048",
        more: "\n  More: { Type: AWS::AutoScaling::ScalingPolicy, Properties: { AutoScalingGroupName: !Ref Machines, PolicyType: TargetTrackingScaling } }",
      },
      /^unknowable: /,
    ],
    [
      "a maximum that the deployment says",
      { max: "!Ref Given", service: `${by}, DesiredCount: 2`, app: ", Cpu: 2048" },
      /^unknowable: .*how many instances there may be is known only when/,
    ],
    [
      "the types of a mixed group, of which the largest decides what cannot be",
      { group: mixed, service: `${by}, DesiredCount: 9`, app: ", Cpu: 1024" },
      /^fails: .*m5\.large or m5\.xlarge instances of Machines have room for 8, so 1 task/,
    ],
    [
      "the types of a mixed group, of which the smallest decides what is certain",
      { group: mixed, service: `${by}, DesiredCount: 4`, app: ", Cpu: 1024" },
      /^passes/,
    ],
    [
      "the types of a mixed group, between the two",
      { group: mixed, service: `${by}, DesiredCount: 6`, app: ", Cpu: 1024" },
      /^unknowable: /,
    ],
    ["a huge number", { service: `${by}, DesiredCount: 999999`, app: ", Cpu: 1024" }, /so 999995 tasks would wait/],
    ["a negative number", { service: `${by}, DesiredCount: -3` }, /^passes/],
    [
      "no instances at all",
      { cluster: "Bare", more: "\n  Bare: { Type: AWS::ECS::Cluster }" },
      /^fails: S0 runs on EC2 instances, and none that this template starts joins Bare\. Give the cluster/,
    ],
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bootstrap_container_instance.html
    [
      "instances that join the cluster by its name",
      { data: ", UserData: !Base64 'echo ECS_CLUSTER=prod >> /etc/ecs/ecs.config'", service: ", LaunchType: EC2" },
      /^passes/,
    ],
    [
      "instances that join another cluster",
      { data: ", UserData: !Base64 'echo ECS_CLUSTER=stage >> /etc/ecs/ecs.config'", service: by },
      /^fails: The user data of Machines does not name Cluster, so its instances join another cluster/,
    ],
    [
      "instances that join a cluster by a name which CloudFormation does not make",
      {
        cluster: "Bare",
        data: ", UserData: !Base64 'echo ECS_CLUSTER=prod >> /etc/ecs/ecs.config'",
        more: "\n  Bare: { Type: AWS::ECS::Cluster }",
      },
      /^fails: S0 runs on EC2 instances, and none that this template starts joins Bare/,
    ],
    ["ECS's own AMI that is told no cluster", { data: optimised, service: by }, /^fails: The user data of Machines/],
    [
      "an AMI of one's own that is told no cluster",
      { data: ", ImageId: ami-0123456789abcdef0", service: by },
      /^unknowable: The user data of Machines does not name Cluster, and whether its AMI does nobody knows here/,
    ],
    [
      "a script that may name it",
      { data: ", UserData: !Base64 'aws s3 cp s3://x/ecs.config /etc/ecs/ecs.config'", service: by },
      /^passes/,
    ],
    [
      "instances that something else may bring",
      {
        cluster: "Bare",
        more: "\n  Bare: { Type: AWS::ECS::Cluster }\n  Machine: { Type: AWS::EC2::Instance, Properties: { ImageId: x } }",
      },
      /^unknowable: The instances that run S0 are not part/,
    ],
  ])("%s", (_what, change, says) => {
    expect(room(change, change)[0]).toMatch(says);
  });
});

describe("room for several services", () => {
  it("fails where they do not fit together, however they are placed", () => {
    // Six times 1,024 of 4,096 CPU units.
    const three = { service: `${by}, DesiredCount: 3`, app: ", Cpu: 1024" };
    for (const said of room({}, three, three))
      expect(said).toMatch(
        /^fails: S0 and S1 want 6 tasks together, and the at most 2 m5\.large instances of Machines have no room for all of them: their CPU does not suffice\. Some would wait for ever, and the deployment with them\./,
      );
    expect(room({ max: "'3'" }, three, three)).toEqual([
      expect.stringMatching(/^passes/),
      expect.stringMatching(/^passes/),
    ]);
  });

  it("knows that halves of instances do not add up", () => {
    // Each of 5,000 MiB takes an instance of 8,192 for itself, though 15,000 are fewer than 16,384.
    const big = { service: `${by}, DesiredCount: 1`, app: ", MemoryReservation: 5000" };
    expect(room({}, big, big, big)[0]).toMatch(/^fails: S0, S1 and S2 want 3 tasks together, .*their memory does not/);
    expect(room({ max: "'3'" }, big, big, big)[0]).toMatch(/^passes/);
  });

  it("says that it depends on ECS where some ways of placing them have room", () => {
    // Two small ones on one instance leave room for a large one on the other only.
    const small = { service: `${by}, DesiredCount: 2`, app: ", Cpu: 512" };
    const large = { service: `${by}, DesiredCount: 1`, app: ", Cpu: 2048" };
    expect(room({}, small, large)[1]).toMatch(/^unknowable: .*it depends on where ECS puts them and those of S0/);
    expect(room({}, small, large)[0]).toMatch(/^unknowable|^passes/);
  });

  it("counts a host port of several services", () => {
    const web = { service: `${by}, DesiredCount: 1`, app: ", PortMappings: [{ ContainerPort: 80, HostPort: 80 }]" };
    expect(room({}, web, web, web)[2]).toMatch(/host port tcp\/80 is there once on each/);
    expect(room({}, web, web)[1]).toMatch(/^passes/);
    const other = { ...web, app: ", PortMappings: [{ ContainerPort: 80, HostPort: 81 }]" };
    expect(room({}, web, other, other)[2]).toMatch(/^passes/);
  });

  it("keeps what daemons take on every instance", () => {
    const daemon = { service: ", SchedulingStrategy: DAEMON", app: ", Cpu: 512" };
    const web = (count: number) => ({ service: `${by}, DesiredCount: ${count}`, app: ", Cpu: 1024" });
    expect(room({}, daemon, web(3))[1]).toMatch(/S1 wants 3 tasks, .* have room for 2/);
    expect(room({}, daemon, web(2))).toEqual([expect.stringMatching(/^passes/), expect.stringMatching(/^passes/)]);
    const port = {
      service: ", SchedulingStrategy: DAEMON",
      app: ", PortMappings: [{ ContainerPort: 1, HostPort: 99 }]",
    };
    expect(room({}, port, port)[0]).toMatch(/^fails: An instance of Machines has no room for S0 beside S1/);
  });

  it("does not blame a service for another one that would not fit alone", () => {
    const huge = { service: `${by}, DesiredCount: 9`, app: ", Cpu: 1024" };
    const said = room({}, huge, { service: by, app: ", Cpu: 128" });
    expect(said[0]).toMatch(/^fails/);
    expect(said[1]).toMatch(/^unknowable/);
  });

  it("does not know a service whose number of tasks nobody knows", () => {
    const said = room({}, { service: `${by}, DesiredCount: !Ref Given` }, { service: by });
    expect(said[1]).toMatch(/^unknowable: .*how many tasks of S0 run beside them is known only/);
  });
});

describe("tasks that find room or not, against all ways of placing them", () => {
  /** Whether some, and whether all orders and choices of instances have room for the tasks. */
  function placed(tasks: readonly Load[], rooms: readonly { cpu: number; memory: number; ports: string[] }[]) {
    let [some, all] = [false, true];
    const visit = (left: readonly Load[]): void => {
      if (left.length === 0) {
        some = true;
        return;
      }
      let stuck = true;
      for (const [index, task] of left.entries()) {
        let fits = false;
        for (const room of rooms) {
          if (room.cpu < task.cpu || room.memory < task.memory) continue;
          if (task.ports.some((port) => room.ports.includes(port))) continue;
          fits = true;
          room.cpu -= task.cpu;
          room.memory -= task.memory;
          room.ports.push(...task.ports);
          visit(left.filter((_, at) => at !== index));
          room.cpu += task.cpu;
          room.memory += task.memory;
          room.ports.splice(room.ports.length - task.ports.length, task.ports.length);
        }
        if (!fits) all = false;
        else stuck = false;
      }
      if (stuck) all = false;
    };
    visit(tasks);
    return { some, all: all && some };
  }

  it("never fails what could be placed, and never passes what could be stuck", () => {
    const dice = random(7);
    const seen = { blocked: 0, passes: 0, open: 0 };
    for (let round = 0; round < 600; round += 1) {
      const instances = dice.int(1, 2);
      const size = { cpu: 8, memory: 8, interfaces: 8 };
      const home: Home = { ...homeOf("h", "Machines", ["m5.large"]), room: { least: size, most: size } };
      const loads = Array.from({ length: dice.int(1, 3) }, (_, index): Load => {
        const tasks = dice.int(1, index === 0 ? 2 : 1);
        return {
          key: `s${index}`,
          name: `S${index}`,
          cpu: dice.int(0, 6),
          memory: dice.int(1, 8),
          interfaces: 0,
          ports: dice.chance(0.2) ? ["tcp/80"] : [],
          apart: false,
          daemon: false,
          stays: true,
          tasks,
          anywhere: true,
          whole: true,
          shares: [
            {
              home,
              tasks: { least: tasks, most: tasks },
              instances: { least: instances, most: instances },
              held: false,
            },
          ],
        };
      });
      const found = misfits(loads);
      const tasks = loads.flatMap((load) => Array.from({ length: load.tasks ?? 0 }, () => load));
      const rooms = Array.from({ length: instances }, () => ({ cpu: 8, memory: 8, ports: [] as string[] }));
      const { some, all } = placed(tasks, rooms);
      const verdicts = [...found.values()].map(({ verdict }) => verdict);
      if (verdicts.includes("blocked")) {
        seen.blocked += 1;
        expect([round, some]).toEqual([round, false]);
      } else if (verdicts.length === 0) {
        seen.passes += 1;
        expect([round, all]).toEqual([round, true]);
      } else seen.open += 1;
    }
    expect(seen.blocked).toBeGreaterThan(100);
    expect(seen.passes).toBeGreaterThan(100);
    // What is left open is the smaller part.
    expect(seen.open).toBeLessThan(100);
  });
});
