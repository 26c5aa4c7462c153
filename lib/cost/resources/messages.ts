import type { Scenario } from "../../document/document";
import { isKind } from "../../model/build";
import type { Model, ModelEdge, ModelNode } from "../../model/model";
import type { Ledger } from "../ledger";
import { combine, type Known } from "../usage";
import { figure } from "../words";
import { isOff, runsOf, writesOver } from "./started";

/** Messages that fail in a typical month, until the person says otherwise. */
const FAILED: Readonly<Record<Scenario, number>> = { low: 100, typical: 1000, high: 10_000 };

/** True for a queue that gets only what failed elsewhere. */
function isDeadLetterQueue(model: Model, queue: ModelNode): boolean {
  if (queue.in.some(({ relation }) => relation !== "deadLetter")) return false;
  return queue.in.length > 0 || deadLetterTargets(model).has(queue.id);
}

const targets = new WeakMap<Model, ReadonlySet<string>>();

/** Queues that get what could not be started. */
function deadLetterTargets(model: Model): ReadonlySet<string> {
  let known = targets.get(model);
  if (!known) {
    known = new Set(model.edgesOf("runTask").flatMap(({ props }) => props.deadLetterQueue ?? []));
    targets.set(model, known);
  }
  return known;
}

/** Requests that one message of a queue makes: it is sent, received and deleted. */
const REQUESTS_OF_A_MESSAGE = 3;

/**
 * Messages of a queue or a topic a month. What fails elsewhere is little; where requests were given, they follow from
 * these; else from what sends them, where that says how often.
 */
export function messagesOf(ledger: Ledger, node: ModelNode): Known {
  const requests = ledger.given(node.id, "requests");
  if (requests)
    return combine([requests], (count) => (node.kind === "sqsQueue" ? count / REQUESTS_OF_A_MESSAGE : count));
  const failed = FAILED[ledger.scenario];
  return ledger.figureOf(node.id, "messages", () =>
    isDeadLetterQueue(ledger.model, node)
      ? { value: failed, assumed: [`Messages that fail a month ${figure(failed)}`] }
      : arriving(ledger, node),
  );
}

const arrivals = new WeakMap<Ledger, Map<string, Known | undefined>>();

/** All that is sent to a queue or a topic; undefined where somebody sends of whom that is not known, or all go in a circle. */
function arriving(ledger: Ledger, node: ModelNode): Known | undefined {
  let known = arrivals.get(ledger);
  if (!known) {
    known = new Map();
    arrivals.set(ledger, known);
  }
  if (!known.has(node.id)) {
    // Whoever asks again on the way has come round in a circle.
    known.set(node.id, undefined);
    known.set(node.id, sumOfSenders(ledger, node));
  }
  return known.get(node.id);
}

function sumOfSenders(ledger: Ledger, node: ModelNode): Known | undefined {
  const senders = node.in.filter(({ relation }) => relation !== "deadLetter");
  const each: Known[] = [];
  for (const edge of senders) {
    const sent = sentOver(ledger, edge);
    if (!sent) return undefined;
    each.push(combine([sent, { value: 1, assumed: [`one message for each of ${edge.from.name}`] }], (count) => count));
  }
  return each.length === 0 ? undefined : combine(each, (...all) => all.reduce((sum, one) => sum + one, 0));
}

/** How many messages an edge brings; undefined where the one who sends says nothing of it. */
function sentOver(ledger: Ledger, edge: ModelEdge): Known | undefined {
  const { from } = edge;
  if (edge.relation === "subscribe") return messagesOf(ledger, from);
  if (isKind(from, "eventSchedule") || isKind(from, "eventRule")) {
    if (isOff(from as ModelNode)) return { value: 0, assumed: [] };
    return runsOf(ledger, from as ModelNode, from.props.scheduleExpression);
  }
  return writesOver(ledger, edge);
}
