import { describe, expect, it } from "vitest";
import { type WebTemplate, webTemplate } from "../testing/web-template";
import { startsOfTemplate } from "./template";

/** The verdict on a place of a changed template, and what speaks against it. */
function said(change: WebTemplate, place = "Web"): string {
  const start = startsOfTemplate(webTemplate(change)).find((one) => one.place === place);
  const against = start?.checks.filter(({ verdict }) => verdict !== "passes") ?? [];
  return `${start?.verdict}${against.map(({ check, why }) => ` [${check}] ${why}`).join("")}`;
}

type Case = [what: string, docs: string, change: WebTemplate, says: RegExp];
const all = (cases: readonly Case[]) =>
  it.each(cases)("%s (%s)", (_what, _docs, change, says) => {
    expect(said(change)).toMatch(says);
  });

const ecs = "https://docs.aws.amazon.com/AmazonECS/latest";
const init = (essential: boolean, more = "") =>
  `{ Name: init, Image: 'public.ecr.aws/x/y:1', Essential: ${essential}${more} }`;
const waits = (condition: string) => `DependsOn: [{ ContainerName: init, Condition: ${condition} }]`;
const check = (command: string, more = "") => `HealthCheck: { Command: ${command}${more} }`;
const firelens = "LogConfiguration: { LogDriver: awsfirelens }";
const router = (name: string, more = "Type: fluentbit") =>
  `{ Name: ${name}, Image: 'public.ecr.aws/x/y:1', FirelensConfiguration: { ${more} } }`;

describe("containers", () => {
  const dependency = `${ecs}/APIReference/API_ContainerDependency.html`;
  const health = `${ecs}/APIReference/API_HealthCheck.html`;
  const fire = `${ecs}/APIReference/API_FirelensConfiguration.html`;
  const log =
    "LogConfiguration: { LogDriver: awslogs, Options: { awslogs-group: !Ref Logs, awslogs-region: !Ref AWS::Region, awslogs-stream-prefix: x } }";
  all([
    ["nothing changed", ecs, {}, /^starts$/],
    [
      "waiting for the success of what is essential",
      dependency,
      { app: waits("SUCCESS"), beside: init(true) },
      /^fails \[definition\] app waits until init has exited with code 0, but init is essential, so .* Set Essential of init to false\.$/,
    ],
    [
      "waiting for the end of what is essential by default",
      dependency,
      { app: waits("COMPLETE"), beside: "{ Name: init, Image: 'public.ecr.aws/x/y:1' }" },
      /^fails \[definition\] app waits until init has exited, but init is essential/,
    ],
    ["waiting for a success", dependency, { app: waits("SUCCESS"), beside: init(false) }, /^starts$/],
    [
      "a condition that ECS does not know",
      dependency,
      { app: waits("READY"), beside: init(true) },
      /^fails \[definition\] app waits for init to be READY; ECS knows START, COMPLETE, SUCCESS or HEALTHY\.$/,
    ],
    [
      "the health of what has its check switched off",
      dependency,
      { app: waits("HEALTHY"), beside: init(true, ", HealthCheck: { Command: [NONE] }") },
      /^fails \[definition\] .*init has no health check/,
    ],
    [
      "the health of what has a check",
      dependency,
      { app: waits("HEALTHY"), beside: init(true, ", HealthCheck: { Command: [CMD-SHELL, exit 0] }") },
      /^starts$/,
    ],
    ["a health check", health, { app: check("[CMD, /bin/check]", ", Interval: 5, Retries: 10") }, /^starts$/],
    ["no health check", health, { app: check("[NONE]") }, /^starts$/],
    [
      "a health check that is no command",
      health,
      { app: check("['curl -f http://localhost/']") },
      /^fails \[definition\] The Command of the health check of app does not start with CMD or CMD-SHELL/,
    ],
    ["an empty health check", health, { app: check("[]") }, /^fails \[definition\] The Command of/],
    [
      "an interval that is too short",
      health,
      { app: check("[CMD, x]", ", Interval: 1") },
      /^fails \[definition\] Interval of the health check of app is 1; AWS takes 5 to 300 seconds\.$/,
    ],
    ["too many retries", health, { app: check("[CMD, x]", ", Retries: 11") }, /Retries .* is 11; AWS takes 1 to 10/],
    ["a timeout that pages dispute", health, { app: check("[CMD, x]", ", Timeout: 90") }, /^unknowable .*do not agree/],
    [
      "a stop timeout on Fargate",
      `${ecs}/APIReference/API_ContainerDefinition.html`,
      { app: "StopTimeout: 300" },
      /^fails \[definition\] StopTimeout of app is 300; AWS takes 2 to 120 seconds\.$/,
    ],
    [
      "a name with a blank",
      `${ecs}/APIReference/API_ContainerDefinition.html`,
      { change: [["- Name: app", "- Name: my app"]] },
      /^fails \[definition\] “my app” of Task is no name that ECS takes/,
    ],
    ["FireLens", fire, { change: [[log, firelens]], beside: router("router") }, /^starts$/],
    [
      "two routers",
      fire,
      { change: [[log, firelens]], beside: `${router("one")}\n        - ${router("two")}` },
      /^fails \[definition\] Task has the FireLens routers one and two; a task takes one\.$/,
    ],
    [
      "a router that reads S3 on Fargate",
      fire,
      {
        change: [[log, firelens]],
        beside: router(
          "router",
          "Type: fluentbit, Options: { config-file-type: s3, config-file-value: 'arn:aws:s3:::b/f' }",
        ),
      },
      /^fails \[definition\] router reads its FireLens configuration from S3, which Fargate does not/,
    ],
    [
      "containers that are promised more memory than there is",
      `${ecs}/APIReference/API_ContainerDefinition.html`,
      { app: "Memory: 1536", beside: "{ Name: side, Image: 'public.ecr.aws/x/y:1', Memory: 1024 }" },
      /^fails \[placement\] The containers of Task reserve 2560 MiB, and it has 2048/,
    ],
    [
      "limits that together are more than there is",
      `${ecs}/APIReference/API_ContainerDefinition.html`,
      {
        app: "Memory: 1536\n          MemoryReservation: 512",
        beside: "{ Name: side, Image: 'public.ecr.aws/x/y:1', Memory: 1024, MemoryReservation: 512 }",
      },
      /^starts$/,
    ],
    [
      "a port that is none",
      `${ecs}/APIReference/API_PortMapping.html`,
      { change: [["ContainerPort: 8080 }]", "ContainerPort: 70000 }]"]] },
      /^fails \[network\] A port mapping of Task has the port 70000; ports are 1 to 65535\.$/,
    ],
  ]);
});

const spot = [
  "LaunchType: FARGATE",
  "CapacityProviderStrategy: [{ CapacityProvider: FARGATE_SPOT, Weight: 1 }]",
] as const;
const associated = (list: string, strategy = "") =>
  `  Association: { Type: AWS::ECS::ClusterCapacityProviderAssociations, Properties: { Cluster: !Ref Cluster, CapacityProviders: [${list}], DefaultCapacityProviderStrategy: [${strategy}] } }`;
const dependsOn = (id: string) => ["Type: AWS::ECS::Service", `Type: AWS::ECS::Service\n    DependsOn: ${id}`] as const;
const cluster = (properties: string) =>
  ["{ Type: AWS::ECS::Cluster }", `{ Type: AWS::ECS::Cluster, Properties: { ${properties} } }`] as const;

describe("where a service runs", () => {
  const strategies = `${ecs}/APIReference/API_CapacityProviderStrategyItem.html`;
  const create = `${ecs}/APIReference/API_CreateService.html`;
  const awsvpc = `${ecs}/APIReference/API_AwsVpcConfiguration.html`;
  all([
    [
      "a definition for EC2 on Fargate",
      `${ecs}/APIReference/API_RegisterTaskDefinition.html`,
      { change: [["[FARGATE]", "[EC2]"]] },
      /^fails \[definition\] Web runs Task on FARGATE, and RequiresCompatibilities of Task has EC2 only\. Add FARGATE\.$/,
    ],
    ["a definition for both", ecs, { change: [["[FARGATE]", "[EC2, FARGATE]"]] }, /^starts$/],
    [
      "no launch type where Fargate is meant",
      create,
      { change: [["      LaunchType: FARGATE\n", ""]] },
      /^fails \[definition\] Web runs Task on EC2, as it says no launch type, .* Set LaunchType of Web to FARGATE\. \[placement\] Web runs on EC2 instances, and none that this template starts joins Cluster/,
    ],
    [
      "a capacity provider that the cluster does not have",
      strategies,
      { change: [spot] },
      /^fails \[placement\] Cluster does not have the capacity provider FARGATE_SPOT that Web names\. Add it to the CapacityProviders of the cluster\.$/,
    ],
    [
      "a capacity provider of the cluster",
      strategies,
      { change: [spot, cluster("CapacityProviders: [FARGATE, FARGATE_SPOT]")] },
      /^starts$/,
    ],
    [
      "a capacity provider that comes later",
      "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html",
      { change: [spot], more: associated("FARGATE_SPOT") },
      /^unknowable \[placement\] Web may be made before Association gives Cluster its capacity providers.* DependsOn Association\.$/,
    ],
    [
      "a capacity provider that it waits for",
      "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html",
      { change: [spot, dependsOn("Association")], more: associated("FARGATE_SPOT") },
      /^starts$/,
    ],
    [
      "capacity providers of a cluster elsewhere",
      strategies,
      { change: [spot, ["Cluster: !Ref Cluster", "Cluster: prod"]] },
      /^starts$/,
    ],
    [
      "a launch type and a strategy",
      create,
      {
        change: [cluster("CapacityProviders: [FARGATE]")],
        service: "CapacityProviderStrategy: [{ CapacityProvider: FARGATE, Weight: 1 }]",
      },
      /^fails \[placement\] Web has a launch type and a capacity provider strategy/,
    ],
    [
      "weights of nothing",
      strategies,
      {
        change: [
          [spot[0], "CapacityProviderStrategy: [{ CapacityProvider: FARGATE }, { CapacityProvider: FARGATE_SPOT }]"],
          cluster("CapacityProviders: [FARGATE, FARGATE_SPOT]"),
        ],
      },
      /^fails \[placement\] All weights in the strategy of Web are 0\. Give one provider a Weight above 0\.$/,
    ],
    [
      "Windows",
      `${ecs}/APIReference/API_RuntimePlatform.html`,
      { task: "RuntimePlatform: { OperatingSystemFamily: WINDOWS_SERVER_2022_CORE }" },
      /^starts$/,
    ],
    [
      "Windows on ARM",
      `${ecs}/APIReference/API_RuntimePlatform.html`,
      { task: "RuntimePlatform: { OperatingSystemFamily: WINDOWS_SERVER_2022_CORE, CpuArchitecture: ARM64 }" },
      /^fails \[placement\] Task is for WINDOWS_SERVER_2022_CORE on ARM64, and Windows runs on X86_64 only/,
    ],
    [
      "a Windows that Fargate does not have",
      `${ecs}/developerguide/windows-considerations.html`,
      { task: "RuntimePlatform: { OperatingSystemFamily: WINDOWS_SERVER_2016_FULL }" },
      /^fails \[placement\] Task is for WINDOWS_SERVER_2016_FULL, which Fargate does not offer/,
    ],
    [
      "Windows on Fargate Spot",
      `${ecs}/developerguide/fargate-capacity-providers.html`,
      {
        task: "RuntimePlatform: { OperatingSystemFamily: WINDOWS_SERVER_2022_CORE }",
        change: [spot, cluster("CapacityProviders: [FARGATE_SPOT]")],
      },
      /^fails \[placement\] Web runs on Fargate Spot, which does not offer Windows/,
    ],
    [
      "an operating system that ECS does not know",
      `${ecs}/APIReference/API_RuntimePlatform.html`,
      { task: "RuntimePlatform: { OperatingSystemFamily: DARWIN }" },
      /^fails \[placement\] Task is for DARWIN, an operating system family that ECS does not know/,
    ],
    [
      "no subnets",
      awsvpc,
      { change: [["Subnets: [!Ref Private]", "Subnets: []"]] },
      /^fails \[network\] The tasks of Web need an interface of their own, and it names no subnets/,
    ],
    [
      "six security groups",
      awsvpc,
      {
        change: [
          ["SecurityGroups: [!Ref TaskGroup]", "SecurityGroups: [!Ref TaskGroup, sg-1, sg-2, sg-3, sg-4, sg-5]"],
        ],
      },
      /The number of security groups of Web is 6; AWS takes 0 to 5\./,
    ],
    [
      "an interface of its own outside of AWS",
      `${ecs}/developerguide/ecs-anywhere.html`,
      {
        change: [
          ["LaunchType: FARGATE", "LaunchType: EXTERNAL"],
          ["[FARGATE]", "[EXTERNAL]"],
        ],
      },
      /^fails .*\[network\] Machines outside of AWS take the network modes bridge, host and none/,
    ],
  ]);

  const managed = (policies: string) => `
  Provider: { Type: AWS::ECS::CapacityProvider, Properties: { ClusterName: !Ref Cluster, ManagedInstancesProvider: { InfrastructureRoleArn: !GetAtt Infrastructure.Arn, InstanceLaunchTemplate: { Ec2InstanceProfileArn: x, NetworkConfiguration: { Subnets: [!Ref Private], SecurityGroups: [!Ref TaskGroup] } } } } }
  Infrastructure: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: Allow, Action: 'sts:AssumeRole', Principal: { Service: ecs.amazonaws.com } }] }${policies} } }`;
  const onManaged = [
    ["LaunchType: FARGATE", "CapacityProviderStrategy: [{ CapacityProvider: !Ref Provider, Weight: 1 }]"],
    ["[FARGATE]", "[MANAGED_INSTANCES]"],
  ] as const;
  const infrastructure = `${ecs}/developerguide/managed-instances-infrastructure-role.html`;
  all([
    [
      "an infrastructure role that may nothing",
      infrastructure,
      { change: onManaged, more: managed("") },
      /\[placement\] Infrastructure may nothing; to launch the instances of Provider ECS needs what AmazonECSInfrastructureRolePolicyForManagedInstances allows/,
    ],
    [
      "an infrastructure role with AWS's policy",
      infrastructure,
      {
        change: onManaged,
        more: managed(
          ", ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonECSInfrastructureRolePolicyForManagedInstances']",
        ),
      },
      /^starts$/,
    ],
  ]);

  const machines = `
  Machines: { Type: AWS::AutoScaling::AutoScalingGroup, Properties: { MinSize: '2', MaxSize: '2', VPCZoneIdentifier: [!Ref Private], LaunchTemplate: { LaunchTemplateId: !Ref Launch, Version: '1' } } }
  Launch: { Type: AWS::EC2::LaunchTemplate, Properties: { LaunchTemplateData: { InstanceType: m5.large, SecurityGroupIds: [!Ref TaskGroup], IamInstanceProfile: { Arn: !GetAtt Profile.Arn }, UserData: !Base64 { 'Fn::Sub': 'echo ECS_CLUSTER=\${Cluster} >> /etc/ecs/ecs.config' } } } }
  Profile: { Type: AWS::IAM::InstanceProfile, Properties: { Roles: [!Ref InstanceRole] } }
  InstanceRole: { Type: AWS::IAM::Role, Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role'], AssumeRolePolicyDocument: { Statement: [{ Effect: Allow, Action: 'sts:AssumeRole', Principal: { Service: ec2.amazonaws.com } }] } } }`;
  const ec2 = [
    ["LaunchType: FARGATE", "LaunchType: EC2"],
    ["[FARGATE]", "[EC2]"],
  ] as const;
  all([
    // https://docs.aws.amazon.com/ec2/latest/instancetypes/gp.html
    ["an older type", awsvpc, { change: ec2, more: machines.replace("m5.large", "t2.medium") }, /^starts$/],
    [
      "an older type that is too small",
      `${ecs}/developerguide/task-placement.html`,
      { change: ec2, more: machines.replace("m5.large", "t2.small") },
      /^fails \[placement\] Task needs 2048 MiB, and t2\.small has 2048, of which the system keeps some/,
    ],
    ["an interface of its own on instances", awsvpc, { change: ec2, more: machines }, /^starts$/],
    [
      "a public address on instances",
      `${ecs}/developerguide/task-networking-awsvpc.html`,
      { change: [...ec2, ["AssignPublicIp: DISABLED", "AssignPublicIp: ENABLED"]], more: machines },
      /^fails \[network\] Tasks on instances get no public address, and Web asks for one\. Set AssignPublicIp to DISABLED\.$/,
    ],
    [
      "subnets for tasks that share the instance's interface",
      create,
      { change: [...ec2, ["NetworkMode: awsvpc", "NetworkMode: bridge"]], more: machines },
      /^fails \[network\] Web has an AwsvpcConfiguration, and the network mode of Task is bridge\. Remove it, or use awsvpc\.$/,
    ],
  ]);
});
