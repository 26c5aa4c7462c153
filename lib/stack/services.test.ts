import { describe, expect, it } from "vitest";
import { type Draft, draw } from "../testing/draw";
import { ec2Web, fargateWeb, type WebChanges } from "../testing/presets";
import { containersIn, idsOfType, propertiesOf, stackFaults, stackOf } from "../testing/stack-faults";

const web = (change: WebChanges = {}, more: (draft: Draft, ids: ReturnType<typeof fargateWeb>) => void = () => {}) =>
  stackOf(draw((draft) => more(draft, fargateWeb(draft, change))));

describe("services", () => {
  it("on Fargate: complete, and written out where ECS has a default", () => {
    expect(propertiesOf(web(), "Web")).toEqual({
      Cluster: { Ref: "Main" },
      DeploymentConfiguration: {
        DeploymentCircuitBreaker: { Enable: true, Rollback: true },
        MaximumPercent: 200,
        MinimumHealthyPercent: 100,
      },
      DesiredCount: { Ref: "WebDesiredCount" },
      EnableECSManagedTags: false,
      HealthCheckGracePeriodSeconds: 0,
      LaunchType: "FARGATE",
      LoadBalancers: [
        { ContainerName: "app", ContainerPort: 8080, TargetGroupArn: { Ref: "FrontDoorWebTargetGroup" } },
      ],
      NetworkConfiguration: {
        AwsvpcConfiguration: {
          AssignPublicIp: "DISABLED",
          SecurityGroups: [{ "Fn::GetAtt": ["WebSecurityGroup", "GroupId"] }],
          Subnets: [{ Ref: "NetworkPrivateSubnet1" }, { Ref: "NetworkPrivateSubnet2" }],
        },
      },
      TaskDefinition: { Ref: "WebTask" },
    });
  });

  it("take every setting", () => {
    const stack = web({
      service: {
        launchType: undefined,
        capacityProviderStrategy: [
          { capacityProvider: "FARGATE", base: 1 },
          { capacityProvider: "FARGATE_SPOT", weight: 4 },
        ],
        tier: "public",
        assignPublicIp: true,
        platformVersion: "1.4.0",
        minimumHealthyPercent: 50,
        maximumPercent: 150,
        circuitBreaker: { enable: true, rollback: false },
        healthCheckGracePeriodSeconds: 90,
        enableExecuteCommand: true,
        availabilityZoneRebalancing: "ENABLED",
        placementStrategies: [{ type: "spread", field: "attribute:ecs.availability-zone" }],
        placementConstraints: [{ type: "distinctInstance" }],
      },
    });
    expect(propertiesOf(stack, "Web")).toMatchObject({
      AvailabilityZoneRebalancing: "ENABLED",
      CapacityProviderStrategy: [
        { Base: 1, CapacityProvider: "FARGATE", Weight: 1 },
        { Base: 0, CapacityProvider: "FARGATE_SPOT", Weight: 4 },
      ],
      DeploymentConfiguration: {
        DeploymentCircuitBreaker: { Enable: true, Rollback: false },
        MaximumPercent: 150,
        MinimumHealthyPercent: 50,
      },
      EnableExecuteCommand: true,
      HealthCheckGracePeriodSeconds: 90,
      NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: "ENABLED" } },
      PlacementConstraints: [{ Type: "distinctInstance" }],
      PlacementStrategies: [{ Field: "attribute:ecs.availability-zone", Type: "spread" }],
      PlatformVersion: "1.4.0",
    });
    expect(propertiesOf(stack, "Web")?.LaunchType).toBeUndefined();
    expect(propertiesOf(stack, "MainCapacityProviders")).toEqual({
      CapacityProviders: ["FARGATE", "FARGATE_SPOT"],
      Cluster: { Ref: "Main" },
      DefaultCapacityProviderStrategy: [],
    });
    expect(stack.resources.Web?.dependsOn).toContain("MainCapacityProviders");
  });

  it("on instances: strategy, no network configuration, and the association before the service", () => {
    const stack = stackOf(draw((draft) => void ec2Web(draft)));
    const properties = propertiesOf(stack, "Web");
    expect(properties).toMatchObject({
      CapacityProviderStrategy: [{ Base: 0, CapacityProvider: { Ref: "Instances" }, Weight: 1 }],
      SchedulingStrategy: "REPLICA",
    });
    expect(properties?.NetworkConfiguration).toBeUndefined();
    expect(propertiesOf(stack, "MainCapacityProviders")?.CapacityProviders).toEqual([{ Ref: "Instances" }]);
    expect(stack.resources.Web?.dependsOn).toContain("MainCapacityProviders");
  });

  it("of launch type EC2 come after the instances of their cluster, and go before them", () => {
    const stack = stackOf(
      draw((draft) => {
        const cluster = draft.add("cluster", {}, { name: "Main" });
        draft.add("asgCapacityProvider", {}, { name: "Instances", parent: cluster });
        const service = draft.add("service", { launchType: "EC2", desiredCount: 1 }, { name: "Web", parent: cluster });
        const containers = { c1: { name: "app", image: "nginx:1.27", memory: 128 } };
        const task = draft.add("taskDefinition", { containerDefinitions: containers }, { name: "Web task" });
        draft.connect(service, "run", task);
      }),
    );
    expect(stack.resources.Web?.dependsOn).toContain("InstancesAutoScalingGroup");
    expect(stackFaults(stack)).toEqual([]);
  });

  it("start at 0 tasks until the image is pushed, and say so; a public image starts at once", () => {
    const stack = web();
    expect(stack.parameters.WebDesiredCount).toMatchObject({ type: "Number", default: 0, minValue: 0 });
    expect(stack.description).toContain("Push the image to Web image, then set WebDesiredCount to 2.");
    const ready = stackOf(
      draw((draft) => {
        const cluster = draft.add("cluster", {}, { name: "Main" });
        const service = draft.add("service", { desiredCount: 3 }, { name: "Web", parent: cluster });
        const containers = { containerDefinitions: { c1: { name: "app", image: "nginx:1.27" } } };
        draft.connect(service, "run", draft.add("taskDefinition", containers, { name: "Web task" }));
      }),
    );
    expect(propertiesOf(ready, "Web")?.DesiredCount).toBe(3);
  });

  it("a daemon has no desired count, and percentages of its own", () => {
    const stack = stackOf(draw((draft) => void ec2Web(draft, { service: { schedulingStrategy: "DAEMON" } })));
    expect(propertiesOf(stack, "Web")).toMatchObject({
      DeploymentConfiguration: { MaximumPercent: 100, MinimumHealthyPercent: 0 },
      SchedulingStrategy: "DAEMON",
    });
    expect(propertiesOf(stack, "Web")?.DesiredCount).toBeUndefined();
  });

  it("deployed by CodeDeploy have no circuit breaker", () => {
    const stack = web({ service: { deploymentController: "CODE_DEPLOY" } });
    expect(propertiesOf(stack, "Web")).toMatchObject({
      DeploymentConfiguration: { MaximumPercent: 200, MinimumHealthyPercent: 100 },
      DeploymentController: { Type: "CODE_DEPLOY" },
    });
  });
});

describe("Service Connect", () => {
  const called = () =>
    web({}, (draft, ids) => {
      const api = draft.add("service", { launchType: "FARGATE" }, { name: "Order api", parent: ids.cluster });
      const task = draft.add(
        "taskDefinition",
        {
          networkMode: "awsvpc",
          containerDefinitions: { c1: { name: "API", image: "a:1", portMappings: [{ containerPort: 9000 }] } },
        },
        { name: "Api task", parent: ids.cluster },
      );
      draft.connect(api, "run", task);
      draft.connect(ids.service, "call", api);
    });

  it("one namespace a cluster, named ports, an alias that does not follow a rename", () => {
    const stack = called();
    expect(propertiesOf(stack, "MainNamespace")).toEqual({ Name: { "Fn::Sub": "${AWS::StackName}-main" } });
    expect(propertiesOf(stack, "OrderApi")?.ServiceConnectConfiguration).toEqual({
      Enabled: true,
      Namespace: { "Fn::GetAtt": ["MainNamespace", "Arn"] },
      Services: [
        {
          ClientAliases: [{ DnsName: "order-api", Port: 9000 }],
          DiscoveryName: "order-api",
          PortName: "api-9000",
        },
      ],
    });
    expect(propertiesOf(stack, "Web")?.ServiceConnectConfiguration).toEqual({
      Enabled: true,
      Namespace: { "Fn::GetAtt": ["MainNamespace", "Arn"] },
    });
    const [container] = containersIn(stack, "ApiTask");
    expect(container?.PortMappings).toEqual([{ ContainerPort: 9000, Name: "api-9000", Protocol: "tcp" }]);
    expect(stackFaults(stack)).toEqual([]);
  });

  it("is not there where nobody calls", () => {
    const stack = web();
    expect(idsOfType(stack, "AWS::ServiceDiscovery::HttpNamespace")).toEqual([]);
    expect(propertiesOf(stack, "Web")?.ServiceConnectConfiguration).toBeUndefined();
  });
});

describe("faulty designs", () => {
  it("a service alone, edges to nowhere and to wrong ports lower without a dangling reference", () => {
    const stack = web({}, (draft, ids) => {
      const alone = draft.add("service", {}, { name: "Alone" });
      draft.connect(ids.alb, "forward", alone, { container: "c9", containerPort: 1, pathPatterns: ["/x"] });
      draft.connect(ids.alb, "forward", ids.service, { containerPort: 99999, listenerPort: 5 });
      draft.connect(alone, "call", ids.service, { containerPort: 4 });
      draft.connect(ids.service, "run", ids.task);
      draft.connect(ids.alb, "forward", ids.alb);
    });
    expect(stackFaults(stack)).toEqual([]);
    expect(propertiesOf(stack, "Alone")).not.toHaveProperty("DeploymentController");
  });

  it("two nodes of one logical id get two resources", () => {
    const document = draw((draft) => {
      draft.add("cluster", {}, { name: "Main" });
      draft.add("cluster", {}, { name: "Other" });
      (draft.document.nodes.n2 as { logicalId: string }).logicalId = "Main";
    });
    expect(idsOfType(stackOf(document), "AWS::ECS::Cluster")).toEqual(["Main", "Main2"]);
  });

  it("a derived id gives way to a node that has it", () => {
    const stack = web({}, (draft) => {
      draft.add("cluster", {}, { name: "WebSecurityGroup" });
    });
    expect(stack.resources.WebSecurityGroup?.type).toBe("AWS::ECS::Cluster");
    expect(stack.resources.WebSecurityGroup2?.type).toBe("AWS::EC2::SecurityGroup");
  });

  // "Specifying a capacity provider strategy is not supported when you create a service using the DAEMON scheduling strategy."
  it("as daemons name a launch type, and wait for their image behind a constraint", () => {
    const daemon = { schedulingStrategy: "DAEMON" as const, desiredCount: undefined };
    const stack = stackOf(draw((draft) => void ec2Web(draft, { service: daemon })));
    const properties = propertiesOf(stack, "Web");
    expect(properties).toMatchObject({ LaunchType: "EC2", SchedulingStrategy: "DAEMON" });
    expect(Object.keys(properties ?? {})).not.toContain("CapacityProviderStrategy");
    expect(Object.keys(properties ?? {})).not.toContain("DesiredCount");
    expect(properties?.PlacementConstraints).toEqual({
      "Fn::If": [
        "WebIsWanted",
        { Ref: "AWS::NoValue" },
        [{ Expression: "attribute:ecs.instance-type == none", Type: "memberOf" }],
      ],
    });
    expect(stack.parameters.WebWanted).toMatchObject({ type: "String", default: "false" });
    expect(stack.description).toContain("Push the image to Web image, then set WebWanted to true.");
    expect(stack.resources.Web?.dependsOn).toContain("InstancesAutoScalingGroup");
    expect(stackFaults(stack)).toEqual([]);
  });

  it("wait for the services that they call, and no circle waits for itself", () => {
    const called = (...edges: [from: string, to: string][]) =>
      stackOf(
        draw((draft) => {
          const cluster = draft.add("cluster", {}, { name: "Main" });
          const containers = { c1: { name: "app", image: "nginx:1.27", portMappings: [{ containerPort: 80 }] } };
          const ids = Object.fromEntries(
            ["A", "B", "C"].map((name) => {
              const service = draft.add("service", { launchType: "FARGATE" }, { name, parent: cluster });
              const task = draft.add("taskDefinition", { containerDefinitions: containers }, { name: `${name} task` });
              draft.connect(service, "run", task);
              return [name, service];
            }),
          );
          for (const [from, to] of edges) draft.connect(String(ids[from]), "call", String(ids[to]));
        }),
      );
    const waits = (stack: ReturnType<typeof called>, id: string) =>
      (stack.resources[id]?.dependsOn ?? []).filter((other) => ["A", "B", "C"].includes(other));
    const chain = called(["A", "B"], ["A", "C"], ["B", "C"]);
    expect(["A", "B", "C"].map((id) => waits(chain, id))).toEqual([["B", "C"], ["C"], []]);
    const circle = called(["A", "B"], ["B", "C"], ["C", "A"], ["A", "A"]);
    expect(["A", "B", "C"].map((id) => waits(circle, id))).toEqual([["B"], ["C"], []]);
    expect(stackFaults(circle)).toEqual([]);
  });

  it("wait at 0 tasks for a directory that only a person can make", () => {
    const mounted = (props: { rootDirectory?: string; accessPoint?: { path: string } }) =>
      stackOf(
        draw((draft) => {
          const cluster = draft.add("cluster", {}, { name: "Main" });
          const service = draft.add(
            "service",
            { desiredCount: 2, launchType: "FARGATE" },
            { name: "Web", parent: cluster },
          );
          const containers = { c1: { name: "app", image: "nginx:1.27" } };
          const task = draft.add("taskDefinition", { containerDefinitions: containers }, { name: "Web task" });
          draft.connect(service, "run", task);
          draft.connect(`${task}/c1`, "mount", draft.add("efs", {}, { name: "Files" }), props);
        }),
      );
    const waiting = mounted({ rootDirectory: "/data" });
    expect(propertiesOf(waiting, "Web")?.DesiredCount).toEqual({ Ref: "WebDesiredCount" });
    expect(waiting.description).toContain("Make the directory /data in Files, then set WebDesiredCount to 2.");
    for (const props of [{}, { rootDirectory: "/" }, { accessPoint: { path: "/data" } }]) {
      expect(propertiesOf(mounted(props), "Web")?.DesiredCount).toBe(2);
    }
  });

  // Cloud Map takes 64 characters, EC2 descriptions of 255.
  it("and their groups have texts as short as AWS wants, whatever the logical ids", () => {
    const document = draw((draft) => {
      const ids = fargateWeb(draft);
      const other = draft.add("service", { launchType: "FARGATE" }, { name: "Api", parent: ids.cluster });
      draft.connect(other, "run", ids.task);
      draft.connect(other, "call", ids.service);
    });
    for (const [index, node] of Object.values(document.nodes).entries()) node.logicalId = `A${"b".repeat(250)}${index}`;
    const resources = Object.values(stackOf(document).resources);
    const texts = resources.flatMap(({ properties }) => [properties.GroupDescription, properties.Description]);
    const lengths = texts.flatMap((text) => (typeof text === "string" ? [text.length] : []));
    expect(lengths.length).toBeGreaterThan(4);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(255);
    const names = JSON.stringify(resources).match(/"DiscoveryName":"[^"]*"/g) ?? [];
    expect(names.map((name) => name.length - 18 <= 64)).toEqual([true]);
  });

  // "NetworkConfiguration must be null", "TaskDefinition must be blank", "LoadBalancers must be empty or null".
  it("of an external controller leave to task sets what these say", () => {
    const stack = stackOf(
      draw((draft) => {
        const cluster = draft.add("cluster", {}, { name: "Main" });
        const service = { deploymentController: "EXTERNAL" as const, launchType: "FARGATE" as const, desiredCount: 2 };
        draft.add("service", { ...service, platformVersion: "1.4.0" }, { name: "Web", parent: cluster });
      }),
    );
    expect(propertiesOf(stack, "Web")).toEqual({
      Cluster: { Ref: "Main" },
      DeploymentConfiguration: { MaximumPercent: 200, MinimumHealthyPercent: 100 },
      DeploymentController: { Type: "EXTERNAL" },
      DesiredCount: 2,
      EnableECSManagedTags: false,
    });
  });
});
