import { describe, expect, it } from "vitest";
import type { Draft } from "../../testing/draw";
import { lowerDrawing } from "../../testing/lowered";
import { fargateWeb } from "../../testing/presets";

const patternOf = (build: (draft: Draft, rule: string) => void): unknown => {
  const { resource, judged } = lowerDrawing((draft) => {
    const rule = draft.add("eventRule", {}, { name: "Rule" });
    build(draft, rule);
  });
  expect(judged()).toEqual([]);
  return resource("Rule").Properties.EventPattern;
};

describe("event patterns", () => {
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_cwe_events.html
  it("watch all tasks of a cluster that stop", () => {
    expect(
      patternOf((draft, rule) => draft.connect(draft.add("cluster", {}, { name: "Main" }), "intercept", rule)),
    ).toEqual({
      source: ["aws.ecs"],
      "detail-type": ["ECS Task State Change"],
      detail: { clusterArn: [{ "Fn::GetAtt": ["Main", "Arn"] }], lastStatus: ["STOPPED"] },
    });
  });

  it("watch the tasks of services by their group, several as one list", () => {
    expect(
      patternOf((draft, rule) => {
        const cluster = draft.add("cluster", {}, { name: "Main" });
        for (const name of ["Web", "Worker"]) {
          const service = draft.add("service", {}, { name, parent: cluster });
          draft.connect(service, "intercept", rule, { stopCode: ["EssentialContainerExited"] });
        }
      }),
    ).toEqual({
      source: ["aws.ecs"],
      "detail-type": ["ECS Task State Change"],
      detail: {
        clusterArn: [{ "Fn::GetAtt": ["Main", "Arn"] }],
        group: [{ "Fn::Sub": "service:${Web.Name}" }, { "Fn::Sub": "service:${Worker.Name}" }],
        lastStatus: ["STOPPED"],
        stopCode: ["EssentialContainerExited"],
      },
    });
  });

  it("name alternatives where two connections ask for different events", () => {
    expect(
      patternOf((draft, rule) => {
        const cluster = draft.add("cluster", {}, { name: "Main" });
        const service = draft.add("service", {}, { name: "Web", parent: cluster });
        draft.connect(cluster, "intercept", rule, { detailType: "ECS Deployment State Change" });
        draft.connect(service, "intercept", rule, { detailType: "ECS Service Action" });
        draft.connect(draft.add("s3Bucket", {}, { name: "Uploads" }), "notify", rule);
      }),
    ).toEqual({
      // EventBridge's own compiler: "Path `source` cannot be allowed multiple times".
      account: [{ Ref: "AWS::AccountId" }],
      $or: [
        {
          source: ["aws.ecs"],
          "detail-type": ["ECS Deployment State Change"],
          resources: [
            { prefix: { "Fn::Sub": "arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:service/${Main}/" } },
          ],
        },
        { source: ["aws.ecs"], "detail-type": ["ECS Service Action"], resources: [{ Ref: "Web" }] },
        {
          source: ["aws.s3"],
          "detail-type": ["Object Created"],
          detail: { bucket: { name: [{ Ref: "Uploads" }] } },
        },
      ],
    });
  });

  it("translate S3's event names", () => {
    expect(
      patternOf((draft, rule) => {
        const uploads = draft.add("s3Bucket", {}, { name: "Uploads" });
        draft.connect(uploads, "notify", rule, { events: ["s3:ObjectCreated:Put", "s3:ObjectRemoved:*"] });
      }),
    ).toMatchObject({ "detail-type": ["Object Created", "Object Deleted"] });
  });

  it("watch repositories, secrets and parameters", () => {
    const watch = (add: (draft: Draft) => string): unknown =>
      patternOf((draft, rule) => draft.connect(add(draft), "notify", rule));
    expect(watch((draft) => draft.add("ecrRepository", {}, { name: "Image" }))).toEqual({
      source: ["aws.ecr"],
      "detail-type": ["ECR Image Action"],
      detail: { "action-type": ["PUSH"], "repository-name": [{ Ref: "Image" }], result: ["SUCCESS"] },
    });
    expect(watch((draft) => draft.add("secret", {}, { name: "Login" }))).toEqual({
      source: ["aws.secretsmanager"],
      "detail-type": ["Secret Label Updated"],
      resources: [{ Ref: "Login" }],
      detail: { labelUpdated: ["AWSCURRENT"] },
    });
    expect(
      watch((draft) => draft.add("ssmParameter", { source: { from: "existing", name: "/app/key" } }, { name: "Key" })),
    ).toEqual({
      source: ["aws.ssm"],
      "detail-type": ["Parameter Store Change"],
      detail: { name: ["/app/key"] },
    });
  });

  it("stay the person's own where there is one", () => {
    const { resource } = lowerDrawing((draft) => {
      const rule = draft.add("eventRule", { eventPattern: { source: ["my.app"] } }, { name: "Rule" });
      draft.connect(draft.add("cluster", {}, { name: "Main" }), "intercept", rule);
    });
    expect(resource("Rule").Properties.EventPattern).toEqual({ source: ["my.app"] });
  });
});

describe("rules that start tasks", () => {
  it("name cluster, network and role, and may start and pass on exactly that", () => {
    const { resource, statements, admitted, judged } = lowerDrawing((draft) => {
      const web = fargateWeb(draft);
      const rule = draft.add("eventRule", { scheduleExpression: "rate(1 hour)" }, { name: "Hourly" });
      const lost = draft.add("sqsQueue", {}, { name: "Lost" });
      const task = draft.add(
        "taskDefinition",
        {
          cpu: 256,
          memory: 512,
          networkMode: "awsvpc",
          requiresCompatibilities: ["FARGATE"],
          containerDefinitions: { c1: { name: "job", image: "public.ecr.aws/docker/library/busybox:1.37" } },
        },
        { name: "Job", parent: web.cluster },
      );
      draft.connect(rule, "runTask", task, { taskCount: 2, deadLetterQueue: lost, maximumRetryAttempts: 3 });
    });
    expect(resource("Hourly").Properties).toEqual({
      ScheduleExpression: "rate(1 hour)",
      State: "ENABLED",
      Targets: [
        {
          Id: "Target0",
          Arn: { "Fn::GetAtt": ["Main", "Arn"] },
          DeadLetterConfig: { Arn: { "Fn::GetAtt": ["Lost", "Arn"] } },
          EcsParameters: {
            LaunchType: "FARGATE",
            NetworkConfiguration: {
              AwsVpcConfiguration: {
                AssignPublicIp: "DISABLED",
                SecurityGroups: [{ "Fn::GetAtt": ["JobSecurityGroup", "GroupId"] }],
                Subnets: [{ Ref: "NetworkPrivateSubnet1" }, { Ref: "NetworkPrivateSubnet2" }],
              },
            },
            TaskCount: 2,
            TaskDefinitionArn: { Ref: "Job" },
          },
          RetryPolicy: { MaximumRetryAttempts: 3 },
          RoleArn: { "Fn::GetAtt": ["HourlyRole", "Arn"] },
        },
      ],
    });
    expect(statements("HourlyRoleDefaultPolicy")).toEqual([
      {
        Action: "ecs:RunTask",
        Condition: { ArnEquals: { "ecs:cluster": { "Fn::GetAtt": ["Main", "Arn"] } } },
        Effect: "Allow",
        Resource: { Ref: "Job" },
      },
      {
        Action: "iam:PassRole",
        Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
        Effect: "Allow",
        Resource: expect.arrayContaining([{ "Fn::GetAtt": ["JobExecutionRole", "Arn"] }]),
      },
    ]);
    expect(admitted("LostPolicy")).toMatchObject([
      {
        Action: "sqs:SendMessage",
        Condition: { ArnEquals: { "aws:SourceArn": { "Fn::GetAtt": ["Hourly", "Arn"] } } },
        Principal: { Service: "events.amazonaws.com" },
      },
    ]);
    expect(judged()).toEqual([]);
  });

  it("of a service start copies of its definition in its network, once the image can be there", () => {
    const { resource, stack, judged } = lowerDrawing((draft) => {
      const web = fargateWeb(draft, { service: { tier: "public", assignPublicIp: true } });
      const rule = draft.add("eventRule", { scheduleExpression: "rate(1 hour)" }, { name: "Hourly" });
      draft.connect(rule, "runTask", web.service);
    });
    const [target] = resource("Hourly").Properties.Targets as { EcsParameters: unknown }[];
    expect(target?.EcsParameters).toEqual({
      LaunchType: "FARGATE",
      NetworkConfiguration: {
        AwsVpcConfiguration: {
          AssignPublicIp: "ENABLED",
          SecurityGroups: [{ "Fn::GetAtt": ["WebSecurityGroup", "GroupId"] }],
          Subnets: [{ Ref: "NetworkPublicSubnet1" }, { Ref: "NetworkPublicSubnet2" }],
        },
      },
      TaskCount: 1,
      TaskDefinitionArn: { Ref: "WebTask" },
    });
    expect(resource("Hourly").Properties.State).toEqual({ Ref: "HourlyState" });
    expect(stack.parameters.HourlyState).toMatchObject({
      default: "DISABLED",
      allowedValues: ["ENABLED", "DISABLED"],
      description: "Whether Hourly fires. Push the image to Web image, then choose ENABLED.",
    });
    expect(judged()).toEqual([]);
  });

  it("on EC2 take no public address, and without a cluster the template asks for one", () => {
    const { resource, stack, judged } = lowerDrawing((draft) => {
      const task = draft.add(
        "taskDefinition",
        {
          networkMode: "awsvpc",
          requiresCompatibilities: ["EC2"],
          containerDefinitions: { c1: { name: "job", image: "busybox:1.37" } },
        },
        { name: "Job" },
      );
      const rule = draft.add("eventRule", { eventPattern: { source: ["my.app"] } }, { name: "Start" });
      draft.connect(rule, "runTask", task);
    });
    const [target] = resource("Start").Properties.Targets as { Arn: unknown; EcsParameters: Record<string, unknown> }[];
    expect(target?.Arn).toEqual({ Ref: "StartClusterArn" });
    expect(target?.EcsParameters.LaunchType).toBe("EC2");
    expect(target?.EcsParameters.NetworkConfiguration).not.toHaveProperty("AwsVpcConfiguration.AssignPublicIp");
    expect(stack.parameters).toHaveProperty("StartClusterArn");
    expect(judged()).toEqual([]);
  });
});

describe("rules that deliver", () => {
  it("need no role, but the targets admit exactly them", () => {
    const { resource, admitted, ids, judged } = lowerDrawing((draft) => {
      const rule = draft.add(
        "eventRule",
        { eventPattern: { source: ["my.app"] }, eventBusName: "orders", state: "DISABLED" },
        { name: "Rule" },
      );
      draft.connect(rule, "deliver", draft.add("snsTopic", {}, { name: "Alerts" }));
      const queue = draft.add("sqsQueue", { fifo: true, contentBasedDeduplication: true }, { name: "Jobs" });
      draft.connect(rule, "deliver", queue, { messageGroupId: "all" });
    });
    expect(resource("Rule").Properties).toEqual({
      EventBusName: "orders",
      EventPattern: { source: ["my.app"] },
      State: "DISABLED",
      Targets: [
        { Id: "Target0", Arn: { Ref: "Alerts" } },
        { Id: "Target1", Arn: { "Fn::GetAtt": ["Jobs", "Arn"] }, SqsParameters: { MessageGroupId: "all" } },
      ],
    });
    expect(ids("AWS::IAM::Role")).toEqual([]);
    expect(admitted("AlertsPolicy")).toEqual([
      {
        Action: "sns:Publish",
        Condition: { ArnEquals: { "aws:SourceArn": { "Fn::GetAtt": ["Rule", "Arn"] } } },
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Resource: { Ref: "Alerts" },
      },
    ]);
    expect(judged()).toEqual([]);
  });
});
