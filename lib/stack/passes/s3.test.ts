import { describe, expect, it } from "vitest";
import { lowerDrawing } from "../../testing/lowered";
import { fargateWeb } from "../../testing/presets";

const objects = (bucket: string, key: string): unknown => ({
  "Fn::Join": ["", [{ "Fn::GetAtt": [bucket, "Arn"] }, `/${key}`]],
});

describe("buckets", () => {
  it("are closed, encrypted, kept and refuse plain HTTP", () => {
    const { resource, statements, judged } = lowerDrawing((draft) => {
      draft.add("s3Bucket", { encryption: "SSE-KMS" }, { name: "Uploads" });
    });
    expect(resource("Uploads")).toEqual({
      Type: "AWS::S3::Bucket",
      DeletionPolicy: "RetainExceptOnCreate",
      UpdateReplacePolicy: "Retain",
      Properties: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms" } }],
        },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        VersioningConfiguration: { Status: "Enabled" },
      },
    });
    expect(statements("UploadsPolicy")).toEqual([
      {
        Action: "s3:*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
        Effect: "Deny",
        Principal: { AWS: "*" },
        Resource: [{ "Fn::GetAtt": ["Uploads", "Arn"] }, objects("Uploads", "*")],
      },
    ]);
    expect(judged()).toEqual([]);
  });

  it("give tasks the chosen actions", () => {
    const may = (what: "read" | "write" | "readWrite"): unknown[] =>
      lowerDrawing((draft) => {
        const web = fargateWeb(draft);
        draft.connect(web.container, "access", draft.add("s3Bucket", {}, { name: "Uploads" }), { may: what });
      })
        .statements("WebTaskTaskRoleDefaultPolicy")
        .map((statement) => (statement as { Action: unknown }).Action);
    expect(may("read")).toEqual(["s3:GetObject", "s3:ListBucket"]);
    expect(may("write")).toEqual(["s3:PutObject"]);
    expect(may("readWrite")).toEqual([["s3:GetObject", "s3:PutObject"], "s3:ListBucket"]);
  });

  it("hold environment files that the execution role reads; the service waits until one is uploaded", () => {
    const { container, statements, resource, judged } = lowerDrawing((draft) => {
      const web = fargateWeb(draft);
      const config = draft.add("s3Bucket", {}, { name: "Config" });
      draft.connect(web.container, "environmentFile", config, { key: "web.env" });
    });
    const file = objects("Config", "web.env");
    expect(container("WebTask").EnvironmentFiles).toEqual([{ Type: "s3", Value: file }]);
    expect(statements("WebTaskExecutionRoleDefaultPolicy").slice(0, 2)).toEqual([
      { Action: "s3:GetObject", Effect: "Allow", Resource: file },
      { Action: "s3:GetBucketLocation", Effect: "Allow", Resource: { "Fn::GetAtt": ["Config", "Arn"] } },
    ]);
    expect(resource("Web").Properties.DesiredCount).toHaveProperty("Ref");
    expect(judged()).toEqual([]);
  });

  it("notify rules through EventBridge, queues and topics directly after their policies", () => {
    const { resource, judged } = lowerDrawing((draft) => {
      const uploads = draft.add("s3Bucket", {}, { name: "Uploads" });
      draft.connect(uploads, "notify", draft.add("eventRule", {}, { name: "Created" }));
      draft.connect(uploads, "notify", draft.add("sqsQueue", {}, { name: "Jobs" }));
      draft.connect(uploads, "notify", draft.add("snsTopic", {}, { name: "News" }), {
        events: ["s3:ObjectRemoved:*", "s3:ObjectRestore:*"],
      });
    });
    expect(resource("Uploads").Properties.NotificationConfiguration).toEqual({
      EventBridgeConfiguration: { EventBridgeEnabled: true },
      QueueConfigurations: [{ Event: "s3:ObjectCreated:*", Queue: { "Fn::GetAtt": ["Jobs", "Arn"] } }],
      TopicConfigurations: [
        { Event: "s3:ObjectRemoved:*", Topic: { Ref: "News" } },
        { Event: "s3:ObjectRestore:*", Topic: { Ref: "News" } },
      ],
    });
    expect(resource("Uploads").DependsOn).toEqual(["JobsPolicy", "NewsPolicy"]);
    expect(judged()).toEqual([]);
  });
});

describe("access logs", () => {
  it("are admitted under the exact prefix before an ALB turns them on", () => {
    const { resource, statements, judged } = lowerDrawing((draft) => {
      const web = fargateWeb(draft);
      const logs = draft.add("s3Bucket", {}, { name: "Logs" });
      draft.connect(web.alb, "accessLogs", logs, { prefix: "/web/" });
    });
    expect(statements("LogsPolicy")[1]).toEqual({
      Action: "s3:PutObject",
      Effect: "Allow",
      Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
      Resource: {
        "Fn::Join": ["", [{ "Fn::GetAtt": ["Logs", "Arn"] }, "/web/AWSLogs/", { Ref: "AWS::AccountId" }, "/*"]],
      },
    });
    expect(resource("FrontDoor").Properties.LoadBalancerAttributes).toEqual(
      expect.arrayContaining([
        { Key: "access_logs.s3.enabled", Value: "true" },
        { Key: "access_logs.s3.bucket", Value: { Ref: "Logs" } },
        { Key: "access_logs.s3.prefix", Value: "web" },
      ]),
    );
    expect(resource("FrontDoor").DependsOn).toContain("LogsPolicy");
    expect(judged()).toEqual([]);
  });

  it("of a Network Load Balancer come through CloudWatch's log delivery", () => {
    const { statements, judged } = lowerDrawing((draft) => {
      const vpc = draft.add("vpc", {}, { name: "Net" });
      const nlb = draft.add("nlb", {}, { name: "Door", parent: vpc });
      draft.connect(nlb, "accessLogs", draft.add("s3Bucket", { enforceTls: false }, { name: "Logs" }));
    });
    expect(statements("LogsPolicy")).toMatchObject([
      { Action: "s3:GetBucketAcl", Principal: { Service: "delivery.logs.amazonaws.com" } },
      {
        Action: "s3:PutObject",
        Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control" } },
        Principal: { Service: "delivery.logs.amazonaws.com" },
      },
    ]);
    expect(judged()).toEqual([]);
  });
});
