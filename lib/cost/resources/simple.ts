import { isKind } from "../../model/build";
import type { ModelNode } from "../../model/model";
import { taskDefinitionOf } from "../../model/queries";
import type { Resource } from "../../stack/stack";
import type { Properties, Value } from "../../stack/value";
import { sqsRequests, sqsRequestsOf } from "../formulas/events";
import {
  advancedParameterCalls,
  advancedParameters,
  kmsRequests,
  secretCalls,
  secretMonths,
} from "../formulas/keeping";
import { ecrStorage, s3Reads, s3Storage, s3Writes } from "../formulas/storage";
import type { Ledger } from "../ledger";
import { readAtStart } from "../outbound/edges";
import { SECONDS_PER_MONTH } from "../traffic";
import { combine, isKnown, type Known } from "../usage";
import { priced } from "./cell";
import { messagesOf } from "./messages";

/** https://aws.amazon.com/ecr/pricing/ */
export const repository = priced<"AWS::ECR::Repository">(({ properties }, ledger) => {
  ledger.use("storedGb", ecrStorage);
  if (((properties.EncryptionConfiguration ?? {}) as Properties).EncryptionType !== "KMS") return;
  const why = "Depends on use: how often ECR asks KMS for each image that is pushed or pulled, AWS does not say.";
  ledger.miss("KMS requests for images", "requests", 0, why);
});

/** https://aws.amazon.com/s3/pricing/ */
export const bucket = priced<"AWS::S3::Bucket">(({ properties }, ledger) => {
  ledger.use("storedGb", s3Storage);
  ledger.use("writes", s3Writes);
  ledger.use("reads", s3Reads);
  chargeEvents(ledger, properties.NotificationConfiguration);
  if (!asksKms(properties.BucketEncryption)) return;
  const requests = combine([ledger.figure("writes"), ledger.figure("reads")], (writes, reads) => writes + reads);
  ledger.once("KMS", () => ledger.addKnown(requests, kmsRequests));
});

/**
 * All events of a bucket go to EventBridge where one rule wants some: data events, which are not free as those of AWS's
 * services on the default bus are. https://aws.amazon.com/eventbridge/pricing/
 */
function chargeEvents(ledger: Ledger, notification: Value | undefined): void {
  if (((notification ?? {}) as Properties).EventBridgeConfiguration === undefined) return;
  const written = ledger.figure("writes");
  const why =
    "AWS charges events of S3 that EventBridge takes in, one for each change; the bundled price list has no figure.";
  ledger.miss(
    "Events of S3 on the event bus",
    "events",
    isKnown(written) ? written.value : 0,
    isKnown(written) ? why : written.why,
  );
}

/** True where each request to a bucket makes one to KMS: encrypted by KMS, and without a bucket key. https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html */
function asksKms(encryption: Value | undefined): boolean {
  const rules = ((encryption ?? {}) as Properties).ServerSideEncryptionConfiguration;
  return (Array.isArray(rules) ? rules : []).some((rule) => {
    const { BucketKeyEnabled, ServerSideEncryptionByDefault } = (rule ?? {}) as Properties;
    const { SSEAlgorithm } = (ServerSideEncryptionByDefault ?? {}) as Properties;
    return SSEAlgorithm === "aws:kms" && BucketKeyEnabled !== true;
  });
}

/** By requests where they were given, else by messages, each sent, received and deleted. https://aws.amazon.com/sqs/pricing/ */
export const queue = priced<"AWS::SQS::Queue">(({ properties, origins }, ledger) => {
  const fifo = properties.FifoQueue === true;
  const node = ledger.model.node(origins[""]?.[0]?.node ?? "");
  if (!node) return;
  const requests =
    ledger.given(node.id, "requests") ??
    combine([messagesOf(ledger, node), ledger.figureOf(node.id, "messageKb")], sqsRequestsOf);
  ledger.addKnown(requests, (value) => sqsRequests(value, fifo));
  if (!ledger.given(node.id, "requests")) chargeEmptyReceives(ledger, node, fifo);
});

/** How long a receive waits for messages, in seconds, at most. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html */
const LONGEST_WAIT = 20;

/** Tasks that poll ask on when nothing is there, and each answer without a message is a request too. */
function chargeEmptyReceives(ledger: Ledger, node: ModelNode, fifo: boolean): void {
  const pollers = node.out.flatMap((edge) => {
    const definition = edge.relation === "poll" ? taskDefinitionOf(edge.to) : undefined;
    return definition ? ledger.runners(definition.id).filter((runner) => runner.node.id === edge.to.id) : [];
  });
  if (pollers.length === 0 || !isKind(node, "sqsQueue")) return;
  const wait = Math.min(LONGEST_WAIT, node.props.receiveMessageWaitTimeSeconds);
  if (!(wait > 0)) {
    const why = "Depends on use: without a receive wait time, code asks as often as it likes, and each time costs.";
    ledger.miss("SQS requests without a message", "requests", 0, why);
    return;
  }
  const words: Known = { value: SECONDS_PER_MONTH / wait, assumed: [`each polling task asks again after ${wait} s`] };
  const empty = combine(
    [messagesOf(ledger, node), words, ...pollers.map(({ running }) => running)],
    (messages, asks, ...tasks) => Math.max(0, asks * tasks.reduce((sum, one) => sum + one, 0) - messages),
  );
  ledger.addKnown(empty, (value) => ({ ...sqsRequests(value, fifo), item: "SQS requests without a message" }));
}

/** One call for each task that starts with the value, where no code reads it besides; undefined where that is not all. */
function callsOf(ledger: Ledger, { origins }: Resource): Known | undefined {
  const node = ledger.model.node(origins[""]?.[0]?.node ?? "");
  const readers = node?.in ?? [];
  if (!node || readers.length === 0 || readers.some(({ relation }) => relation === "read")) return undefined;
  return readAtStart(ledger, node);
}

/** https://aws.amazon.com/secrets-manager/pricing/ */
export const secret = priced<"AWS::SecretsManager::Secret">((resource, ledger) => {
  ledger.add(secretMonths(1));
  ledger.use("requests", secretCalls, () => callsOf(ledger, resource));
});

/** https://aws.amazon.com/systems-manager/pricing/ */
export const parameter = priced<"AWS::SSM::Parameter">((resource, ledger) => {
  if (resource.properties.Tier !== "Advanced") {
    const docs = "https://aws.amazon.com/systems-manager/pricing/";
    ledger.note(resource.type, "Standard parameters are free.", docs);
    return;
  }
  ledger.add(advancedParameters(1));
  ledger.use("requests", advancedParameterCalls, () => callsOf(ledger, resource));
});
