import { describe, expect, it } from "vitest";
import { lowerDrawing } from "../../testing/lowered";
import { ec2Web, fargateWeb } from "../../testing/presets";

describe("schedules", () => {
  it("start a task through a role of their own, off until its image can be there", () => {
    const { resource, statements, stack, judged } = lowerDrawing((draft) => {
      const web = fargateWeb(draft);
      const lost = draft.add("sqsQueue", {}, { name: "Lost" });
      const nightly = draft.add(
        "eventSchedule",
        { scheduleExpressionTimezone: "Europe/Berlin", flexibleTimeWindowMinutes: 15, maximumRetryAttempts: 5 },
        { name: "Nightly" },
      );
      draft.connect(nightly, "runTask", web.task, {
        capacityProviderStrategy: [{ capacityProvider: "FARGATE_SPOT", weight: 2 }],
        maximumEventAgeInSeconds: 3600,
        deadLetterQueue: lost,
      });
    });
    expect(resource("Nightly").Properties).toEqual({
      FlexibleTimeWindow: { MaximumWindowInMinutes: 15, Mode: "FLEXIBLE" },
      ScheduleExpression: "cron(0 3 * * ? *)",
      ScheduleExpressionTimezone: "Europe/Berlin",
      State: { Ref: "NightlyState" },
      Target: {
        Arn: { "Fn::GetAtt": ["Main", "Arn"] },
        DeadLetterConfig: { Arn: { "Fn::GetAtt": ["Lost", "Arn"] } },
        EcsParameters: {
          CapacityProviderStrategy: [{ CapacityProvider: "FARGATE_SPOT", Weight: 2 }],
          NetworkConfiguration: {
            AwsvpcConfiguration: {
              AssignPublicIp: "DISABLED",
              SecurityGroups: [{ "Fn::GetAtt": ["WebTaskSecurityGroup", "GroupId"] }],
              Subnets: [{ Ref: "NetworkPrivateSubnet1" }, { Ref: "NetworkPrivateSubnet2" }],
            },
          },
          TaskCount: 1,
          TaskDefinitionArn: { Ref: "WebTask" },
        },
        RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 5 },
        RoleArn: { "Fn::GetAtt": ["NightlyRole", "Arn"] },
      },
    });
    // Its reference to the role waits for the role by itself.
    expect(resource("Nightly").DependsOn).toBe("NightlyRoleDefaultPolicy");
    // https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
    expect(resource("NightlyRole").Properties.AssumeRolePolicyDocument).toEqual({
      Statement: [
        {
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } },
          Effect: "Allow",
          Principal: { Service: "scheduler.amazonaws.com" },
        },
      ],
      Version: "2012-10-17",
    });
    expect(statements("NightlyRoleDefaultPolicy").map((item) => (item as { Action: unknown }).Action)).toEqual([
      "ecs:RunTask",
      "iam:PassRole",
      "sqs:SendMessage",
    ]);
    expect(stack.parameters.NightlyState?.default).toBe("DISABLED");
    expect(stack.description).toContain("disabled until their State parameter is ENABLED");
    expect(judged()).toEqual([]);
  });

  it("send to a queue or publish to a topic, on from the start", () => {
    const { resource, statements, admitted, judged } = lowerDrawing((draft) => {
      const queue = draft.add("sqsQueue", { fifo: true, contentBasedDeduplication: true }, { name: "Jobs" });
      const topic = draft.add("snsTopic", {}, { name: "News" });
      draft.connect(draft.add("eventSchedule", {}, { name: "Hourly" }), "deliver", queue, { messageGroupId: "all" });
      draft.connect(draft.add("eventSchedule", {}, { name: "Daily" }), "deliver", topic);
    });
    expect(resource("Hourly").Properties).toMatchObject({
      FlexibleTimeWindow: { Mode: "OFF" },
      State: "ENABLED",
      Target: { Arn: { "Fn::GetAtt": ["Jobs", "Arn"] }, SqsParameters: { MessageGroupId: "all" } },
    });
    expect(statements("HourlyRoleDefaultPolicy")).toEqual([
      { Action: "sqs:SendMessage", Effect: "Allow", Resource: { "Fn::GetAtt": ["Jobs", "Arn"] } },
    ]);
    expect(statements("DailyRoleDefaultPolicy")).toEqual([
      { Action: "sns:Publish", Effect: "Allow", Resource: { Ref: "News" } },
    ]);
    // Scheduler uses its role, not the policy of the queue.
    expect(admitted("JobsPolicy")).toEqual([]);
    expect(judged()).toEqual([]);
  });

  it("of a service on EC2 capacity place its tasks as the service does", () => {
    const { resource, judged } = lowerDrawing((draft) => {
      const web = ec2Web(draft);
      draft.connect(draft.add("eventSchedule", { state: "DISABLED" }, { name: "Nightly" }), "runTask", web.service);
    });
    const { State, Target } = resource("Nightly").Properties as { State: unknown; Target: { EcsParameters: unknown } };
    expect(State).toBe("DISABLED");
    expect(Target.EcsParameters).toEqual({
      CapacityProviderStrategy: [{ CapacityProvider: { Ref: "Instances" }, Weight: 1 }],
      TaskCount: 1,
      TaskDefinitionArn: { Ref: "WebTask" },
    });
    expect(judged()).toEqual([]);
  });

  it("that call nothing ask for a target, so that the template stays one", () => {
    const { resource, judged } = lowerDrawing((draft) => {
      draft.add("eventSchedule", {}, { name: "Nightly" });
    });
    expect(resource("Nightly").Properties.Target).toEqual({
      Arn: { Ref: "NightlyTargetArn" },
      RoleArn: { "Fn::GetAtt": ["NightlyRole", "Arn"] },
    });
    expect(judged()).toEqual([]);
  });
});
