import { type Properties, targetOf } from "../../../stack/value";
import { lit, obj, raw } from "../code";
import { enforceSsl, ownPolicy } from "./resource-policy";
import { isNumber, only, seconds } from "./shared";
import type { Single } from "./single";

/** https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_sqs.Queue.html */
export const queue: Single = {
  type: "sqs.Queue",
  ref: "queueUrl",
  attributes: { Arn: "queueArn", QueueName: "queueName" },
  admits: ownPolicy,
  says(writing, resource) {
    const { properties } = resource;
    const times = ["DelaySeconds", "MessageRetentionPeriod", "ReceiveMessageWaitTimeSeconds", "VisibilityTimeout"];
    const dead = properties.RedrivePolicy as Properties | undefined;
    const target = writing.resource(targetOf(dead?.deadLetterTargetArn) ?? "");
    return (
      only(resource, ...times, "SqsManagedSseEnabled", "RedrivePolicy") &&
      times.every((key) => properties[key] === undefined || isNumber(properties[key])) &&
      properties.SqsManagedSseEnabled === true &&
      (dead === undefined ||
        (isNumber(dead.maxReceiveCount) &&
          target !== undefined &&
          target !== resource &&
          writing.built(target.id) !== undefined))
    );
  },
  props(writing, resource) {
    const { properties } = resource;
    const dead = properties.RedrivePolicy as Properties | undefined;
    const target = writing.handle(targetOf(dead?.deadLetterTargetArn) ?? "");
    return obj({
      visibilityTimeout: seconds(properties.VisibilityTimeout),
      retentionPeriod: seconds(properties.MessageRetentionPeriod),
      receiveMessageWaitTime: seconds(properties.ReceiveMessageWaitTimeSeconds),
      deliveryDelay: seconds(properties.DelaySeconds),
      encryption: raw("sqs.QueueEncryption.SQS_MANAGED"),
      enforceSSL: enforceSsl(writing, resource),
      deadLetterQueue:
        target && dead && isNumber(dead.maxReceiveCount)
          ? obj({ queue: target.variable, maxReceiveCount: lit(dead.maxReceiveCount) })
          : undefined,
    });
  },
};
