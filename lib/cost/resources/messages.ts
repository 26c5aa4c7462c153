import type { Scenario } from "../../document/document";
import type { Model, ModelNode } from "../../model/model";
import type { Ledger } from "../ledger";
import { combine, type Known } from "../usage";
import { figure } from "../words";

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

/** Messages of a queue or a topic a month. What fails elsewhere is little; where requests were given, they follow from these. */
export function messagesOf(ledger: Ledger, node: ModelNode): Known {
  const requests = ledger.given(node.id, "requests");
  if (requests)
    return combine([requests], (count) => (node.kind === "sqsQueue" ? count / REQUESTS_OF_A_MESSAGE : count));
  const failed = FAILED[ledger.scenario];
  return ledger.figureOf(node.id, "messages", () =>
    isDeadLetterQueue(ledger.model, node)
      ? { value: failed, assumed: [`Messages that fail a month ${figure(failed)}`] }
      : undefined,
  );
}
