import { isKind } from "../../model/build";
import type { ModelNode } from "../../model/model";
import { billedRequests, snsHttp, snsPayload, snsPublished } from "../formulas/events";
import type { Ledger } from "../ledger";
import { gbOfKb } from "../outbound/charge";
import { combine, isKnown, type Known } from "../usage";
import { priced } from "./cell";
import { messagesOf } from "./messages";

/** Publishing, by requests or on FIFO topics also by payload. https://aws.amazon.com/sns/pricing/ */
export const topic = priced<"AWS::SNS::Topic">(({ properties, origins }, ledger) => {
  const node = ledger.model.node(origins[""]?.[0]?.node ?? "");
  if (!node) return;
  const fifo = properties.FifoTopic === true;
  const requests = ledger.given(node.id, "requests");
  if (requests) ledger.addKnown(requests, (messages) => snsPublished(messages, 0, fifo));
  else ledger.addKnown(billed(ledger, node), (published) => snsPublished(published, 0, fifo));
  if (fifo)
    ledger.use("payloadGb", snsPayload, () => gbOfKb(messagesOf(ledger, node), ledger.figureOf(node.id, "messageKb")));
});

/** Messages of a topic as AWS bills them, in pieces of 64 KB. */
const billed = (ledger: Ledger, node: ModelNode): Known =>
  combine([messagesOf(ledger, node), ledger.figureOf(node.id, "messageKb")], billedRequests);

/**
 * Deliveries over HTTP and HTTPS are charged, those of standard topics to queues are not; those of FIFO topics are, at
 * rates that the price list here does not have. https://aws.amazon.com/sns/pricing/
 */
export const subscription = priced<"AWS::SNS::Subscription">(({ type, properties, origins }, ledger) => {
  const from = ledger.model.edge(origins[""]?.[0]?.edge ?? "")?.from;
  const { Protocol } = properties;
  if (Protocol === "http" || Protocol === "https") {
    ledger.use("deliveries", snsHttp, () => {
      if (!from) return undefined;
      const each = billed(ledger, from);
      return isKnown(each) ? { value: each.value, assumed: [...each.assumed, `one delivery of each message`] } : each;
    });
    return;
  }
  if (!isKind(from, "snsTopic") || !from.props.fifo) {
    ledger.note(type, "Deliveries to SQS and Lambda are free.", "https://aws.amazon.com/sns/pricing/");
    return;
  }
  const each = messagesOf(ledger, from as ModelNode);
  const why = "AWS charges what FIFO topics deliver, by message and by payload; the bundled price list has no figure.";
  ledger.miss(
    "SNS deliveries of a FIFO topic",
    "messages",
    isKnown(each) ? each.value : 0,
    isKnown(each) ? why : each.why,
  );
});
