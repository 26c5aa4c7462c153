import { describe, expect, it } from "vitest";
import { lowerDrawing } from "../../testing/lowered";
import { fargateWeb } from "../../testing/presets";

describe("topics", () => {
  it("get a name only where AWS demands one: FIFO", () => {
    const { resource, judged } = lowerDrawing((draft) => {
      draft.add("snsTopic", { displayName: "News" }, { name: "News" });
      draft.add("snsTopic", { fifo: true, contentBasedDeduplication: true }, { name: "Prices" });
    });
    expect(resource("News").Properties).toEqual({ DisplayName: "News" });
    expect(resource("Prices").Properties).toEqual({
      ContentBasedDeduplication: true,
      FifoTopic: true,
      TopicName: { "Fn::Sub": "${AWS::StackName}-Prices.fifo" },
    });
    expect(judged()).toEqual([]);
  });

  it("subscribe queues, raw when asked to", () => {
    const { resource, judged } = lowerDrawing((draft) => {
      const news = draft.add("snsTopic", {}, { name: "News" });
      const orders = draft.add("sqsQueue", {}, { name: "Orders" });
      draft.connect(news, "subscribe", orders, { rawMessageDelivery: true });
    });
    expect(resource("OrdersFromNews").Properties).toEqual({
      Endpoint: { "Fn::GetAtt": ["Orders", "Arn"] },
      Protocol: "sqs",
      RawMessageDelivery: true,
      TopicArn: { Ref: "News" },
    });
    expect(judged()).toEqual([]);
  });

  it("subscribe a host over HTTPS only once it is said to answer, since SNS asks it at once", () => {
    const { resource, template, judged } = lowerDrawing((draft) => {
      const web = fargateWeb(draft);
      const news = draft.add("snsTopic", {}, { name: "News" });
      draft.connect(news, "subscribeHttps", web.alb, { host: "hooks.example.com", path: "sns" });
    });
    const subscription = resource("FrontDoorFromNews");
    expect(subscription.Condition).toBe("FrontDoorFromNewsIsWanted");
    expect(subscription.Properties).toEqual({
      Endpoint: "https://hooks.example.com/sns",
      Protocol: "https",
      TopicArn: { Ref: "News" },
    });
    expect(template.Conditions).toEqual({
      FrontDoorFromNewsIsWanted: { "Fn::Equals": [{ Ref: "FrontDoorFromNewsWanted" }, "true"] },
    });
    expect(template.Parameters).toMatchObject({
      FrontDoorFromNewsWanted: { Default: "false", AllowedValues: ["false", "true"] },
    });
    expect(judged()).toEqual([]);
  });

  it("let the tasks that are connected publish, and tell them the ARN", () => {
    const { statements, container } = lowerDrawing((draft) => {
      const web = fargateWeb(draft);
      draft.connect(web.container, "publish", draft.add("snsTopic", {}, { name: "Order events" }));
    });
    expect(statements("WebTaskTaskRoleDefaultPolicy")).toEqual([
      { Action: "sns:Publish", Effect: "Allow", Resource: { Ref: "OrderEvents" } },
    ]);
    expect(container("WebTask").Environment).toEqual([
      { Name: "ORDER_EVENTS_TOPIC_ARN", Value: { Ref: "OrderEvents" } },
    ]);
  });

  it("refuse messages that are published over plain HTTP, unless told not to", () => {
    const { statements, ids, judged } = lowerDrawing((draft) => {
      draft.add("snsTopic", {}, { name: "News" });
      draft.add("snsTopic", { enforceTls: false }, { name: "Open" });
    });
    expect(statements("NewsPolicy")).toEqual([
      {
        Action: "sns:Publish",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
        Effect: "Deny",
        Principal: "*",
        Resource: { Ref: "News" },
        Sid: "AllowPublishThroughSSLOnly",
      },
    ]);
    expect(ids("AWS::SNS::TopicPolicy")).toEqual(["NewsPolicy"]);
    expect(judged()).toEqual([]);
  });
});
