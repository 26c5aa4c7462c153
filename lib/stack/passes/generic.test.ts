import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../core/json";
import { lowerDrawing } from "../../testing/lowered";
import { fargateWeb } from "../../testing/presets";

const table = {
  type: "AWS::DynamoDB::Table",
  properties: {
    AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    BillingMode: "PAY_PER_REQUEST",
  },
};

describe("generic resources", () => {
  it("keep properties, functions and attributes as they are", () => {
    const properties: JsonObject = {
      ...table.properties,
      TableName: { "Fn::Join": ["-", [{ Ref: "AWS::StackName" }, { "Fn::Sub": "${AWS::Region}" }, "orders"]] },
      Tags: [{ Key: "Ref", Value: "kept" }],
    };
    const { resource, stack, judged } = lowerDrawing((draft) => {
      draft.add("sqsQueue", {}, { name: "Jobs" });
      draft.add(
        "generic",
        {
          ...table,
          properties,
          attributes: {
            DependsOn: "Jobs",
            DeletionPolicy: "Retain",
            Metadata: { Team: "orders" },
            Colour: "blue",
          },
        },
        { name: "Orders" },
      );
    });
    expect(resource("Orders")).toEqual({
      Type: "AWS::DynamoDB::Table",
      DependsOn: "Jobs",
      DeletionPolicy: "Retain",
      // CloudFormation refuses attributes that it does not know.
      Metadata: { Team: "orders", UnknownAttributes: { Colour: "blue" } },
      Properties: properties,
    });
    expect(stack.resources.Orders?.raw).toBe(true);
    expect(judged()).toEqual([]);
  });

  it("hold the references that are drawn, in either direction, at the pointer", () => {
    const { resource, stack, judged } = lowerDrawing((draft) => {
      const topic = draft.add("snsTopic", {}, { name: "Alerts" });
      const jobs = draft.add("sqsQueue", {}, { name: "Jobs" });
      const alarm = draft.add(
        "generic",
        {
          type: "AWS::CloudWatch::Alarm",
          properties: {
            ComparisonOperator: "GreaterThanThreshold",
            EvaluationPeriods: 1,
            AlarmActions: ["arn:aws:sns:us-east-1:123456789012:other"],
          },
        },
        { name: "Alarm" },
      );
      draft.connect(alarm, "reference", topic, { pointer: "/AlarmActions/-" });
      draft.connect(jobs, "reference", alarm, { pointer: "/Dimensions", attribute: "QueueName" });
    });
    expect(resource("Alarm").Properties).toMatchObject({
      AlarmActions: ["arn:aws:sns:us-east-1:123456789012:other", { Ref: "Alerts" }],
      Dimensions: { "Fn::GetAtt": ["Jobs", "QueueName"] },
    });
    expect(stack.resources.Alarm?.origins).toMatchObject({
      "/properties/AlarmActions/1": [{ edge: "e1", field: "/pointer", why: "drawn" }],
      "/properties/Dimensions": [{ edge: "e2", field: "/pointer", why: "drawn" }],
    });
    expect(judged()).toEqual([]);
  });

  it("reach what exists already by its own name", () => {
    const arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf";
    const { resource, judged } = lowerDrawing((draft) => {
      const secret = draft.add("secret", { source: { from: "existing", arn } }, { name: "Login" });
      const vpc = draft.add("vpc", { source: "existing" }, { name: "Net" });
      const group = draft.add(
        "generic",
        { type: "AWS::EC2::SecurityGroup", properties: { GroupDescription: "" } },
        { name: "Group" },
      );
      draft.connect(group, "reference", secret, { pointer: "/GroupDescription" });
      draft.connect(group, "reference", vpc, { pointer: "/VpcId" });
    });
    expect(resource("Group").Properties).toEqual({ GroupDescription: arn, VpcId: { Ref: "NetVpcId" } });
    expect(judged()).toEqual([]);
  });

  it("wait for the other end where nothing can be written", () => {
    const { resource, judged } = lowerDrawing((draft) => {
      const web = fargateWeb(draft);
      const one = draft.add("generic", table, { name: "One" });
      const two = draft.add("generic", table, { name: "Two" });
      draft.connect(one, "reference", two);
      draft.connect(web.service, "reference", one);
      draft.connect(two, "reference", web.repository, { pointer: "/BillingMode/deeper" });
      draft.connect(two, "reference", web.cluster, { pointer: "/__proto__/x" });
    });
    expect(resource("One").DependsOn).toBe("Two");
    expect(resource("Web").DependsOn).toContain("One");
    expect(resource("Two").DependsOn).toEqual(["Main", "WebImage"]);
    expect(resource("Two").Properties).toEqual(table.properties);
    expect(judged()).toEqual([]);
  });

  // CloudFormation refuses a template with "Unresolved condition dependency".
  it("keep a condition that nobody defines: it holds until its parameter says otherwise", () => {
    const { resource, template, judged } = lowerDrawing((draft) => {
      const properties = {
        ...table.properties,
        TableName: { "Fn::If": ["IsNamed", "orders", { Ref: "AWS::NoValue" }] },
      };
      draft.add("generic", { ...table, properties, attributes: { Condition: "IsProduction" } }, { name: "Orders" });
    });
    expect(resource("Orders").Condition).toBe("IsProduction");
    expect(template.Conditions).toEqual({
      IsNamed: { "Fn::Equals": [{ Ref: "IsNamedIsTrue" }, "true"] },
      IsProduction: { "Fn::Equals": [{ Ref: "IsProductionIsTrue" }, "true"] },
    });
    expect(template.Parameters).toMatchObject({ IsProductionIsTrue: { Type: "String", Default: "true" } });
    expect(judged()).toEqual([]);
  });
});
