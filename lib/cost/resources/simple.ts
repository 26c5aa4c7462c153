import { isKind } from "../../model/build";
import type { ModelNode } from "../../model/model";
import { servicesOf } from "../../model/queries";
import type { Resource } from "../../stack/stack";
import type { Properties } from "../../stack/value";
import { snsHttp, snsPayload, snsPublished, sqsRequests, sqsRequestsOf } from "../formulas/events";
import { advancedParameterCalls, advancedParameters, secretCalls, secretMonths } from "../formulas/keeping";
import { ecrStorage, s3Reads, s3Storage, s3Writes } from "../formulas/storage";
import { alarms, enhancedMetrics, logsStored, logsWritten, metrics } from "../formulas/watching";
import type { Ledger } from "../ledger";
import { chargeWay } from "../outbound/charge";
import { ofAgent, readAtStart } from "../outbound/edges";
import { monthlyGb } from "../traffic";
import { combine, isKnown, type Known } from "../usage";
import { priced } from "./cell";
import { messagesOf } from "./messages";

/** https://aws.amazon.com/ecr/pricing/ */
export const repository = priced<"AWS::ECR::Repository">((_resource, ledger) => {
  ledger.use("storedGb", ecrStorage);
});

/** ECS is free; Container Insights is charged per metric, whose number AWS gives for no cluster. https://aws.amazon.com/cloudwatch/pricing/ */
export const cluster = priced<"AWS::ECS::Cluster">((resource, ledger) => {
  const settings = resource.properties.ClusterSettings;
  for (const setting of Array.isArray(settings) ? settings : []) {
    const value = typeof setting === "object" && setting !== null && "Value" in setting ? setting.Value : undefined;
    if (value === "enhanced") ledger.use("metrics", enhancedMetrics);
    if (value === "enabled") ledger.use("metrics", (count) => metrics(count, "Container Insights metrics"));
  }
  const why = "ECS itself is free; the capacity that tasks run on is charged.";
  ledger.note(resource.type, why, "https://aws.amazon.com/ecs/pricing/");
});

/** Alarms that ECS makes for each capacity provider with managed scaling: one high, one low. */
const SCALING_ALARMS = 2;

/** ECS is free; the alarms that it makes to scale instances are not. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-auto-scaling.html */
export const capacityProvider = priced<"AWS::ECS::CapacityProvider">((resource, ledger) => {
  const provider = (resource.properties.AutoScalingGroupProvider ?? {}) as Properties;
  const scaling = (provider.ManagedScaling ?? {}) as Properties;
  const note = `${SCALING_ALARMS} alarms that managed scaling makes`;
  if (scaling.Status === "ENABLED")
    for (const charge of alarms({ standard: SCALING_ALARMS })) ledger.add({ ...charge, note });
  const why = "ECS itself is free; the capacity that tasks run on is charged.";
  ledger.note(resource.type, why, "https://aws.amazon.com/ecs/pricing/");
});

/** What a task definition logs for the requests that reach its services; undefined when none does. */
function logsOfRequests(ledger: Ledger, definition: ModelNode<"taskDefinition">): Known | undefined {
  let perSecond = 0;
  const assumed: string[] = [];
  for (const service of servicesOf(definition as ModelNode)) {
    const load = ledger.traffic.of(service.id);
    if (!load) continue;
    if ("why" in load) return load;
    perSecond += load.requestsPerSecond;
    assumed.push(...load.assumedRequests);
  }
  if (perSecond === 0) return undefined;
  return combine([{ value: perSecond, assumed }, ledger.figureOf(definition.id, "logKbPerRequest")], monthlyGb);
}

/** Logs: what is written, and what is kept of it. https://aws.amazon.com/cloudwatch/pricing/ */
export const logGroup = priced<"AWS::Logs::LogGroup">(({ properties, origins }, ledger) => {
  const node = ledger.model.node(origins[""]?.[0]?.node ?? "");
  ledger.once("Logs", () => {
    const ofRequests = (): Known | undefined =>
      isKind(node, "taskDefinition") ? logsOfRequests(ledger, node) : undefined;
    const written = ledger.givenHere("logsGb") ?? ofRequests() ?? ledger.figure("logsGb");
    ledger.addKnown(written, logsWritten);
    if (node)
      chargeWay(
        ledger,
        "logs",
        ofAgent(ledger.runners(node.id), () => written),
        "of logs",
      );
    if (!isKnown(written)) return;
    const days = properties.RetentionInDays;
    if (typeof days === "number") ledger.addKnown(written, (gb) => logsStored(gb, days));
    else ledger.miss("Logs stored", "GB", 0, "Kept for ever, so the cost grows every month.");
  });
});

/** https://aws.amazon.com/s3/pricing/ */
export const bucket = priced<"AWS::S3::Bucket">((_resource, ledger) => {
  ledger.use("storedGb", s3Storage);
  ledger.use("writes", s3Writes);
  ledger.use("reads", s3Reads);
});

/** By requests where they were given, else by messages, each sent, received and deleted. https://aws.amazon.com/sqs/pricing/ */
export const queue = priced<"AWS::SQS::Queue">(({ properties, origins }, ledger) => {
  const fifo = properties.FifoQueue === true;
  const node = ledger.model.node(origins[""]?.[0]?.node ?? "");
  if (!node) return;
  const requests =
    ledger.given(node.id, "requests") ??
    combine([messagesOf(ledger, node), ledger.figureOf(node.id, "messageKb")], sqsRequestsOf);
  ledger.addKnown(requests, (value) => sqsRequests(value, fifo));
});

/** Publishing, by requests or on FIFO topics also by payload. https://aws.amazon.com/sns/pricing/ */
export const topic = priced<"AWS::SNS::Topic">(({ properties }, ledger) => {
  const fifo = properties.FifoTopic === true;
  const requests = ledger.givenHere("requests");
  if (requests) ledger.addKnown(requests, (messages) => snsPublished(messages, 0, fifo));
  else {
    const size = ledger.figure("messageKb");
    const kb = isKnown(size) ? size.value : 0;
    ledger.addKnown(
      combine([ledger.figure("messages"), size], (messages) => messages),
      (messages) => snsPublished(messages, kb, fifo),
    );
  }
  if (fifo) ledger.use("payloadGb", snsPayload);
});

/** Deliveries over HTTP and HTTPS are charged, those to queues are not. https://aws.amazon.com/sns/pricing/ */
export const subscription = priced<"AWS::SNS::Subscription">((resource, ledger) => {
  const { Protocol } = resource.properties;
  if (Protocol === "http" || Protocol === "https") ledger.use("deliveries", snsHttp);
  else ledger.note(resource.type, "Deliveries to SQS and Lambda are free.", "https://aws.amazon.com/sns/pricing/");
});

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
