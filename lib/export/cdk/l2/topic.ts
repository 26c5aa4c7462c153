import { Intrinsic, targetOf, type Value } from "../../../stack/value";
import { lit, make, obj, raw } from "../code";
import { str } from "../values";
import type { Builder } from "../writing";
import { enforceSsl, ownPolicy } from "./resource-policy";
import { handleOf, isText, only } from "./shared";
import { finish, type Single } from "./single";

const isName = (value: Value | undefined): boolean =>
  value === undefined || isText(value) || value instanceof Intrinsic;
const isFlag = (value: Value | undefined): boolean => value === undefined || typeof value === "boolean";

/** https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_sns.Topic.html */
export const topic: Single = {
  type: "sns.Topic",
  ref: "topicArn",
  attributes: { TopicArn: "topicArn", TopicName: "topicName" },
  admits: ownPolicy,
  says(_writing, resource) {
    const { ContentBasedDeduplication, DisplayName, FifoTopic, TopicName } = resource.properties;
    // The class keeps deduplication to FIFO topics.
    const whole = FifoTopic === true || (FifoTopic === undefined && ContentBasedDeduplication === undefined);
    return (
      only(resource, "ContentBasedDeduplication", "DisplayName", "FifoTopic", "TopicName") &&
      whole &&
      isFlag(ContentBasedDeduplication) &&
      isName(DisplayName) &&
      isName(TopicName)
    );
  },
  props(writing, resource) {
    const { properties } = resource;
    const { ContentBasedDeduplication, DisplayName, FifoTopic, TopicName } = properties;
    return obj({
      displayName: DisplayName === undefined ? undefined : str(writing, DisplayName),
      topicName: TopicName === undefined ? undefined : str(writing, TopicName),
      enforceSSL: enforceSsl(writing, resource),
      fifo: FifoTopic === undefined ? undefined : lit(true),
      contentBasedDeduplication:
        ContentBasedDeduplication === undefined ? undefined : lit(ContentBasedDeduplication as boolean),
    });
  },
};

/**
 * A subscription of a queue. `topic.addSubscription` would write a wider policy for the queue than the stack has.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_sns.Subscription.html
 */
export const subscription: Builder = (writing, resource) => {
  const { Endpoint, Protocol, RawMessageDelivery, TopicArn } = resource.properties;
  const topicId = targetOf(TopicArn) ?? "";
  if (!only(resource, "Endpoint", "Protocol", "RawMessageDelivery", "TopicArn") || Protocol !== "sqs") return undefined;
  if (Endpoint === undefined || !writing.built(topicId) || !isFlag(RawMessageDelivery)) return undefined;
  return {
    type: "sns.Subscription",
    makes: [],
    handle: (_id, variable) => handleOf(resource, variable, { ref: "node.defaultChild", attributes: {} }),
    write(variable) {
      const props = obj({
        topic: writing.handle(topicId)?.variable,
        protocol: raw("sns.SubscriptionProtocol.SQS"),
        endpoint: str(writing, Endpoint),
        rawMessageDelivery: RawMessageDelivery === undefined ? undefined : lit(RawMessageDelivery as boolean),
      });
      writing.program.declare(
        variable,
        make("sns.Subscription", raw("this"), lit(resource.id), props),
        writing.place(resource),
      );
      finish(writing, resource, variable);
    },
  };
};
