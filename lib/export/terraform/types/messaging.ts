import { Intrinsic, type Properties, type Value } from "../../../stack/value";
import { call, object } from "../hcl";
import { exprOf } from "../values";
import type { TypeTable, Writing } from "../writing";
import { cell, json } from "./cell";

const first =
  (writing: Writing) =>
  (value: Value): ReturnType<typeof exprOf> | undefined => {
    const [one] = Array.isArray(value) ? value : [value];
    return one === undefined ? undefined : exprOf(writing, one);
  };

const redrive = (writing: Writing) => (value: Value) => {
  if (value instanceof Intrinsic) return json(writing)(value);
  const entries = Object.entries(value as Properties).map(([key, one]) => [key, exprOf(writing, one)] as const);
  return call("jsonencode", object(Object.fromEntries(entries)));
};

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sqs_queue and sns_topic */
export const messaging = {
  "AWS::SQS::Queue": cell(
    "aws_sqs_queue",
    { ref: "url", attributes: { Arn: "arn", QueueName: "name", QueueUrl: "url" } },
    (body, writing) => {
      body
        .set("fifo_queue", "FifoQueue")
        .set("content_based_deduplication", "ContentBasedDeduplication")
        .set("deduplication_scope", "DeduplicationScope")
        .set("fifo_throughput_limit", "FifoThroughputLimit")
        .set("delay_seconds", "DelaySeconds")
        .set("max_message_size", "MaximumMessageSize")
        .set("message_retention_seconds", "MessageRetentionPeriod")
        .set("receive_wait_time_seconds", "ReceiveMessageWaitTimeSeconds")
        .set("visibility_timeout_seconds", "VisibilityTimeout")
        .set("kms_master_key_id", "KmsMasterKeyId")
        .set("sqs_managed_sse_enabled", "SqsManagedSseEnabled")
        .set("redrive_policy", "RedrivePolicy", redrive(writing));
    },
  ),
  "AWS::SQS::QueuePolicy": cell("aws_sqs_queue_policy", { ref: "id" }, (body, writing) => {
    body.set("queue_url", "Queues", first(writing)).set("policy", "PolicyDocument", json(writing));
  }),
  "AWS::SNS::Topic": cell(
    "aws_sns_topic",
    { ref: "arn", attributes: { TopicArn: "arn", TopicName: "name" } },
    (body) => {
      body
        .set("name", "TopicName")
        .set("display_name", "DisplayName")
        .set("fifo_topic", "FifoTopic")
        .set("content_based_deduplication", "ContentBasedDeduplication")
        .set("kms_master_key_id", "KmsMasterKeyId");
    },
  ),
  "AWS::SNS::TopicPolicy": cell("aws_sns_topic_policy", { ref: "id" }, (body, writing) => {
    body.set("arn", "Topics", first(writing)).set("policy", "PolicyDocument", json(writing));
  }),
  "AWS::SNS::Subscription": cell("aws_sns_topic_subscription", { ref: "arn", attributes: { Arn: "arn" } }, (body) => {
    body
      .set("topic_arn", "TopicArn")
      .set("protocol", "Protocol")
      .set("endpoint", "Endpoint")
      .set("raw_message_delivery", "RawMessageDelivery");
  }),
} satisfies Partial<TypeTable>;
