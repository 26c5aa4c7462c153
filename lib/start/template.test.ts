import { describe, expect, it } from "vitest";
import type { Document } from "../document/document";
import { starters } from "../document/starters";
import { analyse } from "../editor/analysis";
import { cloudformation } from "../export/cloudformation";
import { readTemplate } from "../import/cloudformation/read";
import type { Stack } from "../stack/stack";
import { draw } from "../testing/draw";
import { exportContext } from "../testing/export-context";
import { fargateWeb, type WebChanges } from "../testing/presets";
import { sampleDesign } from "../testing/sample-design";
import { checkTable } from "./checks";
import { startsOf } from "./start";
import { startsOfTemplate } from "./template";

const read = (text: string): Stack => {
  const found = readTemplate(text);
  if (!found.ok) throw new Error(JSON.stringify(found.problems));
  return found.template.stack;
};

const factsOf = (document: Document) => analyse(document, { environment: null, scenario: "typical", prices: null });

/** Verdicts of design and template side by side, by the logical ids of definition and place. */
function compared(document: Document): { what: string; drawn: string; template: string; why: string }[] {
  const facts = factsOf(document);
  const [file] = cloudformation.emit(facts.stack, { format: "yaml" }, exportContext()).files;
  const said = startsOfTemplate(read(file?.text ?? ""));
  const idOf = (node: string | null | undefined): string => document.nodes[node ?? ""]?.logicalId ?? "";
  return startsOf(facts).flatMap(({ node, place, verdict, why }) => {
    const edge = place === null ? undefined : facts.model.edge(place);
    const [task, host] = [idOf(node), place === null ? null : idOf(edge ? edge.from.id : place)];
    const twin = said.find((one) => one.node === task && one.place === host);
    return twin
      ? [{ what: `${task} in ${host}`, drawn: verdict, template: twin.verdict, why: `${why} | ${twin.why}` }]
      : [];
  });
}

describe("a template says of its tasks what its design says", () => {
  it.each(starters.map((starter) => [starter.id, starter.document] as const))("starter %s", (_id, document) => {
    const all = compared(document);
    expect(all.length).toBeGreaterThan(0);
    for (const { what, drawn, template, why } of all) expect([what, template, why]).toEqual([what, drawn, why]);
  });

  it.each<[string, WebChanges]>([
    ["no way out", { vpc: { natGateways: "none" } }],
    [
      "endpoints instead",
      { vpc: { natGateways: "none", interfaceEndpoints: ["ecr.api", "ecr.dkr", "logs"], gatewayEndpoints: ["s3"] } },
    ],
    ["a size that Fargate does not have", { task: { cpu: 256, memory: 8192 } }],
    ["a role that may nothing", { task: { executionRole: { mode: "own", managedPolicyArns: [], statements: [] } } }],
    [
      "a role that exists",
      { task: { executionRole: { mode: "existing", arn: "arn:aws:iam::123456789012:role/exec" } } },
    ],
    ["bridge on Fargate", { task: { networkMode: "bridge" } }],
    ["a group of its own that lets nobody in", { service: { securityGroups: { mode: "own" } } }],
    ["no port", { container: { portMappings: [] } }],
  ])("a web service with %s", (_what, change) => {
    const all = compared(draw((draft) => void fargateWeb(draft, change)));
    expect(all).toHaveLength(1);
    for (const { what, drawn, template, why } of all) {
      expect([what, template === "unknowable" ? drawn : template, why]).toEqual([what, drawn, why]);
    }
  });

  it("random designs: none starts that the design fails, none fails that the design starts", () => {
    const pairs: Record<string, number> = {};
    for (let seed = 1; seed <= 24; seed += 1) {
      for (const { what, drawn, template, why } of compared(sampleDesign(seed, 40))) {
        const pair = `${drawn}, ${template}`;
        pairs[pair] = (pairs[pair] ?? 0) + 1;
        expect(["starts, fails", "fails, starts"], `${seed} ${what}: ${why}`).not.toContain(pair);
      }
    }
    expect(pairs["starts, starts"]).toBeGreaterThan(20);
  });
});

const base = `
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Gateway: { Type: AWS::EC2::InternetGateway }
  Attachment: { Type: AWS::EC2::VPCGatewayAttachment, Properties: { VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway } }
  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24 } }
  Table: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
  Out: { Type: AWS::EC2::Route, Properties: { RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway } }
  Place: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref Subnet, RouteTableId: !Ref Table } }
  Group: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: x, VpcId: !Ref Vpc } }
  Cluster: { Type: AWS::ECS::Cluster }
  LogGroup: { Type: AWS::Logs::LogGroup }
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: 2012-10-17, Statement: [{ Effect: Allow, Principal: { Service: ecs-tasks.amazonaws.com }, Action: 'sts:AssumeRole' }] }
      ManagedPolicyArns: [!Sub 'arn:\${AWS::Partition}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy']
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      NetworkMode: awsvpc
      RequiresCompatibilities: [FARGATE]
      Cpu: 256
      Memory: 512
      ExecutionRoleArn: !GetAtt Role.Arn
      ContainerDefinitions:
        - Name: app
          Image: public.ecr.aws/docker/library/nginx:1.27
          PortMappings: [{ ContainerPort: 80 }]
          LogConfiguration: { LogDriver: awslogs, Options: { awslogs-group: !Ref LogGroup, awslogs-region: !Ref AWS::Region, awslogs-stream-prefix: x } }
  Web:
    Type: AWS::ECS::Service
    Properties:
      Cluster: !Ref Cluster
      LaunchType: FARGATE
      TaskDefinition: !Ref Task
      NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [!Ref Subnet], SecurityGroups: [!Ref Group], AssignPublicIp: ENABLED } }
`;

const params =
  "Parameters: { Given: { Type: String }, Small: { Type: String, Default: '256' } }\nConditions: { Big: !Equals [!Ref Given, x] }\n";
const fargateSizes = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html";
const pull = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/verify-connectivity.html";

describe("one thing changed in a template whose task starts", () => {
  it("says a reason once that stands against several lines", () => {
    const changed = base.replace("AssignPublicIp: ENABLED", "AssignPublicIp: DISABLED");
    const start = startsOfTemplate(read(`${params}Resources:${changed}`)).find(({ place }) => place === "Web");
    expect(start?.checks.filter(({ verdict }) => verdict === "fails").map(({ check }) => check)).toEqual([
      "image",
      "logs",
    ]);
    expect(start?.why.match(/of no use without a public address/g)).toHaveLength(1);
    expect(start?.why).toMatch(/Set AssignPublicIp of Web to ENABLED, or use subnets with a route to a NAT gateway\.$/);
  });

  it("starts as it is, with every line of the checklist", () => {
    const [start] = startsOfTemplate(read(`${params}Resources:${base}`));
    expect(start).toMatchObject({ node: "Task", place: "Web", verdict: "starts" });
    expect(start?.checks.map(({ check }) => check)).toEqual(Object.keys(checkTable));
  });

  it.each<[string, string, [string, string], string, string, RegExp]>([
    [
      "a size that Fargate does not have",
      fargateSizes,
      ["Memory: 512", "Memory: 4096"],
      "fails",
      "placement",
      /no size with Cpu 256 and Memory 4096/,
    ],
    ["no size at all", fargateSizes, ["      Memory: 512\n", ""], "fails", "placement", /lacks Memory/],
    ["a size by a default", fargateSizes, ["Cpu: 256", "Cpu: !Ref Small"], "starts", "placement", /room/],
    [
      "a size that a parameter says",
      fargateSizes,
      ["Cpu: 256", "Cpu: !Ref Given"],
      "unknowable",
      "placement",
      /only when the template is deployed/,
    ],
    [
      "a size by a condition, both of which fit",
      fargateSizes,
      ["Memory: 512", "Memory: !If [Big, 1024, 512]"],
      "starts",
      "placement",
      /room/,
    ],
    [
      "a size by a condition, one of which does not fit",
      fargateSizes,
      ["Memory: 512", "Memory: !If [Big, 4096, 512]"],
      "unknowable",
      "placement",
      /Memory 4096/,
    ],
    [
      "bridge on Fargate",
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html",
      ["NetworkMode: awsvpc", "NetworkMode: bridge"],
      "fails",
      "definition",
      /needs the network mode awsvpc/,
    ],
    [
      "no public address and no NAT",
      pull,
      ["AssignPublicIp: ENABLED", "AssignPublicIp: DISABLED"],
      "fails",
      "image",
      /of no use without a public address/,
    ],
    [
      "a gateway that is attached to nothing",
      "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html",
      ["InternetGatewayId: !Ref Gateway }", "VpnGatewayId: vgw-1 }"],
      "fails",
      "image",
      /no route/,
    ],
    [
      "subnets that exist already",
      pull,
      ["Subnets: [!Ref Subnet]", "Subnets: [!Ref Given]"],
      "unknowable",
      "image",
      /exist/,
    ],
    [
      "an image that a parameter names",
      pull,
      ["Image: public.ecr.aws/docker/library/nginx:1.27", "Image: !Ref Given"],
      "unknowable",
      "image",
      /known only when the template is deployed/,
    ],
    [
      "no permission to write logs",
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html",
      ["service-role/AmazonECSTaskExecutionRolePolicy", "AmazonEC2ContainerRegistryReadOnly"],
      "fails",
      "logs",
      /logs:/,
    ],
    [
      "a trust policy for another service",
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html",
      ["Service: ecs-tasks.amazonaws.com", "Service: ecs.amazonaws.com"],
      "fails",
      "role",
      /ecs-tasks\.amazonaws\.com/,
    ],
    [
      "logs without an execution role",
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html",
      ["      ExecutionRoleArn: !GetAtt Role.Arn\n", ""],
      "fails",
      "logs",
      /no execution role/,
    ],
    [
      "a role that exists already",
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html",
      ["!GetAtt Role.Arn", "!Ref Given"],
      "unknowable",
      "logs",
      /Given/,
    ],
    [
      "a log group that nothing makes",
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html",
      ["awslogs-group: !Ref LogGroup", "awslogs-group: /ecs/other"],
      "unknowable",
      "logs",
      /Whether the log group of app exists/,
    ],
    [
      "a log driver that Fargate does not have",
      "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html",
      ["LogDriver: awslogs", "LogDriver: syslog"],
      "fails",
      "logs",
      /syslog of app is not available on Fargate/,
    ],
    [
      "a missing log option",
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html",
      [", awslogs-stream-prefix: x", ""],
      "fails",
      "logs",
      /lacks awslogs-stream-prefix/,
    ],
    [
      "two containers on one port",
      "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html",
      [
        "        - Name: app\n",
        "        - { Name: side, Image: public.ecr.aws/x/y:1, PortMappings: [{ ContainerPort: 80 }] }\n        - Name: app\n",
      ],
      "fails",
      "network",
      /take tcp\/80/,
    ],
    [
      "waiting for the health of what has no health check",
      "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html",
      [
        "        - Name: app\n",
        "        - { Name: side, Image: public.ecr.aws/x/y:1, DependsOn: [{ ContainerName: app, Condition: HEALTHY }] }\n        - Name: app\n",
      ],
      "fails",
      "definition",
      /app has no health check/,
    ],
    [
      "a volume that is not there",
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_data_volumes.html",
      [
        "        - Name: app\n",
        "        - Name: app\n          MountPoints: [{ SourceVolume: data, ContainerPath: /data }]\n",
      ],
      "fails",
      "volumes",
      /app mounts data, which Task does not have/,
    ],
    [
      "a path of the host",
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bind-mounts.html",
      [
        "      NetworkMode: awsvpc\n",
        "      NetworkMode: awsvpc\n      Volumes: [{ Name: data, Host: { SourcePath: /srv } }]\n",
      ],
      "fails",
      "volumes",
      /a path of the host, which tasks on Fargate cannot mount/,
    ],
    [
      "a secret that the role may not read",
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data-secrets.html",
      ["        - Name: app\n", "        - Name: app\n          Secrets: [{ Name: KEY, ValueFrom: !Ref Key }]\n"],
      "fails",
      "secrets",
      /secretsmanager:GetSecretValue/,
    ],
    [
      "a cluster that exists already decides the compute",
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-capacity-providers.html",
      ["Cluster: !Ref Cluster\n      LaunchType: FARGATE", "Cluster: !Ref Given"],
      "unknowable",
      "placement",
      /its cluster or the deployment decides/,
    ],
    [
      "an image of the account's own registry, put together",
      "https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html",
      [
        "public.ecr.aws/docker/library/nginx:1.27",
        "!Sub '${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/app:1'",
      ],
      "starts",
      "image",
      /^Every image has a reference that resolves/,
    ],
    [
      "what is not judged is not promised",
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
      ["        - Name: app\n", "        - Name: app\n          CredentialSpecs: [credentialspecdomainless:x]\n"],
      "unknowable",
      "definition",
      /CredentialSpecs/,
    ],
  ])("%s (%s)", (_what, _docs, [from, to], verdict, check, says) => {
    const key = "  Key: { Type: AWS::SecretsManager::Secret, Properties: { GenerateSecretString: {} } }\n";
    const changed = base.replace(from, to);
    expect(changed).not.toBe(base);
    const start = startsOfTemplate(read(`${params}Resources:${changed}${key}`)).find(({ place }) => place === "Web");
    expect([start?.verdict, start?.why]).toEqual([verdict, start?.why]);
    expect(start?.checks.find((line) => line.check === check)?.why).toMatch(says);
  });
});
