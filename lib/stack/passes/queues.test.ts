import { describe, expect, it } from "vitest";
import { lowerDrawing } from "../../testing/lowered";
import { fargateWeb } from "../../testing/presets";

describe("queues", () => {
  it("take all settings, and FIFO ones need no name", () => {
    const { resource, judged } = lowerDrawing((draft) => {
      const failed = draft.add("sqsQueue", { fifo: true }, { name: "Failed" });
      const orders = draft.add(
        "sqsQueue",
        {
          fifo: true,
          contentBasedDeduplication: true,
          deduplicationScope: "messageGroup",
          fifoThroughputLimit: "perMessageGroupId",
          visibilityTimeout: 120,
          maximumMessageSize: 1024,
          encryption: "none",
        },
        { name: "Orders" },
      );
      draft.connect(orders, "deadLetter", failed, { maxReceiveCount: 3 });
    });
    expect(resource("Orders").Properties).toEqual({
      ContentBasedDeduplication: true,
      DeduplicationScope: "messageGroup",
      DelaySeconds: 0,
      FifoQueue: true,
      FifoThroughputLimit: "perMessageGroupId",
      MaximumMessageSize: 1024,
      MessageRetentionPeriod: 345600,
      ReceiveMessageWaitTimeSeconds: 20,
      RedrivePolicy: { deadLetterTargetArn: { "Fn::GetAtt": ["Failed", "Arn"] }, maxReceiveCount: 3 },
      SqsManagedSseEnabled: false,
      VisibilityTimeout: 120,
    });
    expect(judged()).toEqual([]);
  });

  it("let the tasks that are connected send or poll, and tell them the URL", () => {
    const { statements, container, judged } = lowerDrawing((draft) => {
      const web = fargateWeb(draft, { container: { environment: [{ name: "ORDERS_QUEUE_URL", value: "mine" }] } });
      const orders = draft.add("sqsQueue", {}, { name: "Orders" });
      const jobs = draft.add("sqsQueue", {}, { name: "Job queue" });
      draft.connect(web.container, "send", orders);
      draft.connect(jobs, "poll", web.service);
    });
    expect(statements("WebTaskTaskRoleDefaultPolicy")).toEqual([
      { Action: "sqs:SendMessage", Effect: "Allow", Resource: { "Fn::GetAtt": ["Orders", "Arn"] } },
      {
        Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"],
        Effect: "Allow",
        Resource: { "Fn::GetAtt": ["JobQueue", "Arn"] },
      },
    ]);
    expect(container("WebTask").Environment).toEqual([
      { Name: "ORDERS_QUEUE_URL", Value: "mine" },
      { Name: "JOB_QUEUE_URL", Value: { Ref: "JobQueue" } },
    ]);
    expect(judged()).toEqual([]);
  });

  it("admit exactly the topic and the rule that send to them", () => {
    const { admitted, judged } = lowerDrawing((draft) => {
      const orders = draft.add("sqsQueue", {}, { name: "Orders" });
      const news = draft.add("snsTopic", {}, { name: "News" });
      const cluster = draft.add("cluster", {}, { name: "Main" });
      const stopped = draft.add("eventRule", {}, { name: "Stopped" });
      draft.connect(news, "subscribe", orders);
      draft.connect(cluster, "intercept", stopped);
      draft.connect(stopped, "deliver", orders);
    });
    const arn = { "Fn::GetAtt": ["Orders", "Arn"] };
    expect(admitted("OrdersPolicy")).toEqual([
      {
        Action: "sqs:SendMessage",
        Condition: { ArnEquals: { "aws:SourceArn": { Ref: "News" } } },
        Effect: "Allow",
        Principal: { Service: "sns.amazonaws.com" },
        Resource: arn,
      },
      {
        Action: "sqs:SendMessage",
        Condition: { ArnEquals: { "aws:SourceArn": { "Fn::GetAtt": ["Stopped", "Arn"] } } },
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Resource: arn,
      },
    ]);
    expect(judged()).toEqual([]);
  });

  it("make no circle when a bucket and a rule on that bucket send to the same queue", () => {
    const { resource, admitted, judged } = lowerDrawing((draft) => {
      const orders = draft.add("sqsQueue", {}, { name: "Orders" });
      const uploads = draft.add("s3Bucket", {}, { name: "Uploads" });
      const created = draft.add("eventRule", {}, { name: "Created" });
      draft.connect(uploads, "notify", orders, { events: ["s3:ObjectRemoved:*"] });
      draft.connect(uploads, "notify", created);
      draft.connect(created, "deliver", orders);
    });
    expect(resource("Uploads").DependsOn).toBe("OrdersPolicy");
    expect(admitted("OrdersPolicy").map((statement) => (statement as { Condition: unknown }).Condition)).toEqual([
      {
        ArnLike: { "aws:SourceArn": { "Fn::Sub": "arn:${AWS::Partition}:s3:::*" } },
        StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } },
      },
      {
        ArnLike: {
          "aws:SourceArn": { "Fn::Sub": "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/*" },
        },
      },
    ]);
    expect(judged()).toEqual([]);
  });

  it("refuse plain HTTP before anything else, unless told not to", () => {
    const { statements, ids, judged } = lowerDrawing((draft) => {
      const orders = draft.add("sqsQueue", {}, { name: "Orders" });
      draft.connect(draft.add("s3Bucket", {}, { name: "Uploads" }), "notify", orders);
      draft.add("sqsQueue", { enforceTls: false }, { name: "Open" });
    });
    expect(statements("OrdersPolicy")[0]).toEqual({
      Action: "sqs:*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
      Effect: "Deny",
      Principal: { AWS: "*" },
      Resource: { "Fn::GetAtt": ["Orders", "Arn"] },
    });
    expect(ids("AWS::SQS::QueuePolicy")).toEqual(["OrdersPolicy"]);
    expect(judged()).toEqual([]);
  });
});
