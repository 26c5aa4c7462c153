import type { Charge } from "../charge";
import type { Sku } from "../prices";
import { figure } from "../words";

/** A message of more is billed as several. https://aws.amazon.com/sqs/pricing/ */
const CHUNK_KB = 64;

/** Requests or events that messages of a size are billed as. */
export const billedRequests = (messages: number, kb = 0): number => messages * Math.max(1, Math.ceil(kb / CHUNK_KB));

const of = (sku: Sku, item: string, quantity: number, unit: string, note?: string): Charge => ({
  tariff: { sku },
  item,
  quantity,
  note: note ?? `${figure(quantity)} ${unit}`,
});

/** SQS by requests. https://aws.amazon.com/sqs/pricing/ */
export const sqsRequests = (requests: number, fifo = false): Charge =>
  of(fifo ? "sqs.fifo.request" : "sqs.standard.request", "SQS requests", requests, "requests");

/** What a message group id on a standard queue costs besides. https://aws.amazon.com/sqs/pricing/ */
export const sqsFairRequests = (requests: number): Charge =>
  of("sqs.fair_queue.request", "SQS fair queue requests", requests, "requests");

/** Requests of SQS messages: each is sent and received, by its size, and deleted. https://aws.amazon.com/sqs/pricing/ */
export const sqsRequestsOf = (messages: number, kb: number): number => 2 * billedRequests(messages, kb) + messages;

/** SNS messages that are published. https://aws.amazon.com/sns/pricing/ */
export const snsPublished = (messages: number, kb = 0, fifo = false): Charge =>
  of(
    fifo ? "sns.fifo.request" : "sns.standard.request",
    "SNS publish requests",
    billedRequests(messages, kb),
    "requests",
  );

/** FIFO topics pay for their payload too. https://aws.amazon.com/sns/pricing/ */
export const snsPayload = (gb: number): Charge => of("sns.fifo.payload_gb", "SNS published payload", gb, "GB");

/** Deliveries to queues and functions are free, these are not. https://aws.amazon.com/sns/pricing/ */
export const snsHttp = (deliveries: number): Charge =>
  of("sns.delivery.http", "SNS deliveries over HTTPS", deliveries, "deliveries");
export const snsEmail = (deliveries: number): Charge =>
  of("sns.delivery.email", "SNS deliveries by email", deliveries, "deliveries");

/** Events of AWS services are free on the default bus; others are billed in pieces of 64 KB. https://aws.amazon.com/eventbridge/pricing/ */
export const customEvents = (events: number, kb = 0): Charge =>
  of("events.custom.event", "Custom events", billedRequests(events, kb), "events");

/** The first 14 million a month are free in the price list itself. https://aws.amazon.com/eventbridge/pricing/ */
export const schedulerInvocations = (invocations: number, note?: string): Charge =>
  of("events.scheduler.invocation", "Scheduler invocations", invocations, "invocations", note);

/** EventBridge Pipes, by requests of up to 64 KB that pass the filter. https://aws.amazon.com/eventbridge/pricing/ */
export const pipes = (requests: number, kb = 0): Charge =>
  of("events.pipes.request", "EventBridge Pipes requests", billedRequests(requests, kb), "requests");

/** What an event archive takes in and keeps. https://aws.amazon.com/eventbridge/pricing/ */
export const eventArchive = (gb: number, keptGb: number): Charge[] => [
  of("events.archive.gb", "Events archived", gb, "GB"),
  of("events.archive.gb_month", "Event archive storage", keptGb, "GB"),
];
